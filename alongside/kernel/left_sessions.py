"""Sessions that somebody left: hashes on disk from that moment on, until the database has ended them too.

So leaving is at once and asks nothing of the database, however it fares.
"""

from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import Error, connection

from alongside.kernel import ctx
from alongside.kernel.sessions import token_hash
from alongside.kernel.watchdog import watched_transaction


def leave(token: str) -> None:
    """Let nobody act on this session cookie from now on, whether or not the database can be reached."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    (_folder() / token_hash(token)).touch(mode=0o600)


def is_left(token: str) -> bool:
    """Whether this session was left, and the database has not been told."""
    return (_folder() / token_hash(token)).exists()


def waiting() -> list[Path]:
    """The hashes of sessions of which the database has not been told."""
    try:
        return list(_folder().iterdir())
    except FileNotFoundError:
        return []


def end_all() -> None:
    """Tell the database of every session that was left; those it can't be told of now wait on.

    In a transaction of its own, so that what else goes wrong doesn't undo it.
    """
    with suppress(Error):
        for path in waiting():
            with watched_transaction():
                ctx.end_left_session(path.name)
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.STATE) / "left" / str(connection.settings_dict["NAME"])
