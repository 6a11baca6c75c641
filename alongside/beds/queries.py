"""Reading the beds: one's own board to the bed, everybody else's coarsely, and what was asked by either side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import agencies_by_id
from alongside.beds import rules
from alongside.beds.models import Count, Hold, Offering, Request, Rule, State, Step, Tie, Waiting, Whereabouts
from alongside.kernel import house_key, vocabulary

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker

COORDINATOR = rules.Rising.COORDINATOR
THEY_ANSWER = _("This place answers itself. Ask, and they hold a bed.")
OUTLOOKS = {  # how each is shown, and its words
    "likely": ("yes", _("A bed is likely")),
    "unlikely": ("wait", _("A bed is unlikely")),
    "unknown": ("wait", _("Not known")),
    "none": ("no", _("No bed")),
}


@dataclass(frozen=True)
class Outlook:
    """What anybody outside may know: `likely`, `unlikely`, `none` or `unknown`, and as of when."""

    code: str
    as_of: datetime | None

    @property
    def tone(self) -> str:
        """How it is shown."""
        return OUTLOOKS[self.code][0]

    @property
    def words(self) -> str:
        """What it says, in the reader's language."""
        return str(OUTLOOKS[self.code][1])


@dataclass(frozen=True)
class Tonight:
    """One programme on its own shelter's board."""

    offering: Offering
    count: Count | None
    held: int
    expected: int

    @property
    def free(self) -> int:
        """What is left, derived now."""
        return rules.available(self.count.actual, self.count.occupied, self.held) if self.count else 0


@dataclass(frozen=True)
class Asked:
    """A request as it stands at a moment, with its hold and the agency on the other side."""

    request: Request
    hold: Hold | None
    agency: Agency
    state: State
    rising: rules.Rising

    @property
    def is_open(self) -> bool:
        """Whether anything can still come of it."""
        return self.state in rules.OPEN

    @property
    def ran_out(self) -> bool:
        """Whether its hold let go of the bed by itself."""
        return self.state == State.RELEASED and self.request.state in rules.HOLDING


def own_offerings(worker: Worker) -> QuerySet[Offering]:
    """What the asker's own agency offers, closed programmes included."""
    return Offering.objects.filter(agency_id=worker.agency_id)


def get_offering(worker: Worker, offering_id: UUID) -> Offering:
    """Return one programme of one's own, or an open one of somebody else's.

    :raises Offering.DoesNotExist: if there is none for this worker
    """
    return Offering.objects.filter(Q(agency_id=worker.agency_id) | Q(closed_at=None)).get(pk=offering_id)


def own_offering(worker: Worker, offering_id: UUID) -> Offering:
    """Return one programme of the worker's own agency.

    :raises Offering.DoesNotExist: if it is not theirs
    """
    return own_offerings(worker).get(pk=offering_id)


def rules_of(offerings: list[UUID], barriers: list[str] | None = None) -> dict[UUID, dict[str, Rule]]:
    """Return what stands in the way at these programmes and what doesn't; with `barriers`, only what of these does: `offering: {barrier: rule}`."""
    found: dict[UUID, dict[str, Rule]] = {pk: {} for pk in offerings}
    said = Rule.objects.filter(offering_id__in=offerings)
    for rule in said if barriers is None else said.filter(barrier__in=barriers, stands=True).order_by():
        found[rule.offering_id][rule.barrier] = rule
    return found


def whereabouts(worker: Worker, offering: Offering) -> str:
    """Return where a programme of one's own is, unsealed; nothing for anybody else."""
    kept = Whereabouts.objects.filter(offering=offering, agency_id=worker.agency_id).first()
    if kept is None or kept.words is None:
        return ""
    return house_key.unseal(bytes(kept.words), purpose="beds whereabouts", about=str(offering.pk)).decode()


def last_count(offering: Offering) -> Count | None:
    """Return what was counted last."""
    return Count.objects.filter(offering=offering).order_by("-number").first()


def history(offering: Offering) -> QuerySet[Count]:
    """Everything that was ever counted there, newest first."""
    return Count.objects.filter(offering=offering).order_by("-number")


def live_holds(at: datetime) -> QuerySet[Hold]:
    """The holds that keep a bed at this moment, of those the asker may see."""
    return Hold.objects.filter(held_at__lte=at, until__gt=at, ended_at=None)


def held(offering: Offering, at: datetime) -> int:
    """How many are held there at a moment."""
    return live_holds(at).filter(offering=offering).count()


def hold_of(request: Request) -> Hold | None:
    """Return the newest hold of a request."""
    return Hold.objects.filter(request=request).order_by("-held_at").first()


def outlooks(offerings: list[UUID], at: datetime) -> dict[UUID, Outlook]:
    """Return what anybody outside may know of these programmes, as it stood at the last full half hour."""
    if not offerings:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select * from ctx.bed_outlook(%s, %s)", [offerings, at])
        return {offering: Outlook(code, as_of) for offering, code, as_of in cursor.fetchall()}


