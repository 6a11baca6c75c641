"""Importing lists.

Taking one in, having it imported, carrying that out, and remembering what its columns mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from procrastinate.contrib.django import app

from alongside.directory import queries, rules
from alongside.directory.commands.feeds import load
from alongside.directory.formats import feeds
from alongside.directory.formats.feeds import Content
from alongside.directory.formats.records import Feed
from alongside.directory.models import ImportRun, Mapping, ReportLine
from alongside.kernel import ctx
from alongside.kernel.imports import runs, uploads
from alongside.kernel.imports.delimited import Broken, Note
from alongside.kernel.imports.runs import State, Told
from alongside.kernel.rls.models import save_changes
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


TASK = "directory.import_list"  # one at a time


@transaction.atomic
def receive(*, upload: UploadedFile, name: str, by: Worker) -> ImportRun:
    """Take in an uploaded list; nothing of it is imported until somebody has looked at it.

    :raises rules.CannotImport: if the worker's role doesn't import
    :raises Broken: if it is too big, or of no kind we read
    """
    rules.check_can_import(by)
    kept, size = uploads.keep(upload.chunks())
    try:
        kind = feeds.format_of(uploads.content_of(kept), upload.name or "")
    except Broken:
        uploads.forget(kept)
        raise
    return ImportRun.objects.create(
        agency_id=by.agency_id, by_id=by.pk, source_name=name, format=kind, upload=kept, size=size
    )


@transaction.atomic
def begin(*, run: ImportRun, by: Worker, mapping: str = "") -> ImportRun:
    """Have an uploaded list imported by a job, which starts when this transaction is over.

    :raises rules.CannotImport: if it is under way, or the worker's role doesn't import
    """
    rules.check_can_import(by)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    rules.check_can_move(run, State.WAITING)
    run.mapping, run.state, run.progress = mapping, State.WAITING, 1
    save_changes(run)
    app.configure_task(TASK, lock=TASK).defer(run_id=str(run.pk))
    trail.note("directory.imported", item_id=run.pk, item_kind="import")
    return run


@transaction.atomic
def make_mapping(*, name: str, columns: dict[str, str], by: Worker) -> Mapping:
    """Remember, for the worker's agency, which column of a list means what.

    An earlier one of that name is replaced.

    :raises rules.CannotImport: if the worker's role doesn't import
    """
    rules.check_can_import(by)
    mapping, _ = Mapping.objects.update_or_create(
        agency_id=by.agency_id, name=name, defaults={"columns": {"columns": columns}}
    )
    return mapping


def import_file(
    *, content: Content, source_name: str, mapping: str = "", agency_id: UUID | None = None, kind: str = ""
) -> ImportRun:
    """Import a list for whoever runs this machine, at once; return the finished run, refused or done."""
    with ctx.as_operator(agency_id):
        run = ImportRun.objects.create(
            agency_id=agency_id, source_name=source_name, mapping=mapping, format=kind
        )
    return carry_out(run.pk, content)


def carry_out(run_id: UUID | str, content: Content | None = None) -> ImportRun:
    """Carry out an import: read the file, then write it into the directory in one transaction.

    A broken file changes nothing.
    """
    run = ImportRun.objects.get(pk=run_id)
    mapping = queries.mapping_named(run.mapping, run.agency_id) if run.mapping else None

    def read(found: Content, told: Told) -> Feed:
        kind = run.format or (
            "hsds-tables" if isinstance(found, dict) else "csv" if run.mapping else feeds.format_of(found)
        )
        feed = feeds.read(found, kind, mapping=mapping, told=told)
        run.format, run.rows, run.left_out = kind, feed.rows, feed.left_out
        return feed

    def write(feed: Feed) -> list[Note]:
        about = {name: mapping.get(name, "") for name in ("publisher", "licence")} if mapping else {}
        run.added, run.updated, run.unchanged = load(
            feed, source_name=run.source_name, agency_id=run.agency_id, **about
        )
        return feed.notes

    return runs.carry_out(run, ReportLine, read=read, write=write, content=content)


def end_abandoned() -> int:
    """End imports of lists that nobody will carry out; return how many."""
    return runs.end_abandoned(ImportRun, ReportLine, task=TASK)
