"""Who belongs where, as far as the asker may know."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.agencies.models import MEETS_PEOPLE, Account, Agency, Worker


def seated(worker_id: UUID) -> Worker | None:
    """Return a worker with their agency and account in one statement, if the signed context may see them."""
    return Worker.objects.select_related("agency", "account").filter(pk=worker_id, left_at=None).first()


def get_agency(agency_id: UUID) -> Agency:
    """Return one agency.

    :raises Agency.DoesNotExist: if there is none
    """
    return Agency.objects.get(pk=agency_id)


def agencies_by_id(ids: "set[UUID] | list[UUID]") -> dict[UUID, Agency]:
    """Return these agencies by their id, in one statement."""
    return Agency.objects.in_bulk(list(ids))


def other_agencies(worker: Worker) -> QuerySet[Agency]:
    """Every agency but the worker's own: whom one could ask."""
    return Agency.objects.exclude(pk=worker.agency_id)


def colleagues(worker: Worker) -> QuerySet[Worker]:
    """The workers of the asker's own agency who are there now."""
    return Worker.objects.filter(agency_id=worker.agency_id, left_at=None)


def colleagues_who_meet_people(worker: Worker) -> QuerySet[Worker]:
    """The colleagues a person could choose as their lead worker."""
    return colleagues(worker).filter(role__in=MEETS_PEOPLE)


def names_of(worker: Worker, ids: "set[UUID]") -> dict[UUID, str]:
    """Names of these workers, as far as they are the asker's colleagues or were."""
    return dict(Worker.objects.filter(pk__in=ids, agency_id=worker.agency_id).values_list("pk", "name"))


def account_named(username: str) -> Account | None:
    """Return the account of that user name; only at the door, or one's own."""
    return Account.objects.filter(username__iexact=username).first()
