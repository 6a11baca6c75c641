"""Reading when companions are free, the agency's places and ways, and what is wished for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.accompaniment.matching.problem import Span, Travel
from alongside.accompaniment.models import Accompaniment, Availability, Place, Way, Wish
from alongside.agencies.queries import colleague
from alongside.kernel import clock

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

WEEK = range(7)
AN_UNKNOWN_WAY = 30  # minutes, where the agency said nothing else


@dataclass(frozen=True)
class Ways:
    """An agency's places, and how many minutes the ways between them take."""

    places: list[Place]
    minutes: Mapping[tuple[UUID, UUID], int]
    unknown: int

    @property
    def base(self) -> str:
        """Where companions set out from."""
        return next((str(place.id) for place in self.places if place.is_base), "")

    def travel(self) -> Travel:
        """Return them as what is planned with."""
        minutes = {(str(here), str(there)): long for (here, there), long in self.minutes.items()}
        return Travel(minutes, unknown=self.unknown)

    def of(self, place_id: UUID | None) -> str:
        """Return a place as what is planned with; one that is gone is none."""
        return str(place_id) if any(place.id == place_id for place in self.places) else ""


def ways(worker: Worker) -> Ways:
    """Return the agency's places and the ways between them."""
    kept = {
        (way.from_place_id, way.to_place_id): way.minutes
        for way in Way.objects.filter(agency_id=worker.agency_id)
    }
    unknown = kept.pop((None, None), AN_UNKNOWN_WAY)
    known = {(here, there): minutes for (here, there), minutes in kept.items() if here and there}
    return Ways(list(Place.objects.filter(agency_id=worker.agency_id)), known, unknown)


def get_place(worker: Worker, place_id: UUID) -> Place:
    """Return one of the agency's places.

    :raises Place.DoesNotExist: if there is none
    """
    return Place.objects.get(id=place_id, agency_id=worker.agency_id)


def weekly(worker: Worker, worker_id: UUID) -> dict[int, list[Availability]]:
    """Return when somebody is free each week, by weekday from Monday."""
    found: dict[int, list[Availability]] = {weekday: [] for weekday in WEEK}
    for row in Availability.objects.filter(agency_id=worker.agency_id, worker_id=worker_id, day=None):
        found[row.weekday or 0].append(row)
    return found


def days_apart(
    worker: Worker, worker_id: UUID, today: date
) -> list[tuple[date, list[tuple[datetime, datetime]]]]:
    """Return the days to come that are not as each week, and when somebody is free on each."""
    rows = Availability.objects.filter(agency_id=worker.agency_id, worker_id=worker_id, day__gte=today)
    apart: dict[date, list[tuple[datetime, datetime]]] = {}
    for row in rows.order_by("day", "from_minute", "id"):
        if row.day:
            apart.setdefault(row.day, []).extend([_span(row.day, row)] if row.is_free else [])
    return list(apart.items())


def whose_hours(worker: Worker, worker_id: UUID) -> Worker:
    """Return whose hours a worker keeps: their own, or as one who keeps programmes a colleague's.

    :raises ObjectDoesNotExist: of anybody else
    """
    if worker_id == worker.pk and worker.meets_people:
        return worker
    if not worker.may("keep-programmes"):
        raise Availability.DoesNotExist
    return colleague(worker, worker_id)


def free_in(worker: Worker, first: date, days: int) -> dict[UUID, tuple[Span, ...]]:
    """Return when the agency's companions are free in some days."""
    rows: dict[UUID, list[Availability]] = {}
    for row in Availability.objects.filter(agency_id=worker.agency_id):
        rows.setdefault(row.worker_id, []).append(row)
    each = [first + timedelta(days=n) for n in range(days)]
    return {who: tuple(span for day in each for span in _on(day, kept)) for who, kept in rows.items()}


def _on(day: date, rows: Iterable[Availability]) -> list[Span]:
    """When somebody is free on a day: as they said of that day, else as each week."""
    rows = list(rows)
    of_that_day = [row for row in rows if row.day == day]
    said = of_that_day or [row for row in rows if row.day is None and row.weekday == day.weekday()]
    return [_span(day, row) for row in said if row.is_free]


def without(free: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of some spans when others are taken out."""
    left = list(free)
    for begins_at, ends_at in taken:
        left = [
            part
            for span in left
            for part in ((span[0], min(span[1], begins_at)), (max(span[0], ends_at), span[1]))
            if part[0] < part[1]
        ]
    return left


def _span(day: date, row: Availability) -> Span:
    return _at(day, row.from_minute), _at(day, row.until_minute)


def _at(day: date, minute: int) -> datetime:
    """A minute of a day by the clock on the wall: on the two days that it changes too."""
    midnight = clock.beginning_of(day + timedelta(days=minute // (24 * 60)))
    return midnight.replace(hour=minute // 60 % 24, minute=minute % 60)


def wish_of(accompaniment: Accompaniment) -> Wish | None:
    """Return what is wished for of whoever goes along, if it was said."""
    return Wish.objects.filter(file_id=accompaniment.file_id, accompaniment_id=accompaniment.id).first()
