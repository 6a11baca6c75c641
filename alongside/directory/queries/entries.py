"""Reading entries: those a worker may see, and those their own agency keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.directory.models import Entry, Opening
from alongside.kernel import clock

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


SHOWN: Final = Q(hidden_at=None, closed_at=None)


def visible_to(viewer: Worker | None) -> QuerySet[Entry]:
    """Every entry this worker may see: all that isn't hidden or closed, and their own agency's."""
    mine = Q(agency_id=viewer.agency_id) if viewer else Q(pk__in=[])
    return Entry.objects.filter(SHOWN | mine)


def get_entry(viewer: Worker, entry_id: UUID) -> Entry:
    """Return one entry, with who keeps it and whom one can ask.

    :raises Entry.DoesNotExist: if there is none, or it is hidden from this worker
    """
    return visible_to(viewer).select_related("offered_by", "source", "agency").get(pk=entry_id)


def opening_hours(entry: Entry) -> list[tuple[int, list[Opening]]]:
    """Return when an entry is open this week, as `(weekday, [opening, …])`, empty where nobody said."""
    today = clock.today()
    openings = Opening.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=today),
        Q(valid_to=None) | Q(valid_to__gte=today),
        entry_id=entry.pk,
    )
    by_day: dict[int, list[Opening]] = {}
    for opening in openings:
        by_day.setdefault(opening.weekday, []).append(opening)
    return [(number, by_day.get(number, [])) for number in range(7)] if by_day else []


def own_entries(viewer: Worker) -> QuerySet[Entry]:
    """The entries that the worker's agency keeps by hand, hidden ones included."""
    return Entry.objects.filter(agency_id=viewer.agency_id, source=None).order_by("name").defer("words")


def offers_of(agency_id: UUID) -> QuerySet[Entry]:
    """The entries through which an agency can be asked here."""
    return Entry.objects.filter(SHOWN, offered_by_id=agency_id).order_by("name").defer("words")


def size() -> int:
    """How many entries the directory holds, roughly where there are very many."""
    return Entry.objects.filter(SHOWN).count()
