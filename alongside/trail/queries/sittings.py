"""Looks as people tell them: one sitting is one line, and a list is one line a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from alongside.kernel.batches import Reading, reads
from alongside.kernel.prepared import prepared
from alongside.trail import actions
from alongside.trail.models import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

READ, ENDED = "files.read", "trail.sitting_ended"
# the further kinds of information opened in a sitting, and its end: they stand on the line where it began
GOES_ON = (Q(action=READ, item_id__isnull=False) & ~Q(item_id=F("id"))) | Q(action=ENDED)


WHOSE = ("day", "action", "agency_id", "role", "worker_id")


@dataclass(frozen=True)
class Look:
    """What an entry of a look began: which kinds of information were opened.

    Of a sitting that is over also when they last looked, and how often.
    """

    kinds: list[str]
    until: datetime | None = None
    times: int = 1


def readings(file_id: UUID) -> QuerySet[Entry]:
    """Who read this file, newest first: of each sitting the entry it began with."""
    once = actions.looks() - actions.lists()
    return Entry.objects.filter(file_id=file_id, action__in=once).exclude(GOES_ON).order_by("-at", "-id")


def readers_since(file_id: UUID, since: datetime) -> list[tuple[UUID | None, str, datetime]]:
    """Who read this file since then, by agency and role, each with when last; the latest first."""
    readers = readings(file_id).filter(at__gte=since).order_by().values_list("agency_id", "role")
    return list(readers.annotate(last=Max("at")).order_by("-last"))


@reads
def colleagues_who_looked(
    agency_id: UUID, file_ids: Collection[UUID], since: datetime
) -> Reading[dict[UUID, dict[UUID, datetime]]]:
    """Which workers of an agency looked into its files since a moment; lists are no looks.

    :return: by file, by the number of the worker, when last; in one statement, however many files
    """
    lasts = _lasts(agency_id, file_ids, since)
    yield [lasts]
    found: dict[UUID, dict[UUID, datetime]] = {}
    for file_id, worker_id, last in lasts:
        found.setdefault(file_id, {})[worker_id] = last
    return found


@prepared
def _lasts(
    agency_id: UUID, file_ids: Collection[UUID], since: datetime
) -> QuerySet[Entry, tuple[UUID, UUID, datetime]]:
    once = sorted(actions.looks() - actions.lists() - {ENDED})
    looked = Entry.objects.filter(
        file_id__in=file_ids, custodian_id=agency_id, agency_id=agency_id, action__in=once, at__gte=since
    )
    return looked.order_by().values_list("file_id", "worker_id").annotate(last=Max("at"))


def looks_begun_by(entries: Iterable[Entry]) -> dict[UUID, Look]:
    """Put together what each of these entries began, by its id; acts and lists begin nothing."""
    firsts = [e for e in entries if e.action in actions.looks() - actions.lists()]
    sat = [e for e in firsts if e.action == READ and e.item_id]
    rest: dict[UUID | None, list[Entry]] = {}
    if sat:
        of = {"file_id__in": {e.file_id for e in sat}, "item_id__in": {e.item_id for e in sat}}
        for entry in Entry.objects.filter(GOES_ON, **of).order_by("at", "id"):
            rest.setdefault(entry.item_id, []).append(entry)
    words = {code: str(kind) for code, kind in actions.kinds().items()}
    return {e.id: _look(e, rest.get(e.id, []), words) for e in firsts}


def _look(first: Entry, rest: list[Entry], words: Mapping[str, str]) -> Look:
    codes = dict.fromkeys(e.item_kind for e in (first, *rest))
    kinds = [words[code] for code in codes if code in words]
    for end in rest:
        if end.action == ENDED:
            return Look(kinds, end.at, end.count or 1)
    return Look(kinds)


class Listed(Protocol):
    """A list in which a file stood that day: whose, which, when last, and how often."""

    action: str
    agency_id: UUID | None
    role: str
    day: date
    at: datetime
    times: int


def lists_of(file_id: UUID, before: date | None) -> QuerySet[Entry, Listed]:
    """In which lists this file stood, the latest day first; each list of somebody's day once."""
    days = Entry.objects.filter(file_id=file_id, action__in=actions.lists()).annotate(day=TruncDate("at"))
    if before:
        days = days.filter(day__lt=before)
    each = days.values(*WHOSE).annotate(at=Max("at"), times=Count("xid", distinct=True))
    return each.order_by("-day", "-at").values_list(*WHOSE, "at", "times", named=True)
