"""Counting that somebody came by, and writing down what was done if they want it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.agencies.queries import check_can_keep_files
from alongside.files.commands import lock_to_write
from alongside.kernel import clock, seal
from alongside.kernel.pressed import found_if_taken
from alongside.kernel.rls.models import save_changes
from alongside.trail.commands import note
from alongside.visits import rules
from alongside.visits.models import Told, Visit, VisitNote

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@found_if_taken("visit_id")
@transaction.atomic
def record(*, visit_id: UUID, topic: str, by: Worker, at: datetime) -> Visit:
    """Count that somebody came by, about something.

    It is not noted on the trail: there is nobody in it.

    :param visit_id: the number the page made for it; pressed twice, it is the same visit, and whoever went
        back and pressed another topic met another person
    :raises Refusal: if the worker's role or agency keeps no files
    """
    check_can_keep_files(by)
    if there := Visit.objects.filter(id=visit_id, met_by=by.pk, topic=topic).first():
        return there
    visit = Visit(id=visit_id, agency_id=by.agency_id, topic=topic, met_by=by.pk, met_at=at)
    visit.save(force_insert=True)
    return visit


@transaction.atomic
def tell_length(*, visit: Visit, length: str, by: Worker) -> None:
    """Say how long it took, so far."""
    Visit.objects.filter(id=visit.id, met_by=by.pk).update(length=length)


@transaction.atomic
def undo(*, visit: Visit, at: datetime) -> None:
    """Take back that somebody was counted.

    :raises rules.CannotUndo: if it was more than ten minutes ago, or stands in a file
    """
    rules.check_can_undo(visit, at)
    visit.delete()


@transaction.atomic
def write(
    *, visit: Visit, file_id: UUID, done: str, next_step: str, said: str, by: Worker, at: datetime
) -> VisitNote:
    """Write into a file what was done when the person came by. Pressed twice, it is written once.

    :param said: their own words, only if they asked for them to be written down
    """
    row, is_new = _of_file(visit, file_id, by)
    if not is_new and row.words is not None:
        return row
    told = {"done": done.strip(), "next_step": next_step.strip(), "said": said.strip()}
    words = {name: each for name, each in told.items() if each}
    row.words = seal.seal(row, "words", words, agency_id=by.agency_id)
    return _keep(row, "visits.written", by, at)


@transaction.atomic
def attach(*, visit: Visit, file_id: UUID, by: Worker, at: datetime) -> VisitNote:
    """Put into a file that the person came by, without a word. What was done can be written there later."""
    row, is_new = _of_file(visit, file_id, by)
    return _keep(row, "visits.attached", by, at) if is_new else row


@transaction.atomic
def count_told(*, told_id: UUID, by: Worker, at: datetime) -> None:
    """Count that somebody was told what everybody is told. No answer, nobody, and not by whom.

    :param told_id: the number of chance that the page made for it; pressed twice, it is counted once
    :raises Refusal: if the worker's role or agency keeps no files
    """
    check_can_keep_files(by)
    row = Told(id=told_id, agency_id=by.agency_id, told_on=clock.shared_day(at))
    Told.objects.bulk_create([row], ignore_conflicts=True)


def _of_file(visit: Visit, file_id: UUID, by: Worker) -> tuple[VisitNote, bool]:
    """The row that joins a visit and a file, locked if it is there; and whether it is new."""
    lock_to_write(file_id=file_id)
    there = VisitNote.objects.select_for_update().filter(file_id=file_id, visit_id=visit.id).first()
    return there or VisitNote(file_id=file_id, agency_id=by.agency_id, visit_id=visit.id), there is None


def _keep(row: VisitNote, action: str, by: Worker, at: datetime) -> VisitNote:
    row.written_by, row.written_at = by.pk, at
    save_changes(row)
    Visit.objects.filter(id=row.visit_id).update(is_written=True)
    note(action, custodian_id=by.agency_id, file_id=row.file_id, item_id=row.id)
    return row
