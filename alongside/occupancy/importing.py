"""Carrying out an import of counts: read, then written whole or not at all; and the mappings that come with Alongside."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection

from alongside.kernel import clock, importing
from alongside.kernel.tables import Broken, Note
from alongside.occupancy import reading
from alongside.occupancy.meanings import OUTCOMES, UNITS
from alongside.occupancy.models import ImportRun, Mapping, ReportLine, Source

if TYPE_CHECKING:
    from uuid import UUID

MAPPINGS = Path(__file__).parent / "mappings"
BATCH = 1000  # rows written at once: no statement takes long on a slow machine
_TABLES = {
    "nights": ("occupancy_night", ("programme_key", "date", "unit"), {
        "date": "date", "programme_key": "text", "programme": "text", "organisation": "text", "sector": "text", "model": "text", "unit": "text",
        **dict.fromkeys(("actual", "funded", "occupied", "unoccupied", "unavailable", "users"), "int"),
    }),
    "calls": ("occupancy_intakeday", ("date",), {"date": "date", **dict.fromkeys(("handled", "coded", *OUTCOMES, "other"), "int")}),
}  # fmt: skip


@lru_cache(maxsize=1)
def shipped_mappings() -> dict[str, dict[str, Any]]:
    """Return the mappings that come with Alongside, by name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(MAPPINGS.glob("*.json"))}


def mapping_named(name: str, agency_id: UUID | None = None) -> dict[str, Any] | None:
    """Return a mapping: one that comes with Alongside, or one of this agency's own; None if there is none of that name."""
    shipped = shipped_mappings().get(name)
    if shipped or agency_id is None:
        return shipped
    own = Mapping.objects.filter(agency_id=agency_id, name=name).first()
    return own.columns if own else None


def fitting_mapping(heading: list[str]) -> str:
    """Return the name of a mapping that comes with Alongside whose every column is there, or nothing."""
    return next((name for name, mapping in shipped_mappings().items() if set(mapping["columns"].values()) <= set(heading)), "")


def carry_out(run_id: UUID | str, content: bytes | None = None, mapping: dict[str, Any] | None = None) -> ImportRun:
    """Carry out an import; without `content`, of the file that was uploaded; without `mapping`, through the one the run names."""
    run = ImportRun.objects.get(pk=run_id)
    chosen = mapping or mapping_named(run.mapping, run.agency_id)

    def read(found: bytes, told: importing.Told) -> reading.Counts:
        if chosen is None:
            raise Broken("no_mapping")
        return reading.read(found, chosen, today=clock.today(), told=told)

    importing.carry_out(run, ReportLine, read=read, write=lambda counts: _load(run, counts), content=content)
    return run


def _load(run: ImportRun, counts: reading.Counts) -> list[Note]:
    """Write what was read under its source's name: what was there is updated, nothing is doubled, what the file no longer holds stays."""
    source, _ = Source.objects.get_or_create(agency_id=run.agency_id, name=run.source_name, kind=counts.kind)
    source = Source.objects.select_for_update().get(pk=source.pk)
    run.rows, run.left_out = counts.rows, counts.left_out
    run.added, run.updated, run.unchanged = _upsert(source, counts)
    source.rows, source.left_out = counts.rows, counts.left_out
    source.mapping = run.mapping if run.mapping in shipped_mappings() else ""
    source.save()
    return counts.notes


def _upsert(source: Source, counts: reading.Counts) -> tuple[int, int, int]:
    added = updated = 0
    with connection.cursor() as cursor:
        for start in range(0, len(counts.kept), BATCH):
            some = counts.kept[start : start + BATCH]
            new, changed = _merge(cursor, source, counts.kind, some)
            added, updated = added + new, updated + changed
        if counts.kind == "nights":
            _forget_other_units(cursor, source, counts)
    return added, updated, len(counts.kept) - added - updated


def _merge(cursor: Any, source: Source, kind: str, some: list[dict[str, Any]]) -> tuple[int, int]:
    table, key, columns = _TABLES[kind]
    names, rest = ", ".join(columns), [column for column in columns if column not in key]
    given = ", ".join(f"%s::{type_}[]" for type_ in columns.values())
    cursor.execute(
        f"with merged as (insert into {table} as kept (source_id, {names}) select %s, {names} from unnest({given}) as x({names})"  # noqa: S608 (our own names)
        f" on conflict (source_id, {', '.join(key)}) do update set {', '.join(f'{column} = excluded.{column}' for column in rest)}"
        f" where ({', '.join(f'kept.{column}' for column in rest)}) is distinct from ({', '.join(f'excluded.{column}' for column in rest)})"
        " returning xmax = 0 as new) select count(*) filter (where new), count(*) filter (where not new) from merged",
        [source.pk, *([each[column] for each in some] for column in columns)],
    )
    added, updated = cursor.fetchone()
    return added, updated


def _forget_other_units(cursor: Any, source: Source, counts: reading.Counts) -> None:
    """A programme that was counted in beds and is now in rooms is not counted twice on that night."""
    there = {(each["programme_key"], each["date"], each["unit"]) for each in counts.kept}
    gone = [(key, day, other) for key, day, unit in there for other in UNITS if other != unit and (key, day, other) not in there]
    for start in range(0, len(gone), BATCH):
        keys, days, units = zip(*gone[start : start + BATCH], strict=True)
        cursor.execute(
            "delete from occupancy_night n using unnest(%s::text[], %s::date[], %s::text[]) as gone(programme_key, date, unit)"
            " where n.source_id = %s and (n.programme_key, n.date, n.unit) = (gone.programme_key, gone.date, gone.unit)",
            [list(keys), list(days), list(units), source.pk],
        )
