"""What a funder is told of a pot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Sum

from alongside.agencies.queries import colleague
from alongside.disclosure.queries import AUDIENCES, SUM, Count, Cube, Shape, Table, protect
from alongside.fund import rules
from alongside.fund.ledger import SPENT
from alongside.fund.models import Entry, Pot, Report
from alongside.kernel import clock, vocabulary

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

KINDS = tuple(vocabulary.PURCHASES)
TABLE = Table("kind", "purchases", "kind")
ITS_OWN = 3  # an agency tells its funder of its own money: no other agency's number is in it
THRESHOLD = AUDIENCES["funder"].threshold


@dataclass(frozen=True)
class Row:
    """One kind as it is told: how many and how much, nothing where that is withheld."""

    label: str
    many: int | None
    cents: int | None


def reports_of(pot: Pot) -> list[Report]:
    """Return what was prepared or told of a pot, the newest first."""
    return list(Report.objects.filter(pot=pot))


def get_report(worker: Worker, report_id: UUID) -> Report:
    """Return one report of the worker's agency.

    :raises Report.DoesNotExist: if there is none, or they see none
    """
    return Report.objects.select_related("pot").get(agency_id=worker.agency_id, pk=report_id)


def halves(pot: Pot, today: date, there: list[Report]) -> list[str]:
    """Return the half-years of a pot that are over and of which nothing was prepared, the newest first."""
    told, half = {report.half for report in there}, rules.half_of(clock.shared_day(pot.opened_at))
    found: list[str] = []
    while (end := rules.span_of(half)[1]) <= today:
        found.append(half)
        half = rules.half_of(end)
    return [half for half in reversed(found) if half not in told]


def cannot_tell(worker: Worker, report: Report) -> rules.CannotTell | None:
    """Return why this worker can't let a report be told, in the rule's own words; nothing if they can."""
    try:
        rules.check_can_tell(worker, report, prepared_by=colleague(worker, report.prepared_by).account_id)
    except rules.CannotTell as refusal:
        return refusal
    return None


def rows_of(report: Report) -> tuple[list[Row], Row]:
    """Return a report as it is read: each kind of which anything is told, and all together."""
    rows = [
        Row(vocabulary.label("purchases", code), many, cents)
        for code, many, cents in report.figures["rows"]
        if many is not None
    ]
    return rows, Row("", *report.figures["total"])


def counted(pot: Pot, half: str) -> dict[str, Any]:
    """Return the totals of a pot and a half-year by kind.

    Small ones are withheld, and what would give them away.

    A request is counted once, however often it was paid.
    """
    first, after = (clock.shared_midnight(day) for day in rules.span_of(half))
    spent = (
        Entry.objects.filter(
            transaction__pot=pot,
            transaction__made_at__gte=first,
            transaction__made_at__lt=after,
            account__in=SPENT,
        )
        .values_list("transaction__purchase_id", "transaction__purchase__kind")
        .annotate(cents=Sum("cents"))
        .order_by()
    )
    many, cents = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
    for _purchase, kind, of_it in spent:
        many[kind] += of_it > 0
        cents[kind] += of_it
    return protected(many, cents, seed=f"{pot.pk} {half}")


def protected(many: dict[str, int], cents: dict[str, int], seed: str) -> dict[str, Any]:
    """Return totals by kind as they may be told: numbers of requests decide, amounts follow them."""
    shape = Shape("fund", {"purchases": ("kind",)}, {"kind": KINDS})
    counts: dict[tuple[str, ...], Count] = {
        ("purchases", kind): Count(n, ITS_OWN) for kind, n in many.items() if n
    }
    counts[("purchases", SUM)] = Count(sum(many.values()), ITS_OWN)
    withheld = protect(TABLE, Cube(shape, counts), THRESHOLD, seed=seed).withheld
    shown = {kind: ("purchases", kind) not in withheld for kind in (*KINDS, SUM)}
    total = (sum(many.values()), sum(cents.values())) if shown[SUM] else (None, None)
    return {
        "rows": [[kind, many[kind], cents[kind]] if shown[kind] else [kind, None, None] for kind in KINDS],
        "total": total,
    }
