"""What the database does when things pass to another, as SQL made from what every capability says it holds.

Nobody opens a file for it: what is due is told by its kind and day, and passes by its column.
"""

from __future__ import annotations

from pathlib import Path

from alongside.agencies.queries import roles_with
from alongside.kernel.holdings import Holding, holdings
from alongside.kernel.rls.declarations import AS_CTXO, SAME, Grant, Policy, Rule

OPEN_FILE = "f.closed_at is null and f.shut_at is null and f.shredded_at is null"


def in_sql() -> str:
    """Return the functions by which things pass, and are looked at until the person was asked."""
    filled = {
        "{held}": " union all\n".join(_held(holding) for holding in holdings()),
        "{passed}": "\n".join(_passed(holding) for holding in holdings() if holding.passing),
        "{keepers}": ", ".join(f"'{role}'" for role in roles_with("keep-files")),
    }
    statements = (Path(__file__).parent / "sql" / "passing.sql").read_text()
    for place, words in filled.items():
        statements = statements.replace(place, words)
    return statements


def adds() -> dict[str, tuple[Rule, ...]]:
    """Return what lets these functions reach the tables of which somebody may hold something."""
    tables: dict[str, list[str]] = {}
    for holding in holdings():
        for table in (holding.table, *holding.reads):
            tables.setdefault(table, [])
        tables[holding.table].extend(holding.passing)
    return {table: _reach(sorted(set(columns))) for table, columns in tables.items()}


def _reach(columns: list[str]) -> tuple[Rule, ...]:
    writes: tuple[Rule, ...] = (
        Grant(f"update ({', '.join(columns)})", to="ctxo"),
        Policy("update", AS_CTXO, SAME, to="ctxo", name="held_update"),
    )
    reads = (Grant("select", to="ctxo"), Policy("select", AS_CTXO, to="ctxo", name="held_select"))
    return (*reads, *(writes if columns else ()))


def _held(holding: Holding) -> str:
    file = f"t.{holding.file}" if holding.file else "null::uuid"
    opened = f" and exists (select 1 from public.files_file f where f.id = {file} and {OPEN_FILE})"  # noqa: S608 - of declarations alone
    which = f"'{holding.name}', t.id, {holding.due}, {bool(holding.passing)}, {holding.any_role}"
    told = f"t.{holding.column}, {file}, {which}"
    found = f"t.agency_id = agency and t.{holding.column} = any (whose) and ({holding.is_open})"
    where = f"where {found}{opened if holding.file else ''}"
    return f"    select {told} from public.{holding.table} t {where}"  # noqa: S608 - of declarations alone


def _passed(holding: Holding) -> str:
    sets = ", ".join(f"{column} = {value}" for column, value in holding.passing.items())
    when = f"(until is null or {holding.due} < until) and " if holding.while_away else "leaves and "
    when += "not changed_role and " if holding.any_role else ""
    found = f"{when}t.{holding.file} = about and t.{holding.column} = whose and ({holding.is_open})"
    update = f"    update public.{holding.table} t set {sets} where {found};"  # noqa: S608
    return f"{update}\n    passed := passed or found;"
