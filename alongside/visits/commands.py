"""Counting that somebody came by, and writing down what was done if they want it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.agencies.queries import check_can_keep_files
from alongside.files.commands import lock_to_write
from alongside.kernel import seal
from alongside.kernel.ids import uuid7
from alongside.trail.commands import note
from alongside.visits import rules
from alongside.visits.models import Visit, VisitNote

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def record(*, visit_id: UUID, topic: str, by: Worker, at: datetime) -> Visit:
    """Count that somebody came by, about something.

    It is not noted on the trail: there is nobody in it.

    :param visit_id: the number the page made for it; pressed twice, it is the same visit
    :raises Refusal: if the worker's role or agency keeps no files
    """
    check_can_keep_files(by)
    there = Visit.objects.filter(id=visit_id, met_by=by.pk).first()
    return there or _counted(visit_id, topic, by, at)


def _counted(visit_id: UUID, topic: str, by: Worker, at: datetime) -> Visit:
    visit = Visit(id=visit_id, agency_id=by.agency_id, topic=topic, met_by=by.pk, met_at=at)
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:  # a number that somebody else's page made: it tells nobody whose
        return _counted(uuid7(), topic, by, at)
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
    lock_to_write(file_id=file_id)
    if there := VisitNote.objects.filter(file_id=file_id, visit_id=visit.id).first():
        return there
    row = VisitNote(file_id=file_id, agency_id=by.agency_id, visit_id=visit.id)
    told = {"done": done.strip(), "next_step": next_step.strip(), "said": said.strip()}
    words = {name: each for name, each in told.items() if each}
    row.words = seal.seal(row, "words", words, agency_id=by.agency_id)
    row.written_by, row.written_at = by.pk, at
    row.save(force_insert=True)
    Visit.objects.filter(id=visit.id).update(is_written=True)
    note("visits.written", custodian_id=by.agency_id, file_id=file_id, item_id=row.id)
    return row
