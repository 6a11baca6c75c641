"""Reading what agencies asked each other before there was anybody to name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.kernel import clock
from alongside.kernel.prepared import prepared
from alongside.referrals.models import CapacityRequest

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def capacity_asked_of_us(worker: Worker) -> QuerySet[CapacityRequest]:
    """What others ask of the worker's agency and has not lapsed, the unanswered and nearest first."""
    return CapacityRequest.objects.filter(to_agency_id=worker.agency_id).order_by("answered_at", "day", "id")[
        :50
    ]


def capacity_asked_by_us(worker: Worker) -> QuerySet[CapacityRequest]:
    """What the worker's agency asks of others and has not lapsed, the answered first."""
    return CapacityRequest.objects.filter(agency_id=worker.agency_id).order_by("-answered_at", "day", "id")[
        :50
    ]


@prepared
def capacity_to_answer(worker: Worker, at: datetime) -> QuerySet[CapacityRequest]:
    """What waits for an answer from the worker's agency, and is not put off to a later day; nearest first."""
    waits = Q(state=CapacityRequest.State.ASKED) | Q(
        state=CapacityRequest.State.NOT_YET, possible_from__lte=clock.day(at)
    )
    return CapacityRequest.objects.filter(waits, to_agency_id=worker.agency_id).order_by("day", "id")[:20]


@prepared
def capacity_answers(worker: Worker) -> QuerySet[CapacityRequest]:
    """What was answered to this worker and has not lapsed, the newest first."""
    asked = CapacityRequest.objects.filter(agency_id=worker.agency_id, asked_by=worker.pk)
    return asked.exclude(state=CapacityRequest.State.ASKED).order_by("-answered_at", "id")[:20]


def get_capacity(worker: Worker, capacity_id: UUID) -> CapacityRequest:
    """Return one of them, from either side.

    :raises CapacityRequest.DoesNotExist: if there is none for this worker, or it has lapsed
    """
    return CapacityRequest.objects.get(pk=capacity_id)


def get_capacity_of_ours(worker: Worker, capacity_id: UUID) -> CapacityRequest:
    """Return one that the worker's own agency asked.

    :raises CapacityRequest.DoesNotExist: if there is none, or it has lapsed
    """
    return CapacityRequest.objects.get(pk=capacity_id, agency_id=worker.agency_id)


def asked_at_once(worker: Worker, asked: CapacityRequest) -> QuerySet[CapacityRequest]:
    """What the worker's agency asked others in the same go, and has not lapsed."""
    return CapacityRequest.objects.filter(
        agency_id=worker.agency_id, asked_by=asked.asked_by, asked_at=asked.asked_at, need=asked.need
    ).exclude(pk=asked.pk)
