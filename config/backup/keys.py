"""Copies of the keyring and of the ledger of what was destroyed, and the canaries that prove both.

Only the newest copies matter: a key is made once and destroyed once, so a newer keyring opens whatever an
older database holds, and the ledger only grows.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from alongside.kernel import erasures
from alongside.kernel.keyring import KeyGone, Keyring, KeyringAway
from config.backup import pieces
from config.backup.pieces import SIGNED, Piece, Sealer
from config.backup.signing import Verifier
from config.state import KEYRING, Trouble, secrets

NEWEST = 3  # running copies that are kept: the one before the last may be whole where the last isn’t
FLOCK = UUID("6c1f0f4e-58a2-4c0e-9d3c-0a6f5a1e6c11").bytes[:8]  # how the number of every canary begins
CANARY = UUID(bytes=FLOCK + bytes(8))  # their keeper, which is no agency, and the one that is kept
WORD = b"a word that nobody said"


@dataclass(frozen=True)
class Canary:
    """A sealed word with a key in the keyring: one that must open after a restore, and one that must not."""

    whose: UUID
    sealed: bytes

    def opens(self, keyring: Keyring) -> bool:
        """Whether this keyring opens it."""
        try:
            key = keyring.open(self.whose, "canary", CANARY)
            return AESGCM(key).decrypt(self.sealed[:12], self.sealed[12:], self.whose.bytes) == WORD
        except (KeyGone, InvalidTag, InvalidUnwrap):
            return False

    def __str__(self) -> str:
        return f"{self.whose} {self.sealed.hex()}"

    @classmethod
    def read(cls, text: str) -> Canary:
        """The canary that was written down."""
        whose, sealed = text.split()
        return cls(UUID(whose), bytes.fromhex(sealed))


def without_canaries(whose: set[UUID]) -> set[UUID]:
    """Whose keys these are, but for the canaries."""
    return {each for each in whose if each.bytes[:8] != FLOCK}


def make_canary(keyring: Keyring, whose: UUID) -> Canary:
    """Seal a word under a key of its own."""
    if not keyring.holds(whose):
        keyring.make(whose, CANARY)
    nonce = os.urandom(12)
    sealed = AESGCM(keyring.open(whose, "canary", CANARY)).encrypt(nonce, WORD, whose.bytes)
    return Canary(whose, nonce + sealed)


def keyring_of(state: Path) -> Keyring:
    """The keyring of a state folder."""
    return Keyring(state / KEYRING, bytes.fromhex(secrets(state)["kek"]))


def copy_keyring(state: Path, sealer: Sealer) -> Piece:
    """Put a copy of the keyring as it is now into the target; it never lies anywhere in plain.

    :raises Trouble: if another process holds it for too long, or it can’t be read
    """
    try:
        path = f"{(state / KEYRING).as_uri()}?mode=rw"  # what a killed process half wrote is taken back first
        with closing(sqlite3.connect(path, uri=True, timeout=10)) as live, closing(_memory()) as copy:
            live.backup(copy)
            content = copy.serialize()
    except sqlite3.Error as error:
        raise Trouble(f"The keyring {state / KEYRING} can’t be copied: {error}.") from error
    return sealer.put(f"keyring/{pieces.stamp()}", BytesIO(content))


def copy_ledger(state: Path, sealer: Sealer) -> Piece:
    """Put the ledger of what was destroyed into the target, whole."""
    path = state / erasures.LEDGER
    content = path.read_bytes() if path.exists() else b""
    return sealer.put(f"erasures/{pieces.stamp()}", BytesIO(content))


def copies(target: Path, kind: str, verifier: Verifier) -> list[Piece]:
    """The copies that are there whole, from the oldest."""
    found = sorted(path.stem for path in (target / kind).glob(f"*{SIGNED}"))
    return [pieces.read(target, f"{kind}/{name}", verifier) for name in found]


def with_canaries(state: Path, sealer: Sealer) -> tuple[Piece | None, list[Canary]]:
    """Copy the keyring with one canary that is kept, and one that is destroyed once it was copied.

    :raises Trouble: if the keyring can’t be reached
    """
    if not (state / KEYRING).exists():  # none is made here: it would look as if it were the one that is lost
        return None, []
    keyring = keyring_of(state)
    try:
        canaries = [make_canary(keyring, CANARY), make_canary(keyring, UUID(bytes=FLOCK + os.urandom(8)))]
        piece = copy_keyring(state, sealer)
        keyring.destroy(canaries[1].whose)
    except KeyringAway as error:
        raise Trouble(f"The keyring {state / KEYRING} can’t be reached: {error.__cause__}.") from error
    finally:
        keyring.close()
    return piece, canaries


def restore_keyring(
    state: Path, target: Path, piece: Piece, identities: Sequence[pyrage.x25519.Identity]
) -> None:
    """Bring a copy of the keyring back into a state folder that has none."""
    descriptor = os.open(state / KEYRING, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        pieces.open_into(target, piece, file.write, identities)


def read_ledgers(
    target: Path, ledgers: Sequence[Piece], identities: Sequence[pyrage.x25519.Identity]
) -> set[UUID]:
    """Whose keys were destroyed, as all the ledgers say that there are."""
    found: set[UUID] = set()
    for piece in ledgers:
        content = BytesIO()
        pieces.open_into(target, piece, content.write, identities)
        found |= erasures.read(content.getvalue().decode().splitlines())
    return found


def replay(state: Path, erased: set[UUID]) -> set[UUID]:
    """Destroy again what was destroyed; return whose keys had come back with the copy."""
    erasures.note(state, *sorted(erased))
    if not (state / KEYRING).exists():
        return set()
    with closing(sqlite3.connect(state / KEYRING)) as db, db:
        db.execute("pragma secure_delete = on")
        back = {UUID(file) for (file,) in db.execute("select file from file_key")} & erased
        for table in ("lent_key", "file_key"):
            db.executemany(
                f"delete from {table} where file = ?",  # noqa: S608 - our own names
                [(str(whose),) for whose in erased],
            )
    return back


def held(state: Path) -> set[UUID]:
    """Whose keys the keyring of a state folder holds."""
    if not (state / KEYRING).exists():
        return set()
    with closing(sqlite3.connect(state / KEYRING)) as db:
        return {UUID(file) for (file,) in db.execute("select file from file_key")}


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:")
