"""Who is away, and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from alongside.agencies.queries import colleagues, names_of
from alongside.handovers.models import Absence
from alongside.kernel import clock
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def absences(worker: Worker) -> list[tuple[Absence, str]]:
    """Return who of the agency is away, each with their name, whoever is back first first."""
    found = list(
        Absence.objects.filter(agency_id=worker.agency_id, back_on__gt=clock.today()).order_by(
            "back_on", "worker_id"
        )
    )
    names = names_of(worker, {absence.worker_id for absence in found}) if found else {}
    return [(absence, names[absence.worker_id]) for absence in found if absence.worker_id in names]


@prepared
def absence_of(worker: Worker) -> QuerySet[Absence]:
    """The absence of this worker, if they are away."""
    return Absence.objects.filter(worker_id=worker.pk, back_on__gt=clock.today())


def away_until(worker_id: UUID) -> date | None:
    """Return on which day a worker is back, if they are away."""
    there = Absence.objects.filter(worker_id=worker_id, back_on__gt=clock.today()).first()
    return there.back_on if there else None


def get_absence(worker: Worker, absence_id: UUID) -> Absence:
    """Return one that this worker may end: their own, or whoever's if they pass things on.

    :raises Absence.DoesNotExist: if there is none
    """
    found = Absence.objects.get(agency_id=worker.agency_id, id=absence_id)
    if found.worker_id != worker.pk and not worker.may("hand-over"):
        raise Absence.DoesNotExist
    return found


def could_be_away(worker: Worker) -> list[Worker]:
    """Return the colleagues who meet people, of whom things would wait."""
    return [one for one in colleagues(worker).select_related("agency") if one.meets_people]
