"""The fixed tables of a half-year as they were prepared or released, and what was released over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from alongside.disclosure import queries as disclosure
from alongside.indicators.queries.cubes import halves_until
from alongside.indicators.rules import may_look
from alongside.indicators.tables import TABLES, Indicator
from alongside.kernel import clock

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.disclosure.grids import Grid
    from alongside.disclosure.models import Release


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
    there = {release.half for release in disclosure.ledger(viewer)}
    return sorted({*halves_until(clock.now()), *there}, reverse=True)


def tables(viewer: Worker, half: str, audience: str) -> list[Shown]:
    """Return every fixed table of a half-year for an audience.

    Released, prepared in one's own agency, or not yet.
    """
    live = {
        code: shown
        for cube in CUBES
        for code, shown in disclosure.of_half(viewer, cube, half, audience).items()
    }
    return [_shown(indicator, live.get(code)) for code, indicator in TABLES.items()]


def over_time(viewer: Worker, audience: str) -> Trend | None:
    """Return what could not be had in every half-year that was released, if there are two.

    Numbers as they were released then.
    """
    found = sorted(
        (
            release
            for release in disclosure.released("gaps")
            if (release.table, release.audience) == ("need-half", audience)
        ),
        key=lambda release: release.half,
    )
    if not may_look(viewer) or len(found) < 2:
        return None
    codes = dict.fromkeys(row for release in found for row, _column in release.shown)
    said = _("withheld")
    rows = [
        (
            disclosure.said("need", code),
            [str(release.shown.get((code, disclosure.SUM), said)) for release in found],
        )
        for code in codes
    ]
    return Trend([disclosure.half_said(release.half) for release in found], rows)


def _shown(indicator: Indicator, release: Release | None) -> Shown:
    if release is None:
        return Shown(indicator, None, None)
    return Shown(indicator, release, disclosure.grid(release), _share(release))


def _share(release: Release) -> str:
    """The share that ended with nothing, where it may be told.

    Withheld with its numerator (practice.md 6).
    """
    nothing = {"answers": "unanswered", "beds": "nothing-held"}.get(release.cube)
    part, whole = (
        release.shown.get((disclosure.SUM, nothing or "")),
        release.shown.get((disclosure.SUM, disclosure.SUM)),
    )
    share = disclosure.rate(part, whole) if nothing else None
    if share is None:
        return ""
    told = {"share": round(share), "of": whole}
    if release.cube == "answers":
        return _("Of %(of)s requests %(share)s %% were never answered.") % told
    return _("For %(share)s %% of %(of)s requests for a bed nothing was held.") % told
