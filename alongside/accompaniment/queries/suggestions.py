"""Who could come, in a day or a week: what is set against each other, and what was found."""

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
from django.utils.translation import gettext as _

from alongside.accompaniment import rules
from alongside.accompaniment.matching import suggestion, words
from alongside.accompaniment.matching.options import Options, options
from alongside.accompaniment.matching.problem import Appointment, Companion, Problem, Span
from alongside.accompaniment.matching.program import Proof
from alongside.accompaniment.matching.reasons import Code
from alongside.accompaniment.matching.suggestion import Could, Proposal, Suggestion
from alongside.accompaniment.models import BUSY, Accompaniment, State, SuggestionRun, Wish
from alongside.accompaniment.models import Companion as Seat
from alongside.accompaniment.queries import Candidate, candidates
from alongside.accompaniment.queries.availability import Ways, free_in, ways, without
from alongside.agencies.queries import colleagues, seated
from alongside.appointments.queries import OpenAppointment, listed, still_booked
from alongside.files.queries import not_kept_out, opened_files
from alongside.kernel import clock, punctuation

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.models import File

LATELY = timedelta(days=28)  # what somebody gave in these days counts, so that it is shared out
WANTED = (State.ACCEPTED, State.UNAVAILABLE)
SECONDS = 2.0  # while somebody waits
SMALL = 200  # so many pairs of an appointment and somebody who could come take well under a second
BESIDES = 2  # how many others a line names
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


@dataclass(frozen=True)
class Line:
    """One appointment: what they call it, who could come, and why, in words."""

    opened: OpenAppointment
    accompaniment: Accompaniment
    worker_id: str
    name: str
    why: str
    others: tuple[tuple[str, str], ...]  # name, and why

    @property
    def is_chosen(self) -> bool:
        """Whether the person chose who comes: then it only stands there."""
        return self.accompaniment.state in BUSY


@dataclass(frozen=True)
class CouldChoose:
    """Somebody who could be chosen, and what can be said of it."""

    id: str
    name: str
    why: str

    @property
    def words(self) -> str:
        """Who it is, and why they could be good."""
        return punctuation.labelled(self.name, self.why) if self.why else self.name


@dataclass(frozen=True)
class Shown:
    """A suggestion as its page shows it."""

    days: list[tuple[date, list[Line]]]
    proof: str
    assumed: list[tuple[str, str]]

    @property
    def is_open(self) -> bool:
        """Whether there is anything to suggest at all."""
        return any(not line.is_chosen for _day, lines in self.days for line in lines)


def asked_for(worker: Worker, first: date, days: int, at: datetime) -> Asked:
    """Return what is asked for some days: whoever wants somebody, of the files that open to the asker.

    What is under way or over is not among it.
    """
    begins_at, ends_at = clock.beginning_of(first), clock.beginning_of(first + timedelta(days=days))
    rows = Accompaniment.objects.filter(
        agency_id=worker.agency_id,
        state__in=[*WANTED, *BUSY],
        is_own=False,
        from_at__gte=max(begins_at, at),
        from_at__lt=ends_at,
    ).order_by("from_at", "id")
    return _asked(worker, list(rows), first, days)


def found_of(worker: Worker, asked: Asked) -> SuggestionRun | None:
    """Return what the worker had looked up of exactly this, or has under way."""
    return SuggestionRun.objects.filter(worker_id=worker.pk, asked=asked.digest).first()


def get_run(run_id: UUID | str) -> SuggestionRun:
    """Return what the worker had looked up.

    :raises SuggestionRun.DoesNotExist: if it is not theirs, or of yesterday
    """
    return SuggestionRun.objects.get(id=run_id)


def who_asked(run: SuggestionRun) -> Worker:
    """Return the worker who asked.

    :raises PermissionError: if they hold no seat any more
    """
    worker = seated(run.worker_id)
    if worker is None:
        raise PermissionError
    return worker


def suggest_now(asked: Asked) -> Suggestion:
    """Look up what is small, while somebody waits."""
    return suggestion.suggest(asked.problem, seconds=SECONDS)


