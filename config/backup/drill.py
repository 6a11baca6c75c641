"""`alongside drill`: a whole restore into a scratch installation, looked at, and taken away."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from config import postgres
from config.backup import pieces
from config.backup.restore import Restored, Wanted, restore, took
from config.cluster import UNFINISHED
from config.serving import check_migrated
from config.state import ROOT, Trouble

SCRATCH = "drill"  # in the state folder: what a killed drill left is found by the next
NOT_ITS = ("DATABASE_URL", "ALONGSIDE_DATABASE", "ALONGSIDE_SERVED")  # of this installation’s environment
CHECKS = (("policies", "lint"), ("trail", "seal"), ("trail", "verify"))


def drill(wanted: Wanted, state: Path) -> int:
    """Restore, look, take away. Ends with 1 if anything failed, and says in one line what would be lost.

    :raises Trouble: if it could not be restored
    """
    began, scratch = time.monotonic(), state / SCRATCH
    _clear(scratch)
    try:
        restored = restore(wanted, scratch)
        in_all = took(began)
        for sentence in restored.examined.sentences():
            print(f"  {sentence}")
        failed = _look(scratch)
    finally:
        _clear(scratch)
    print(_in_one_line(restored, in_all, failed), flush=True)
    return 1 if failed or restored.examined.without_key else 0


def _look(state: Path) -> list[str]:
    """Run what the operator runs every day, on what was restored; return what failed."""
    cluster, failed = postgres.ensure(state), []
    try:
        try:
            check_migrated(cluster)
        except Trouble as trouble:
            print(trouble, flush=True)
            failed.append("migrate")
        failed += [" ".join(verb) for verb in CHECKS if not _passes(state, verb)]
    finally:
        cluster.stop()
    return failed


def _passes(state: Path, verb: tuple[str, ...]) -> bool:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_ITS}
    environment = {**kept, "ALONGSIDE_STATE": str(state)}
    print(f"· {' '.join(verb)} …", flush=True)
    command = [sys.executable, "-m", "alongside", *verb]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def _clear(scratch: Path) -> None:
    if scratch.exists():
        (scratch / UNFINISHED).touch()
        postgres.remove(scratch)


def _in_one_line(restored: Restored, in_all: str, failed: list[str]) -> str:
    lost = (pieces.now() - restored.reach).total_seconds()
    since = restored.reach.astimezone().isoformat(timespec="seconds")
    if restored.examined.without_key:
        failed = [*failed, f"{restored.examined.without_key} files have no key"]
    verdict = f"FAILED ({', '.join(failed)})" if failed else "The drill passed"
    return (
        f"{verdict}: a real restore takes {in_all} and would lose what was written since {since}, "
        f"{lost:,.0f} s ago."
    )
