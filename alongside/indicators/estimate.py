"""What it would cost to answer what could not be had.

A range, never a point, and never of a person (practice.md 6). Pure: no database.

Counts come in as they were released: rounded, and some of them withheld. A rounded number may have been a
little less or more; a withheld one is part of what the total leaves over. Both make the range wider, and
nothing narrower than what was released is ever used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

ALL = "*"
NOTHING = Decimal(0)
ENDS = ("low", "base", "high")


@dataclass(frozen=True)
class Span:
    """Something as low as, most likely, and as high as."""

    low: Decimal
    base: Decimal
    high: Decimal

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.base + other.base, self.high + other.high)

    def __mul__(self, other: Span) -> Span:
        return Span(self.low * other.low, self.base * other.base, self.high * other.high)

    @property
    def width(self) -> Decimal:
        """From the low end to the high one."""
        return self.high - self.low


ZERO = Span(NOTHING, NOTHING, NOTHING)


@dataclass(frozen=True)
class Line:
    """One line of the parameter table: how many units a request takes, and what a unit costs in dollars."""

    key: str
    kind: str
    need: str
    units: Span
    cost: Span

    @property
    def a_request(self) -> Span:
        """What one request costs by this line."""
        return self.units * self.cost


@dataclass(frozen=True)
class Swing:
    """How far the middle moves when one line goes from its low end to its high one and all else stays."""

    key: str
    low: Decimal
    high: Decimal

    @property
    def width(self) -> Decimal:
        """From the low end to the high one."""
        return self.high - self.low


@dataclass(frozen=True)
class Range:
    """What it would cost: the range, what of it is what, what moves it most, and what is not in it."""

    total: Span
    kinds: Mapping[str, Span]
    swings: Sequence[Swing]
    avoided: Span
    funded: Span | None
    left_over: Span  # requests whose need is withheld
    unpriced: Sequence[str] = field(default_factory=tuple)  # needs with a count and no line


def cost_of(counts: Mapping[str, int | None], rounding: int, lines: Iterable[Line]) -> Range:
    """Return what it would cost to answer so many requests.

    `counts` is by need, `*` their sum; nothing where a number is withheld. `rounding` is what they were
    rounded to.
    """
    lines = list(lines)
    counted = [line for line in lines if line.kind in ("service", "travel", "unpaid")]
    kinds = {
        kind: _total(counts, rounding, [line for line in counted if line.kind == kind])
        for kind in dict.fromkeys(line.kind for line in counted)
    }
    funded = [line for line in lines if line.kind == "funded"]
    priced = {line.need for line in counted}
    return Range(
        total=_total(counts, rounding, counted),
        kinds=kinds,
        swings=sorted(
            (_swing(counts, rounding, counted, line) for line in counted),
            key=lambda swing: (-swing.width, swing.key),
        ),
        avoided=_total(counts, rounding, [line for line in lines if line.kind == "avoided"]),
        funded=sum((line.a_request for line in funded), ZERO) if funded else None,
        left_over=_left_over(counts, rounding),
        unpriced=tuple(
            need for need, count in counts.items() if need != ALL and count and need not in priced
        ),
    )


def between(shown: int, rounding: int) -> Span:
    """Return what a rounded number may have been."""
    return Span(Decimal(max(0, shown - rounding // 2)), Decimal(shown), Decimal(shown + (rounding - 1) // 2))


def _total(counts: Mapping[str, int | None], rounding: int, lines: Sequence[Line]) -> Span:
    by_need: dict[str, Span] = {}
    for line in lines:
        by_need[line.need] = by_need.get(line.need, ZERO) + line.a_request
    shown = sum(
        (
            by_need.get(need, ZERO) * between(count, rounding)
            for need, count in counts.items()
            if need != ALL and count is not None
        ),
        ZERO,
    )
    return shown + _withheld(counts, rounding, by_need)


def _withheld(counts: Mapping[str, int | None], rounding: int, by_need: Mapping[str, Span]) -> Span:
    """The requests nobody may tell the need of.

    As cheap as the cheapest of them could be, as dear as the dearest.
    """
    hidden = [by_need.get(need, ZERO) for need, count in counts.items() if need != ALL and count is None]
    if not hidden:
        return ZERO
    left = _left_over(counts, rounding)
    middle = (min(each.base for each in hidden) + max(each.base for each in hidden)) / 2
    return left * Span(min(each.low for each in hidden), middle, max(each.high for each in hidden))


def _left_over(counts: Mapping[str, int | None], rounding: int) -> Span:
    """How many requests the total leaves over for the needs that are withheld.

    None are made up where the total is withheld too.
    """
    whole = counts.get(ALL)
    if whole is None or all(count is not None for count in counts.values()):
        return ZERO
    shown = sum(
        (between(count, rounding) for need, count in counts.items() if need != ALL and count is not None),
        ZERO,
    )
    total = between(whole, rounding)
    return Span(
        max(NOTHING, total.low - shown.high),
        max(NOTHING, total.base - shown.base),
        max(NOTHING, total.high - shown.low),
    )


def _swing(counts: Mapping[str, int | None], rounding: int, lines: Sequence[Line], line: Line) -> Swing:
    ends = []
    for end in ("low", "high"):
        units, cost = getattr(line.units, end), getattr(line.cost, end)
        moved = replace(line, units=Span(units, units, units), cost=Span(cost, cost, cost))
        ends.append(_total(counts, rounding, [moved if other is line else other for other in lines]).base)
    return Swing(line.key, *ends)
