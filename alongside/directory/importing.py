"""Carrying out an import: read, report, write whole or not at all; and the mappings that come with Alongside."""

import gc
import json
import time
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.db import connection, transaction

from alongside.directory import loading, rules
from alongside.directory.formats import reading
from alongside.directory.models import ImportRun, Mapping, ReportLine, RunState
from alongside.kernel import clock, uploads
from alongside.kernel.tables import Broken

MAPPINGS = Path(__file__).parent / "mappings"
MOST_LINES = 5_000
_A_WHILE = 0.5  # seconds


@lru_cache(maxsize=1)
def shipped_mappings():
    """Return the mappings that come with Alongside, by name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(MAPPINGS.glob("*.json"))}


def mapping_named(name, agency_id=None):
    """Return a mapping: one that comes with Alongside, or one of this agency's own; None if there is none of that name."""
    shipped = shipped_mappings().get(name)
    if shipped or agency_id is None:
        return shipped
    own = Mapping.objects.filter(agency_id=agency_id, name=name).first()
    return own.columns if own else None


def carry_out(run_id, content=None):
    """Carry out an import: read the file, then write it into the directory in one transaction. A broken file changes nothing.

    How far it is can be read by others all along, because it is noted outside that transaction. The file is thrown away at the end.
    """
    run = ImportRun.objects.get(pk=run_id)
    rules.check_can_move(run, RunState.READING)
    _move(run, RunState.READING, progress=2)
    try:
        with _unhurried_memory():
            _read_and_load(run, uploads.content_of(run.upload) if content is None else content)
    except Broken as broken:
        _refuse(run, [broken.note])
    except Exception:
        _refuse(run, [Broken("failed").note])
        raise
    finally:
        uploads.forget(run.upload)
    return run


def _read_and_load(run, content):
    kind = run.format or ("hsds-tables" if isinstance(content, dict) else "csv" if run.mapping else reading.format_of(content))
    mapping = mapping_named(run.mapping, run.agency_id) if run.mapping else None
    feed = reading.read(content, kind, mapping=mapping, told=_telling(run))
    run.format, run.rows, run.left_out = kind, feed.rows, feed.left_out
    _move(run, RunState.WRITING, progress=65)
    with transaction.atomic():
        about = {name: mapping.get(name, "") for name in ("publisher", "licence")} if mapping else {}
        run.added, run.updated, run.unchanged = loading.load(feed, source_name=run.source_name, agency_id=run.agency_id, **about)
        _report(run, feed.notes)
        run.ended_at = clock.now()
        _move(run, RunState.DONE, progress=100)


def _refuse(run, notes):
    run.added = run.updated = run.unchanged = run.left_out = 0
    run.ended_at = clock.now()
    with transaction.atomic():
        _report(run, notes)
        _move(run, RunState.REFUSED, progress=100)


def _move(run, state, *, progress):
    rules.check_can_move(run, state)
    run.state, run.progress = state, progress
    run.save()


def _telling(run):
    """Return what notes how much of the file has been read, twice a second at most: each note is a transaction of its own."""
    noted_at = time.monotonic()

    def tell(share):
        nonlocal noted_at
        if time.monotonic() - noted_at >= _A_WHILE:
            run.progress, noted_at = max(run.progress, 5 + int(share * 55)), time.monotonic()
            run.save(update_fields=["progress"])

    return tell


def _report(run, notes):
    notes = sorted(notes, key=lambda note: note.line)
    lines = [(str(run.pk), note.line, note.field[:80], note.code, note.about.replace("\x00", "")) for note in notes[:MOST_LINES]]
    if len(notes) > MOST_LINES:
        lines.append((str(run.pk), notes[MOST_LINES].line, "", "more", ""))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {ReportLine._meta.db_table} (run_id, line, field, code, about) from stdin") as copy,
    ):
        for line in lines:
            copy.write_row(line)


@contextmanager
def _unhurried_memory():
    """Look for garbage once at the end, not hundreds of times while a hundred thousand small records come in."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
