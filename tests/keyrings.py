"""The keyring as another process would have it: held for a while."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

from django.conf import settings

from alongside.kernel import keyring, seal


@contextmanager
def held(path: Path | None = None, *, readable: bool = False) -> Iterator[None]:
    """Hold the keyring's file, as another process does that is at it for too long; nobody waits for long.

    Readable, keys still open what they opened, and none is kept, lent or destroyed.
    """
    seal.keyring().close()  # its connections were opened with more patience
    with (
        mock.patch.object(keyring, "PATIENCE", 0.05),
        closing(sqlite3.connect(path or settings.KEYRING_PATH, isolation_level=None)) as other,
    ):
        other.execute("begin immediate" if readable else "begin exclusive")
        try:
            yield
        finally:
            other.execute("rollback")
    seal.keyring().close()
