"""How the work between agencies goes, over a quarter or the last four of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from alongside.kernel import clock, performance_measures

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.kernel.performance_measures import Measure

MONTHS = 3


def quarters_until(at: datetime, many: int = 4) -> list[str]:
    """Return the last quarters up to the one of a moment, as `2026-Q4`, the newest first."""
    day = clock.shared_day(at)
    now = day.year * 4 + (day.month - 1) // MONTHS
    return [f"{each // 4}-Q{each % 4 + 1}" for each in range(now, now - many, -1)]


def measures_of(worker: Worker, quarters: list[str], *, answered: bool) -> list[Measure]:
    """Return every capability's measures over quarters that follow each other, given the newest first."""
    since, until = _begins(quarters[-1]), _begins(quarters[0], later=1)
    return list(performance_measures.measures(worker, since, until, answered=answered))


def _begins(quarter: str, later: int = 0) -> datetime:
    year, number = (int(part) for part in quarter.split("-Q"))
    count = year * 4 + number - 1 + later
    return clock.shared_midnight(date(count // 4, count % 4 * MONTHS + 1, 1))
