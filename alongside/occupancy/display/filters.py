"""What can be chosen on the page of figures, as plain links."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from alongside.occupancy import queries

if TYPE_CHECKING:
    from datetime import date

    from alongside.occupancy.models import Source
    from alongside.occupancy.queries import Asked

Link = tuple[str, str, bool]  # the words, where it leads, whether it is what is shown now
MOST_MONTHS = 12


def links(asked: Asked, there: list[Source]) -> list[tuple[str, list[Link]]]:
    """Return what can be chosen: `(what it is about, its links)`; only where there is something to choose."""
    groups = [(_("When"), _when(asked)), (_("Which programmes"), _programmes(asked) if asked.nights else [])]
    for kind, words in ((queries.Kind.NIGHTS, _("Counts of")), (queries.Kind.CALLS, _("Calls of"))):
        groups.append((words, [_of(asked, source) for source in there if source.kind == kind]))
    return [(words, some) for words, some in groups if len(some) > 1]


def query(asked: Asked) -> str:
    """Return a choice as the end of an address."""
    told = {
        "nights": asked.nights and asked.nights.pk,
        "calls": asked.calls and asked.calls.pk,
        "period": asked.period,
        "programmes": "emergency" if asked.emergency else "",
    }
    return "?" + urlencode({name: value for name, value in told.items() if value})


def _when(asked: Asked) -> list[Link]:
    spans = queries.bounds(asked)
    years = sorted({year for first, last in spans for year in range(first.year, last.year + 1)})
    year = asked.period[:4]
    some = [("", _("All the time")), *((str(each), str(each)) for each in years[-20:])]
    if year:
        some += [(month, f"{MONTHS[int(month[5:])]} {month[:4]}") for month in _months(spans, int(year))]
    return [(str(words), query(_at(asked, period)), period == asked.period) for period, words in some]


def _months(spans: list[tuple[date, date]], year: int) -> list[str]:
    return [
        f"{year}-{month:02d}"
        for month in range(1, MOST_MONTHS + 1)
        if any((first.year, first.month) <= (year, month) <= (last.year, last.month) for first, last in spans)
    ]


def _programmes(asked: Asked) -> list[Link]:
    some = ((False, _("All programmes")), (True, _("Emergency only")))
    return [
        (words, query(replace(asked, emergency=emergency)), emergency == asked.emergency)
        for emergency, words in some
    ]


def _of(asked: Asked, source: Source) -> Link:
    words = f"{source.name} · {source.agency.name}" if source.agency else source.name
    chosen = (
        replace(asked, nights=source) if source.kind == queries.Kind.NIGHTS else replace(asked, calls=source)
    )
    return words, query(chosen), source in (asked.nights, asked.calls)


def _at(asked: Asked, period: str) -> Asked:
    first, last = queries.span_of(period)
    return replace(asked, period=period, first=first, last=last)
