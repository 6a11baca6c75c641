"""What a worker has to do, and how it passes to another: each capability says what of its own a worker holds.

Said in its module `holding`: `HOLDINGS`, and in `SETTLED` the columns that name a worker who has nothing
more to do for it, each with why. `handovers` makes the database's functions from all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from alongside.kernel.capabilities import capabilities, said_in

Words = str | Promise


def on_its_day(moment: str) -> str:
    """Return the day of a moment in Ontario, as SQL."""
    return f"({moment} at time zone 'America/Toronto')::date"


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A column of a table that names whoever has something to do.

    In its conditions `t` is the row, and in what is written `taker` is who takes over. What doesn't pass
    says who hears of it meanwhile.
    """

    table: str
    column: str
    words: Words  # what it is, where nothing of what it says may stand
    is_open: str  # the condition that there is something to do still
    due: str = "null::date"
    file: str = "file_id"  # the column that names the file; nothing: it is of no file
    passing: Mapping[str, str] = field(default_factory=dict)  # what is written when it passes, by column
    hears: Words = ""
    reads: tuple[str, ...] = ()  # other tables that its conditions read
    while_away: bool = True  # whether it passes too while its worker is only away
    any_role: bool = False  # whether a role that keeps no files can have it to do

    @property
    def name(self) -> str:
        """The column by which it is told from every other."""
        return f"{self.table}.{self.column}"


def holdings() -> tuple[Holding, ...]:
    """Return all of them, those of the lower capabilities first."""
    said = (said_in(config, "holding") for config in capabilities())
    return tuple(holding for module in said if module for holding in module.HOLDINGS)


def settled() -> dict[str, str]:
    """Return the columns that name a worker who has nothing to do for it, each with why."""
    said = (said_in(config, "holding") for config in capabilities())
    return {column: why for module in said if module for column, why in module.SETTLED.items()}
