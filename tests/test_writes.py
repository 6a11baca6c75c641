"""Writes are guarded like reads: in every table there is, whoever asks, by every verb.

Each table is given a row, made from the types of its columns. Then nobody, and every role of another agency,
tries to write in it; and each guard is taken away once, and somebody's answers must differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from psycopg import sql
from psycopg.types.json import Jsonb

from alongside.agencies.roles import Role
from alongside.kernel.rls.declarations import Grant, declared
from config import roles
from config.state import ROOT
from tests.ground import Ground

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
DENIED = "42501"
COLUMNS = """
    select a.attname, t.typcategory, a.atttypid::regtype::text,
        (select enumlabel from pg_enum where enumtypid = a.atttypid order by enumsortorder limit 1)
    from pg_attribute a join pg_type t on t.oid = a.atttypid
    where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
"""
# Checks, keys and uniqueness, which would refuse a copy of a row before anybody asks who writes it.
IN_THE_WAY = """
    select format('alter table %%s drop constraint if exists %%I cascade', conrelid::regclass, conname)
    from pg_constraint where conrelid = %(table)s::regclass and contype in ('c', 'x', 'u', 'p')
    union all
    select format('drop index if exists %%s cascade', indexrelid::regclass)
    from pg_index where indrelid = %(table)s::regclass and indisunique
"""
INSERT = sql.SQL("insert into {0} overriding system value select * from jsonb_populate_record(null::{0}, %s)")
VERBS = ("insert", "update", "delete")
# What somebody of another agency writes all the same: nobody's row, or their own.
THEIRS_TOO = {
    ("directory_word", "insert"): "a word that services are found by is nobody's",
    ("trail_entry", "insert"): "whoever asks is noted, by a trigger as who they are",
    ("agencies_account", "update"): "their own account",
    ("agencies_agency", "update"): "their own agency",
}
ASKED_FIRST = {"beds_hold": "23514"}  # a trigger asks whether a bed is free before the policy is asked
OURS, OPERATORS = str(uuid4()), str(uuid4())  # the id of every row of an agency, and of what none keeps
OF_ANYBODY = {table for table, protection in declared().items() if protection.written_by_anybody}
TABLES = [table for table in declared() if not table.startswith("ctx.")]
DELETED_FROM = {
    table
    for table, protection in declared().items()
    for rule in protection.rules
    if isinstance(rule, Grant) and rule.to == "app" and "delete" in rule.verbs
}
GUARDS = """
    select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger
    where tgname like 'guarded%' and not tgisinternal order by 1, 2
