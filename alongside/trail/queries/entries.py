"""Reading the trail: what happened to a file, and who looked."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from alongside.trail import actions
from alongside.trail.models import Entry


def of_file(file_id: UUID) -> QuerySet[Entry]:
    """Everything the asker may know that was done or read about this file, newest first."""
    return Entry.objects.filter(file_id=file_id).order_by("-at", "-id")


def of_custodian(agency_id: UUID) -> QuerySet[Entry]:
    """Everything about any file of this custodian, newest first: for its privacy officer."""
    return Entry.objects.filter(custodian_id=agency_id).order_by("-at", "-id")


def describe(entry: Entry, names: Mapping[UUID, str]) -> str:
    """Return what an entry tells, in a sentence.

    The agencies' names stand in it as they may be shown to whoever reads it.
    """
    return actions.describe(entry, names)
