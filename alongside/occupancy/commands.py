"""What can be done with counts.

Send a file, have it brought in whole or not at all, remember what its columns mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from alongside.kernel import clock, ctx
from alongside.kernel.imports import delimited, runs, uploads
from alongside.kernel.imports.delimited import Broken, Note
from alongside.kernel.imports.runs import State
from alongside.kernel.rls.models import save_changes
from alongside.occupancy import queries, rules, sample
from alongside.occupancy.formats import mapped_csv, mappings
from alongside.occupancy.formats.meanings import OUTCOMES, UNITS
from alongside.occupancy.models import ImportRun, Mapping, ReportLine, Source
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from alongside.agencies.models import Worker

TASK = "occupancy.import_counts"  # one at a time
BATCH = 1000  # rows written at once: no statement takes long on a slow machine
_TABLES = {
    "nights": (
        "occupancy_night",
        ("programme_key", "date", "unit"),
        {
            "date": "date",
            "programme_key": "text",
            "programme": "text",
            "organisation": "text",
            "sector": "text",
            "model": "text",
            "unit": "text",
            **dict.fromkeys(("actual", "funded", "occupied", "unoccupied", "unavailable", "users"), "int"),
        },
    ),
    "calls": (
        "occupancy_intakeday",
        ("date",),
        {"date": "date", **dict.fromkeys(("handled", "coded", *OUTCOMES, "other"), "int")},
    ),
}


@transaction.atomic
def receive(*, upload: UploadedFile, name: str, by: Worker) -> ImportRun:
    """Take in an uploaded file of counts; nothing of it is imported until somebody has looked at it.

    :raises rules.CannotImport: if the worker's role doesn't import
    :raises Broken: if it is too big, or no table
    """
    rules.check_can_import(by)
    kept, size = uploads.keep(upload.chunks())
    try:
        fitting = mappings.fitting_mapping(_heading(uploads.content_of(kept)))
    except Broken:
        uploads.forget(kept)
        raise
    source = name or mappings.shipped_mappings().get(fitting, {}).get("source") or upload.name or ""
    return ImportRun.objects.create(
        agency_id=by.agency_id, by_id=by.pk, source_name=source[:200], upload=kept, size=size
    )


@transaction.atomic
def begin(*, run: ImportRun, by: Worker, mapping: str) -> ImportRun:
    """Have an uploaded file imported by a job, which starts when this transaction is over.

    :raises rules.CannotImport: if it is under way, or the worker's role doesn't import
    """
    rules.check_can_import(by)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    rules.check_can_move(run, State.WAITING)
    run.mapping, run.state, run.progress = mapping, State.WAITING, 1
    save_changes(run)
    app.configure_task(TASK, lock=TASK).defer(run_id=str(run.pk))
    trail.note("occupancy.imported", item_id=run.pk, item_kind="import")
    return run


@transaction.atomic
def make_mapping(*, name: str, columns: dict[str, str], dates: str = "", by: Worker) -> Mapping:
    """Remember, for the worker's agency, which column of a file means what.

    An earlier one of that name is replaced.

    :raises rules.CannotImport: if the worker's role doesn't import
    """
    rules.check_can_import(by)
    told = {"columns": columns, "dates": dates}
    mapping, _ = Mapping.objects.update_or_create(
        agency_id=by.agency_id, name=name, defaults={"columns": told}
    )
    return mapping


def import_file(
    *,
    content: bytes,
    source_name: str,
    mapping: str = "",
    columns: dict[str, Any] | None = None,
    agency_id: UUID | None = None,
) -> ImportRun:
    """Import a file of counts for whoever runs this machine, at once.

    Return the finished run, refused or done.

    `mapping` names one that is kept; `columns` is the content of one that isn't.
    """
    with ctx.as_operator(agency_id):
        run = ImportRun.objects.create(agency_id=agency_id, source_name=source_name, mapping=mapping)
    return carry_out(run.pk, content, columns)


def invent(*, until: date, agency_id: UUID | None = None) -> list[ImportRun]:
    """Bring in a small invented city for a demonstration.

    Eight weeks of nights and of calls up to a day, the same every time.
    """
    return [
        import_file(content=content, source_name=name, columns=columns, agency_id=agency_id)
        for name, content, columns in (sample.nights(until), sample.calls(until))
    ]


def carry_out(
    run_id: UUID | str, content: bytes | None = None, mapping: dict[str, Any] | None = None
) -> ImportRun:
    """Carry out an import; without `content`, of the file that was uploaded.

    Without `mapping`, through the one the run names.
    """
    run = ImportRun.objects.get(pk=run_id)
    chosen = mapping or queries.mapping_named(run.mapping, run.agency_id)

    def read(found: bytes, told: runs.Told) -> mapped_csv.Counts:
        if chosen is None:
            raise Broken("no_mapping")
        return mapped_csv.read(found, chosen, today=clock.today(), told=told)

    runs.carry_out(run, ReportLine, read=read, write=lambda counts: _load(run, counts), content=content)
    return run


def end_abandoned() -> int:
    """End imports of counts that nobody will carry out; return how many."""
    return runs.end_abandoned(ImportRun, ReportLine, task=TASK)


def _heading(content: bytes) -> list[str]:
    """Return the names of the columns of what is a table at all.

    :raises Broken: if it isn't one
    """
    if content[:4] in (b"PK\x03\x04", b"%PDF") or content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (
        b"<",
        b"{",
        b"[",
    ):
        raise Broken("not_a_table")
    heading = delimited.heading_of(content)
    if len(heading) < 3:
        raise Broken("not_a_table")
    return heading


def _load(run: ImportRun, counts: mapped_csv.Counts) -> list[Note]:
    """Write what was read under its source's name.

    What was there is updated, nothing is doubled, what the file no longer holds stays.
    """
    source, _ = Source.objects.get_or_create(agency_id=run.agency_id, name=run.source_name, kind=counts.kind)
    source = Source.objects.select_for_update().get(pk=source.pk)
    run.rows, run.left_out = counts.rows, counts.left_out
    run.added, run.updated, run.unchanged = _upsert(source, counts)
    source.rows, source.left_out = counts.rows, counts.left_out
    source.mapping = run.mapping if run.mapping in mappings.shipped_mappings() else ""
    save_changes(source)
    return counts.notes


def _upsert(source: Source, counts: mapped_csv.Counts) -> tuple[int, int, int]:
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
    sets = ", ".join(f"{column} = excluded.{column}" for column in rest)
    kept = ", ".join(f"kept.{column}" for column in rest)
    excluded = ", ".join(f"excluded.{column}" for column in rest)
    cursor.execute(
        f"with merged as (insert into {table} as kept (source_id, {names})"  # noqa: S608 (our own names)
        f" select %s, {names} from unnest({given}) as x({names})"
        f" on conflict (source_id, {', '.join(key)}) do update set {sets}"
        f" where ({kept}) is distinct from ({excluded})"
        " returning xmax = 0 as new)"
        " select count(*) filter (where new), count(*) filter (where not new) from merged",
        [source.pk, *([each[column] for each in some] for column in columns)],
    )
    added, updated = cursor.fetchone()
    return added, updated


def _forget_other_units(cursor: Any, source: Source, counts: mapped_csv.Counts) -> None:
    """A programme that was counted in beds and is now in rooms is not counted twice on that night."""
    there = {(each["programme_key"], each["date"], each["unit"]) for each in counts.kept}
    gone = [
        (key, day, other)
        for key, day, unit in there
        for other in UNITS
        if other != unit and (key, day, other) not in there
    ]
    for start in range(0, len(gone), BATCH):
        keys, days, units = zip(*gone[start : start + BATCH], strict=True)
        cursor.execute(
            "delete from occupancy_night n"
            " using unnest(%s::text[], %s::date[], %s::text[]) as gone(programme_key, date, unit)"
            " where n.source_id = %s"
            " and (n.programme_key, n.date, n.unit) = (gone.programme_key, gone.date, gone.unit)",
            [list(keys), list(days), list(units), source.pk],
        )
