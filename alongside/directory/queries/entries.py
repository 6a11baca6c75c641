"""Reading entries: those a worker may see, and those their own agency keeps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

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


def find_entry(viewer: Worker, entry_id: UUID) -> Entry | None:
    """Return one entry if there is one that this worker may see."""
    return visible_to(viewer).select_related("offered_by").filter(pk=entry_id).first()


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


def offered(need: str = "") -> QuerySet[Entry]:
    """The entries through which an agency can be asked here, for this need or any."""
    found = Entry.objects.filter(SHOWN, offered_by__isnull=False)
    return (found.filter(needs__contains=[need]) if need else found).order_by("name").defer("words")


def open_among(ids: Collection[UUID]) -> set[UUID]:
    """Which of these entries are open at this moment, of those that say their hours."""
    return set(Entry.objects.filter(Exists(open_at(clock.now())), id__in=ids).values_list("id", flat=True))


def size() -> int:
    """How many entries the directory holds, roughly where there are very many."""
    return Entry.objects.filter(SHOWN).count()


def open_at(moment: datetime) -> QuerySet[Opening]:
    """The openings of an outer query's entry that hold at a moment."""
    here = clock.local(moment)
    time, today, day = here.time(), here.weekday(), clock.day(moment)
    overnight = Q(closes_at__lte=F("opens_at"))
    now = (Q(weekday=today, opens_at__lte=time) & (Q(closes_at__gt=time) | overnight)) | (
        Q(weekday=(today - 1) % 7, closes_at__gt=time) & overnight
    )
    valid = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))
    return Opening.objects.filter(now, valid, entry_id=OuterRef("pk"))
