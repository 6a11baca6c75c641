"""Who is asking: the signed context that every policy of the database reads (security.md D1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction


@dataclass(frozen=True)
class Seat:
    """Whom a session token belongs to: the account, and the seat it holds in an agency if it holds one."""

    account_id: UUID
    worker_id: UUID | None
    assurance: int
    seen_ago: timedelta


def _one(sql: str, parameters: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row: tuple[Any, ...] = cursor.fetchone()
        return row


def begin(token: str, purpose: str = "care") -> Seat | None:
    """Sign whose session this is into the transaction under way; nobody, when the session is over."""
    worker, account, assurance, seen_ago = _one("select * from ctx.begin(%s, %s)", [token, purpose])
    if account is None:
        return None
    return Seat(account, worker, assurance, seen_ago)


def begin_sign_in(account_id: UUID | None = None) -> None:
    """Let this transaction look up accounts, because somebody is signing in.

    Or, after a first factor, one account's further factors.
    """
    if account_id is None:
        _one("select ctx.begin_sign_in(%s)", [settings.SERVER_SECRET])
    else:
        _one("select ctx.begin_sign_in(%s, %s)", [settings.SERVER_SECRET, account_id])


def show_code(fingerprint: str) -> None:
    """Show the database a one-time code, so that who signs in may see the one row which that code opens."""
    _one("select set_config('app.code', %s, true)", [fingerprint])


def may_try(what: bytes) -> bool:
    """Count one try of a secret before it is checked.

    False while trying is closed after ten wrong ones in a quarter of an hour.
    """
    return bool(_one("select ctx.may_try(%s, %s)", [settings.SERVER_SECRET, what])[0])


def tried_right(what: bytes) -> None:
    """Forget the wrong tries, because the right secret was given."""
    _one("select ctx.tried_right(%s, %s)", [settings.SERVER_SECRET, what])


def sweep() -> None:
    """Remove ended sessions, old wrong tries and unsent words after a day."""
    _one("select ctx.sweep(%s)", [settings.SERVER_SECRET])


def open_session(token: str, account_id: UUID, assurance: int) -> None:
    """Remember that this process checked who holds the token.

    Assurance 1: one factor; 2: two, or a passkey.
    """
    lasts, idle = timedelta(seconds=settings.SESSION_COOKIE_AGE), timedelta(minutes=settings.IDLE_MINUTES)
    _one(
        "select ctx.open_session(%s, %s, %s, %s, %s, %s)",
        [settings.SERVER_SECRET, token, account_id, assurance, lasts, idle],
    )


def touch(token: str) -> None:
    """Note that the session is in use, so that it doesn't go idle."""
    _one("select ctx.touch(%s)", [token])


def end_session(token: str) -> None:
    """End the session at once, whatever the browser still holds."""
    _one("select ctx.end_session(%s)", [token])


def end_left_session(token_hash: str) -> None:
    """End a session that somebody left, by the SHA-256 of its token in hexadecimal."""
    _one("select ctx.end_left_session(%s)", [token_hash])


def was_idle(token: str) -> UUID | None:
    """Return whose session this was, if it merely went idle or ran out within the day."""
    account: UUID | None = _one("select ctx.was_idle(%s, %s)", [settings.SERVER_SECRET, token])[0]
    return account


@dataclass(frozen=True)
class Session:
    """One of the asker's own sessions."""

    id: UUID
    opened_at: datetime
    seen_at: datetime
    until: datetime
    is_this_one: bool


def my_sessions(token: str) -> list[Session]:
    """Return the asker's own open sessions, newest use first, and which of them holds this token."""
    with connection.cursor() as cursor:
        cursor.execute("select s.*, s.id = ctx.session_id(%s) from ctx.my_sessions() s", [token])
        return [Session(*row) for row in cursor.fetchall()]


def renew_session(old: str, new: str, assurance: int) -> None:
    """Let the asker's session go on under a new token, with at least this assurance.

    It ends when it would have ended anyway.
    """
    _one("select ctx.renew_session(%s, %s, %s, %s)", [settings.SERVER_SECRET, old, new, assurance])


def end_my_sessions(only: UUID | None = None) -> int:
    """End one of the asker's own sessions, or all of them; return how many ended."""
    return int(_one("select ctx.end_my_sessions(%s)", [only])[0])


def end_my_other_sessions(token: str) -> int:
    """End all of the asker's own sessions but the one that holds this token; return how many ended."""
    return int(_one("select ctx.end_my_other_sessions(%s)", [token])[0])


def end_sessions_of(account_id: UUID) -> None:
    """End every session of an account, because its passphrase was replaced."""
    _one("select ctx.end_sessions_of(%s, %s)", [settings.SERVER_SECRET, account_id])


def is_independent_second(seat: UUID, asker: UUID) -> bool:
    """Whether a colleague may confirm what another asks: a week in their role, not let in by them alone."""
    return bool(_one("select ctx.is_independent_second(%s, %s)", [seat, asker])[0])


def prove(token: str) -> None:
    """Remember that the asker has just shown their passphrase or passkey once more in this session."""
    _one("select ctx.prove(%s, %s)", [settings.SERVER_SECRET, token])


def has_proved() -> bool:
    """Whether the asker showed their passphrase or passkey within five minutes of this request."""
    return bool(_one("select ctx.has_proved()", [])[0])


@contextmanager
def as_worker(worker_id: UUID, purpose: str = "job") -> Iterator[None]:
    """Open a transaction in which this process acts for a worker (jobs, the demo, the operator's commands).

    :raises PermissionError: if the worker holds no seat
    """
    with transaction.atomic():
        if not _one("select ctx.begin_as(%s, %s, %s)", [settings.SERVER_SECRET, worker_id, purpose])[0]:
            raise PermissionError("This worker holds no seat in any agency.")
        yield


@contextmanager
def as_operator(agency_id: UUID | None = None) -> Iterator[None]:
    """Open a transaction in which the operator of the machine arranges an agency's seats.

    No file can be read in it.

    :raises PermissionError: if this process does not hold the installation's server secret
    """
    with transaction.atomic():
        if not _one("select ctx.begin_operator(%s, %s)", [settings.SERVER_SECRET, agency_id])[0]:
            raise PermissionError("This process does not hold the server secret of this installation.")
        yield


@contextmanager
def signing_in() -> Iterator[None]:
    """Open a transaction in which accounts may be looked up, as on the sign-in pages."""
    with transaction.atomic():
        begin_sign_in()
        yield
