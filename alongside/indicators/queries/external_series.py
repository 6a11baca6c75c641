"""Indicators from outside: what a city publishes of its own intake line.

Their counts are public already and need no protection; they are never added to ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from alongside.disclosure import queries as disclosure
from alongside.occupancy import queries as occupancy

if TYPE_CHECKING:
    from alongside.occupancy.models import Source


@dataclass(frozen=True)
class Share:
    """Of so many calls whose outcome was noted in a stretch of time, how many ended with no space.

    Of how many days.
    """

    label: str
    first: date
    days: int
    family: int
    others: int
    coded: int

    @property
    def part(self) -> int:
        """The calls that ended with no space."""
        return self.family + self.others

    @property
    def percent(self) -> float:
        """Their share in percent."""
        return 100 * self.part / self.coded if self.coded else 0.0

    @property
    def said(self) -> str:
        """The share as it is said."""
        return _("%(n)s per cent") % {"n": number_format(self.percent, 1)}


@dataclass(frozen=True)
class ExternalSeries:
    """An indicator as it is published: what it says, what it is of, and every half-year of it."""

    source: Source
    finding: str
    definition: str
    numerator: str
    denominator: str
    period: str
    caveat: str
    halves: list[Share]


def calls_without_space(source: Source | None = None) -> ExternalSeries | None:
    """Return the share of calls to a central intake line that ended with no space, by half-year.

    Nothing where no counts were brought in.
    """
    source = source or next((listed for listed in occupancy.sources() if listed.kind == "calls"), None)
    asked = occupancy.Asked(None, source) if source else None
    halves = _halves(occupancy.by_outcome(asked, "month")) if asked else []
    if not source or not asked or not halves:
        return None
    first, last = occupancy.bounds(asked)[0]
    whole = Share(
        "",
        first,
        sum(h.days for h in halves),
        sum(h.family for h in halves),
        sum(h.others for h in halves),
        sum(h.coded for h in halves),
    )
    said = {"part": _count(whole.part), "whole": _count(whole.coded), "share": whole.said}
    return ExternalSeries(
        source,
        _("%(part)s of %(whole)s calls to central intake ended with no space: %(share)s") % said,
        _("How often somebody who called for a place to sleep was told that there is none."),
        _("Calls coded as ended with no space in the shelter system, for families and for others."),
        _(
            "Calls answered whose outcome was noted. Calls nobody answered, and those without a noted "
            "outcome, are in neither number."
        ),
        _("%(first)s to %(last)s, days the city published") % {"first": _day(first), "last": _day(last)},
        _(
            "Calls, not people: somebody who calls three times is three calls. A half-year the file begins "
            "or ends in is not whole."
        ),
        halves,
    )


def _halves(months: list[occupancy.Row]) -> list[Share]:
    found: dict[tuple[int, int], list[occupancy.Row]] = {}
    for month in months:
        found.setdefault((month["at"].year, 1 if month["at"].month < 7 else 2), []).append(month)
    return [
        Share(
            disclosure.half_said(f"{year}-H{half}"),
            date(year, 1 if half == 1 else 7, 1),
            *(sum(month[name] for month in rows) for name in ("days", "family", "others", "coded")),
        )
        for (year, half), rows in sorted(found.items())
    ]


def _count(number: int) -> str:
    return number_format(number, 0, force_grouping=True)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