def board(worker: Worker, at: datetime) -> list[Tonight]:
    """Every open programme of one's own as it stands now: counted, held, expected, free."""
    offerings = list(own_offerings(worker).filter(closed_at=None).order_by("stay", "name"))
    counts = {
        c.offering_id: c for c in Count.objects.filter(offering__in=offerings).order_by("offering_id", "-number").distinct("offering_id")
    }
    holds: dict[UUID, int] = {}
    coming: dict[UUID, int] = {}
    for offering_id, state in live_holds(at).filter(offering__in=offerings).values_list("offering_id", "request__state"):
        holds[offering_id] = holds.get(offering_id, 0) + 1
        coming[offering_id] = coming.get(offering_id, 0) + (state in rules.EXPECTED)
    return [Tonight(o, counts.get(o.pk), holds.get(o.pk, 0), coming.get(o.pk, 0)) for o in offerings]


def get_request(worker: Worker, request_id: UUID) -> Request:
    """Return a request that the worker's agency asked, or was asked.

    :raises Request.DoesNotExist: if it is neither's, or not sent yet
    """
    return Request.objects.select_related("offering").get(pk=request_id)


def asked_of_us(worker: Worker, at: datetime) -> list[Asked]:
    """What others ask of the worker's shelter: unanswered ones first, those that waited longest before all, then who is expected."""
    found = Request.objects.filter(shelter_id=worker.agency_id).exclude(state=State.DRAFTED).filter(state__in=rules.OPEN)
    asked = [one for one in seen(worker, found.order_by("asked_at"), at) if one.is_open]
    return sorted(asked, key=lambda one: (one.state != State.ASKED, -one.rising, one.request.asked_at or at))


def asked_by_us(worker: Worker, at: datetime) -> list[Asked]:
    """What the worker's agency asks of others and is not over: unanswered ones that rose highest first."""
    found = Request.objects.filter(agency_id=worker.agency_id, state__in=[State.DRAFTED, *rules.OPEN]).order_by("-moved_at")[:100]
    asked = [one for one in seen(worker, found, at) if one.is_open or one.request.state == State.DRAFTED]
    return sorted(asked, key=lambda one: -one.rising)


def seen(worker: Worker, found: QuerySet[Request], at: datetime) -> list[Asked]:
    """Return requests as they stand at a moment, in three statements however many they are."""
    requests = list(found.select_related("offering"))
    holds = {h.request_id: h for h in Hold.objects.filter(request__in=requests).order_by("held_at")}
    agencies = agencies_by_id({r.agency_id if r.shelter_id == worker.agency_id else r.shelter_id for r in requests})
    return [_as_it_stands(worker, r, holds.get(r.pk), agencies, at) for r in requests]


def as_it_stands(worker: Worker, request: Request, at: datetime) -> Asked:
    """Return one request as it stands at a moment."""
    return seen(worker, Request.objects.filter(pk=request.pk), at)[0]


def _as_it_stands(worker: Worker, request: Request, hold: Hold | None, agencies: dict[UUID, Agency], at: datetime) -> Asked:
    other = request.agency_id if request.shelter_id == worker.agency_id else request.shelter_id
    state = rules.standing(request, hold, at)
    rising = rules.rising(request.asked_at, at) if state == State.ASKED else rules.Rising.FRESH
    return Asked(request, hold, agencies[other], state, rising)


def keep_apart(worker: Worker, request: Request) -> str:
    """Return the names to look for in the house, for the shelter asked; nothing for anybody else, and nothing once it answered."""
    if request.keep_apart is None or request.shelter_id != worker.agency_id:
        return ""
    try:
        return str(json.loads(house_key.unseal(bytes(request.keep_apart), purpose="beds keep apart", about=str(request.pk))))
    except InvalidTag:
        return ""


def told_anyway(asked: Request | Waiting) -> list[str]:
    """Return the barriers that the asker's own request and the published rules already tell, or the one that tells nothing."""
    offering = asked.offering
    known = set(asked.circumstances) & {*offering.stops, *offering.talks}
    return ["full"] if asked.answer == "full" else sorted(known) or ["co_location"]


def thread_of_request(worker: Worker, request: Request) -> Step | None:
    """Return the step of the asker's own way that this request is."""
    return Step.objects.filter(request=request).select_related("thread").first()


def own_draft(worker: Worker, request_id: UUID) -> Request:
    """Return a request of one's own agency that was not asked yet.

    :raises Request.DoesNotExist: if there is none
    """
    return Request.objects.select_related("offering").get(pk=request_id, agency_id=worker.agency_id, state=State.DRAFTED)


def asked_here(worker: Worker, request_id: UUID) -> Request:
    """Return a request that was asked of the worker's own shelter.

    :raises Request.DoesNotExist: if there is none
    """
    return Request.objects.select_related("offering").get(pk=request_id, shelter_id=worker.agency_id)


def as_typed(request: Request) -> dict[str, Any]:
    """Return a request's profile as its form shows it."""
    groups = {"them": [], "wish": []}  # type: dict[str, list[str]]
    for code in request.circumstances:
        groups[vocabulary.CIRCUMSTANCES[code].mapping["group"]].append(code)
    children = ", ".join(map(str, request.children))
    return {"age": request.age, "gender": request.gender, "household": request.household, "children": children, **groups}


def keeps_any(worker: Worker) -> bool:
    """Whether the worker's agency offers anything."""
    return own_offerings(worker).exists()


def ways_of_file(file_id: UUID) -> list[UUID]:
    """Return the ways from a bed to a home that belong to a file, newest first."""
    return list(Tie.objects.filter(file_id=file_id).order_by("-tied_at").values_list("thread_id", flat=True))
