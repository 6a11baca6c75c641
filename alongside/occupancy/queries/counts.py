"""Reading the counts: whose they are, over which time, and how full and how hard it was.

Sums of published counts; sources are never added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Greatest, Trunc

from alongside.occupancy.models import IntakeDay, Kind, Night, Source

if TYPE_CHECKING:
    from django.http import QueryDict


NIGHTLY, WEEKLY = (
    100,
    500,
)  # up to so many days a picture goes by night; up to so many by week; beyond, by month
Row = dict[str, Any]
OVER = Greatest(F("occupied") - F("actual"), 0)


@dataclass(frozen=True)
class Asked:
    """Which counts are looked at.

    A source of each kind, from when to when, and whether only emergency programmes.
    """

    nights: Source | None
    calls: Source | None
    period: str = ""
    emergency: bool = False
    first: date | None = None
    last: date | None = None

    def within(self) -> Q:
        """The condition on a date."""
        return Q(date__range=(self.first, self.last)) if self.first else Q()


def sources() -> list[Source]:
    """Everything there is to look at, the newest first."""
    return list(Source.objects.select_related("agency").order_by("-updated_at", "name"))


def asked_in(query: QueryDict, there: list[Source]) -> Asked:
    """Return what a page is asked for; anything it can't be is left out rather than refused."""
    period = query.get("period", "")
    first, last = span_of(period)
    return Asked(
        _chosen(there, Kind.NIGHTS, query.get("nights", "")),
        _chosen(there, Kind.CALLS, query.get("calls", "")),
        period if first else "",
        query.get("programmes") == "emergency",
        first,
        last,
    )


def span_of(period: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of `2024` or `2024-01`; nothing of anything else."""
    year, dash, month = period.partition("-")
    if not (period.isascii() and year.isdigit() and len(year) == 4 and 1980 <= int(year) <= 2200):
        return None, None
    if not dash:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if not (month.isdigit() and len(month) == 2 and 1 <= int(month) <= 12):
        return None, None
    first = date(int(year), int(month), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def bounds(asked: Asked) -> list[tuple[date, date]]:
    """The first and the last day that each of the chosen sources has."""
    found = []
    for table, source in ((Night, asked.nights), (IntakeDay, asked.calls)):
        ends = (
            table._default_manager.filter(source=source).aggregate(first=Min("date"), last=Max("date"))
            if source
            else {}
        )
        if ends.get("first"):
            found.append((ends["first"], ends["last"]))
    return found


def grain_of(first: date, last: date) -> str:
    """Return how finely a stretch of time is drawn: by `day`, `week` or `month`."""
    days = (last - first).days + 1
    return "day" if days <= NIGHTLY else "week" if days <= WEEKLY else "month"


def by_sector(asked: Asked, grain: str) -> list[Row]:
    """Places there and places free, by sector and unit, over time.

    `at, sector, unit, actual, unoccupied, nights`.
    """
    found = _nights(asked)
    if asked.emergency:
        found = found.filter(model="emergency")
    return list(
        found.annotate(at=Trunc("date", grain))
        .order_by("at", "sector", "unit")
        .values("at", "sector", "unit")
        .annotate(actual=Sum("actual"), unoccupied=Sum("unoccupied"), nights=Count("date", distinct=True))
    )


def for_women(asked: Asked) -> list[Row]:
    """Each night of the emergency programmes for women.

    `date, over, programmes, actual, occupied, beds, rooms` (over: beyond those there; beds, rooms: free).
    """
    return list(
        _nights(asked)
        .filter(sector="women", model="emergency")
        .order_by("date")
        .values("date")
        .annotate(
            over=Sum(OVER),
            programmes=Count("programme_key", distinct=True),
            actual=Sum("actual"),
            occupied=Sum("occupied"),
            beds=Sum("unoccupied", filter=Q(unit="bed"), default=0),
            rooms=Sum("unoccupied", filter=Q(unit="room"), default=0),
        )
    )


def over_capacity(asked: Asked) -> tuple[int, int]:
    """Return on how many nights more was taken than was there somewhere, and how many places that makes."""
    crowded = _nights(asked).filter(occupied__gt=F("actual"))
    if asked.emergency:
        crowded = crowded.filter(model="emergency")
    said = crowded.aggregate(nights=Count("date", distinct=True), places=Sum(OVER, default=0))
    return said["nights"], said["places"]


def by_outcome(asked: Asked, grain: str) -> list[Row]:
    """Calls over time: `at, days, coded, family, others` (the two: ended with no space)."""
    found = IntakeDay.objects.filter(asked.within(), source=asked.calls)
    return list(
        found.annotate(at=Trunc("date", grain))
        .order_by("at")
        .values("at")
        .annotate(days=Count("id"), coded=Sum(F("coded")), family=Sum("code_3a"), others=Sum("code_3b"))
    )


def _nights(asked: Asked) -> QuerySet[Night]:
    return Night.objects.filter(asked.within(), source=asked.nights)


def _chosen(there: list[Source], kind: Kind, said: str) -> Source | None:
    of_kind = [source for source in there if source.kind == kind]
    return next((source for source in of_kind if str(source.pk) == said), of_kind[0] if of_kind else None)
