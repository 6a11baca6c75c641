"""Beside the pages: the keyring and the ledger of what was destroyed go off the machine as they change.

`alongside serve` runs it where a backup is set up. PostgreSQL sees to its own log.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from alongside.kernel.erasures import LEDGER
from config.backup import keys, plan, retention
from config.backup.pieces import Piece, Sealer
from config.backup.plan import Plan
from config.state import KEYRING, Trouble, default_state

LOOK_EVERY = 5.0  # seconds: for a destruction
KEYRING_EVERY = 20.0  # seconds between two copies of a keyring that changes


class Followed:
    """One file whose copies follow it."""

    def __init__(self, path: Path, every: float, copy: Callable[[Path, Sealer], Piece]) -> None:
        self._path, self._every, self._copy = path, every, copy
        self._seen: tuple[int, int] | None = None
        self._copied_at = float("-inf")

    def copy_if_changed(self, sealer: Sealer) -> bool:
        """Copy it if it changed since, and not too soon; whether it was copied."""
        if not self._path.exists() or time.monotonic() - self._copied_at < self._every:
            return False
        now = self._path.stat()
        if (now.st_mtime_ns, now.st_size) == self._seen:
            return False
        self._copy(self._path.parent, sealer)
        self._seen, self._copied_at = (now.st_mtime_ns, now.st_size), time.monotonic()
        return True

    def at_once(self) -> None:
        """Don’t wait for it to be due."""
        self._copied_at = float("-inf")


def follow(known: Plan, files: list[Followed], stop: threading.Event) -> None:
    """Go on until told to stop; what stands in the way is said once, and tried again."""
    said = ""
    while not stop.is_set():
        why = _copy(known, files)
        if why not in ("", said):
            print(f"The copies of the keyring wait: {why}", file=sys.stderr, flush=True)
        said = why
        stop.wait(LOOK_EVERY)
    for each in files:
        each.at_once()
    _copy(known, files)


def _copy(known: Plan, files: list[Followed]) -> str:
    """Copy what changed; why it can’t be, if it can’t."""
    try:
        plan.check_target(Path(known.target))
        copied = [each.copy_if_changed(known.sealer) for each in files]
        if any(copied):
            retention.prune_copies(known)
    except (Trouble, OSError) as trouble:
        return str(trouble)
    return ""


def main() -> int:
    """Follow the keyring and the ledger of this installation."""
    state, stop = default_state(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    files = [
        Followed(state / LEDGER, 0, keys.copy_ledger),
        Followed(state / KEYRING, KEYRING_EVERY, keys.copy_keyring),
    ]
    follow(plan.load(state), files, stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
