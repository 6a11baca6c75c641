"""From the previous release to this one.

Its migrations stay as they were, and lead to what is declared now.
"""

from __future__ import annotations

from contextlib import contextmanager

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from config import postgres
from config.state import default_state, locked
from tests import databases, releases
from tests.test_declarations import EVERYTHING, stands

COLUMNS = """
    select table_name, column_name, data_type, is_nullable, coalesce(column_default, '')
    from information_schema.columns where table_schema = 'public' order by 1, 2
"""
CONSTRAINTS = """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace order by 1, 2
"""
INDEXES = "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2"


@contextmanager
def database(name):
    """An empty database beside this worker's own, which the owner's connection reaches meanwhile."""
    owner, cluster = connections["owner"], postgres.at(default_state())
    postgres.prepare(cluster, name)
    owner.close()
    owner.settings_dict["NAME"] = name
    try:
        yield
    finally:
        owner.close()
        owner.settings_dict["NAME"] = databases.MINE
        drop = sql.SQL("drop database {} with (force)").format(sql.Identifier(name))
        databases.superuser().execute(drop)


def catalogue(name):
    url = postgres.at(default_state()).url("postgres", name)
    with psycopg.connect(**url) as connection:
        more = {"columns": COLUMNS, "constraints": CONSTRAINTS, "indexes": INDEXES}
        return stands(connection) | {
            what: connection.execute(asked).fetchall() for what, asked in more.items()
        }


def test_a_migration_that_was_released_stays_word_for_word():
    version, released = releases.previous()
    now = releases.migrations()

    assert {name: now.get(name) for name in released} == released, (
        f"{version} has these migrations: what changes comes in a further one"
    )


def test_nothing_released_is_squashed_and_every_leaf_stands_on_it():
    _, released = releases.previous()
    loader = MigrationLoader(None)

    for name in released:
        app, migration = name.split(".")
        assert not loader.disk_migrations[app, migration].replaces
        leaves = loader.graph.leaf_nodes(app)
        assert any((app, migration) in loader.graph.forwards_plan(leaf) for leaf in leaves), name


@pytest.mark.django_db
@pytest.mark.every_postgresql
@pytest.mark.thorough("two databases are migrated; the migrations' words are compared in the quick lane")
def test_the_previous_release_becomes_this_one(superuser):
    name = f"{databases.MINE}_previous"
    _, released = releases.previous()
    last = dict(sorted(each.split(".") for each in released))

    with database(name):
        for app, migration in last.items():
            call_command("migrate", app, migration, database="owner", interactive=False, verbosity=0)
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        upgraded = catalogue(name)
    # Not this worker's own: a policy that a test put back from its text may nest otherwise.
    with locked(default_state(), "template"):
        fresh = catalogue(databases.TEMPLATE)

    assert set(upgraded) > set(EVERYTHING)
    for what, rows in fresh.items():
        assert sorted(upgraded[what]) == sorted(rows), what
