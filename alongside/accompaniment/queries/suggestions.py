"""Who could come, in a day or a week: what is set against each other, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.accompaniment.matching import suggestion, words
from alongside.accompaniment.matching.program import Proof
from alongside.accompaniment.matching.reasons import Code
from alongside.accompaniment.matching.suggestion import Could, Proposal, Suggestion
from alongside.accompaniment.models import BUSY, Accompaniment, State, SuggestionRun
from alongside.accompaniment.queries import Candidate, candidates
from alongside.accompaniment.queries.availability import ways
from alongside.accompaniment.queries.problems import Asked, asked_of
from alongside.agencies.queries import seated
from alongside.appointments.queries import OpenAppointment, listed
from alongside.kernel import clock, punctuation

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.models import File

WANTED = (State.ACCEPTED, State.UNAVAILABLE)
SECONDS = 2.0  # while somebody waits
GIVEN_UP = timedelta(minutes=3)
BESIDES = 2  # how many others a line names


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
    return asked_of(worker, list(rows), first, days)


def found_of(worker: Worker, asked: Asked) -> SuggestionRun | None:
    """Return what the worker had looked up of exactly this, or has under way.

    What was given up, because its job was, can be asked again.
    """
    alive = Q(is_over=True) | Q(asked_at__gt=clock.now() - GIVEN_UP)
    return SuggestionRun.objects.filter(alive, worker_id=worker.pk, asked=asked.digest).first()


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
    could = {str(one.worker.pk): one for one in candidates(worker, file, row)}
    first, last = clock.day(row.from_at), clock.day(row.until_at)
    beside = Accompaniment.objects.filter(
        agency_id=worker.agency_id,
        state__in=BUSY,
        is_own=False,
        from_at__gte=clock.beginning_of(first),
        from_at__lt=clock.beginning_of(last + timedelta(days=1)),
    ).exclude(id=row.id)
    asked = asked_of(worker, [row, *beside], first, (last - first).days + 1, choosing=row)
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
