"""Sealing a stream with age, packed before, and opening it again: nothing lies about in plain."""

from __future__ import annotations

import errno
import io
import os
import zlib
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import pyrage

from config.state import Trouble

CHUNK = 1 << 20
GZIP = 31  # zlib’s word for the gzip format: `age --decrypt | gunzip` reads it without us


class Source(Protocol):
    """Where the bytes of a piece come from."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes, none at the end."""


def recipients_of(texts: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """The recipients that were written down.

    :raises Trouble: if one is none
    """
    found = []
    for text in texts:
        try:
            found.append(pyrage.x25519.Recipient.from_str(text))
        except pyrage.RecipientError:
            raise Trouble(f"{text!r} is no age recipient (age1…). Nothing was set up.") from None
    return found


def identities_of(text: str, said: str) -> list[pyrage.x25519.Identity]:
    """The identities in a file as age-keygen writes it; `said` names the file.

    :raises Trouble: if there is none in it
    """
    lines = [line.strip() for line in text.splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and line[0] != "#"]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise Trouble(f"In {said} there is no age identity: a line that begins with AGE-SECRET-KEY-1.")
    return found


def make_identity() -> tuple[str, str]:
    """A new identity and its recipient. It is for the one who reads it now: it is kept nowhere."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


class Packed(io.RawIOBase):
    """What a source gives, packed with gzip; remembers how much it was and its digest."""

    def __init__(self, source: Source) -> None:
        self._source, self._zip = source, zlib.compressobj(1, zlib.DEFLATED, GZIP)
        self._rest, self._over = memoryview(b""), False
        self.size, self.digest = 0, sha256()
        self.error: Exception | None = None

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read at most so many packed bytes."""
        while not self._rest and not self._over:
            self._rest = memoryview(self._more())
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)

    def _more(self) -> bytes:
        try:
            chunk = self._source.read(CHUNK)
        except Exception as error:
            self.error, self._over = error, True
            raise
        if not chunk:
            self._over = True
            return self._zip.flush()
        self.size += len(chunk)
        self.digest.update(chunk)
        return self._zip.compress(chunk)


class Sink:
    """Writes on, counts, and remembers what went wrong."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self.size, self.digest = 0, sha256()
        self.error: Exception | None = None

    def write(self, data: bytes) -> int:
        """Write some bytes."""
        if self.error is None:
            try:
                self._write(data)
            except Exception as error:
                self.error = error
                raise
        self.size += len(data)
        self.digest.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""


def seal(source: Source, path: Path, recipients: Sequence[pyrage.x25519.Recipient]) -> tuple[Packed, Sink]:
    """Write what a source gives into a new file, packed and sealed; return what was read and written.

    :raises OSError: if the disk is full or can’t be written
    """
    packed = Packed(source)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        sink = Sink(file.write)
        encrypt(packed, sink, recipients)
        file.flush()
        sync(file.fileno())
    return packed, sink


def encrypt(packed: Packed, sink: Sink, recipients: Sequence[pyrage.x25519.Recipient]) -> None:
    """Seal what is read into what is written, to the last byte: pyrage is silent where the last write fails.

    :raises OSError: if either fails
    """
    try:
        pyrage.encrypt_io(packed, sink, list(recipients))
    except (pyrage.EncryptError, OSError, ValueError) as error:
        raise (packed.error or sink.error or error) from error
    if wrong := packed.error or sink.error:
        raise wrong


def unseal(path: Path, write: Callable[[bytes], object], identities: Sequence[pyrage.x25519.Identity]) -> str:
    """Open a sealed piece and hand on what was in it; return the digest of that.

    :raises Trouble: if none of these identities opens it
    :raises OSError: if it can’t be read, or what it is handed to can’t be written
    """
    unzip, plain = zlib.decompressobj(GZIP), Sink(write)
    sink = Sink(lambda data: plain.write(unzip.decompress(data)))
    with path.open("rb") as file:
        try:
            pyrage.decrypt_io(file, sink, list(identities))
        except (pyrage.DecryptError, OSError, ValueError) as error:
            if wrong := plain.error or sink.error:
                raise wrong from error
            if "No matching keys" in str(error):
                raise Trouble(
                    f"This identity does not open {path.name}: the backup was sealed to somebody else. Take "
                    "the identity whose recipient `alongside backup init` was given."
                ) from None
            raise Trouble(f"The piece {path.name} can’t be opened: it was changed or cut off.") from None
        if wrong := plain.error or sink.error:
            raise wrong
    return plain.digest.hexdigest()


def sync(descriptor: int) -> None:
    """See to it that what was written is on the disk, where the place can say so."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some mounted places can’t
            raise
