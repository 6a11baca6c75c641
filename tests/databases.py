"""The databases of a test run: one template, migrated once; a clone of it for each worker.

Emptied after each test.

Tests are `app` in real transactions, because only there row-level security is what it will be (a rolled-back
transaction would keep the signed context alive and pass falsely).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

import psycopg
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from config import pool, postgres, roles
from config.state import default_state, locked
from tests import budget

RUN = os.environ["ALONGSIDE_TESTS"]
TEMPLATE = f"{RUN}_template"
MINE = os.environ["ALONGSIDE_DATABASE"]

# Tables that the migrations fill and no test empties.
REFERENCE = {
    "public.django_migrations": "which migrations ran",
    "public.django_content_type": "Django's list of models",
    "public.auth_permission": "Django's list of permissions, unused",
    "public.procrastinate_version": "which schema of the job queue this is",
    "ctx.item_table": "which tables hold what can be agreed to be shared, filled by each folder's migration",
    "ctx.secret": "the signing key of the context, made by the first migration",
}

TABLES = """
    select c.oid::regclass::text, n.nspname || '.' || c.relname from pg_class c join pg_namespace n
        on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
"""
EMPTY = """
    do $$ declare name text; begin
        set local session_replication_role = replica;  -- no trigger and no foreign key stands in the way
        foreach name in array string_to_array({names}, ',') loop
            if pg_relation_size(name::regclass) > 0 then execute 'delete from ' || name; end if;
        end loop;
    end $$
"""


def make() -> postgres.Cluster:
    """This worker's database, from a template that the first worker makes."""
    state = default_state()
    cluster = postgres.ensure(state, fast=True)
    with locked(state, "template"):
        if not (state / "template.made").exists():
            postgres.prepare(cluster, TEMPLATE)
            _migrate()
            (state / "template.made").touch()
        roles.clone(cluster, TEMPLATE, MINE)
    return cluster


def _migrate() -> None:
    owner = connections["owner"]
    owner.settings_dict["NAME"] = TEMPLATE
    try:
        call_command("migrate", database="owner", interactive=False, verbosity=0)
    finally:
        owner.close()
        owner.settings_dict["NAME"] = MINE


@cache
def superuser() -> psycopg.Connection:
    """A connection that no policy holds back: for emptying tables, and for tests that attack from above."""
    return psycopg.connect(**postgres.at(default_state()).url("postgres", MINE), autocommit=True)


@contextmanager
def without_triggers() -> Iterator[psycopg.Connection]:
    """Write as the superuser past every trigger: how a row came to stand where no rule lets it."""
    superuser().execute("set session_replication_role = replica")
    try:
        yield superuser()
    finally:
        superuser().execute("reset session_replication_role")


def filled() -> set[str]:
    """The tables that hold a row just now, as schema.table."""
    rows = superuser().execute(TABLES).fetchall()
    return {
        full
        for name, full in rows
        if superuser()
        .execute(sql.SQL("select exists (select 1 from {})").format(sql.SQL(name)))
        .fetchone()[0]
    }


@cache
def _to_empty() -> str:
    return ",".join(name for name, full in superuser().execute(TABLES).fetchall() if full not in REFERENCE)


def empty() -> None:
    """Take out every row a test wrote, whatever guards it; a page that was served may still be ending."""
    statement = sql.SQL(EMPTY).format(names=sql.Literal(_to_empty()))
    for _ in range(5):
        with suppress(psycopg.errors.DeadlockDetected):
            superuser().execute(statement)
            return
    superuser().execute(statement)


def let_go(connection: BaseDatabaseWrapper) -> None:
    """Leave a connection as if it were new, for the next test.

    What a session can keep is forgotten, its plans and caches stay.
    """
    raw = connection.connection
    if raw is None or raw.closed:
        connection.close()
        return
    budget.counts(raw.info.backend_pid)
    try:
        raw.rollback()
        pool.reset(raw)
        connection.autocommit = True
        connection.ensure_timezone()
    except psycopg.Error:
        connection.close()


def drop_all() -> None:
    """Remove the databases of this run from a server that was given."""
    with psycopg.connect(**postgres.at(default_state()).url("postgres"), autocommit=True) as connection:
        for (name,) in connection.execute(
            "select datname from pg_database where datname like %s", [f"{RUN}%"]
        ).fetchall():
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
