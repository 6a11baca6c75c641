"""The catalogue lint: what must never be true of the database (security.md D1).

It is asked of the database itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from alongside.kernel.rls.declarations import declared, definers

SQL = Path(__file__).resolve().parent.parent / "sql" / "lint.sql"

SENTENCES: dict[str, str] = {
    "rls-off": (
        "{name} has no row-level security. Give it rules, or say in its protection why it is unguarded: "
        "that it tells nothing about a person."
    ),
    "rls-not-forced": "{name} does not force row-level security on its owner.",
    "no-policy": "{name} has row-level security and no policy: nothing can be read. Say who may.",
    "policy-to-public": "{name} is a policy for everybody. Name the role.",
    "policy-true": "{name} lets `app` through whatever the row.",
    "call-per-row": (
        "{name} calls a function for every row. Write `(select ctx.agency())`, so that it is called once."
    ),
    "view-of-its-owner": "{name} is a view that reads as its owner. Make it with (security_invoker = true).",
    "copy-readable": "{name} is a copy that no policy guards, and `app` may read it.",
    "more-than-rows": "`app` may TRUNCATE, REFERENCE or put triggers on {name}.",
    "write-unguarded": (
        "`app` may write in {name}, and neither a policy nor a guard says who. Give it rules or a "
        "`WriteGuard`, or say in its protection why it is written by anybody."
    ),
    "update-whole": "`app` may update every column of {name}, and shut the whole table. Name the columns.",
    "large-objects": (
        "`app` may make large objects ({name}). Start `alongside serve` once: it forbids them, or says what "
        "a superuser has to run."
    ),
    "role-setting": "{name} is set for a role by nobody of ours. Reset it: alter role … reset …",
    "partition-granted": "{name} is a partition that `app` may reach past its parent's policies.",
    "definer-not-listed": (
        "{name} runs as its owner and is in no DEFINERS. What does it check before it answers?"
    ),
    "definer-path-open": (
        "{name} runs as its owner with an open search_path. Pin it: set search_path = pg_catalog, pg_temp."
    ),
    "definer-of-superuser": "{name} runs as somebody other than ctxo.",
    "leakproof": "{name} is marked leakproof: it would be shown rows before the policies have hidden them.",
    "function-for-all": "{name} may be called by everybody (PUBLIC).",
    "table-for-all": "{name} is granted to everybody (PUBLIC).",
    "context-readable": "`app` may reach into {name}.",
    "cascade": "{name} cascades: deleting one's own row would delete another agency's.",
    "unique-across": (
        "{name} is unique across agencies: a refused duplicate tells that somebody else's row exists."
    ),
    "role-too-strong": "{name} is a role that can do more than it is meant to.",
    "app-owns": "{name} belongs to a role that pages and jobs connect as.",
    "app-in-role": "{name}: it may become that role.",
    "owner-let-through": (
        "{name} lets `owner`, a member of ctxo, through as well. Write: current_user = 'ctxo' and …"
    ),
    "may-create": "{name}: it may create objects there.",
    "may-make-temporary": "{name}: it may make temporary tables, and shadow ours.",
    "schema-for-all": "Schema {name} is open to everybody (PUBLIC).",
    "statements-shown": (
        "What {name} asks can be read by other sessions: set track_activities = off for the role."
    ),
    "list-outdated": "{name} is listed in a protection and is not in the database.",
}


class Cursor(Protocol):
    """Anything that runs SQL and hands out rows: Django's cursor, or psycopg's."""

    def execute(self, query: Any, params: Any = ...) -> Any:
        """Run one statement."""

    def fetchall(self) -> list[Any]:
        """Return the rows."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be."""

    rule: str
    name: str

    def __str__(self) -> str:
        return SENTENCES[self.rule].format(name=self.name)


def findings(cursor: Cursor) -> list[Finding]:
    """Ask the catalogue of the database behind this cursor; any role may."""
    lists: Mapping[str, list[str]] = {
        "plain": list(unguarded()),
        "definers": list(definers()),
        "unique": list(unique()),
        "written": [table for table, protection in declared().items() if protection.written_by_anybody],
    }
    cursor.execute(SQL.read_text(), lists)
    return [*(Finding(rule, name) for rule, name in cursor.fetchall()), *_outdated(cursor, lists)]


def unguarded() -> dict[str, str]:
    """Tables without row-level security, and why nothing in them tells of a person a file is about."""
    return {table: protection.unguarded for table, protection in declared().items() if protection.unguarded}


def unique() -> dict[str, str]:
    """Unique indexes on personal tables without a file's or an agency's key.

    Each with why a refused duplicate tells nobody anything.
    """
    return {name: why for protection in declared().values() for name, why in protection.unique.items()}


def _outdated(cursor: Cursor, lists: Mapping[str, list[str]]) -> Iterator[Finding]:
    for listed, gone in (
        (
            "plain",
            (
                "to_regclass(n) is null"
                " or exists (select 1 from pg_class where oid = to_regclass(n) and relrowsecurity)"
            ),
        ),
        ("definers", "to_regprocedure(n) is null"),
        ("unique", "to_regclass(n) is null"),
    ):
        cursor.execute(f"select n from unnest(%s::text[]) n where {gone}", [lists[listed]])
        yield from (Finding("list-outdated", name) for (name,) in cursor.fetchall())
