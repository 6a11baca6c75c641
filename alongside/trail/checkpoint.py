"""A checkpoint: how long the trail is and its root, signed.

In the form that witnesses everywhere read (C2SP signed-note and tlog-checkpoint).
"""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

ED25519 = b"\x01"
DASH = "\u2014 "


class NotSigned(Exception):
    """The note is not signed with the trail's key, or is no checkpoint at all."""


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says: the trail had `size` entries under this root.

    Every transaction before `horizon` was in.
    """

    origin: str
    size: int
    root: bytes
    horizon: int


class Verifier:
    """Whoever knows the trail's public key. Written `name+hash+key`, as C2SP's tools write it."""

    def __init__(self, public: Ed25519PublicKey, name: str = "") -> None:
        self._public, self._raw = public, public.public_bytes_raw()
        self.name = name or f"alongside/trail/{sha256(self._raw).hexdigest()[:16]}"
        self.key_id = sha256(self.name.encode() + b"\n" + ED25519 + self._raw).digest()[:4]

    @classmethod
    def read(cls, text: str) -> "Verifier":
        """Return the verifier that somebody wrote down.

        :raises NotSigned: if it is none, or was copied wrongly
        """
        try:
            name, key_id, key = text.strip().split("+", 2)
            raw = base64.b64decode(key, validate=True)
            found = cls(Ed25519PublicKey.from_public_bytes(raw[1:]), name)
        except (ValueError, binascii.Error) as error:
            raise NotSigned("This is not a verifier key (name+hash+key).") from error
        if raw[:1] != ED25519 or found.key_id.hex() != key_id:
            raise NotSigned("The verifier key was copied wrongly: its hash does not fit.")
        return found

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(ED25519 + self._raw).decode()}"

    def open(self, note: str) -> Checkpoint:
        """Return what a note says, once its signature was checked.

        :raises NotSigned: if it is not signed with this key
        """
        text, blank, signatures = note.rpartition("\n\n")
        if not blank:
            raise NotSigned("The checkpoint has no signature.")
        body = text + "\n"
        if not any(self._signed(body, line) for line in signatures.splitlines()):
            raise NotSigned("The checkpoint is not signed with the trail's key.")
        try:
            origin, size, root, horizon = text.split("\n")
            return Checkpoint(
                origin,
                int(size),
                base64.b64decode(root, validate=True),
                int(horizon.removeprefix("horizon ")),
            )
        except (ValueError, binascii.Error) as error:
            raise NotSigned("The checkpoint is signed, but does not say what one says.") from error

    def _signed(self, body: str, line: str) -> bool:
        name, _, signature = line.removeprefix(DASH).rpartition(" ")
        if not line.startswith(DASH) or name != self.name:
            return False
        try:
            raw = base64.b64decode(signature, validate=True)
            self._public.verify(raw[4:], body.encode())
        except (InvalidSignature, ValueError, binascii.Error):
            return False
        return raw[:4] == self.key_id


class Signer:
    """Whoever holds the trail's own key.

    :raises ImproperlyConfigured: without one
    """

    def __init__(self, key: bytes) -> None:
        if not key:
            raise ImproperlyConfigured("This process was not given the key that signs the trail.")
        self._private = Ed25519PrivateKey.from_private_bytes(
            HKDF(hashes.SHA256(), 32, salt=None, info=b"trail log").derive(key)
        )
        self.verifier = Verifier(self._private.public_key())

    def sign(self, size: int, root: bytes, horizon: int) -> str:
        """Return the signed note of a checkpoint."""
        name = self.verifier.name
        body = f"{name}\n{size}\n{base64.b64encode(root).decode()}\nhorizon {horizon}\n"
        signature = base64.b64encode(self.verifier.key_id + self._private.sign(body.encode())).decode()
        return f"{body}\n{DASH}{name} {signature}\n"


def signer() -> Signer:
    """Return this installation's signer."""
    return Signer(bytes.fromhex(settings.TRAIL_KEY))
