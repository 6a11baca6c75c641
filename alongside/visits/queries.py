"""Reading who came by: as counts of a desk, and as notes in a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.kernel import clock, seal
from alongside.visits import rules
from alongside.visits.models import Length, Told, Topic, Visit, VisitNote

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

__all__ = [
    "Length",
    "Month",
    "Note",
    "Topic",
    "came_today",
    "can_undo",
    "file_of",
    "get_visit",
    "month_of",
    "need_for",
    "need_of",
    "notes_of",
]

NEEDS_OF: dict[str, str] = {
    Topic.HOUSING: "housing",
    Topic.MONEY: "money",
    Topic.FOOD: "food",
    Topic.HEALTH: "health_care",
    Topic.LAW: "legal_advice",
    Topic.CHILDREN: "children",
}
MINUTES = (10, 30, 60, 0)  # of a length, at least; nothing of whom it was not said


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


def can_undo(visit: Visit, at: datetime) -> bool:
    """Whether a visit can be taken back still."""
    return rules.can_undo(visit, at)


def came_today(worker: Worker, at: datetime) -> QuerySet[Visit]:
    """The visits of this worker today, the newest first."""
    return Visit.objects.filter(
        agency_id=worker.agency_id, met_by=worker.pk, met_at__gte=clock.beginning_of(clock.day(at))
    )


def notes_of(worker: Worker, file_id: UUID) -> list[Note]:
    """Return what was written down of a file's person coming by, the newest first."""
    rows = VisitNote.objects.filter(file_id=file_id).order_by("-written_at", "-id")
    opened = [(row, seal.unseal(row, "words", agency_id=worker.agency_id)) for row in rows]
    return [Note(row, **(words or {})) for row, words in opened if words or row.words is None]


def file_of(visit: Visit) -> UUID | None:
    """Return the file in which a visit stands, the last if there are several."""
    found = VisitNote.objects.filter(visit_id=visit.id).order_by("-written_at", "-id")
    return found.values_list("file_id", flat=True).first()


def need_of(visit: Visit) -> str:
    """Return the need that what it was about stands for, if it is one."""
    return need_for(visit.topic)


def need_for(topic: str) -> str:
    """Return the need that a topic stands for, if it is one."""
    return NEEDS_OF.get(topic, "")


@dataclass(frozen=True)
class Row:
    """How many came about one thing, and how long it took."""

    topic: str
    label: str
    counts: list[int]  # by length, in their order, and those of whom it was not said

    @property
    def by_length(self) -> list[tuple[str, int]]:
        """How many there were of each length, as it is called."""
        return list(zip([*map(str, Length.labels), _("Not said")], self.counts, strict=True))

    @property
    def total(self) -> int:
        """How many came."""
        return sum(self.counts)


@dataclass(frozen=True)
class Month:
    """The visits of one agency in one month, by what they were about; no worker is in it."""

    first: date
    rows: list[Row]
    told: int  # how often what everybody is told was told

    @property
    def total(self) -> int:
        """How many came."""
        return sum(row.total for row in self.rows)

    @property
    def hours(self) -> int:
        """How many hours it took at least: ten minutes, half an hour, an hour each."""
        minutes = sum(n * each for row in self.rows for n, each in zip(row.counts, MINUTES, strict=True))
        return round(minutes / 60)


def month_of(worker: Worker, first: date) -> Month:
    """Count who came to the agency's desks in one month; nothing for whoever may not read gaps."""
    after = (first + timedelta(days=32)).replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "select topic, length, n from ctx.visits_counted(%s, %s)",
            [clock.beginning_of(first), clock.beginning_of(after)],
        )
        found = {(topic, length): n for topic, length, n in cursor.fetchall()}
    rows = [
        Row(
            topic.value,
            str(topic.label),
            [found.get((topic.value, each), 0) for each in (*Length.values, "")],
        )
        for topic in Topic
    ]
    told = Told.objects.filter(agency_id=worker.agency_id, told_on__gte=first, told_on__lt=after).count()
    return Month(first, [row for row in rows if row.total], told)
