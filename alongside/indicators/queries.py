"""Reading the numbers: the fixed tables as they were prepared or released, what they would cost, what others publish, and whether one's agency contributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from alongside.disclosure import queries as disclosure
from alongside.indicators.costs import range_of
from alongside.indicators.costs import told as costs
from alongside.indicators.cubes import halves_until
from alongside.indicators.models import Contribution
from alongside.indicators.outside import calls_without_space
from alongside.indicators.rules import CannotContribute, CannotPrepare, check_can_prepare, may_decide, may_look, may_price
from alongside.indicators.tables import TABLES, Indicator
from alongside.kernel import clock

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.disclosure.grids import Grid
    from alongside.disclosure.models import Release

__all__ = [
    "TABLES", "CannotContribute", "CannotPrepare", "Indicator", "Shown", "Trend", "calls_without_space", "check_can_prepare", "contribution", "contributions",
    "costs", "halves", "may_decide", "may_look", "may_price", "over_time", "range_of", "tables",
]  # fmt: skip

CUBES = ("gaps", "answers", "beds")


@dataclass(frozen=True)
class Shown:
    """One fixed table for a page: what it is, and as it was prepared or released, if it was."""

    indicator: Indicator
    release: Release | None
    grid: Grid | None
    share: str = ""


@dataclass(frozen=True)
class Trend:
    """What could not be had, half-year by half-year, as each was released."""

    halves: list[str]
    rows: list[tuple[str, list[str]]]


def halves(viewer: Worker) -> list[str]:
    """Return the half-years that can be looked at, newest first."""
    there = {one.half for one in disclosure.ledger(viewer)}
    return sorted({*halves_until(clock.now()), *there}, reverse=True)


def tables(viewer: Worker, half: str, audience: str) -> list[Shown]:
    """Return every fixed table of a half-year for an audience: released, prepared in one's own agency, or not yet."""
    live = {code: one for cube in CUBES for code, one in disclosure.of_half(viewer, cube, half, audience).items()}
    return [_shown(indicator, live.get(code)) for code, indicator in TABLES.items()]


def over_time(viewer: Worker, audience: str) -> Trend | None:
    """Return what could not be had in every half-year that was released, if there are two; numbers as they were released then."""
    found = sorted(
        (one for one in disclosure.released("gaps") if (one.table, one.audience) == ("need-half", audience)), key=lambda one: one.half
    )
    if not may_look(viewer) or len(found) < 2:
        return None
    codes = dict.fromkeys(row for one in found for row, _column in one.shown)
    said = _("withheld")
    rows = [(disclosure.said("need", code), [str(one.shown.get((code, disclosure.SUM), said)) for one in found]) for code in codes]
    return Trend([disclosure.half_said(one.half) for one in found], rows)


def contribution(viewer: Worker) -> Contribution | None:
    """Return the word by which the viewer's agency contributes now; nothing if it doesn't."""
    return next((one for one in contributions(viewer) if one.ended_at is None), None)


def contributions(viewer: Worker) -> Sequence[Contribution]:
    """Return when the viewer's agency contributed, the newest first."""
    return list(Contribution.objects.filter(agency_id=viewer.agency_id)) if may_look(viewer) else []


def _shown(indicator: Indicator, release: Release | None) -> Shown:
    if release is None:
        return Shown(indicator, None, None)
    return Shown(indicator, release, disclosure.grid(release), _share(release))


def _share(release: Release) -> str:
    """The share that ended with nothing, where it may be told: withheld with its numerator (practice.md 6)."""
    nothing = {"answers": "unanswered", "beds": "nothing-held"}.get(release.cube)
    part, whole = release.shown.get((disclosure.SUM, nothing or "")), release.shown.get((disclosure.SUM, disclosure.SUM))
    share = disclosure.rate(part, whole) if nothing else None
    if share is None:
        return ""
    told = {"share": round(share), "of": whole}
    if release.cube == "answers":
        return _("Of %(of)s requests %(share)s %% were never answered.") % told
    return _("For %(share)s %% of %(of)s requests for a bed nothing was held.") % told
