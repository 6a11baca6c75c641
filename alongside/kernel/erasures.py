"""Whose keys were destroyed, by opaque number, in a file beside the keyring.

A copy of the keyring that is older than a destruction brings the key back. So the ledger goes off the machine
with the copies, and whoever restores one destroys again what stands in it (decision 0050).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

LEDGER = "erasures"  # beside the keyring, in the state folder


def note(folder: Path, *whose: UUID) -> None:
    """Write down that keys are destroyed, before they are; what a killed process wrote of a number is none.

    :raises OSError: if it can’t be written
    """
    ledger = os.open(folder / LEDGER, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(ledger, b"".join(b"\n%s\n" % str(each).encode() for each in whose))
        os.fsync(ledger)
    finally:
        os.close(ledger)


def read(lines: Iterable[str]) -> set[UUID]:
    """Whose keys a ledger says were destroyed."""
    found = set()
    for line in lines:
        if len(line.strip()) == 36:
            with suppress(ValueError):
                found.add(UUID(line.strip()))
    return found
