"""The gaps as figures.

Each has a sentence that says what was found, a picture, words for who doesn't see it, and the table beneath.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.gaps import queries
from alongside.kernel.punctuation import labelled, listed, within

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from alongside.gaps.models import Gap
    from alongside.gaps.queries import Bar

MOST = 10  # rows drawn; the table has them all


@dataclass(frozen=True)
class Figure:
    """One figure: what it is of, what it found, its rows, and what its table's first column is called."""

    code: str
    finding: str
    rows: list[Bar]
    column: str

    @property
    def drawn(self) -> list[Bar]:
        """The rows that are drawn."""
        return self.rows[:MOST]

    @property
    def more(self) -> int:
        """How many rows stand in the table only."""
        return len(self.rows) - len(self.drawn)

    @property
    def spoken(self) -> str:
        """The picture in words."""
        return listed(labelled(row.label, row.count) for row in self.drawn)


def of_quarter(found: QuerySet[Gap]) -> list[Figure]:
    """The figures of one quarter, or of all of them; only those that say something."""
    total = found.count()
    figures = [
        Figure("need", _of_need(queries.by_need(found), total), queries.by_need(found), _("What was sought")),
        Figure(
            "barrier",
            _of_barrier(queries.by_barrier(found)),
            queries.by_barrier(found),
            _("What stood in the way"),
        ),
        Figure(
            "wait",
            _of_wait(queries.by_wait(found)),
            queries.by_wait(found),
            _("How long the wait would have been"),
        ),
        Figure(
            "cost",
            _of_cost(queries.by_cost(found)),
            queries.by_cost(found),
            _("How much money it would have taken"),
        ),
        Figure(
            "instead",
            _of_way_out(queries.by_way_out(found)),
            queries.by_way_out(found),
            _("What was done instead"),
        ),
        Figure("region", _of_region(queries.by_region(found), total), queries.by_region(found), _("Region")),
    ]
    return [figure for figure in figures if figure.rows]


def over_time(found: QuerySet[Gap]) -> Figure | None:
    """How many each quarter, if there is more than one."""
    rows = queries.by_quarter(found)
    return Figure("quarter", _of_quarters(rows), rows, _("Quarter")) if len(rows) > 1 else None


def _of_need(rows: list[Bar], total: int) -> str:
    if not rows:
        return ""
    return ngettext(
        "Sought most often and not to be had: %(what)s, %(n)s of %(total)s request",
        "Sought most often and not to be had: %(what)s, %(n)s of %(total)s requests",
        total,
    ) % {"what": within(rows[0].label), "n": rows[0].count, "total": total}


def _of_barrier(rows: list[Bar]) -> str:
    if not rows:
        return ""
    times = ngettext("%(n)s request", "%(n)s requests", rows[0].count) % {"n": rows[0].count}
    return _("What stood in the way most often: %(what)s, in %(times)s") % {
        "what": within(rows[0].label),
        "times": times,
    }


def _of_wait(rows: list[Bar]) -> str:
    long, total = sum(row.count for row in rows if row.code in queries.LONG), sum(row.count for row in rows)
    return ngettext(
        "%(n)s of %(total)s waiting lists was longer than three months, or closed",
        "%(n)s of %(total)s waiting lists were longer than three months, or closed",
        long,
    ) % {"n": long, "total": total}


def _of_cost(rows: list[Bar]) -> str:
    if not rows:
        return ""
    most, total = max(rows, key=lambda row: row.count), sum(row.count for row in rows)
    return ngettext(
        "What money was lacking for would mostly have cost %(what)s: %(n)s of %(total)s request",
        "What money was lacking for would mostly have cost %(what)s: %(n)s of %(total)s requests",
        total,
    ) % {"what": within(most.label), "n": most.count, "total": total}


def _of_way_out(rows: list[Bar]) -> str:
    nothing, total = sum(row.count for row in rows if row.code == "none"), sum(row.count for row in rows)
    return ngettext(
        "In %(n)s of %(total)s request nothing could be done instead",
        "In %(n)s of %(total)s requests nothing could be done instead",
        total,
    ) % {"n": nothing, "total": total}


def _of_region(rows: list[Bar], total: int) -> str:
    if not rows:
        return ""
    if len(rows) == 1:
        return _("All of these requests were made in the region %(what)s") % {"what": rows[0].label}
    return ngettext(
        "%(n)s of %(total)s requests was made in the region %(what)s",
        "%(n)s of %(total)s requests were made in the region %(what)s",
        rows[0].count,
    ) % {"n": rows[0].count, "total": total, "what": rows[0].label}


def _of_quarters(rows: list[Bar]) -> str:
    if len(rows) < 2:
        return ""
    now, before = rows[-1].count, rows[-2].count
    said = {"n": now, "before": before, "quarter": rows[-1].label}
    if now > before:
        return (
            ngettext(
                "%(quarter)s: %(n)s request so far, more than the %(before)s of the quarter before",
                "%(quarter)s: %(n)s requests so far, more than the %(before)s of the quarter before",
                now,
            )
            % said
        )
    return (
        ngettext(
            "%(quarter)s: %(n)s request so far, after %(before)s in the quarter before",
            "%(quarter)s: %(n)s requests so far, after %(before)s in the quarter before",
            now,
        )
        % said
    )
