"""In which order a person wants several agencies asked for one thing, and who is next when one can't."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from alongside.agencies.queries import agencies_by_id
from alongside.consent import queries as consents
from alongside.files import queries as files
from alongside.kernel.batches import Reading, both, read, reads
from alongside.kernel.prepared import prepared
from alongside.referrals import rules
from alongside.referrals.models import RankedAgency, Referral, State
from alongside.referrals.queries.messages import asked_back

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker


@dataclass(frozen=True)
class InTurn:
    """One agency in somebody's order."""

    ranked: RankedAgency
    agency: Agency


@dataclass(frozen=True)
class NextInTurn(InTurn):
    """Who is next, after which request, and why that makes way."""

    after: Referral
    why: str


def order_of(worker: Worker, file_id: UUID, priority_id: UUID) -> list[InTurn]:
    """The agencies still to be asked for one thing they want, in their order, without any "not them"."""
    blocked = {agency_id for _file_id, agency_id in consents.blocked_agencies({file_id})}
    waiting = _to_be_asked(worker).filter(file_id=file_id, priority_id=priority_id)
    found = list(waiting.exclude(to_agency_id__in=blocked))
    agencies = agencies_by_id({each.to_agency_id for each in found})
    return [InTurn(each, agencies[each.to_agency_id]) for each in found]


def get_ranked(worker: Worker, file_id: UUID, ranked_id: UUID) -> RankedAgency:
    """Return one agency of an order, also if it was asked or taken out meanwhile.

    :raises RankedAgency.DoesNotExist: if there is none
    """
    return RankedAgency.objects.get(agency_id=worker.agency_id, file_id=file_id, id=ranked_id)


def next_after(worker: Worker, referral: Referral, at: datetime) -> NextInTurn | None:
    """Who is next in their order after this request, if it makes way for somebody."""
    if not referral.priority_id:
        return None
    waiting = _to_be_asked(worker).filter(file_id=referral.file_id, priority_id=referral.priority_id)
    return next(iter(read(_next(worker, waiting, at))), None)


@reads
def next_in_turn(worker: Worker, at: datetime) -> Reading[list[NextInTurn]]:
    """Who is next in the orders of whose news is the worker's to hear, after somebody couldn't."""
    return (yield from _next(worker, _in_order(worker), at))


@prepared
def _in_order(worker: Worker) -> QuerySet[RankedAgency]:
    waiting = _to_be_asked(worker).filter(file_id__in=files.in_care_of(worker).values("id"))
    return waiting.order_by("file_id", "priority_id", "rank", "id")[:100]


def _to_be_asked(worker: Worker) -> QuerySet[RankedAgency]:
    return RankedAgency.objects.filter(agency_id=worker.agency_id, referral_id=None, put_away_at=None)


def _next(worker: Worker, waiting: QuerySet[RankedAgency], at: datetime) -> Reading[list[NextInTurn]]:
    """The first in each order who may be asked, where all that was asked for it so far makes way."""
    yield [waiting]
    if not waiting:
        return []
    asked: defaultdict[UUID, list[Referral]] = defaultdict(list)
    wanted = {each.priority_id for each in waiting}
    before = Referral.objects.filter(agency_id=worker.agency_id, priority_id__in=wanted)
    before = before.exclude(state=State.ENTERED_IN_ERROR).order_by("moved_at", "id")
    yield [before]
    for referral in before:
        if referral.priority_id:
            asked[referral.priority_id].append(referral)
    (over, wait_for_us), (blocked, agencies) = yield from both(
        both(consents.over.reading({each.release_id for each in before}, at), asked_back.reading(before)),
        both(
            consents.blocked_agencies.reading({each.file_id for each in waiting}),
            agencies_by_id.reading({each.to_agency_id for each in waiting}),
        ),
    )
    found: dict[UUID, NextInTurn] = {}
    for each in waiting:
        sent = asked[each.priority_id]
        ways = [
            rules.makes_way(r, at, lapsed=r.release_id in over, asked_back=r.id in wait_for_us) for r in sent
        ]
        may_be_asked = (each.file_id, each.to_agency_id) not in blocked
        if sent and all(ways) and may_be_asked and each.priority_id not in found:
            found[each.priority_id] = NextInTurn(each, agencies[each.to_agency_id], sent[-1], ways[-1])
    return list(found.values())
