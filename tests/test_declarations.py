"""What the tables say of themselves is what the migrations froze, and what stands in the database.

No more and no less.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from alongside.agencies.roles import Permission, Role, Sector, may
from alongside.kernel.capabilities import capabilities
from alongside.kernel.ids import uuid7
from alongside.kernel.management.commands.migrate import BEFORE
from alongside.kernel.models import Draft
from alongside.kernel.rls import autodetector
from alongside.kernel.rls.declarations import Block, Policy, Protection, States, blocks, declared
from alongside.kernel.rls.operations import Protect

POLICIES = """
    select tablename, policyname, permissive, roles::text, cmd, coalesce(qual, ''), coalesce(with_check, '')
    from pg_policies where schemaname = 'public' order by 1, 2
"""
GRANTS = """
    select c.oid::regclass::text, a.grantee::regrole::text, a.privilege_type, ''
    from pg_class c, aclexplode(c.relacl) a
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and a.grantee::regrole::text in ('app', 'log_writer', 'ctxo')
    union all
    select c.oid::regclass::text, a.grantee::regrole::text, a.privilege_type, t.attname
    from pg_attribute t join pg_class c on c.oid = t.attrelid, aclexplode(t.attacl) a
    where c.relnamespace = 'public'::regnamespace and not t.attisdropped
    order by 1, 2, 3, 4
"""
GUARDED = """
    select oid::regclass::text, relrowsecurity, relforcerowsecurity from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace
"""
TRIGGERS = """
    select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace
      and c.relname not like 'procrastinate%' order by 1
