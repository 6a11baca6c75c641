"""Reading the gaps: counts of requests, never of people.

Inside one's own agency the numbers are as they are (practice.md 6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from alongside.gaps.models import Cause, Gap
from alongside.gaps.rules import may_look, may_write_down
from alongside.kernel import geography, vocabulary
from alongside.kernel.charts import bar_width

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

__all__ = [
    "Bar",
    "by_barrier",
    "by_cost",
    "by_need",
    "by_quarter",
    "by_region",
    "by_wait",
    "by_way_out",
    "gaps",
    "hindering",
    "may_look",
    "may_write_down",
    "quarters",
]

LONG = ("months_3_6", "months_6_12", "over_year", "closed")  # waits past three months


@dataclass(frozen=True)
class Bar:
    """One row of a figure and of its table.

    What, how many requests, and how wide beside the largest (0 to 100).
    """

    code: str
    label: str
    count: int
    width: int


@dataclass(frozen=True)
class Hindered:
    """One need, how many requests for it came to nothing, and what stood in the way most often."""

    label: str
    count: int
    barriers: list[Bar]


def quarters(worker: Worker) -> list[str]:
    """The quarters in which the asker's agency has gaps, newest first."""
    return list(Gap.objects.order_by("-quarter").values_list("quarter", flat=True).distinct())


def gaps(worker: Worker, quarter: str = "", *, answered: bool = False) -> QuerySet[Any]:
    """The gaps the asker's agency met as the one that asked.

    Or, `answered`, as the one that had to say no.
    """
    mine = {"asked_agency_id": worker.agency_id} if answered else {"asking_agency_id": worker.agency_id}
    found = Gap.objects.filter(**mine).annotate(met=_met())
    return found.filter(quarter=quarter) if quarter else found


def _met() -> Coalesce:
    """What stood in the way: as the agency that was asked knows it, where that is oneself.

    Else what both sides were told.
    """
    return Coalesce(Subquery(Cause.objects.filter(gap=OuterRef("pk")).values("barriers")), F("barriers"))


def by_need(found: QuerySet[Gap]) -> list[Bar]:
    """How many requests came to nothing, by what was sought."""
    return _largest_first(_counted(found, "need"), "needs")


def by_barrier(found: QuerySet[Any]) -> list[Bar]:
    """How often each barrier stood in the way; one request may meet several."""
    return _largest_first(
        Counter(b for barriers in found.values_list("met", flat=True) for b in barriers), "barriers"
    )


def by_wait(found: QuerySet[Gap]) -> list[Bar]:
    """How long the wait would have been, where somebody said, in the order of the bands."""
    counts = _counted(found.exclude(wait_band=""), "wait_band")
    return _bars([(band, counts[band]) for band in vocabulary.WAIT_BANDS if band in counts], "wait_bands")


def by_cost(found: QuerySet[Gap]) -> list[Bar]:
    """About how much money it would have taken, where that is known, in the order of the bands."""
    counts = _counted(found.exclude(cost_band=""), "cost_band")
    return _bars([(band, counts[band]) for band in vocabulary.COST_BANDS if band in counts], "cost_bands")


def by_way_out(found: QuerySet[Gap]) -> list[Bar]:
    """What was done instead, where somebody said."""
    return _largest_first(_counted(found.exclude(workaround=""), "workaround"), "workarounds")


def by_region(found: QuerySet[Gap]) -> list[Bar]:
    """How many in each coarse region; nothing finer is kept."""
    counts = _counted(found, "region")
    largest = max(counts.values(), default=1)
    names = {code: str(area) for code, area in geography.REGIONS.items()}
    return [
        Bar(code, names.get(code, _("Not known")), n, bar_width(n, largest))
        for code, n in sorted(counts.items(), key=_larger)
    ]


def by_quarter(found: QuerySet[Gap]) -> list[Bar]:
    """How many a quarter, oldest first; a quarter without any stands between as none."""
    counts = _counted(found, "quarter")
    largest = max(counts.values(), default=1)
    return [
        Bar(q, quarter_name(q), counts.get(q, 0), bar_width(counts.get(q, 0), largest))
        for q in _from_to(sorted(counts))
    ]


def hindering(found: QuerySet[Any], needs: int = 5, barriers: int = 3) -> list[Hindered]:
    """What stood in the way of each of the most wanted needs, most often first."""
    per_need: dict[str, Counter[str]] = {}
    for need, met in found.values_list("need", "met"):
        per_need.setdefault(need, Counter()).update(met)
    return [
        Hindered(bar.label, bar.count, _largest_first(per_need[bar.code], "barriers")[:barriers])
        for bar in by_need(found)[:needs]
    ]


def quarter_name(quarter: str) -> str:
    """Return a quarter as it is said: its months and its year."""
    year, number = quarter.split("-Q")
    months = {
        "1": _("January to March"),
        "2": _("April to June"),
        "3": _("July to September"),
        "4": _("October to December"),
    }
    return f"{months[number]} {year}"


def _counted(found: QuerySet[Gap], column: str) -> dict[str, int]:
    return dict(found.order_by().values_list(column).annotate(n=Count("id")))


def _larger(row: tuple[str, int]) -> tuple[int, str]:
    return -row[1], row[0]


def _largest_first(counts: dict[str, int], words: str) -> list[Bar]:
    return _bars(sorted(counts.items(), key=_larger), words)


def _bars(rows: Iterable[tuple[str, int]], words: str) -> list[Bar]:
    rows = list(rows)
    largest = max((n for _code, n in rows), default=1)
    return [
        Bar(code, str(vocabulary.label(words, code)) if code else _("Not said"), n, bar_width(n, largest))
        for code, n in rows
    ]


def _from_to(quarters: list[str]) -> list[str]:
    """Every quarter from the first to the last."""
    if not quarters:
        return []
    first, last = (int(q[:4]) * 4 + int(q[-1]) - 1 for q in (quarters[0], quarters[-1]))
    return [f"{place // 4}-Q{place % 4 + 1}" for place in range(first, last + 1)]
