"""What is set against each other when it is asked who could come: everything that is planned with."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from alongside.accompaniment import rules
from alongside.accompaniment.matching.options import Options, options
from alongside.accompaniment.matching.problem import Appointment, Companion, Problem, Span
from alongside.accompaniment.models import BUSY, Accompaniment, State, Wish
from alongside.accompaniment.models import Companion as Seat
from alongside.accompaniment.queries.availability import Ways, free_in, ways, without
from alongside.agencies.queries import colleagues
from alongside.appointments.queries import interpreting, still_booked
from alongside.files.queries import not_kept_out, opened_files
from alongside.kernel import clock

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

LATELY = timedelta(days=28)  # what somebody gave in these days counts, so that it is shared out
SMALL = 200  # so many pairs of an appointment and somebody who could come take well under a second
Busy = list[tuple[UUID, datetime, datetime]]


@dataclass(frozen=True)
class Asked:
    """What is asked for some days."""

    problem: Problem
    rows: Mapping[str, Accompaniment]
    names: Mapping[str, str]  # of the companions

    @cached_property
    def options(self) -> Options:
        """What is left of it once the walls are out: nothing below looks at anything else."""
        return options(self.problem)

    @property
    def is_small(self) -> bool:
        """Whether it can be answered at once."""
        return sum(map(len, self.options.could.values())) <= SMALL

    @property
    def digest(self) -> str:
        """What it is told apart by from what was asked before."""
        return hashlib.sha256(repr(_in_order(self.options)).encode()).hexdigest()


def asked_of(
    worker: Worker,
    rows: list[Accompaniment],
    first: date,
    days: int,
    choosing: Accompaniment | None = None,
) -> Asked:
    """Return what is asked for these accompaniments in some days, as far as their files open to the asker.

    :param choosing: the one for which it is open who comes, whoever was chosen
    """
    files = opened_files(worker, {row.file_id for row in rows})
    booked = still_booked(worker, [row.appointment_id for row in rows])
    rows = [row for row in rows if row.file_id in files and row.appointment_id in booked]
    workers = list(colleagues(worker))
    today = clock.today()
    seats = {
        seat.worker_id: seat
        for seat in Seat.objects.filter(agency_id=worker.agency_id)
        if rules.is_ready(seat, today)
    }
    there = [one for one in workers if one.pk in seats]
    kept, wishes = ways(worker), _wishes(rows)
    interprets = {key: [who] for key, who in interpreting([row.appointment_id for row in rows]).items()}
    appointments = tuple(
        _appointment(
            row,
            wishes.get(row.id),
            kept,
            without={
                *(seats.keys() - {one.pk for one in not_kept_out(files[row.file_id], there)}),
                *interprets.get(row.appointment_id, ()),
            },
            is_open=row is choosing,
        )
        for row in rows
    )
    companions = _companions(worker, [seats[one.pk] for one in there], rows, kept, (first, days))
    return Asked(
        Problem(companions, appointments, kept.travel()),
        {str(row.id): row for row in rows},
        {str(one.pk): one.name for one in there},
    )


def _appointment(
    row: Accompaniment, wish: Wish | None, kept: Ways, *, without: Iterable[UUID], is_open: bool
) -> Appointment:
    """Return it as what is planned with. Whoever can't come is among those behind a wall, like any other."""
    is_chosen = row.state in BUSY and not is_open
    gone = {row.companion_id} if row.state == State.UNAVAILABLE else set()
    return Appointment(
        id=str(row.id),
        file=str(row.file_id),
        begins_at=row.from_at,
        ends_at=row.until_at,
        place=kept.of(wish.place_id) if wish else "",
        language=wish.language if wish else "",
        language_must=bool(wish and wish.is_must),
        gender=wish.gender if wish else "",
        chosen=str(row.companion_id) if is_chosen else "",
        backups=(str(row.backup_id),) if row.backup_id else (),
        without=frozenset(str(who) for who in {*without, *gone}),
    )


def _companions(
    worker: Worker, seats: list[Seat], rows: list[Accompaniment], kept: Ways, when: tuple[date, int]
) -> tuple[Companion, ...]:
    first, days = when
    begins_at, ends_at = (clock.beginning_of(day) for day in (first, first + timedelta(days=days)))
    free, busy = (
        free_in(worker, first, days),
        _busy(begins_at, ends_at),
    )
    known = _known({row.file_id for row in rows})
    planned = Counter((row.companion_id, row.from_at, row.until_at) for row in rows if row.state in BUSY)
    elsewhere = [one for one in busy if one not in planned]
    return tuple(
        Companion(
            id=str(seat.worker_id),
            available=tuple(
                without(
                    free.get(seat.worker_id, ()),
                    [(since, until) for who, since, until in elsewhere if who == seat.worker_id],
                )
            ),
            languages=frozenset(seat.languages),
            genders=frozenset({seat.gender} - {""}),
            knows=known.get(seat.worker_id, {}),
            hours=_hours([(s, u) for who, s, u in busy if who == seat.worker_id], begins_at),
            home=kept.base,
        )
        for seat in seats
    )


def _busy(begins_at: datetime, ends_at: datetime) -> Busy:
    """When the agency's companions go along with somebody, whichever file it is: times alone."""
    with connection.cursor() as cursor:
        cursor.execute("select * from ctx.companions_busy(%s, %s)", [begins_at - LATELY, ends_at])
        return [(who, since, until) for who, since, until in cursor.fetchall()]


def _hours(spans: list[Span], until: datetime) -> float:
    given = sum((min(span[1], until) - span[0] for span in spans if span[0] < until), timedelta())
    return given / timedelta(hours=1)


def _known(files: set[UUID]) -> dict[UUID, dict[str, int]]:
    """How often each companion went along with the persons of these files."""
    went = Accompaniment.objects.filter(file_id__in=files, state=State.CLOSED, companion_id__isnull=False)
    known: dict[UUID, dict[str, int]] = {}
    for file_id, who in went.values_list("file_id", "companion_id"):
        if who is not None:
            times = known.setdefault(who, {})
            times[str(file_id)] = times.get(str(file_id), 0) + 1
    return known


def _wishes(rows: list[Accompaniment]) -> dict[UUID, Wish]:
    wishes = Wish.objects.filter(
        file_id__in={row.file_id for row in rows}, accompaniment_id__in=[row.id for row in rows]
    )
    return {wish.accompaniment_id: wish for wish in wishes}


def _in_order(thing: Any) -> Any:
    """Return the same for the same, whichever process asks and in whichever order it was put together."""
    if is_dataclass(thing):
        return [(each.name, _in_order(getattr(thing, each.name))) for each in fields(thing)]
    if isinstance(thing, Mapping):
        return sorted((repr(_in_order(key)), _in_order(value)) for key, value in thing.items())
    if isinstance(thing, frozenset):
        return sorted(thing)
    return [_in_order(each) for each in thing] if isinstance(thing, tuple) else thing
