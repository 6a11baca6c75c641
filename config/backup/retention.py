"""What is no longer kept: backups past their days, the log before them, all but the newest keyrings.

Old copies of the keyring hold keys that were destroyed since, so their age is a promise. Where the machine
may not delete, as is best, whoever keeps the target does it; what is overdue is said.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from config.backup import archive, keys, manifest, pieces
from config.backup.pieces import PARTIAL, SEALED, SIGNED
from config.backup.plan import Plan
from config.state import Trouble


def overdue(plan: Plan) -> list[Path]:
    """What is to go, the statements before the pieces: what is half gone is not whole."""
    target = Path(plan.target)
    known = manifest.all_of(target, plan.verifier)
    oldest = pieces.now() - timedelta(days=plan.keep_days)
    kept = [each for each in known if each.moment >= oldest] or known[-1:]
    names = {each.name for each in kept}
    gone = [path for path in sorted((target / "base").iterdir()) if path.name not in names]
    if kept:
        first, size = kept[0].wal_from, kept[0].wal_segment_size
        gone += [
            path
            for path in _statements_first(target / "wal")
            if archive.SEGMENT.fullmatch(path.name[:24])
            and archive.number(path.name[:24], size) < archive.number(first, size)
        ]
    return gone + _copies(target, {each.keyring for each in kept})


def _copies(target: Path, named: set[str | None]) -> list[Path]:
    found = []
    for kind in ("keyring", "erasures"):
        stems = sorted({path.name.split("Z.")[0] for path in (target / kind).iterdir()})
        old = {stem for stem in stems[: -keys.NEWEST] if f"{kind}/{stem}Z" not in named}
        found += [path for path in _statements_first(target / kind) if path.name.split("Z.")[0] in old]
    return found


def prune(plan: Plan) -> list[Path]:
    """Delete what is overdue; return what may not be deleted from here."""
    left = []
    for path in overdue(plan):
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError:
            left.append(path)
    return left


def prune_copies(plan: Plan) -> None:
    """Delete older running copies of the keyring and the ledger, where that may be done from here."""
    target = Path(plan.target)
    with suppress(OSError, Trouble):
        for path in _copies(target, {each.keyring for each in manifest.all_of(target, plan.verifier)}):
            path.unlink(missing_ok=True)


def _statements_first(folder: Path) -> list[Path]:
    order = {SIGNED: 0, SEALED: 1, PARTIAL: 2}
    return sorted(folder.iterdir(), key=lambda path: (order.get(path.suffix, 3), path.name))
