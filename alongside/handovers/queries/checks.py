"""Who said they would check on whom, and when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from alongside.agencies.queries import names_of_keepers
from alongside.files import queries as files
from alongside.handovers.models import Check
from alongside.kernel import clock
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def get_check(worker: Worker, check_id: UUID) -> Check:
    """Return one that this worker may see.

    :raises Check.DoesNotExist: if there is none
    """
    return Check.objects.get(agency_id=worker.agency_id, id=check_id)


@prepared
def checked_by(worker: Worker, until: date) -> QuerySet[Check]:
    """On whom this worker said they would check by then, and did not yet."""
    theirs = Check.objects.filter(agency_id=worker.agency_id, worker_id=worker.pk, done_at=None)
    theirs = theirs.filter(file_id__in=files.still_open(worker).values("id"))
    return theirs.filter(due_on__lte=until).order_by("due_on", "id")[:20]


@prepared
def fallen(worker: Worker, today: date) -> QuerySet[Check]:
    """On whom a colleague was to check on a day that is over: their backup's then, and whoever's is on."""
    over = Check.objects.filter(agency_id=worker.agency_id, due_on__lt=today, done_at=None)
    cared_for = over.filter(file_id__in=files.in_care_of(worker).filter(closed_at=None).values("id"))
    return cared_for.exclude(worker_id=worker.pk).order_by("due_on", "id")[:20]


@prepared
def done_since(worker: Worker, since: datetime) -> QuerySet[Check]:
    """On whom this worker checked since then."""
    done = Check.objects.filter(agency_id=worker.agency_id, done_by=worker.pk, done_at__gte=since)
    return done.order_by("-done_at", "id")[:20]


def checks_of_file(worker: Worker, file_id: UUID) -> list[tuple[Check, str]]:
    """Who is to check on the person of a file, and when: those who are there."""
    found = list(
        Check.objects.filter(agency_id=worker.agency_id, file_id=file_id, done_at=None).order_by(
            "due_on", "id"
        )
    )
    names = names_of_keepers(worker, {check.worker_id for check in found}) if found else {}
    return [(check, names.get(check.worker_id, "")) for check in found]


def days_ahead() -> list[date]:
    """The days that are offered first: the next three, and in a week."""
    today = clock.today()
    return [today + timedelta(days=n) for n in (1, 2, 3, 7)]
