"""A database that freezes answers nobody, and libpq has no read time-out on a Unix socket.

One thread a process ends what waits for too long, by shutting the connection's socket: whoever waits gets an
OperationalError. After that nothing waits any more until the database answers again.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection, transaction

PATIENCE = 4.0  # seconds that one statement, or a commit, is waited for
PAUSE = 0.25  # seconds from one look to the next
PROBE = 2  # seconds that a probe of the database is waited for


class Watchdog:
    """Who waits for the database, until when, and whether it answers at all."""

    def __init__(self) -> None:
        self._until: dict[psycopg.Connection[Any], float] = {}
        self._process = 0
        self._away = False

    @property
    def is_away(self) -> bool:
        """Whether the database froze and has not answered since."""
        return self._away

    def watch(self, connection: psycopg.Connection[Any]) -> None:
        """Be patient from now on with what is asked on this connection."""
        if self._process != os.getpid():
            self._process = os.getpid()
            threading.Thread(target=self._look, name="watchdog", daemon=True).start()
        self._until[connection] = time.monotonic() + PATIENCE

    def unwatch(self, connection: psycopg.Connection[Any]) -> None:
        """Wait for nothing on this connection any more."""
        self._until.pop(connection, None)

    def _look(self) -> None:
        while True:
            time.sleep(PAUSE)
            now = time.monotonic()
            for raw, until in list(self._until.items()):
                if now > until and self._until.pop(raw, 0.0):
                    self._note_away(raw)
                    _shut(raw)

    def _note_away(self, raw: psycopg.Connection[Any]) -> None:
        if not self.is_away and (parameters := _parameters(raw)):
            self._away = True
            threading.Thread(target=self._probe, args=(parameters,), name="probe", daemon=True).start()

    def _probe(self, parameters: dict[str, Any]) -> None:
        """Wait until the database lets somebody in; beside the other thread, which others wait for."""
        while not _answers(parameters):
            time.sleep(PAUSE)
        self._away = False


def _shut(connection: psycopg.Connection[Any]) -> None:
    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as shared:
        shared.shutdown(socket.SHUT_RDWR)


def _parameters(connection: psycopg.Connection[Any]) -> dict[str, Any] | None:
    with suppress(psycopg.Error):
        return {**connection.info.get_parameters(), "password": connection.info.password}
    return None


def _answers(parameters: dict[str, Any]) -> bool:
    with suppress(psycopg.Error):
        psycopg.connect(**{**parameters, "connect_timeout": PROBE}).close()
        return True
    return False


watchdog = Watchdog()


@contextmanager
def watched_transaction() -> Iterator[None]:
    """Open a transaction in which no statement, nor its end, is waited for too long.

    :raises OperationalError: if the database does not answer, or is lost
    """
    with ExitStack() as at_the_end, transaction.atomic():
        raw = connection.connection
        at_the_end.callback(watchdog.unwatch, raw)
        try:
            with connection.execute_wrapper(_watched):
                yield
        finally:
            watchdog.watch(raw)


def _watched(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    raw = context["connection"].connection
    watchdog.watch(raw)
    try:
        return execute(sql, params, many, context)
    finally:
        watchdog.unwatch(raw)
