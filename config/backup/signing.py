"""Texts signed with Ed25519, in the form of C2SP's signed notes: age does not say who sealed a piece."""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME = "alongside/backup"
ED25519 = b"\x01"
DASH = "\u2014 "


class NotSigned(Exception):
    """A text is not signed with the key asked for, or a key is none."""


class Verifier:
    """Whoever knows the public half. Written `name+hash+key`, so that a slip in copying shows."""

    def __init__(self, public: Ed25519PublicKey) -> None:
        self._public, self._raw = public, public.public_bytes_raw()
        self.key_id = sha256(NAME.encode() + b"\n" + ED25519 + self._raw).digest()[:4]

    @classmethod
    def read(cls, text: str) -> Verifier:
        """Return the verifier that somebody wrote down.

        :raises NotSigned: if it is none, or was copied wrongly
        """
        try:
            name, key_id, key = text.strip().split("+", 2)
            raw = base64.b64decode(key, validate=True)
            found = cls(Ed25519PublicKey.from_public_bytes(raw[1:]))
        except (ValueError, binascii.Error) as error:
            raise NotSigned("is no key as `alongside backup init` prints it") from error
        if name != NAME or raw[:1] != ED25519 or found.key_id.hex() != key_id:
            raise NotSigned("was copied wrongly: its parts do not fit together")
        return found

    def __str__(self) -> str:
        return f"{NAME}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self._raw).decode()}"

    def open(self, note: str) -> str:
        """Return the text of a note, once its signature was checked.

        :raises NotSigned: if it is not signed with this key
        """
        text, blank, line = note.rpartition(f"\n\n{DASH}{NAME} ")
        try:
            raw = base64.b64decode(line.strip(), validate=True)
            self._public.verify(raw[4:], f"{text}\n".encode())
        except (InvalidSignature, ValueError, binascii.Error) as error:
            raise NotSigned("is not signed with this installation’s key") from error
        if not blank or raw[:4] != self.key_id:
            raise NotSigned("is not signed with this installation’s key")
        return text


class Signer:
    """Whoever holds the private half: 32 bytes, kept in the state folder."""

    def __init__(self, secret: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(secret)
        self.verifier = Verifier(self._private.public_key())

    def sign(self, text: str) -> str:
        """Return the signed note of a text that ends without a line break."""
        signature = self.verifier.key_id + self._private.sign(f"{text}\n".encode())
        return f"{text}\n\n{DASH}{NAME} {base64.b64encode(signature).decode()}\n"
