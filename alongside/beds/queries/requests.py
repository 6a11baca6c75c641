"""Reading what was asked, by either side, as it stands at a moment."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import agencies_by_id
from alongside.beds import rules
from alongside.beds.models import Hold, Request, State, Waiting
from alongside.kernel import installation_key, vocabulary
from alongside.kernel.batches import Reading, both, fetched, reads
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker

COORDINATOR = rules.Rising.COORDINATOR
THEY_ANSWER = _("This place answers itself. Ask, and they hold a bed.")


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
    def is_held(self) -> bool:
        """Whether a bed is held for them."""
        return self.state in rules.HOLDING

    @property
    def is_expected(self) -> bool:
        """Whether they said yes and are yet to come."""
        return self.state in rules.EXPECTED

    @property
    def goes_well(self) -> bool:
        """Whether a bed is held, or they are in it."""
        return self.is_held or self.state == State.ARRIVED

    @property
    def may_still_come(self) -> bool:
        """Whether a house that had answered may let them in after all."""
        return self.state in (State.RELEASED, State.NOT_COME) and self.request.answered_at is not None

    @property
    def ran_out(self) -> bool:
        """Whether its hold let go of the bed by itself."""
        return self.state == State.RELEASED and self.request.state in rules.HOLDING


def hold_of(request: Request) -> Hold | None:
    """Return the newest hold of a request."""
    return Hold.objects.filter(request=request).order_by("-held_at", "-id").first()


def get_request(worker: Worker, request_id: UUID) -> Request:
    """Return a request that the worker's agency asked, or was asked.

    :raises Request.DoesNotExist: if it is neither's, or not sent yet
    """
    return Request.objects.select_related("offering").get(pk=request_id)


@reads
def asked_of_us(worker: Worker, at: datetime) -> Reading[list[Asked]]:
    """What others ask of the worker's shelter.

    Unanswered ones first, those that waited longest before all, then who is expected.
    """
    rows = yield from seen.reading(worker, _of_us(worker), at)
    asked = [row for row in rows if row.is_open]
    return sorted(asked, key=lambda row: (row.state != State.ASKED, -row.rising, row.request.asked_at or at))


@reads
def asked_by_us(worker: Worker, at: datetime) -> Reading[list[Asked]]:
    """What the worker's agency asks of others and is not over: unanswered ones that rose highest first."""
    rows = yield from seen.reading(worker, _by_us(worker), at)
    asked = [row for row in rows if row.is_open or row.request.state == State.DRAFTED]
    return sorted(asked, key=lambda row: -row.rising)


@prepared
def _of_us(worker: Worker) -> QuerySet[Request]:
    asked = Request.objects.filter(shelter_id=worker.agency_id).exclude(state=State.DRAFTED)
    return asked.filter(state__in=rules.OPEN).select_related("offering").order_by("asked_at")


@prepared
def _by_us(worker: Worker) -> QuerySet[Request]:
    asked = Request.objects.filter(agency_id=worker.agency_id, state__in=[State.DRAFTED, *rules.OPEN])
    return asked.select_related("offering").order_by("-moved_at", "-id")[:100]


@prepared
def _held(requests: set[UUID]) -> QuerySet[Hold]:
    return Hold.objects.filter(request__in=requests).order_by("held_at")


@reads
def seen(worker: Worker, requests: QuerySet[Request], at: datetime) -> Reading[list[Asked]]:
    """Return requests as they stand at a moment, in two statements however many they are."""
    yield [requests]
    others = {r.agency_id if r.shelter_id == worker.agency_id else r.shelter_id for r in requests}
    held, agencies = yield from both(fetched(_held({r.pk for r in requests})), agencies_by_id.reading(others))
    holds = {hold.request_id: hold for hold in held}
    return [_as_it_stands(worker, r, holds.get(r.pk), agencies, at) for r in requests]


def as_it_stands(worker: Worker, request: Request, at: datetime) -> Asked:
    """Return one request as it stands at a moment."""
    return seen(worker, Request.objects.filter(pk=request.pk).select_related("offering"), at)[0]


def _as_it_stands(
    worker: Worker, request: Request, hold: Hold | None, agencies: dict[UUID, Agency], at: datetime
) -> Asked:
    other = request.agency_id if request.shelter_id == worker.agency_id else request.shelter_id
    state = rules.standing(request, hold, at)
    rising = rules.rising(request.asked_at, at) if state == State.ASKED else rules.Rising.FRESH
    return Asked(request, hold, agencies[other], state, rising)


def keep_apart(worker: Worker, request: Request) -> str:
    """Return the names to look for in the house, for the shelter asked.

    Nothing for anybody else, and nothing once it answered.
    """
    if request.keep_apart is None or request.shelter_id != worker.agency_id:
        return ""
    try:
        return str(
            json.loads(
                installation_key.unseal(
                    bytes(request.keep_apart), purpose="beds keep apart", about=str(request.pk)
                )
            )
        )
    except InvalidTag:
        return ""


def public_barriers(asked: Request | Waiting) -> list[str]:
    """Return the barriers that the asker's request and the published rules tell already.

    Where there are none, the one that tells nothing.
    """
    offering = asked.offering
    known = set(asked.circumstances) & {*offering.stops, *offering.talks}
    return ["full"] if asked.answer == "full" else sorted(known) or ["co_location"]


def own_draft(worker: Worker, request_id: UUID) -> Request:
    """Return a request of one's own agency that was not asked yet.

    :raises Request.DoesNotExist: if there is none
    """
    return Request.objects.select_related("offering").get(
        pk=request_id, agency_id=worker.agency_id, state=State.DRAFTED
    )


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
    return {
        "age": request.age,
        "gender": request.gender,
        "household": request.household,
        "children": children,
        **groups,
    }
