"""The manifest of one backup: what it holds, of when, of which versions.

Written last: without it none is whole.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from config.backup.pieces import Piece, Sealer
from config.backup.signing import NotSigned, Verifier
from config.state import Trouble

NAME = "manifest.txt"


@dataclass(frozen=True)
class Manifest:
    """What a manifest says."""

    name: str  # of the backup: when it was begun
    alongside: str  # the version that made it
    postgresql: str
    database: str
    began_at: str  # by the server’s clock
    ended_at: str  # from here on every second can be restored
    wal_from: str  # the segment that recovery begins with
    wal_to: str  # the position in the log when the base was whole
    wal_segment_size: int
    base: Piece
    keyring: str | None  # the copy that was made after it
    ledger: str
    canaries: tuple[str, ...]  # the one that must open, and the one that must not

    @property
    def moment(self) -> datetime:
        """The earliest moment that can be restored from it."""
        return datetime.fromisoformat(self.ended_at)

    @property
    def major(self) -> int:
        """Which PostgreSQL reads it."""
        return int(self.postgresql.split(".")[0])

    def write(self, sealer: Sealer) -> None:
        """Sign it, which makes the backup whole."""
        sealer.sign(sealer.target / "base" / self.name / NAME, json.dumps(asdict(self), indent=1))


def read(target: Path, name: str, verifier: Verifier) -> Manifest:
    """The manifest of a backup, once its signature was checked.

    :raises Trouble: if it is not signed by this installation
    """
    path = target / "base" / name / NAME
    try:
        given = json.loads(verifier.open(path.read_text()))
        base, canaries = Piece(**given.pop("base")), tuple(given.pop("canaries"))
        manifest = Manifest(**given, base=base, canaries=canaries)
    except NotSigned as error:
        raise Trouble(
            f"The manifest {path} {error}: it was changed, or is another’s. Nothing was restored."
        ) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Trouble(f"The manifest {path} can’t be read as one.") from error
    if manifest.name != name:
        raise Trouble(f"The manifest {path} is of another backup, {manifest.name}: they were swapped.")
    return manifest


def names(target: Path) -> list[str]:
    """The backups that are whole, from the oldest."""
    return sorted(path.parent.name for path in (target / "base").glob(f"*/{NAME}"))


def all_of(target: Path, verifier: Verifier) -> list[Manifest]:
    """What each whole backup says of itself, from the oldest."""
    return [read(target, name, verifier) for name in names(target)]


def before(target: Path, verifier: Verifier, until: datetime | None) -> Manifest:
    """The newest backup from which a moment can be restored; the newest of all, if it is None.

    :raises Trouble: if there is none
    """
    found = all_of(target, verifier)
    if not found:
        raise Trouble(f"There is no whole backup in {target}.")
    fitting = [each for each in found if until is None or each.moment <= until]
    if not fitting:
        raise Trouble(
            f"That moment lies before the oldest backup here: every second from {found[0].ended_at} on can "
            "be restored. Nothing was done."
        )
    return fitting[-1]
