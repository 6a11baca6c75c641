"""The board as a picture: a square for each bed, or where they are many one bar.

It says nothing that the numbers beside it don't.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.kernel.charts import Scale

if TYPE_CHECKING:
    from alongside.beds.queries import Tonight

MOST_SQUARES = 60
WIDTH = 600  # of the bar, in its own units


@dataclass(frozen=True)
class Part:
    """Beds of one kind side by side: `taken`, `coming`, `held`, `free` or `away`.

    Where they begin in the bar and how wide they are.
    """

    kind: str
    count: int
    begins: int
    width: int

    @property
    def squares(self) -> range:
        """One for each bed."""
        return range(self.count)


@dataclass(frozen=True)
class Picture:
    """One programme as it is drawn."""

    parts: list[Part]
    is_bar: bool


def picture(tonight: Tonight) -> Picture:
    """Draw one programme of the board."""
    if tonight.count is None:
        return Picture([], is_bar=False)
    many = {
        "taken": tonight.count.occupied,
        "coming": tonight.expected,
        "held": tonight.held - tonight.expected,
        "free": tonight.free,
        "away": tonight.count.unavailable,
    }
    total, before, parts = sum(many.values()), 0, []
    across = Scale(0, total, 0, WIDTH)
    for kind, count in many.items():
        begins, ends = int(across(before)), int(across(before + count))
        parts.append(Part(kind, count, begins, ends - begins))
        before += count
    return Picture([part for part in parts if part.count], is_bar=total > MOST_SQUARES)
