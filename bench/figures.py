"""One measured figure, and what it was to reach."""

from __future__ import annotations

from dataclasses import dataclass, field

from bench.installation import Installation


@dataclass(frozen=True)
class Figure:
    """What was measured for a job: `met` is empty where nothing was to be reached."""

    job: str
    size: int
    what: str
    value: float
    unit: str
    reach: str = ""
    met: bool | None = None


def at_most(job: str, size: int, what: str, value: float, most: float, unit: str = "×") -> Figure:
    """A figure that is to be no more than something."""
    return Figure(job, size, what, round(value, 3), unit, f"≤ {most:g}", value <= most)


def at_least(job: str, size: int, what: str, value: float, least: float, unit: str) -> Figure:
    """A figure that is to be more than something."""
    return Figure(job, size, what, round(value, 4), unit, f"> {least:g}", value > least)


def exactly(job: str, size: int, what: str, value: float, just: float, unit: str) -> Figure:
    """A figure that is to be just that."""
    return Figure(job, size, what, value, unit, f"{just:g}", value == just)


def plain(job: str, size: int, what: str, value: float, unit: str) -> Figure:
    """A figure for information."""
    return Figure(job, size, what, round(value, 3), unit)


@dataclass
class Bench:
    """What is measured on: one installation a size.

    All of them run at once, so that they can be asked in turns.
    """

    installations: list[Installation]
    rounds: int
    wanted: set[str] = field(default_factory=set)

    def wants(self, *jobs: str) -> bool:
        """Whether any of these jobs is to be measured."""
        return not self.wanted or bool(self.wanted & set(jobs))

    @property
    def smallest(self) -> Installation:
        """The installation for what doesn't depend on size."""
        return self.installations[0]
