"""What one request can leave in a kept connection for the next: nothing but our own prepared statements."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import sql

from alongside.referrals.tests.scene import Scene, scene  # noqa: F401
from config import pool, postgres
from config.state import default_state
from tests import databases
from tests.ground import connect

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]

BEGIN = "select ctx.begin_as(%s, %s, 'test')"
FILES = "select count(*) from files_file"
LASTS = """
    select name, setting from pg_settings where context in ('user', 'superuser')
"""


class Pooled:
    """Requests one after the other on a pool of one connection, made by Django as the pages' is."""

    def __init__(self) -> None:
        given = postgres.databases(default_state(), pool=1)["default"]
        about = {**connections["default"].settings_dict, "OPTIONS": given["OPTIONS"]}
        self.wrapper = DatabaseWrapper(about, alias="pooled")

    @contextmanager
    def request(self, worker) -> Iterator[psycopg.Connection]:
        """A connection from the pool, in a transaction signed for the worker; given back afterwards."""
        self.wrapper.connect()
        raw = self.wrapper.connection
        assert raw is not None
        try:
            with raw.transaction():
                assert raw.execute(BEGIN, [settings.SERVER_SECRET, worker]).fetchone() == (True,)
                yield raw
        finally:
            self.wrapper.close()
            while not self.wrapper.pool.get_stats().get("pool_available"):
                time.sleep(0.005)

    def backend(self, worker) -> int:
        with self.request(worker) as app:
            return app.info.backend_pid

    def seen(self, worker) -> dict[str, object]:
        """What the next request finds: its rows, and whatever a session can keep."""
        with self.request(worker) as app:
            ask = app.cursor
            found = dict(ask().execute(LASTS, prepare=False).fetchall())
            for what, statement in KEPT.items():
                found[what] = ask().execute(statement, prepare=False).fetchone()[0]
            return found


KEPT = {
    "files": FILES,
    "our own settings": "select coalesce(nullif(current_setting('x.kept', true), ''), 'none')",
    "cursors": "select count(*) from pg_cursors where is_holdable",
    "advisory locks": "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()",
    "channels": "select count(*) from pg_listening_channels()",
    "foreign statements": "select count(*) from pg_prepared_statements where from_sql",
}


@pytest.fixture
def pooled() -> Iterator[Pooled]:
    pooled = Pooled()
    yield pooled
    pooled.wrapper.close_pool()


def rename(app: psycopg.Connection) -> None:
    """Take the name under which the signature is asked for, and give it another meaning."""
    named = "select name from pg_prepared_statements where statement like '%begin_as%' and not from_sql"
    names = app.cursor().execute(named, prepare=False).fetchall()
    assert names
    for (name,) in names:
        app.execute(f"deallocate {name}", prepare=False)
        app.execute(
            f"prepare {name}(text, uuid) as select set_config('x.kept', $1, false)::boolean is null",
            prepare=False,
        )


def setting(name: str, value: str) -> Callable[[psycopg.Connection], object]:
    return lambda app: app.execute("select set_config(%s, %s, false)", [name, value])


POISONS = {
    "a prepared statement of ours with another meaning": rename,
    "ours thrown away": lambda app: app.execute("deallocate all", prepare=False),
    "a foreign one": lambda app: app.execute("prepare mine as select 1", prepare=False),
    "row_security": setting("row_security", "off"),
    "search_path": setting("search_path", "pg_catalog"),
    "statement_timeout": setting("statement_timeout", "1"),
    "lock_timeout": setting("lock_timeout", "1"),
    "read only": setting("default_transaction_read_only", "on"),
    "isolation": setting("default_transaction_isolation", "serializable"),
    "TimeZone": setting("TimeZone", "AAA+167"),
    "DateStyle": setting("DateStyle", "SQL, MDY"),
    "client_encoding": setting("client_encoding", "LATIN1"),
    "a setting of its own": setting("x.kept", "words"),
    "a signature": lambda app: app.execute(
        "select set_config('app.c', current_setting('app.c'), false), "
        "set_config('app.m', current_setting('app.m'), false)"
    ),
    "a cursor that holds": lambda app: app.execute(
        "declare kept cursor with hold for select * from files_file", prepare=False
    ),
    "an advisory lock": lambda app: app.execute("select pg_advisory_lock(42)"),
    "a channel": lambda app: app.execute("listen x", prepare=False),
}


@pytest.mark.parametrize("poison", POISONS)
def test_nothing_of_a_request_reaches_the_next(pooled: Pooled, scene: Scene, poison: str):
    clean = pooled.seen(scene.worker)
    assert clean["files"] == 1
    for _ in range(3):
        with pooled.request(scene.worker) as app:
            app.execute(FILES)

    with pooled.request(scene.worker) as app:
        POISONS[poison](app)

    assert pooled.seen(scene.stranger) == {**clean, "files": 0}
    assert pooled.seen(scene.worker) == clean


def test_what_we_prepared_stays_prepared(pooled: Pooled, scene: Scene):
    before = pooled.backend(scene.worker)
    with pooled.request(scene.worker) as app:
        app.execute(FILES)
        names = pool.prepared_by(app)
    with pooled.request(scene.worker) as app:
        assert names <= pool.prepared_by(app)
        assert {
            name for (name,) in app.execute("select name from pg_prepared_statements").fetchall()
        } >= names
        assert len(names) == 2  # the signature and the question
    assert pooled.backend(scene.worker) == before


def test_a_request_that_was_undone_leaves_nothing_either(pooled: Pooled, scene: Scene):
    before = pooled.backend(scene.worker)
    with pytest.raises(psycopg.errors.DivisionByZero), pooled.request(scene.worker) as app:
        app.execute("select set_config('row_security', 'off', false), 1 / 0")
    assert pooled.seen(scene.worker)["row_security"] == "on"
    assert pooled.backend(scene.worker) == before


def test_the_first_packet_wins_over_what_the_role_wrote_on_itself(pooled: Pooled, scene: Scene):
    """PostgreSQL lets every role alter its own settings."""
    written = {"statement_timeout": "1", "default_transaction_read_only": "on", "search_path": "pg_temp"}
    alter = sql.SQL("alter role app in database {} {}").format
    here = sql.Identifier(databases.MINE)
    with connect(autocommit=True) as app:
        for name, value in written.items():
            app.execute(alter(here, sql.SQL(f"set {name} = {value}")))
    try:
        with connect() as app:
            assert app.execute("show default_transaction_read_only").fetchone() == ("on",)
        found = pooled.seen(scene.worker)
    finally:
        databases.superuser().execute(alter(here, sql.SQL("reset all")))
    assert {name: found[name] for name in written} == {
        "statement_timeout": "30000",
        "default_transaction_read_only": "off",
        "search_path": "public",
    }
