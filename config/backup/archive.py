"""The write-ahead log, a segment at a time: sealed as PostgreSQL finishes it, and found again.

`python -m config.backup.archive SETTINGS PATH` is what PostgreSQL runs (`archive_command`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from config.backup import pieces
from config.backup import plan as plans
from config.backup.pieces import SEALED, SIGNED, Piece
from config.backup.signing import Verifier
from config.state import Trouble

SEGMENT = re.compile(r"[0-9A-F]{24}")
HISTORY = re.compile(r"[0-9A-F]{8}\.history")


def put(settings: Path, path: Path) -> None:
    """Seal one segment into the target. Asked again for the same, it is done already.

    :raises Trouble: if another one of that name is there, or the target isn’t
    """
    plan = plans.read(settings)
    sealer, name = plan.sealer, f"wal/{path.name}"
    plans.check_target(sealer.target)
    if (sealer.target / f"{name}{SIGNED}").exists():
        known = pieces.read(sealer.target, name, plan.verifier)
        with path.open("rb") as file:
            if file_digest(file, "sha256").hexdigest() != known.plain_sha256:
                raise Trouble(f"Another {path.name} was archived before.")
        return
    with path.open("rb") as file:
        sealer.put(name, file)


def names(target: Path) -> list[str]:
    """The segments that are there whole, from the oldest; of two timelines the newer one’s."""
    found = {
        path.stem[8:]: path.stem
        for path in sorted((target / "wal").glob(f"*{SIGNED}"))
        if SEGMENT.fullmatch(path.stem)
    }
    return [found[place] for place in sorted(found)]


def last(target: Path, verifier: Verifier) -> Piece | None:
    """The newest segment there is."""
    found = names(target)
    return pieces.read(target, f"wal/{found[-1]}", verifier) if found else None


def needed(
    target: Path, verifier: Verifier, start: str, segment_size: int, until: datetime | None
) -> list[Piece]:
    """The segments from one on that are needed to reach a moment; all there are, if it is None.

    :raises Trouble: if one is missing on the way
    """
    found: list[Piece] = []
    expected = number(start, segment_size)
    for name in names(target):
        if number(name, segment_size) < number(start, segment_size):
            continue
        if number(name, segment_size) != expected:
            raise Trouble(_gap(target, expected, segment_size, name, found))
        found.append(pieces.read(target, f"wal/{name}", verifier))
        expected += 1
        if until is not None and found[-1].moment >= until:
            break
    if not found and any((target / "wal").glob(f"{start}*")):
        raise Trouble(f"The piece wal/{start} is missing from {target}.")
    return [*found, *_histories(target, verifier)]


def _gap(target: Path, expected: int, size: int, found: str, before: list[Piece]) -> str:
    missing = f"{found[:8]}{expected // (2**32 // size):08X}{expected % (2**32 // size):08X}"
    reach = (
        f"Without it nothing after {before[-1].made_at} can be brought back; `--to` that moment needs no "
        "more than what is there."
        if before
        else "Without it this backup can’t be used; an older one may be (`--to` a moment before it)."
    )
    return f"The piece wal/{missing}{SEALED} is missing from {target}, or its statement is. {reach}"


def _histories(target: Path, verifier: Verifier) -> Iterator[Piece]:
    for path in sorted((target / "wal").glob(f"*.history{SIGNED}")):
        if HISTORY.fullmatch(path.stem):
            yield pieces.read(target, f"wal/{path.stem}", verifier)


def number(name: str, segment_size: int) -> int:
    """Which segment of the whole log it is."""
    return int(name[8:16], 16) * (2**32 // segment_size) + int(name[16:], 16)


def main() -> int:
    """Archive one segment for PostgreSQL; what stands in the way goes to its log, and it tries again."""
    try:
        put(Path(sys.argv[1]), Path(sys.argv[2]))
    except (Trouble, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
