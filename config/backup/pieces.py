"""One piece of a backup: a sealed file, and a signed statement of what it is.

The statement names the place of the piece, its size and its SHA-256, so none can be swapped, cut off or made
up by whoever can write to the target.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

import pyrage

from config.backup import age
from config.backup.signing import NotSigned, Signer, Verifier
from config.state import Trouble

SEALED, SIGNED, PARTIAL = ".age", ".sig", ".partial"


@dataclass(frozen=True)
class Piece:
    """What a statement says of a piece."""

    name: str  # its place in the target, without the ending: wal/000000010000000000000003
    size: int  # bytes as sealed
    sha256: str
    plain_size: int
    plain_sha256: str
    made_at: str  # when all of it had been read
    system: str  # PostgreSQL’s own identifier of the cluster it comes from

    @property
    def moment(self) -> datetime:
        """When all of it had been read."""
        return datetime.fromisoformat(self.made_at)


@dataclass(frozen=True)
class Sealer:
    """Whoever makes pieces: to whom they are sealed, in whose name, of which cluster, and where they go."""

    target: Path
    recipients: Sequence[pyrage.x25519.Recipient]
    signer: Signer
    system: str

    def put(self, name: str, source: age.Source, *, signed: bool = True) -> Piece:
        """Seal a piece into the target; it is there whole, with its statement, or not at all.

        :param signed: whether its statement stands beside it; else in the manifest
        :raises OSError: if it can’t be written
        """
        path = self.target / f"{name}{SEALED}"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(path.name + PARTIAL)
        draft.unlink(missing_ok=True)
        try:
            packed, sealed = age.seal(source, draft, self.recipients)
            piece = Piece(
                name=name,
                size=sealed.size,
                sha256=sealed.digest.hexdigest(),
                plain_size=packed.size,
                plain_sha256=packed.digest.hexdigest(),
                made_at=now().isoformat(),
                system=self.system,
            )
            draft.rename(path)
            if signed:
                self.sign(path.with_suffix(SIGNED), json.dumps(asdict(piece)))
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        return piece

    def sign(self, path: Path, text: str) -> None:
        """Write a signed text, whole or not at all."""
        draft = path.with_name(path.name + PARTIAL)
        with draft.open("w") as file:
            file.write(self.signer.sign(text))
            file.flush()
            age.sync(file.fileno())
        draft.rename(path)
        sync_folder(path.parent)


def read(target: Path, name: str, verifier: Verifier) -> Piece:
    """What the statement beside a piece says, once its signature was checked.

    :raises Trouble: if it is missing, or not signed by this installation
    """
    path = target / f"{name}{SIGNED}"
    try:
        piece = Piece(**json.loads(verifier.open(path.read_text())))
    except FileNotFoundError:
        raise Trouble(f"The piece {name}{SIGNED} is missing from {target}.") from None
    except (NotSigned, ValueError, TypeError) as error:
        raise Trouble(
            f"The statement {path} is not signed by this installation: it was changed, or is another’s."
        ) from error
    if piece.name != name:
        raise Trouble(f"The statement {path} is of another piece, {piece.name}: they were swapped.")
    return piece


def check(target: Path, piece: Piece) -> None:
    """See that a piece is what was signed.

    :raises Trouble: if it is missing, cut off or changed
    """
    path = target / f"{piece.name}{SEALED}"
    try:
        found = path.stat().st_size
        if found != piece.size:
            raise Trouble(f"The piece {path} is cut off: it has {found} bytes, and {piece.size} were signed.")
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise Trouble(f"The piece {path} is missing.") from None
    if digest != piece.sha256:
        raise Trouble(
            f"The piece {path} is not what was signed: it was changed, or the disk lost some of it."
        )


def open_into(
    target: Path,
    piece: Piece,
    write: Callable[[bytes], object],
    identities: Sequence[pyrage.x25519.Identity],
) -> None:
    """Open a piece and hand on what is in it.

    :raises Trouble: if it doesn’t open, or holds something else than was sealed
    """
    if age.unseal(target / f"{piece.name}{SEALED}", write, identities) != piece.plain_sha256:
        raise Trouble(f"What the piece {piece.name} holds is not what was sealed in it.")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - without Django; no test moves this clock


def stamp() -> str:
    """This moment, as a name that sorts."""
    return now().strftime("%Y%m%dT%H%M%S.%fZ")


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        age.sync(descriptor)
    finally:
        os.close(descriptor)
