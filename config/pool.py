"""What a connection of `app` starts with, and what it may keep from one request to the next.

Whatever was injected into one request is gone before the next gets the connection. No Django in here.
"""

from __future__ import annotations

from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus

from config.roles import HABITS

# They come in the first packet: it wins over what `app` may have written with `alter role app set …`, and
# `reset all` returns to it.
SETTINGS = {
    "search_path": "public",
    "row_security": "on",
    "TimeZone": "UTC",
    "DateStyle": "ISO,YMD",
    "IntervalStyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "standard_conforming_strings": "on",
    "default_transaction_isolation": "read committed",
    "default_transaction_read_only": "off",
    "default_transaction_deferrable": "off",
    "plan_cache_mode": "auto",
    **{name: value.strip("'") for name, value in HABITS["app"].items() if name != "track_activities"},
}
OPTIONS = " ".join(f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in SETTINGS.items())

# All of DISCARD ALL but our own prepared statements and their plans. PostgreSQL knows them from foreign ones:
# ours come through the protocol, injected ones through SQL. In one round trip.
RESET = """
    reset all; close all; unlisten *; select pg_advisory_unlock_all(); discard sequences; discard temp;
    select coalesce(array_agg(name) filter (where not from_sql), '{}'), count(*) filter (where from_sql)
        from pg_catalog.pg_prepared_statements
"""


KEPT = 400  # prepared statements a connection keeps: about what all pages together ask


class ForeignStatements(OperationalError):
    """Statements of this connection were prepared, or thrown away, by SQL: the pool opens another."""


def reset(connection: Connection) -> None:
    """Leave nothing of one request to the next; the pool calls this off the request's way.

    :raises OperationalError: if something can't be left; the pool then drops the connection
    """
    if connection.info.transaction_status != TransactionStatus.IDLE:
        raise OperationalError("a transaction is still open")
    connection.autocommit, connection.prepared_max = True, KEPT
    cursor = connection.cursor()
    cursor.execute(RESET, prepare=False)
    while cursor.nextset():
        pass
    prepared, foreign = cursor.fetchone() or ([], 0)
    if foreign or not prepared_by(connection) <= set(prepared):
        raise ForeignStatements(f"{foreign} statements prepared by SQL, or some of ours thrown away")


def prepared_by(connection: Connection) -> set[str]:
    """The names of the statements that psycopg believes are prepared.

    There is no public way to ask; a test holds that this one still answers.
    """
    return {name.decode() for name in connection._prepared._names.values()}
