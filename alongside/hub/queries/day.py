"""Reading a hub's day: who sits there, who is free, and who waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.exceptions import InvalidTag

from alongside.agencies.queries import agencies_by_id, names_of_present, shift_of, who_is_on
from alongside.hub import rules
from alongside.hub.models import Hub, Member, NotWhile, Sitting, Waiting
from alongside.hub.words import language_of
from alongside.kernel import clock, installation_key
from alongside.kernel.transliteration import folded

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker

NOT_WHILE = "hub not while"
may_queue, midnight = rules.may_queue, rules.midnight


@dataclass(frozen=True)
class Person:
    """Somebody who sits there, and whether they are free now."""

    sitting: Sitting
    is_free: bool
    is_me: bool


@dataclass(frozen=True)
class Seat:
    """An agency of the hub: who of it sits there, and when it is there next if nobody does."""

    member: Member
    agency: Agency
    people: list[Person] = field(default_factory=list)

    @property
    def next_on(self) -> object:
        """When it is there next, if that day is to come."""
        day = self.member.next_on
        return day if day and day > clock.today() else None


@dataclass(frozen=True)
class Row:
    """Somebody who waits: their word, for how long, and whom they want to see."""

    waiting: Waiting
    language: str
    minutes: int
    services: list[Agency]
    with_whom: str
    not_while: str


def hubs_of(worker: Worker) -> list[Hub]:
    """The places that the worker's agency shares with others."""
    return list(Hub.objects.order_by("name", "id"))


def hubs_named(name: str) -> list[Hub]:
    """The places of that name; by the operator."""
    return list(Hub.objects.filter(name=name))


def get_hub(worker: Worker, hub_id: UUID) -> Hub:
    """Return one of these places.

    :raises Hub.DoesNotExist: if it is none of them
    """
    return Hub.objects.get(id=hub_id)


def sitting_of(worker: Worker, at: datetime) -> Sitting | None:
    """Where this worker sits now, if they do."""
    return Sitting.objects.filter(worker_id=worker.pk, until__gt=at).first()


def usual_end(worker: Worker, at: datetime) -> datetime:
    """Until when somebody sits who says nothing else: as long as they are on, today."""
    shift = shift_of(worker)
    end = shift.ends_at if shift else at + timedelta(hours=4)
    return min(end, rules.midnight(at) - timedelta(minutes=1))


def seats(worker: Worker, hub: Hub, at: datetime) -> list[Seat]:
    """Every agency of a hub with who of it sits there now, those with somebody first."""
    members = list(Member.objects.filter(hub_id=hub.id))
    agencies = agencies_by_id({member.agency_id for member in members})
    found = {member.agency_id: Seat(member, agencies[member.agency_id]) for member in members}
    for sitting in Sitting.objects.filter(hub_id=hub.id, until__gt=at).order_by("called", "id"):
        is_free = sitting.busy_until is None or sitting.busy_until <= at
        person = Person(sitting, is_free, sitting.worker_id == worker.pk)
        if sitting.agency_id in found:
            found[sitting.agency_id].people.append(person)
    return sorted(found.values(), key=lambda seat: (not seat.people, folded(str(seat.agency))))


def on_elsewhere(worker: Worker, seats: list[Seat]) -> list[str]:
    """The names of one's own colleagues who are on today and do not sit there."""
    here = {person.sitting.worker_id for seat in seats for person in seat.people}
    return sorted(names_of_present(worker, who_is_on(worker) - here - {worker.pk}).values())


def how_many_free(hub: Hub, at: datetime) -> int:
    """How many sit there and are free now."""
    members = Member.objects.filter(hub_id=hub.id).values("agency_id")
    here = Sitting.objects.filter(hub_id=hub.id, until__gt=at, agency_id__in=members)
    return here.exclude(busy_until__gt=at).count()


def others(worker: Worker, seats: list[Seat]) -> list[tuple[str, str]]:
    """Return who can be kept from seeing that somebody waits: agencies, and who of them sits there."""
    agencies = [
        (f"agency:{seat.agency.pk}", str(seat.agency)) for seat in seats if seat.agency.pk != worker.agency_id
    ]
    people = [
        (f"worker:{person.sitting.worker_id}", f"{person.sitting.called}, {seat.agency}")
        for seat in seats
        for person in seat.people
        if not person.is_me
    ]
    return agencies + people


def next_day(worker: Worker, hub: Hub, waiting: Waiting) -> date | None:
    """Return the next day on which the first agency they want to see is there, if it said one."""
    days = dict(Member.objects.filter(hub_id=hub.id).values_list("agency_id", "next_on"))
    said = [day for each in waiting.services if (day := days.get(each)) and day > clock.today()]
    return said[0] if said else None


def get_member(worker: Worker, hub: Hub) -> Member:
    """Return the worker's own agency as it stands at a hub.

    :raises Member.DoesNotExist: if it is not there
    """
    return Member.objects.get(hub_id=hub.id, agency_id=worker.agency_id)


def waiting_of(worker: Worker, hub: Hub, waiting_id: UUID) -> Waiting | None:
    """Return somebody who waits there today, unless nobody does under this number or they may not be seen."""
    return Waiting.objects.filter(hub_id=hub.id, id=waiting_id).first()


def queue(worker: Worker, hub: Hub, at: datetime) -> list[Row]:
    """Who waits there, the first who came first; their “not while” only for whoever has the desk."""
    rows = list(Waiting.objects.filter(hub_id=hub.id).order_by("came_at", "id"))
    agencies = agencies_by_id({agency_id for row in rows for agency_id in row.services})
    here = Sitting.objects.filter(hub_id=hub.id).values_list("worker_id", "called")
    names = dict(here)
    said = {each.waiting_id: each for each in NotWhile.objects.filter(hub_id=hub.id)}
    return [
        Row(
            row,
            language_of(row.word),
            int((at - row.came_at).total_seconds() // 60),
            [agencies[each] for each in row.services if each in agencies],
            names.get(row.worker_id, "") if row.worker_id else "",
            _not_while(said.get(row.id)),
        )
        for row in rows
    ]


def _not_while(said: NotWhile | None) -> str:
    if said is None:
        return ""
    try:
        opened = installation_key.unseal(bytes(said.words), purpose=NOT_WHILE, about=str(said.waiting_id))
    except InvalidTag:
        return ""
    return opened.decode()
