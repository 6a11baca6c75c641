"""Reading the waiting lists.

A shelter's own line, and where somebody stands in another's, with nobody else in the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from alongside.agencies.queries import agencies_by_id
from alongside.beds import matching, rules
from alongside.beds.models import Hold, Offering, Stay, Waiting, WaitingState
from alongside.beds.queries import programmes

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker

SHOWN = 500  # of one line
OURS = 100  # waits on one page


class Place(NamedTuple):
    """All that anybody who waits is told of a line.

    How many are before them, and to how many a place was offered in six months.
    """

    ahead: int
    offered: int


@dataclass(frozen=True)
class Wait:
    """A wait as it stands at a moment, with its offer and the agency on the other side."""

    waiting: Waiting
    hold: Hold | None
    agency: Agency
    state: WaitingState
    place: Place | None

    @property
    def is_open(self) -> bool:
        """Whether anything can still come of it."""
        return self.state in rules.waitlist.ON_WAITLIST

    @property
    def goes_well(self) -> bool:
        """Whether a place is offered, or they are in it."""
        return self.state in rules.waitlist.WITH_AN_OFFER or self.state == WaitingState.MOVED_IN

    @property
    def ran_out(self) -> bool:
        """Whether an offer let go of its place by itself. They keep their place in line."""
        return self.state == WaitingState.WAITING and self.waiting.state in rules.waitlist.WITH_AN_OFFER

    @property
    def said_yes(self) -> bool:
        """Whether they said yes to the newest offer, live or not."""
        return self.waiting.state == WaitingState.ACCEPTED


@dataclass(frozen=True)
class InLine:
    """One wait in its shelter's own line.

    Its number, what stands in the way here, and whether it is its turn.
    """

    number: int
    wait: Wait
    stops: list[str]
    talks: list[str]
    is_next: bool


class Covered(NamedTuple):
    """What one income or benefit pays of a place a month, and what is left to pay."""

    benefit: str
    pays: int
    left: int


@dataclass(frozen=True)
class List:
    """One programme with a waiting list, for the shelter that keeps it."""

    offering: Offering
    waiting: int
    free: int


def get_waiting(worker: Worker, waiting_id: UUID) -> Waiting:
    """Return a wait that the worker's agency asked for, or that is in its own line.

    :raises Waiting.DoesNotExist: if it is neither's
    """
    return Waiting.objects.select_related("offering").get(pk=waiting_id)


def in_own_line(worker: Worker, waiting_id: UUID) -> Waiting:
    """Return a wait in a line of the worker's own shelter.

    :raises Waiting.DoesNotExist: if there is none
    """
    return Waiting.objects.select_related("offering").get(pk=waiting_id, shelter_id=worker.agency_id)


def hold_of(waiting: Waiting) -> Hold | None:
    """Return the newest offer of a wait."""
    return Hold.objects.filter(waiting=waiting).order_by("-held_at", "-id").first()


def places(waits: list[UUID], at: datetime) -> dict[UUID, Place]:
    """Return where these waits stand, as far as the asker may know.

    A number before them, a number of offers, nothing else.
    """
    if not waits:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select w, l.ahead, l.offered from unnest(%s::uuid[]) w cross join lateral ctx.bed_line(w, %s) l",
            [waits, at],
        )
        return {
            waiting: Place(ahead, offered)
            for waiting, ahead, offered in cursor.fetchall()
            if ahead is not None
        }


def seen(worker: Worker, found: QuerySet[Waiting], at: datetime) -> list[Wait]:
    """Return waits as they stand at a moment, in four statements however many they are."""
    waits = list(found.select_related("offering"))
    holds = {h.waiting_id: h for h in Hold.objects.filter(waiting__in=waits).order_by("held_at")}
    agencies = agencies_by_id({_other(worker, w) for w in waits})
    states = {w.pk: rules.waitlist.standing(w, holds.get(w.pk), at) for w in waits}
    told = places(
        [
            w.pk
            for w in waits
            if w.agency_id == worker.agency_id and states[w.pk] in rules.waitlist.ON_WAITLIST
        ],
        at,
    )
    return [
        Wait(w, holds.get(w.pk), agencies[_other(worker, w)], states[w.pk], told.get(w.pk)) for w in waits
    ]


def as_it_stands(worker: Worker, waiting: Waiting, at: datetime) -> Wait:
    """Return one wait as it stands at a moment."""
    return seen(worker, Waiting.objects.filter(pk=waiting.pk), at)[0]


def our_waits(worker: Worker, at: datetime) -> list[Wait]:
    """What people wait for through the worker's agency.

    Offers that are being thought over first, the soonest end before all.
    """
    going_on = [*rules.waitlist.ON_WAITLIST, WaitingState.DECLINED]
    found = Waiting.objects.filter(agency_id=worker.agency_id, state__in=going_on).order_by(
        "-moved_at", "-id"
    )[:OURS]
    return sorted(
        seen(worker, found, at),
        key=lambda wait: (
            wait.state not in rules.waitlist.WITH_AN_OFFER,
            wait.hold.until if wait.hold else at,
        ),
    )


def our_lists(worker: Worker, at: datetime) -> list[List]:
    """The programmes of the worker's own shelter that people wait for."""
    offerings = programmes.own_offerings(worker).filter(closed_at=None).exclude(stay=Stay.TONIGHT)
    if not rules.may_answer(worker):
        return []
    waiting = (
        Waiting.objects.filter(offering__in=offerings, state__in=rules.waitlist.ON_WAITLIST)
        .values("offering_id")
        .annotate(n=Count("id"))
    )
    many = {row["offering_id"]: row["n"] for row in waiting}
    return [
        List(row.offering, many.get(row.offering.pk, 0), row.free)
        for row in programmes.board(worker, at)
        if row.offering.stay != Stay.TONIGHT
    ]


