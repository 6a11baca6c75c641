"""What weakens a policy, and the judge that has to notice.

Each is opened, turned round and dropped, and somebody's answers must differ.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from alongside.kernel.capabilities import capabilities
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.declarations import WHOLE_UPDATE, Grant, blocks, declared
from tests.ground import acting, connect

POLICIES = """
    select polname, polrelid::regclass::text, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck,
        polrelid),
        case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd'
            then 'delete' end,
        case when polpermissive then 'permissive' else 'restrictive' end
    from pg_policy where 'app'::regrole = any(polroles) and polrelid::regclass::text = any(%s) order by 2, 1
"""
UPDATABLE = """
    select attname, attnum from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped
        and has_column_privilege('app', attrelid, attnum, 'update') order by attnum
"""


@dataclass(frozen=True)
class Policy:
    """One policy as it stands."""

    name: str
    table: str
    using: str | None
    check: str | None
    verb: str
    kind: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"

    @property
    def made(self) -> str:
        """How to make it again, as it is declared: what PostgreSQL tells of it reads otherwise each time."""
        return _as_declared()[self.name, self.table]

    def weakened(self) -> Iterator[tuple[str, str]]:
        """Every way to weaken or turn it: what it is called, and what is done after it was dropped."""
        opening = f"create policy {self.name} on {self.table} as {self.kind} for {self.verb} to app"
        held = self.check or self.using
        if self.using:
            checked = f" with check ({held})" if self.verb == "update" else ""
            yield "sees everything", f"{opening} using (true){checked}"
            yield "turned round", f"{opening} using (not ({self.using})){checked}"
        if self.verb == "insert":
            yield "turned round", f"{opening} with check (not ({self.check}))"
        if self.verb in ("insert", "update"):
            yield (
                "leaves anything behind",
                opening + (f" using ({self.using})" if self.using else "") + " with check (true)",
            )
        yield "dropped", "select 1"


@cache
def _as_declared() -> dict[tuple[str, str], str]:
    """The statement that makes each policy, by its name and its table."""
    made = "".join(block.create for config in capabilities() for block in blocks(config.label).values())
    found = (re.match(r"\s*create policy (\w+) on ([\w.]+) ", words) for words in made.split(";"))
    return {(one[1], one[2]): one.string for one in found if one}


class Judge:
    """One world, and everything the database answers about it.

    `askers` have an `id` and an `agency`; `unique` says what a copy of a row of a table must have otherwise,
    so that nothing but the policies stands in its way; `keepers` are the columns that say whose a row is,
    `moments` those that a try at updating touches.
    """

    keepers: tuple[str, ...] = ("agency_id",)
    signed: tuple[str, ...] = ("written_by", "asked_by")  # columns that say who wrote a copied row
    few: ClassVar[dict[str, int]] = {}  # about how many rows of a table are copied, where five are not enough
    moments = frozenset(
        {"set_at", "read_at", "seen_at", "offered_at", "verified_at", "written_at", "opened_at", "lifted_at"}
        | {"reviewed_at", "answered_at", "noted_at"}
    )

    def __init__(
        self,
        superuser: psycopg.Connection,
        app: psycopg.Connection,
        tables: Iterable[str],
        askers: Iterable[Any],
        unique: dict[str, dict[str, Any]],
    ) -> None:
        self.superuser, self.app, self.tables, self.unique = superuser, app, tuple(tables), unique
        self.askers = [*askers, None]
        self.agencies = list(dict.fromkeys(who.agency for who in self.askers if who))
        self.rows = {
            table: [
                row
                for (row,) in superuser.execute(f"select to_jsonb(t) from {table} t order by 1").fetchall()
            ]
            for table in self.tables
        }
        self.columns = {table: superuser.execute(UPDATABLE, [table]).fetchall() for table in self.tables}

    def unnoticed(self) -> set[tuple[str, str]]:
        """Weaken, turn round and drop every policy of these tables.

        Return those of which nobody's answers tell.
        """
        found = set()
        with connect("owner", autocommit=True) as owner, self._keepers_granted(owner):
            for policy in (
                Policy(*row) for row in self.superuser.execute(POLICIES, [list(self.tables)]).fetchall()
            ):
                usual = self.answers(policy.table, policy.verb)
                for how, weakened in policy.weakened():
                    owner.execute(f"drop policy {policy.name} on {policy.table}; {weakened}")
                    try:
                        if self.answers(policy.table, policy.verb) == usual:
                            found.add((str(policy), how))
                    finally:
                        owner.execute(f"drop policy if exists {policy.name} on {policy.table}; {policy.made}")
        return found

    @contextmanager
    def _keepers_granted(self, owner: psycopg.Connection) -> Iterator[None]:
        """Let whose a row is be updated where the rest may be, so that a policy alone has to refuse it."""
        granted = [
            sql.SQL("{} on {}").format(
                sql.SQL("update ({})").format(sql.SQL(", ").join(map(sql.Identifier, keepers))),
                sql.Identifier(table),
            )
            for table in self.tables
            if any(
                isinstance(rule, Grant) and rule.to == "app" and re.search(WHOLE_UPDATE, rule.verbs)
                for rule in declared()[table].rules
            )
            and (keepers := [name for name in self.keepers if name in self._refused(table)])
        ]
        for words in granted:
            owner.execute(sql.SQL("grant {} to app").format(words))
        self.columns = {table: self.superuser.execute(UPDATABLE, [table]).fetchall() for table in self.tables}
        try:
            yield
        finally:
            for words in granted:
                owner.execute(sql.SQL("revoke {} from app").format(words))

    def _refused(self, table: str) -> set[str]:
        held = {name for name, _ in self.superuser.execute(UPDATABLE, [table]).fetchall()}
        return set(self.rows[table][0] if self.rows[table] else ()) - held

    def answers(self, table: str, verb: str) -> list[Any]:
        """What each worker sees of this table, or what happens to their tries at writing in it."""
        return [answer for who in self.askers for answer in self._answers(table, verb, who)]

    def _answers(self, table: str, verb: str, who: Any) -> list[Any]:
        with acting(who and who.id, connection=self.app):
            if verb == "insert":
                words = sql.SQL("insert into {0} select * from jsonb_populate_record(null::{0}, %s)").format(
                    sql.Identifier(table)
                )
                return [self._try(words, [Jsonb(row)]) for row in self._new_rows(table, who)]
            if verb == "update":
                return [self._try(words) for words in self._updates(table)]
            words = sql.SQL(
                "delete from {}"
                if verb == "delete"
                else "select array_agg(t::text order by t::text) from {} t"
            )
            return [self._try(words.format(sql.Identifier(table)))]

    def _updates(self, table: str) -> list[sql.Composed]:
        named = [name for name, _ in self.columns[table]]
        touched = sql.SQL("update {} set {} = now()")
        moved = sql.SQL("update {} set {} = {}")  # no `where`: it would ask the policies for select as well
        return [
            *(
                touched.format(sql.Identifier(table), sql.Identifier(name))
                for name in named
                if name in self.moments
            ),
            *(
                moved.format(sql.Identifier(table), sql.Identifier(keeper), sql.Literal(str(agency)))
                for keeper in self.keepers
                if keeper in named
                for agency in self.agencies
            ),
        ]

    def _new_rows(self, table: str, who: Any) -> list[dict[str, Any]]:
        """Copies of some rows with ids of their own, written by whoever asks.

        As they are, and as if the asker's agency were their custodian.
        """
        own = dict.fromkeys(self.signed, str(who.id)) if who else {}
        few = self.rows[table][:: max(1, len(self.rows[table]) // self.few.get(table, 5))]
        fresh = [
            row
            | ({"id": str(uuid7())} if "id" in row else {})
            | {name: value for name, value in own.items() if name in row}
            | self.unique.get(table, {})
            for row in few
        ]
        return fresh + [
            row | {keeper: str(who.agency)}
            for keeper in self.keepers
            for row in fresh
            if who and keeper in row
        ]

    def _try(self, words: sql.Composed, parameters: list[Any] | None = None) -> Any:
        with self.app.transaction(force_rollback=True):
            try:
                cursor = self.app.execute(words, parameters)
                return cursor.fetchone() if cursor.description else cursor.rowcount
            except psycopg.Error as error:
                return error.sqlstate
