"""The roles and the database Alongside needs on a cluster, made by whoever may make roles there.

`owner` owns the database and migrates; `app` is what the pages and the jobs are; `log_writer` reads the trail
and appends it to the log; `ctxo` owns the context functions and cannot sign in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from config.state import LOGINS, Trouble, secrets

if TYPE_CHECKING:
    from config.postgres import Cluster

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
MEANT_TO_BE = "nosuperuser nocreatedb nocreaterole noreplication nobypassrls"
LARGE_OBJECTS = ["lo_creat", "lo_create", "lo_from_bytea", "lo_import", "lo_open", "lo_put", "lowrite"]
HABITS = {  # what a session of a role starts with
    "app": {
        "track_activities": "off",  # a statement of one session is not another's to read
        "statement_timeout": "'30s'",
        "idle_in_transaction_session_timeout": "'60s'",
        "lock_timeout": "'10s'",
    },
    "log_writer": {"track_activities": "off"},
}


def prepare(cluster: Cluster, dbname: str | None = None) -> None:
    """Make the roles and one database, or bring them to what they are meant to be.

    Doing it again changes nothing.

    :raises Trouble: if the user we connect as may not, or the server lacks an extension
    """
    dbname = dbname or cluster.dbname
    try:
        with psycopg.connect(**cluster.url("postgres"), autocommit=True) as connection:
            connection.execute("select pg_advisory_lock(6227001)")
            _check_extensions(connection, cluster)
            _make_roles(connection, cluster)
            _make_database(connection, dbname)
        with psycopg.connect(**cluster.url("postgres", dbname), autocommit=True) as connection:
            for name in EXTENSIONS:
                _run(connection, f"create extension if not exists {name}")
            _lock_down(connection, dbname)
    except psycopg.errors.InsufficientPrivilege as error:
        raise Trouble(
            f"The database user we were given may not do what is needed: {error.diag.message_primary}. "
            "Give DATABASE_URL a user with CREATEROLE and CREATEDB, or a superuser."
        ) from None


def clone(cluster: Cluster, template: str, dbname: str) -> None:
    """A new database with everything in the template; nobody may be connected to the template."""
    with psycopg.connect(**cluster.url("postgres"), autocommit=True) as connection:
        _run(connection, "drop database if exists {} with (force)", dbname)
        _run(connection, "create database {} template {} owner owner", dbname, template)
    with psycopg.connect(**cluster.url("postgres", dbname), autocommit=True) as connection:
        _lock_down(connection, dbname)  # a database's own privileges are not part of its template


def _check_extensions(connection: psycopg.Connection, cluster: Cluster) -> None:
    found = {row[0] for row in connection.execute("select name from pg_available_extensions")}
    if missing := [name for name in EXTENSIONS if name not in found]:
        raise Trouble(
            f"This PostgreSQL lacks {', '.join(missing)}, which belong to its `contrib` package "
            "(postgresql-contrib). Install that, or use the programs of the wheel: ALONGSIDE_POSTGRES=wheel."
        )


def _make_roles(connection: psycopg.Connection, cluster: Cluster) -> None:
    known = {row[0] for row in connection.execute("select rolname from pg_roles")}
    passwords = secrets(cluster.state)
    for name in ("ctxo", *LOGINS):
        if name not in known:
            _run(connection, f"create role {{}} {'login' if name in LOGINS else 'nologin'}", name)
    _check_attributes(connection)
    for name in LOGINS:
        if name not in known or not _lets_in(cluster, name):
            # The verifier is made here, so the password itself is never sent and no log can hold it.
            verifier = connection.pgconn.encrypt_password(
                passwords[name].encode(), name.encode(), b"scram-sha-256"
            )
            connection.execute(
                sql.SQL("alter role {} password {}").format(sql.Identifier(name), verifier.decode())
            )
    _run(connection, "grant ctxo to owner")
    refused = [
        words
        for name, habits in HABITS.items()
        for habit, value in habits.items()
        if (words := _set_habit(connection, name, habit, value))
    ]
    if refused:
        raise Trouble(
            "Only a superuser of the server can set this: "
            f"{' '.join(refused)} Have it run once, then try again."
        )


def _check_attributes(connection: psycopg.Connection) -> None:
    """No role of ours is more than it is meant to be; one found on a given server may be."""
    wrong = "rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication"
    for (name,) in connection.execute(
        f"select rolname from pg_roles where rolname = any(%s) and ({wrong})",  # noqa: S608 - fixed words
        [["ctxo", *LOGINS]],
    ).fetchall():
        _run(connection, f"alter role {{}} {MEANT_TO_BE}", name)


def _lets_in(cluster: Cluster, name: str) -> bool:
    try:
        psycopg.connect(**cluster.url(name, str(cluster.admin["dbname"])), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        return "permission denied for database" in str(error)  # past the password
    return True


def _set_habit(connection: psycopg.Connection, name: str, habit: str, value: str) -> str | None:
    """Set what a role's sessions start with.

    Where we may not and it does not stand yet, return what somebody else has to run.
    """
    words = f"ALTER ROLE {name} SET {habit} = {value};"
    try:
        connection.execute(words)
    except psycopg.errors.InsufficientPrivilege:
        stands = connection.execute(
            (
                "select 1 from pg_db_role_setting s join pg_roles r on r.oid = s.setrole where r.rolname = "
                "%s and %s = any(s.setconfig)"
            ),
            [name, f"{habit}={value.strip(chr(39))}"],
        ).fetchone()
        return None if stands else words
    return None


def _make_database(connection: psycopg.Connection, dbname: str) -> None:
    if connection.execute("select 1 from pg_database where datname = %s", [dbname]).fetchone():
        return
    superuser = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    if superuser and not superuser[0]:
        _run(connection, "grant owner to current_user")  # to be allowed to give the database away
    _run(connection, "create database {} owner owner template template0 encoding 'UTF8'", dbname)


def _lock_down(connection: psycopg.Connection, dbname: str) -> None:
    """Nothing for PUBLIC; each role only what it needs to come in.

    Tables are granted one by one by the migrations.
    """
    database = sql.Identifier(dbname)
    owned = connection.execute(
        "select pg_get_userbyid(datdba) = 'owner' from pg_database where datname = current_database()"
    ).fetchone()
    steps: Iterable[sql.SQL | sql.Composed] = [
        *([] if owned and owned[0] else [sql.SQL("alter database {} owner to owner").format(database)]),
        sql.SQL("revoke all on database {} from public").format(database),
        sql.SQL("grant connect on database {} to app, log_writer").format(database),
        sql.SQL("alter schema public owner to owner"),
        sql.SQL("revoke all on schema public from public"),
        sql.SQL("grant usage on schema public to app, log_writer, ctxo"),
        sql.SQL("alter default privileges for role owner revoke execute on functions from public"),
        sql.SQL("alter default privileges for role ctxo revoke execute on functions from public"),
    ]
    for step in steps:
        connection.execute(step)
    _forbid_large_objects(connection)


def _forbid_large_objects(connection: psycopg.Connection) -> None:
    """Nobody of ours makes large objects: they belong to whoever makes them, and no policy guards them.

    :raises Trouble: with what a superuser has to run once, where we may not
    """
    made = connection.execute(
        "select oid::regprocedure::text from pg_proc where pronamespace = 'pg_catalog'::regnamespace"
        " and proname = any(%s) and has_function_privilege('app', oid, 'execute') order by 1",
        [LARGE_OBJECTS],
    ).fetchall()
    if not made:
        return
    words = f"revoke execute on function {', '.join(name for (name,) in made)} from public"
    superuser = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    if not (superuser and superuser[0]):
        raise Trouble(
            f"Only a superuser of the server can forbid large objects: {words}; "
            f"in the database {connection.info.dbname}. Have it run once, then try again."
        )
    connection.execute(words.encode())


def _run(connection: psycopg.Connection, words: str, *names: str) -> None:
    connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))
