"""How well the work between agencies goes, in counts: each capability says its own.

They are one's own agency's, as they are, for use inside it; what leaves goes through `disclosure`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from alongside.kernel.capabilities import capabilities, said_in

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class Row:
    """A line of a measure's table: all together, a sector or a region, with its count in each column."""

    label: str
    counts: Sequence[int]

    @property
    def total(self) -> int:
        """All of the line."""
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What it found in a sentence, what is counted, its columns, and its rows by sector and region."""

    code: str
    finding: str
    unit: str
    columns: Sequence[str]
    everywhere: Row
    by_sector: Sequence[Row]
    by_region: Sequence[Row]

    @property
    def groups(self) -> list[Sequence[Row]]:
        """The parts of the table; a part that would only repeat the sum is left out."""
        return [[self.everywhere], *(rows for rows in (self.by_sector, self.by_region) if len(rows) > 1)]


def measures(
    worker: Worker, since: datetime, until: datetime, *, answered: bool = False
) -> Iterator[Measure]:
    """Yield the measures of what a worker's agency asked in a time, or, `answered`, of what it was asked."""
    for capability in capabilities():
        says = said_in(capability, "measures")
        if says:
            yield from says.measures(worker, since, until, answered=answered)