"""
FUNCTIONS = """
    select pg_get_functiondef(p.oid) from pg_proc p
    where p.pronamespace in ('public'::regnamespace, 'ctx'::regnamespace)
      and p.proname not like 'procrastinate%'
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by 1
"""
ITEMS = "select name from ctx.item_table order by 1"
EVERYTHING = {
    "policies": POLICIES,
    "grants": GRANTS,
    "guarded": GUARDED,
    "triggers": TRIGGERS,
    "functions": FUNCTIONS,
    "items": ITEMS,
}
CAPABILITIES = [config.label for config in capabilities()]  # each after those it stands on
FIRST = {
    ("kernel", "context"),
    ("kernel", "grants"),
    ("directory", "incoming"),
    ("agencies", "permissions"),
}  # what the others stand on


def stands(connection: psycopg.Connection) -> dict[str, list[tuple[object, ...]]]:
    """What stands in the catalogue."""
    return {what: connection.execute(asked).fetchall() for what, asked in EVERYTHING.items()}


def anew(connection: psycopg.Connection) -> None:
    """Take back all that is declared, and make it anew from the declarations."""
    said = [
        (label, key, block)
        for label in CAPABILITIES
        for key, block in blocks(label).items()
        if (label, key) not in FIRST
    ]
    for _, _, block in reversed(said):
        connection.execute(block.drop)
    left = [row for asked in (POLICIES, TRIGGERS) for row in connection.execute(asked).fetchall()]
    assert not left, "stands in the database and nobody has declared it"
    functions = [row[0].split("(")[0].split(" ")[-1] for row in connection.execute(FUNCTIONS).fetchall()]
    assert not [name for name in functions if not name.startswith("ctx.")], (
        "a function that nobody has declared"
    )
    for _, _, block in said:
        connection.execute(block.create)


@pytest.mark.django_db
@pytest.mark.every_postgresql
def test_the_database_is_as_it_is_declared(superuser):
    with superuser.transaction(force_rollback=True):
        superuser.execute("set local role owner")
        before = stands(superuser)
        anew(superuser)
        after = stands(superuser)

    for what in EVERYTHING:
        assert after[what] == before[what], what
    assert len(before["policies"]) > 200
    assert len(before["functions"]) > 60


def test_what_the_migrations_froze_is_what_is_declared():
    frozen = autodetector.frozen()

    assert [
        (label, change.key) for label in CAPABILITIES for change in autodetector.changes(label, frozen)
    ] == []


@pytest.mark.django_db
def test_a_policy_that_is_declared_otherwise_is_written_into_a_migration_and_can_be_taken_back(
    monkeypatch, superuser
):
    model, frozen = Draft, autodetector.frozen()
    label, table = model._meta.app_label, model._meta.db_table
    rules = tuple(
        replace(rule, using="false")
        if isinstance(rule, Policy) and (rule.verb, rule.to) == ("select", "app")
        else rule
        for rule in model.protection.rules
    )
    monkeypatch.setattr(model, "protection", replace(model.protection, rules=rules))

    (change,) = autodetector.changes(label, frozen)

    assert change.key == table
    assert autodetector.changes(label, frozen | {(label, table): Block(change.create, change.drop)}) == []
    _, written, _ = change.deconstruct()
    again = Protect(*written)
    assert (again.sql, again.reverse_sql) == (change.sql, change.reverse_sql)
    with superuser.transaction(force_rollback=True):
        superuser.execute("set local role owner")
        before = superuser.execute(POLICIES).fetchall()
        superuser.execute(change.sql)
        changed = set(superuser.execute(POLICIES).fetchall()) - set(before)
        superuser.execute(change.reverse_sql)
        assert superuser.execute(POLICIES).fetchall() == before
    assert [row[:2] + row[5:6] for row in changed] == [(table, "app_select", "false")]


ROLE = re.compile("'(" + "|".join(Role.values) + ")'")
NAMES_A_ROLE = {  # beside the table of roles and permissions
    ("kernel", "context"): "the operator arranges seats as an administrator does, before there are agencies",
    (
        "briefs",
        "functions",
    ): "a signature says in which role it was given, and one of them is a data steward's",
    ("handovers", "passing"): "who takes over is not whoever asks: made from the table of permissions",
}


def test_no_role_stands_in_sql_but_in_the_table_of_permissions():
    naming = {
        (label, key)
        for label in CAPABILITIES
        for key, block in blocks(label).items()
        if key != "permissions" and ROLE.search(block.create)
    }

    assert naming == set(NAMES_A_ROLE)


def test_every_permission_that_sql_asks_is_one():
    asked = {
        permission
        for label in CAPABILITIES
        for block in blocks(label).values()
        for permission in re.findall(r"ctx\.may\('([a-z-]+)'\)", block.create)
    }

    assert asked <= set(get_args(Permission))
    assert len(asked) > 10


@pytest.mark.django_db
@pytest.mark.parametrize("sector", Sector.values)
def test_the_database_gives_each_role_what_the_table_says(superuser, sector):
    with superuser.transaction(force_rollback=True):
        for role in Role:
            claims = "|".join([str(uuid7()), str(uuid7()), str(uuid7()), sector, role, "2", ""])
            superuser.execute("select ctx._sign(%s)", [claims])
            given = {
                permission
                for permission in get_args(Permission)
                if superuser.execute("select ctx.may(%s)", [permission]).fetchone()[0]
            }
            assert given == {
                permission for permission in get_args(Permission) if may(permission, role, sector)
            }, role


@pytest.mark.parametrize("left_out", ["tells", "record", "person", "emergency", "hold"])
def test_a_table_that_leaves_out_what_has_to_be_decided_is_refused(left_out):
    told = {
        name: getattr(Draft.protection, name) for name in ("tells", "record", "person", "emergency", "hold")
    }
    del told[left_out]

    with pytest.raises(TypeError, match=left_out):
        Protection(**told)


def test_the_person_reads_and_writes_columns_that_are_there():
    for model in apps.get_models():
        if protection := vars(model).get("protection"):
            columns = {field.column for field in model._meta.concrete_fields}
            reads = columns if protection.person.reads == "*" else set(protection.person.reads)
            assert reads <= columns, model
            assert set(protection.person.writes) <= reads, model


def test_what_may_be_opened_in_an_emergency_is_about_somebody_and_held_by_a_hold():
    opened = {table for table, protection in declared().items() if protection.emergency}

    assert {"files_file", "files_detail", "plans_priority", "consent_release"} <= opened
    assert all(declared()[table].hold and declared()[table].person.reads for table in opened)


@pytest.mark.django_db
def test_a_database_from_before_the_first_release_is_refused_and_left_as_it_is(superuser):
    superuser.execute("insert into django_migrations (app, name, applied) values (%s, %s, now())", BEFORE)
    try:
        before = superuser.execute("select app, name from django_migrations order by id").fetchall()
        with pytest.raises(CommandError, match=re.escape("make run FRESH=1")):
            call_command("migrate", database="owner", interactive=False, verbosity=0)

        assert superuser.execute("select app, name from django_migrations order by id").fetchall() == before
    finally:
        superuser.execute("delete from django_migrations where (app, name) = (%s, %s)", BEFORE)


@pytest.mark.parametrize(
    "model",
    [model for model in apps.get_models() if any(field.name == "state" for field in model._meta.fields)],
    ids=lambda model: model._meta.db_table,
)
def test_a_state_goes_only_where_its_moves_let_it(model):
    """A column of states has its moves beside it, of every state: the database holds them, whoever writes."""
    states = [rule for rule in declared()[model._meta.db_table].rules if isinstance(rule, States)]
    choices = set(dict(model._meta.get_field("state").choices))

    assert states, f"{model._meta.db_table} lets its state go anywhere: give its protection `States(MOVES)`"
    assert {str(state) for rule in states for state in rule.moves} == choices
    assert {str(end) for rule in states for ends in rule.moves.values() for end in ends} <= choices
