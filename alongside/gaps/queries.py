"""Reading the gaps: counts of requests, never of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce

from alongside.gaps.models import Gap
from alongside.kernel import vocabulary

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class Bar:
    """One row of a figure and of its table: what, how many requests, and how wide beside the largest (0 to 100)."""

    label: str
    count: int
    width: int


def quarters(worker: Worker) -> list[str]:
    """The quarters in which the asker's agency has gaps, newest first."""
    return list(Gap.objects.order_by("-quarter").values_list("quarter", flat=True).distinct())


def gaps(worker: Worker, quarter: str = "") -> QuerySet[Gap]:
    """The gaps the asker's agency met as the one that asked."""
    found = Gap.objects.filter(asking_agency_id=worker.agency_id)
    return found.filter(quarter=quarter) if quarter else found


def by_need(found: QuerySet[Gap]) -> list[Bar]:
    """How many requests came to nothing, by what was sought."""
    return _bars(found.values_list("need").annotate(n=Count("id")), "needs")


def by_barrier(found: QuerySet[Gap]) -> list[Bar]:
    """How often each barrier stood in the way; one request may meet several."""
    counts: dict[str, int] = {}
    for barriers in found.values_list("barriers", flat=True):
        for barrier in barriers:
            counts[barrier] = counts.get(barrier, 0) + 1
    return _bars(counts.items(), "barriers")


def by_wait(found: QuerySet[Gap]) -> list[Bar]:
    """How long the wait would have been, in the order of the bands."""
    rows = dict(found.exclude(wait_band="").values_list(Coalesce("wait_band", "wait_band")).annotate(n=Count("id")))
    ordered = [(code, rows[code]) for code in vocabulary.WAIT_BANDS if code in rows]
    return _bars(ordered, "wait_bands", keep_order=True)


def by_quarter(found: QuerySet[Gap]) -> list[Bar]:
    """How many a quarter, oldest first."""
    rows = sorted(found.values_list("quarter").annotate(n=Count("id")))
    largest = max((n for _, n in rows), default=1)
    return [Bar(quarter, n, round(100 * n / largest)) for quarter, n in rows]


def _bars(rows: object, words: str, *, keep_order: bool = False) -> list[Bar]:
    counted = [(code, n) for code, n in rows]  # type: ignore[attr-defined]
    if not keep_order:
        counted.sort(key=lambda row: (-row[1], row[0]))
    largest = max((n for _, n in counted), default=1)
    return [Bar(str(vocabulary.label(words, code) if code else "—"), n, round(100 * n / largest)) for code, n in counted]
