"""Files somebody sent, kept only until they are imported.

Each lies under a random name, where only this machine's own user can read it.
"""

import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from alongside.kernel.imports.delimited import Broken

AN_HOUR = 3600  # seconds
MOST_BYTES = 64 * 1024 * 1024


def keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write an uploaded file under a random name in the state folder, readable by nobody else.

    Return the name and how big it is.

    :raises Broken: if it is too big
    """
    name, size = secrets.token_hex(24), 0
    path = _path(name)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("xb") as file:
        path.chmod(0o600)
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                break
            file.write(chunk)
    if size > MOST_BYTES:
        forget(name)
        raise Broken("too_big")
    return name, size


def content_of(name: str) -> bytes:
    """Return the bytes of an uploaded file.

    :raises Broken: if it is no longer there
    """
    if not name or not name.isalnum():
        raise Broken("lost")
    try:
        return _path(name).read_bytes()
    except OSError:
        raise Broken("lost") from None


def forget(name: str) -> None:
    """Throw an uploaded file away."""
    if name and name.isalnum():
        _path(name).unlink(missing_ok=True)


def sweep(kept: set[str]) -> int:
    """Throw away every file that no import names, once it has lain for an hour; return how many.

    So a process that was killed between keeping a file and writing down whose it is leaves none behind.
    """
    swept = 0
    with suppress(FileNotFoundError):
        for path in _path("").iterdir():
            if path.name not in kept and path.stat().st_mtime < time.time() - AN_HOUR:
                path.unlink(missing_ok=True)
                swept += 1
    return swept


def _path(name: str) -> Path:
    return Path(settings.STATE) / "uploads" / name
