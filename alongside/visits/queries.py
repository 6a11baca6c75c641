"""Reading who came by: as counts of a desk, and as notes in a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from alongside.kernel import clock, seal
from alongside.visits.models import Length, Topic, Visit, VisitNote

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

__all__ = ["Length", "Note", "Topic", "came_today", "get_visit", "notes_of"]


@dataclass(frozen=True)
class Note:
    """A note, opened; what was not written is empty."""

    note: VisitNote
    done: str = ""
    next_step: str = ""
    said: str = ""


def get_visit(worker: Worker, visit_id: UUID) -> Visit:
    """Return a visit that the worker counted themselves.

    :raises Visit.DoesNotExist: if it is none, or somebody else's
    """
    return Visit.objects.get(agency_id=worker.agency_id, met_by=worker.pk, id=visit_id)


def came_today(worker: Worker, at: datetime) -> QuerySet[Visit]:
    """The visits of this worker today, the newest first."""
    return Visit.objects.filter(
        agency_id=worker.agency_id, met_by=worker.pk, met_at__gte=clock.beginning_of(clock.day(at))
    )


def notes_of(worker: Worker, file_id: UUID) -> list[Note]:
    """Return what was written down of a file's person coming by, the newest first."""
    rows = VisitNote.objects.filter(file_id=file_id).order_by("-written_at", "-id")
    opened = [(row, seal.unseal(row, "words", agency_id=worker.agency_id)) for row in rows]
    return [Note(row, **words) for row, words in opened if words]
