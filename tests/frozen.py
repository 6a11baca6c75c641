"""Scenes that are built once for each worker, kept as rows, and put back for every test that asks for them.

Building a scene through the real commands takes seconds; putting its rows back takes a few hundredths of one.
Each test gets a copy of what the scene's fixture returned, so that none finds what another did to it. A
frozen fixture stands on frozen ones only, and on those that write nothing. What a scene tells was told `AGO`:
past a half hour, whatever test comes first, so that no test can depend on how long ago its scene was built.
What runs out sooner than that (a recovery code) is made by the test.
"""

from __future__ import annotations

import copy
import functools
import inspect
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.conf import settings
from django.utils import timezone

from alongside.kernel import keyring
from tests import budget, databases

AGO = timedelta(minutes=40)
WRITE_NOTHING = {"db", "superuser", "live", "passphrase_hash"}
# a session opened in a scene is as young as in a scene just built
ALIVE = "update ctx.session set seen_at = clock_timestamp()"

_names: set[str] = set()
_kept: dict[str, Scene] = {}


@dataclass(frozen=True)
class Scene:
    """What there was when a fixture had done.

    The rows of every table (as PostgreSQL copies them), the keys that were made, and what it returned.
    """

    rows: dict[str, list[bytes]]
    keys: dict[str, list[tuple[Any, ...]]]
    given: Any

    def put_back(self) -> Any:
        """Put rows and keys back, and return a copy of what the fixture gave."""
        superuser = databases.superuser()
        with superuser.transaction(), superuser.cursor() as cursor:
            cursor.execute(
                "set local session_replication_role = replica"
            )  # no trigger and no foreign key stands in the way
            for table, rows in self.rows.items():
                with cursor.copy(f"copy {table} from stdin (format binary)") as copied:
                    for row in rows:
                        copied.write(row)
            cursor.execute(ALIVE)
        with _keyring() as ring:
            for table, rows in self.keys.items():
                ring.executemany(
                    f"insert or ignore into {table} values ({', '.join('?' * keyring.TABLES[table])})", rows
                )
        return copy.deepcopy(self.given, {id(superuser): superuser})


def frozen(build: Callable[..., Any]) -> Callable[..., Any]:
    """Freeze the scene that a fixture function builds: `@pytest.fixture`, below it `@frozen`."""
    name = f"{build.__module__}.{build.__qualname__}"
    asked_for = set(inspect.signature(build).parameters)
    _names.add(build.__name__)

    @functools.wraps(build)
    def give(**fixtures: Any) -> Any:
        below = asked_for & _names
        assert asked_for <= WRITE_NOTHING | _names, (
            f"{name} is frozen and stands on {asked_for - WRITE_NOTHING - _names}"
        )
        if name not in _kept:
            with budget.uncounted():
                _kept[name] = _build(build, fixtures, on_top=bool(below))
        if below:
            databases.empty()
        return _kept[name].put_back()

    return give


def _build(build: Callable[..., Any], fixtures: dict[str, Any], *, on_top: bool) -> Scene:
    """Build on empty tables (or on the scene below), and put back what others had written before."""
    others = {} if on_top else _rows()
    if others:
        databases.empty()
    before = _keys()
    now = timezone.now

    def then() -> datetime:
        return now() - AGO

    with mock.patch.object(timezone, "now", then):
        given = build(**fixtures)
    scene = Scene(_rows(), {table: list(rows - before[table]) for table, rows in _keys().items()}, given)
    if not on_top:
        databases.empty()
        Scene(others, {}, None).put_back()
    return scene


def _rows() -> dict[str, list[bytes]]:
    """Return every row there is, by table."""
    superuser, found = databases.superuser(), {}
    for table in sorted(databases.filled() - set(databases.REFERENCE)):
        with superuser.cursor().copy(f"copy {table} to stdout (format binary)") as copied:
            found[table] = [bytes(part) for part in copied]
    return found


def _keys() -> dict[str, set[tuple[Any, ...]]]:
    with _keyring() as ring:
        return {table: set(ring.execute(f"select * from {table}")) for table in keyring.TABLES}


@contextmanager
def _keyring() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(settings.KEYRING_PATH, timeout=10)) as ring, ring:
        ring.executescript(keyring.SCHEMA)
        yield ring