"""


@dataclass
class Everything:
    """A row in every table, of one agency; and the superuser in whose transaction they stand."""

    superuser: psycopg.Connection
    rows: dict[str, dict[str, Any]]
    ours: dict[str, UUID]
    theirs: dict[str, UUID]

    def answers(self, table: str, verb: str, worker: UUID | None) -> set[str]:
        """What `app`, signed in as a worker or as nobody, is told when it tries a verb in every way."""
        return {self._try(statement, worker) for statement in self._statements(table, verb)}

    def _statements(self, table: str, verb: str) -> Iterator[tuple[sql.Composed, list[Any]]]:
        name = sql.Identifier(table)
        if verb == "insert":
            for row in (self.rows[table], _of_the_operator(self.rows[table])):
                yield INSERT.format(name), [Jsonb(row)]
        elif verb == "delete":
            yield sql.SQL("delete from {}").format(name), []
        else:
            for (column,) in self.superuser.execute(
                "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0"
                " and not attisdropped and attgenerated = '' and attidentity = ''",
                [table],
            ).fetchall():
                words = sql.SQL("update {0} set {1} = {1}")
                yield words.format(name, sql.Identifier(column)), []

    def _try(self, statement: tuple[sql.Composed, list[Any]], worker: UUID | None) -> str:
        with self.superuser.transaction(force_rollback=True):
            self.superuser.execute("set local role app")
            if worker:
                signed = self.superuser.execute(
                    "select ctx.begin_as(%s, %s, 'test')", [settings.SERVER_SECRET, worker]
                )
                assert signed.fetchone() == (True,)
            try:
                with self.superuser.transaction():
                    return f"done: {self.superuser.execute(*statement).rowcount}"
            except psycopg.Error as error:
                return str(error.sqlstate)


@pytest.fixture
def everything(superuser) -> Iterator[Everything]:
    """A row in every table, put down past every trigger, foreign key and check, and undone at the end."""
    ground = Ground(superuser)
    ours, theirs = ground.agency(), ground.agency()
    workers = {role: ground.worker(ours, role, on=False) for role in Role.values}
    others = {role: ground.worker(theirs, role, on=False) for role in Role.values}
    known = {
        "agency_id": str(ours),
        "account_id": str(ground.account_of(workers["caseworker"])),
        "user_id": str(ground.account_of(workers["caseworker"])),
        "id": OURS,
    }
    with superuser.transaction(force_rollback=True):
        superuser.execute("set local session_replication_role = replica")
        rows = {table: _put_down(superuser, table, known) for table in TABLES}
        superuser.execute("set local session_replication_role = origin")
        yield Everything(superuser, rows, workers, others)


def _put_down(superuser: psycopg.Connection, table: str, known: dict[str, str]) -> dict[str, Any]:
    for (statement,) in superuser.execute(IN_THE_WAY, {"table": table}).fetchall():
        superuser.execute(statement)
    row = {}
    for name, category, kind, label in superuser.execute(COLUMNS, [table]).fetchall():
        if name == "id" and category == "N":
            row[name] = 900_001
        elif name in known and kind == "uuid":
            row[name] = known[name]
        else:
            row[name] = _value(category, kind, label, known)
    superuser.execute(INSERT.format(sql.Identifier(table)), [Jsonb(row)])
    if "agency_id" in row:
        with suppress(psycopg.errors.NotNullViolation), superuser.transaction():
            superuser.execute(INSERT.format(sql.Identifier(table)), [Jsonb(_of_the_operator(row))])
    return row


def _of_the_operator(row: dict[str, Any]) -> dict[str, Any]:
    """The same row, kept by no agency, and of whatever else no agency keeps."""
    less = {"agency_id": None} if "agency_id" in row else {}
    return {name: OPERATORS if value == OURS else value for name, value in row.items()} | less


def _value(category: str, kind: str, label: str | None, known: dict[str, str]) -> Any:
    if label:
        return label
    if kind == "uuid":
        return known["id"]  # what belongs to another row belongs to the one of that table
    if kind in ("json", "jsonb"):
        return {}
    if kind == "bytea":
        return "\\x00"
    return {"N": 1, "B": False, "A": "{}", "D": "2026-01-05 10:00", "R": "empty", "T": "1 hour"}.get(
        category, "x"
    )


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_signed_in_writes_in_any_table(everything, verb):
    assert _written(everything, verb, None) == {}


@pytest.mark.costly("every role tries every verb on every table")
@pytest.mark.parametrize("verb", VERBS)
def test_no_role_elsewhere_writes_in_any_table(everything, verb):
    written = {
        (table, verb) for worker in everything.theirs.values() for table in _written(everything, verb, worker)
    }

    assert written <= set(THEIRS_TOO)


def _written(everything: Everything, verb: str, worker: UUID | None) -> dict[str, set[str]]:
    # 23502: of this table, no row is the operator's
    nothing = {DENIED, "23502"} if verb == "insert" else {DENIED, "done: 0"}
    return {
        table: answers
        for table in TABLES
        if table not in OF_ANYBODY
        and (answers := everything.answers(table, verb, worker) - nothing - {ASKED_FIRST.get(table, "")})
    }


@pytest.mark.costly("takes every guard away once, and lets every role try")
def test_whoever_takes_a_guard_away_makes_an_answer_differ(everything, superuser):
    askers = [None, *everything.ours.values(), *everything.theirs.values()]
    unnoticed = []
    for table, name, made in superuser.execute(GUARDS).fetchall():
        verbs = [
            verb
            for verb in VERBS
            if (name in ("guarded", f"guarded_{verb}") or (name, verb) == ("guarded_adding", "insert"))
            and superuser.execute(
                "select has_any_column_privilege('app', %(t)s, %(v)s)"
                if verb != "delete"
                else "select has_table_privilege('app', %(t)s, %(v)s)",
                {"t": table, "v": verb},
            ).fetchone()[0]
        ]
        before = [everything.answers(table, verb, who) for verb in verbs for who in askers]
        superuser.execute(
            sql.SQL("drop trigger {} on {}").format(sql.Identifier(name), sql.Identifier(table))
        )
        if verbs and [everything.answers(table, verb, who) for verb in verbs for who in askers] == before:
            unnoticed.append(f"{table}.{name}")
        superuser.execute(made)

    assert unnoticed == []


@pytest.mark.parametrize("table", TABLES)
def test_app_shuts_no_table_and_holds_the_rows_it_may_change(superuser, table):
    with superuser.transaction(force_rollback=True):
        superuser.execute("set local role app")

        assert _may(superuser, "lock table {} in access exclusive mode", table) == (table in DELETED_FROM)
        changes = superuser.execute("select has_any_column_privilege(%s, 'update')", [table]).fetchone()[0]
        assert not changes or _may(superuser, "select 1 from {} for update", table)


def _may(connection: psycopg.Connection, words: str, table: str) -> bool:
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(sql.SQL(words).format(sql.Identifier(table)))
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def test_app_makes_no_large_object(superuser):
    with superuser.transaction(force_rollback=True):
        superuser.execute("set local role app")

        for words in ("select lo_create(0)", "select lo_from_bytea(0, 'x')"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), superuser.transaction():
                superuser.execute(words)


def test_the_lint_knows_what_the_roles_are_given():
    """`config` makes the roles, the kernel reads the catalogue; neither imports the other."""
    lint = (ROOT / "alongside" / "kernel" / "sql" / "lint.sql").read_text(encoding="utf-8")
    [functions] = re.findall(r"p\.proname in \(([^)]*)\)", lint)
    [settings] = re.findall(r"any\(array\[([^]]*)\]\)\)", lint)

    assert set(re.findall(r"\w+", functions)) == set(roles.LARGE_OBJECTS)
    assert set(re.findall(r"\w+", settings)) == {name for habits in roles.HABITS.values() for name in habits}