def line(worker: Worker, offering: Offering, at: datetime) -> list[InLine]:
    """The line of one's own programme, longest waiting first, each beside what is published."""
    found = Waiting.objects.filter(
        offering=offering, shelter_id=worker.agency_id, state__in=rules.waitlist.ON_WAITLIST
    ).order_by("joined_at", "id")
    waits = seen(worker, found[:SHOWN], at)
    fits = [
        matching.beside(offering, _need(wait.waiting), wait.agency, programmes.Outlook("", None), {})
        for wait in waits
    ]
    turn = _turn(
        [
            (wait.waiting.pk, fit.stops)
            for wait, fit in zip(waits, fits, strict=True)
            if wait.state == WaitingState.WAITING
        ]
    )
    pairs = enumerate(zip(waits, fits, strict=True), 1)
    return [
        InLine(number, wait, fit.stops, fit.talks, wait.waiting.pk == turn) for number, (wait, fit) in pairs
    ]


def turn_of(line: list[InLine]) -> UUID | None:
    """Return whose turn it is: who has waited longest of those whom the place fits.

    Where it fits nobody, who has waited longest.
    """
    return next((place.wait.waiting.pk for place in line if place.is_next), None)


def own_list(worker: Worker, offering: Offering, at: datetime) -> List:
    """Return how many of a programme of one's own are free to be offered now."""
    free = programmes.Tonight(
        offering, programmes.last_count(offering), programmes.held(offering, at), 0
    ).free
    return List(offering, 0, free)


def cost(offering: Offering) -> list[Covered]:
    """Return what each income or benefit pays of a place a month, and what is left to pay.

    As the place's keeper knows it.
    """
    monthly = offering.monthly_cost
    if monthly is None:
        return []
    said = [(code, pays) for code, pays in offering.covers.items() if isinstance(pays, int)]
    return sorted(
        (Covered(code, pays, max(0, monthly - pays)) for code, pays in said),
        key=lambda covered: (covered.left, covered.benefit),
    )


def _turn(waits: list[tuple[UUID, list[str]]]) -> UUID | None:
    return next((pk for pk, stops in waits if not stops), waits[0][0] if waits else None)


def _need(waiting: Waiting) -> matching.Need:
    return matching.Need(
        stay=waiting.offering.stay,
        age=waiting.age,
        gender=waiting.gender,
        household=waiting.household,
        children=tuple(waiting.children),
        circumstances=tuple(waiting.circumstances),
        languages=tuple(waiting.languages),
    )


def _other(worker: Worker, waiting: Waiting) -> UUID:
    return waiting.agency_id if waiting.shelter_id == worker.agency_id else waiting.shelter_id
