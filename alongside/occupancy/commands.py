"""What can be done with counts: send a file, have it brought in, remember what its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from procrastinate.contrib.django import app

from alongside.kernel import tables, uploads
from alongside.kernel.importing import State
from alongside.kernel.tables import Broken
from alongside.occupancy import importing, rules, sample
from alongside.occupancy.models import ImportRun, Mapping
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from alongside.agencies.models import Worker

carry_out = importing.carry_out


@transaction.atomic
def receive(*, upload: UploadedFile, name: str, by: Worker) -> ImportRun:
    """Take in an uploaded file of counts; nothing of it is imported until somebody has looked at it.

    :raises rules.CannotImport: if the worker's role doesn't import
    :raises Broken: if it is too big, or no table
    """
    rules.check_can_import(by)
    kept, size = uploads.keep(upload.chunks())
    try:
        fitting = importing.fitting_mapping(_heading(uploads.content_of(kept)))
    except Broken:
        uploads.forget(kept)
        raise
    source = name or importing.shipped_mappings().get(fitting, {}).get("source") or upload.name or ""
    return ImportRun.objects.create(agency_id=by.agency_id, by_id=by.pk, source_name=source[:200], upload=kept, size=size)


@transaction.atomic
def begin(*, run: ImportRun, by: Worker, mapping: str) -> ImportRun:
    """Have an uploaded file imported by a job, which starts when this transaction is over.

    :raises rules.CannotImport: if it is under way, or the worker's role doesn't import
    """
    rules.check_can_import(by)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    rules.check_can_move(run, State.WAITING)
    run.mapping, run.state, run.progress = mapping, State.WAITING, 1
    run.save()
    app.configure_task("occupancy.import_counts").defer(run_id=str(run.pk))
    trail.note("occupancy.imported", item_id=run.pk, item_kind="import")
    return run


@transaction.atomic
def make_mapping(*, name: str, columns: dict[str, str], dates: str = "", by: Worker) -> Mapping:
    """Remember, for the worker's agency, which column of a file means what; an earlier one of that name is replaced.

    :raises rules.CannotImport: if the worker's role doesn't import
    """
    rules.check_can_import(by)
    told = {"columns": columns, "dates": dates}
    mapping, _ = Mapping.objects.update_or_create(agency_id=by.agency_id, name=name, defaults={"columns": told})
    return mapping


def import_file(
    *, content: bytes, source_name: str, mapping: str = "", columns: dict[str, Any] | None = None, agency_id: UUID | None = None
) -> ImportRun:
    """Import a file of counts for whoever runs this machine, at once; return the finished run, refused or done.

    `mapping` names one that is kept; `columns` is the content of one that isn't.
    """
    run = ImportRun.objects.create(agency_id=agency_id, source_name=source_name, mapping=mapping)
    return carry_out(run.pk, content, columns)


def invent(*, until: date, agency_id: UUID | None = None) -> list[ImportRun]:
    """Bring in a small invented city for a demonstration: eight weeks of nights and of calls up to a day, the same every time."""
    return [
        import_file(content=content, source_name=name, columns=columns, agency_id=agency_id)
        for name, content, columns in (sample.nights(until), sample.calls(until))
    ]


def _heading(content: bytes) -> list[str]:
    """Return the names of the columns of what is a table at all.

    :raises Broken: if it isn't one
    """
    if content[:4] in (b"PK\x03\x04", b"%PDF") or content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{", b"["):
        raise Broken("not_a_table")
    heading = tables.heading_of(content)
    if len(heading) < 3:
        raise Broken("not_a_table")
    return heading
