"""Who may approve how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.agencies.queries import Role, colleagues, roles_with
from alongside.fund.models import Limit
from alongside.kernel.batches import Reading, reads
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class Seat:
    """A colleague who approves, and up to how much: what is said of their seat, else of their role."""

    worker: Worker
    cents: int
    own: bool  # said of the seat itself


def approver_roles() -> list[Role]:
    """Return the roles that approve at all."""
    return roles_with("approve-fund")


def limits(worker: Worker) -> tuple[dict[str, int], list[Seat]]:
    """Return the limit of each role, and of each colleague who approves, in cents."""
    found = list(Limit.objects.filter(agency_id=worker.agency_id))
    by_role = {limit.role: limit.cents for limit in found if not limit.worker_id}
    by_seat = {limit.worker_id: limit.cents for limit in found if limit.worker_id}
    there = (
        colleagues(worker).select_related("agency").filter(role__in=approver_roles()).order_by("name", "pk")
    )
    return by_role, [
        Seat(each, by_seat.get(each.pk, by_role.get(each.role, 0)), each.pk in by_seat) for each in there
    ]


@reads
def limit_of(worker: Worker) -> Reading[int]:
    """Return up to how many cents this worker may approve; nothing unless somebody said so."""
    if not worker.may("approve-fund"):
        return 0
    found = _of_agency(worker)
    yield [found]
    own = [limit.cents for limit in found if limit.worker_id == worker.pk]
    role = [limit.cents for limit in found if limit.role == worker.role]
    return (own or role or [0])[0]


@prepared
def _of_agency(worker: Worker) -> QuerySet[Limit]:
    return Limit.objects.filter(agency_id=worker.agency_id)


def approvers(worker: Worker, cents: int) -> list[Worker]:
    """Return the colleagues who may approve what this worker asks for: never themselves."""
    _roles, seats = limits(worker)
    return [seat.worker for seat in seats if seat.worker.pk != worker.pk and seat.cents >= cents]
