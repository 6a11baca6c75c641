"""Reading the trail: what happened to a file, and who looked."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from itertools import groupby
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.kernel import clock
from alongside.kernel.sent import as_id, as_moment
from alongside.trail import actions
from alongside.trail.models import Entry
from alongside.trail.queries import sittings


def acts(file_id: UUID) -> QuerySet[Entry]:
    """What was done about this file, newest first, as far as the asker may know."""
    return Entry.objects.filter(file_id=file_id).exclude(action__in=actions.looks()).order_by("-at", "-id")


def beginnings(
    agency_id: UUID,
    *,
    sorts: Collection[str] = ("acts", "looks", "lists"),
    file_id: UUID | None = None,
    worker_id: UUID | None = None,
    is_elsewhere: bool = False,
    action: str = "",
    subject: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """Everything about any file of this custodian, newest first, of each sitting only where it began.

    For its privacy officer. The rest leaves some of it out.

    :param sorts: acts, looks or lists, if no one `action` is asked for
    :param subject: the capability whose codes are wanted
    :param is_elsewhere: only what workers of other agencies did or read
    :param since: the first day, by the reader's calendar; `until` the last
    """
    entries = Entry.objects.filter(custodian_id=agency_id).exclude(sittings.GOES_ON)
    if action:
        entries = entries.filter(action=action)
    elif set(sorts) != {"acts", "looks", "lists"}:
        entries = entries.filter(_of(sorts))
    if subject:
        entries = entries.filter(action__startswith=f"{subject}.")
    if file_id:
        entries = entries.filter(file_id=file_id)
    if worker_id:
        entries = entries.filter(worker_id=worker_id)
    if is_elsewhere:
        entries = entries.exclude(agency_id=agency_id)
    if since:
        entries = entries.filter(at__gte=clock.beginning_of(since))
    if until:
        entries = entries.filter(at__lte=clock.end_of(until))
    return entries.order_by("-at", "-id")


def _of(sorts: Collection[str]) -> Q:
    lists, looks = actions.lists(), actions.looks()
    each = {
        "acts": ~Q(action__in=looks),
        "looks": Q(action__in=looks - lists),
        "lists": Q(action__in=lists),
    }
    return reduce(or_, (each[sort] for sort in sorts))


def as_opened(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield entries as they were made: the files of one list together, everything else by itself."""

    def list_of(entry: Entry) -> tuple[object, ...]:
        return (entry.xid, entry.action) if entry.action in actions.lists() else (entry.id,)

    return (list(together) for _key, together in groupby(entries, list_of))


def page_of(entries: QuerySet[Entry], before: str, size: int) -> tuple[list[Entry], str]:
    """Return so many entries, and after which of them the next page begins; nothing if there is none.

    :param entries: newest first
    :param before: what this returned for the page before, or anything else for the first one
    """
    moment, _, number = before.partition("~")
    at, last = as_moment(moment), as_id(number)
    if at:
        entries = entries.filter(at__lte=at).exclude(at=at, id__gte=last)
    page = list(entries[: size + 1])
    shown = page[:size]
    return shown, f"{shown[-1].at.isoformat()}~{shown[-1].id}" if len(page) > size else ""


def describe(entry: Entry | sittings.Listed, names: Mapping[UUID | None, str]) -> str:
    """Return what an entry tells, in a sentence.

    The agencies' names stand in it as they may be shown to whoever reads it.
    """
    return actions.sentence(entry.action, names.get(entry.agency_id, ""), entry.role)