def suggested(asked: Asked, found: Mapping[str, Any]) -> Suggestion:
    """Put what was found into a suggestion again."""
    return suggestion.said_of(asked.options, found["plan"], Proof(*found["proof"]))


def shown(worker: Worker, asked: Asked, found: Suggestion, first: date, days: int) -> Shown:
    """Return a suggestion day by day, under what the persons call their appointments."""
    opened = listed(worker, [row.appointment_id for row in asked.rows.values()])
    places = {str(place.id): place.name for place in ways(worker).places}
    lines = [_line(asked, proposal, opened) for proposal in found.proposals]
    week = [first + timedelta(days=n) for n in range(days)]
    return Shown(
        [(day, [line for line in lines if clock.day(line.accompaniment.from_at) == day]) for day in week],
        words.proof(found.proof),
        [(places[here], places[there]) for here, there in found.assumed if {here, there} <= places.keys()],
    )


def in_order(worker: Worker, file: File, row: Accompaniment) -> list[CouldChoose]:
    """Return who could be chosen, with what can be said of each, those first against whom least speaks."""
    could = {str(one.worker.pk): one for one in candidates(worker, file, row.from_at, row.until_at, row.id)}
    first, last = clock.day(row.from_at), clock.day(row.until_at)
    beside = Accompaniment.objects.filter(
        agency_id=worker.agency_id,
        state__in=BUSY,
        is_own=False,
        from_at__gte=clock.beginning_of(first),
        from_at__lt=clock.beginning_of(last + timedelta(days=1)),
    ).exclude(id=row.id)
    asked = _asked(worker, [row, *beside], first, (last - first).days + 1, choosing=row)
    ranked = suggestion.could_come(asked.problem, str(row.id)) if str(row.id) in asked.rows else ()
    said = {one.companion: _why(one, asked, row) for one in ranked if one.companion in could}
    gone = str(row.companion_id) if row.state == State.UNAVAILABLE else ""
    return [
        *(CouldChoose(name, could[name].worker.name, why) for name, why in said.items()),
        *(_not_then(one, name == gone) for name, one in could.items() if name not in said),
    ]


def _not_then(could: Candidate, is_gone: bool) -> CouldChoose:
    """Somebody who may be chosen, though they said nothing of being free then."""
    why = [_("knows them")] if could.times else []
    why.append(_("can’t come this time") if is_gone else _("has not said that they are free then"))
    return CouldChoose(str(could.worker.pk), could.worker.name, punctuation.listed(why))


def _asked(
    worker: Worker,
    rows: list[Accompaniment],
    first: date,
    days: int,
    choosing: Accompaniment | None = None,
) -> Asked:
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
    appointments = tuple(
        _appointment(
            row,
            wishes.get(row.id),
            kept,
            without=seats.keys() - {one.pk for one in not_kept_out(files[row.file_id], there)},
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


def _line(asked: Asked, proposal: Proposal, opened: Mapping[UUID, OpenAppointment]) -> Line:
    row, who = asked.rows[proposal.appointment], proposal.who
    return Line(
        opened[row.appointment_id],
        row,
        who.companion if who else "",
        asked.names[who.companion] if who else "",
        _why(who, asked, row) if who else words.nobody(),
        tuple((asked.names[one.companion], _why(one, asked, row)) for one in proposal.others[:BESIDES]),
    )


def _why(could: Could, asked: Asked, row: Accompaniment) -> str:
    """What can be said, in words; of a way to nowhere in particular nothing."""
    is_placed = bool(asked.options.appointments[str(row.id)].place)
    return words.reasons(one for one in could.reasons if is_placed or one.code != Code.WAY_ASSUMED)


def _in_order(thing: Any) -> Any:
    """Return the same for the same, whichever process asks and in whichever order it was put together."""
    if is_dataclass(thing):
        return [(each.name, _in_order(getattr(thing, each.name))) for each in fields(thing)]
    if isinstance(thing, Mapping):
        return sorted((repr(_in_order(key)), _in_order(value)) for key, value in thing.items())
    if isinstance(thing, frozenset):
        return sorted(thing)
    return [_in_order(each) for each in thing] if isinstance(thing, tuple) else thing
