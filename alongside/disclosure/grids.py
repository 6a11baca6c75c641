"""A released table as it is read.

Empty rows told in a sentence, withheld numbers saying so, a finding for a heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from alongside.disclosure.labels import DIMENSIONS, half_said, said, title, unit_said
from alongside.disclosure.suppression.cube import SUM
from alongside.disclosure.suppression.thresholds import AUDIENCES
from alongside.kernel.charts import bar_width
from alongside.kernel.punctuation import labelled, listed

if TYPE_CHECKING:
    from alongside.disclosure.models import Release

DRAWN = 10
UNSAID = ("not-said", "unknown")  # no finding


@dataclass(frozen=True)
class Line:
    """One row: what it is called, its numbers (nothing where withheld) and its sum.

    The width is that of the sum beside the largest, 0 to 100.
    """

    code: str
    label: str
    cells: list[str]
    value: int | None
    width: int = 0


@dataclass(frozen=True)
class Grid:
    """A released table for a page."""

    title: str
    finding: str
    unit: str
    half: str
    audience: str
    first: str
    columns: list[str]
    lines: list[Line]
    total: Line
    withheld_rows: list[str] = field(default_factory=list)
    withheld: int = 0

    @property
    def drawn(self) -> list[Line]:
        """The rows that are drawn: the largest whose sum is shown."""
        return sorted(
            (line for line in self.lines if line.value is not None), key=lambda line: -(line.value or 0)
        )[:DRAWN]

    @property
    def spoken(self) -> str:
        """The picture in words."""
        return listed(labelled(line.label, shown(line.value)) for line in self.drawn)


def grid(release: Release) -> Grid:
    """Return a release as it is read. Columns and rows of which nothing is shown are named, not drawn."""
    told = release.figures
    keep = [
        at
        for at, code in enumerate(told["columns"])
        if code == SUM or any(cells[at] is not None for cells in told["cells"])
    ]
    rows = list(zip(told["rows"], told["cells"], strict=True))
    largest = max((cells[-1] for code, cells in rows if code != SUM and cells[-1] is not None), default=1)
    lines = [_line(release, code, cells, keep, largest) for code, cells in rows]
    full = [
        line
        for line in lines
        if line.code != SUM
        and any(told["cells"][told["rows"].index(line.code)][at] is not None for at in keep)
    ]
    withheld_rows = [line.label for line in lines if line.code != SUM and line not in full]
    columns = [
        said(release.columns, told["columns"][at]) if release.columns else pgettext("how many", "Number")
        for at in keep
    ]
    return Grid(
        title(release),
        _finding(release, full, lines[-1]),
        unit_said(release.unit),
        half_said(release.half),
        str(AUDIENCES[release.audience].label),
        str(DIMENSIONS[release.rows]),
        columns,
        full,
        lines[-1],
        withheld_rows,
        sum(cell is None for _code, cells in rows for cell in cells),
    )


def by_half(releases: Sequence[Release]) -> list[tuple[str, list[tuple[Release, str, str]]]]:
    """Return the ledger by half-year: each release with what it is of and for whom."""
    return [
        (
            half_said(half),
            [(release, title(release), str(AUDIENCES[release.audience].label)) for release in some],
        )
        for half, some in groupby(releases, key=lambda release: release.half)
    ]


def shown(value: int | None) -> str:
    """Return a number as it is read; or that it is withheld."""
    return _("withheld") if value is None else str(number_format(value, force_grouping=True))


def _line(
    release: Release, code: str, cells: Sequence[int | None], keep: Sequence[int], largest: int
) -> Line:
    value = cells[-1]
    width = 0 if value is None or code == SUM else bar_width(value, largest)
    return Line(code, said(release.rows, code), [shown(cells[at]) for at in keep], value, width)


def _finding(release: Release, full: Sequence[Line], total: Line) -> str:
    known = [line for line in full if line.code not in UNSAID]
    largest = max(
        (line for line in known if line.value is not None), key=lambda line: line.value or 0, default=None
    )
    if largest is None or largest.value is None:
        return _("Only few numbers are large enough to be shown")
    what = largest.label[:1].lower() + largest.label[1:] if release.rows != "region" else largest.label
    about = _("about ") if release.rounding > 1 else ""
    if total.value is None:
        return ngettext(
            "Most often: %(what)s, %(about)s%(n)s time",
            "Most often: %(what)s, %(about)s%(n)s times",
            largest.value,
        ) % {"what": what, "about": about, "n": shown(largest.value)}
    return _("Most often: %(what)s, %(about)s%(n)s of %(total)s") % {
        "what": what,
        "about": about,
        "n": shown(largest.value),
        "total": shown(total.value),
    }
