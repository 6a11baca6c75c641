"""Charts drawn on the server: where the points, the days and the columns lie.

What they mean is said by `figures`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from alongside.kernel.charts import Scale

NICE = (1, 2, 5, 10, 20, 50, 100)
LEFT, RIGHT, TOP, BASE = (
    6.0,
    236.0,
    14.0,
    92.0,
)  # of a panel 320 wide and 112 high; the labels stand to the right
STEPS = {"day": 1, "week": 7, "month": 31}
CELL = 22
FULL, ALMOST, OPEN = "full", "almost", "open"


@dataclass(frozen=True)
class Line:
    """One line of a panel: its path, where it ends, and where its name stands beside that end."""

    unit: str
    path: str
    x: float
    y: float
    label: str
    label_y: float

    @property
    def corner(self) -> tuple[float, float]:
        """Where the square begins that marks its end."""
        return round(self.x - 3.5, 1), round(self.y - 3.5, 1)


@dataclass(frozen=True)
class Panel:
    """One sector: its name, what it comes to, its lines, and what the top of the scale is."""

    label: str
    said: list[str]
    lines: list[Line]
    top: int
    first: date
    last: date


@dataclass(frozen=True)
class Day:
    """One day of a calendar."""

    number: int
    x: int
    y: int
    state: str
    over: bool


@dataclass(frozen=True)
class Month:
    """One month of a calendar."""

    first: date
    days: list[Day]
    height: int


@dataclass(frozen=True)
class Column:
    """One column of two parts, in hundredths of the picture's width and height."""

    x: float
    width: float
    lower: float
    upper: float

    @property
    def lower_y(self) -> float:
        """Where the lower part begins."""
        return round(100 - self.lower, 2)

    @property
    def upper_y(self) -> float:
        """Where the upper part begins."""
        return round(100 - self.lower - self.upper, 2)


def scale(largest: float) -> int:
    """Return the top of a scale in percent: the next round number."""
    return next((nice for nice in NICE if largest <= nice), 100)


def lines(
    series: dict[str, list[tuple[date, float]]],
    first: date,
    last: date,
    top: int,
    grain: str,
    labels: dict[str, str],
) -> list[Line]:
    """Return the lines of a panel from shares in percent; where nights are missing a line is broken off."""
    ends = [(_x(points[-1][0], first, last), _y(points[-1][1], top)) for points in series.values()]
    beside = _apart([y for _x_, y in ends])
    return [
        Line(unit, _path(points, first, last, top, STEPS[grain]), x, y, labels[unit], label_y)
        for (unit, points), (x, y), label_y in zip(series.items(), ends, beside, strict=True)
    ]


def months(states: dict[date, str], over: set[date]) -> list[Month]:
    """Return the calendar of the months there are; a day without a state is only numbered.

    On the days `over` more was taken than was there.
    """
    weeks = calendar.Calendar(firstweekday=6)
    made = []
    for year, month in sorted({(day.year, day.month) for day in states}):
        days = [
            Day(day.day, CELL * column, CELL * row, states.get(day, ""), day in over)
            for row, week in enumerate(weeks.monthdatescalendar(year, month))
            for column, day in enumerate(week)
            if day.month == month
        ]
        made.append(Month(date(year, month, 1), days, max(day.y for day in days) + CELL))
    return made


def columns(rows: list[tuple[float, float]], top: int) -> list[Column]:
    """Return columns of two parts from shares in percent."""
    step = 100 / max(len(rows), 1)
    gap = step * 0.22
    height = Scale(0, top, 0, 100)
    return [
        Column(
            round(number * step + gap / 2, 2),
            round(step - gap, 2),
            round(height(lower), 2),
            round(height(upper), 2),
        )
        for number, (lower, upper) in enumerate(rows)
    ]


def _path(points: list[tuple[date, float]], first: date, last: date, top: int, step: int) -> str:
    path, before = [], None
    for at, share in points:
        near = before is not None and (at - before).days <= step
        path.append(
            f"{'L' if near else 'M'}{_x(at, first, last):g} {_y(share, top):g}{'' if near else 'h.1'}"
        )
        before = at
    return "".join(path)


def _x(at: date, first: date, last: date) -> float:
    return round(Scale(0, (last - first).days, LEFT, RIGHT)((at - first).days), 1)


def _y(share: float, top: int) -> float:
    return round(Scale(0, top, BASE, TOP)(min(share, top)), 1)


def _apart(ends: list[float]) -> list[float]:
    """Labels of lines that end close together stand one above the other."""
    if len(ends) == 2 and abs(ends[0] - ends[1]) < 15:
        upper = 0 if ends[0] <= ends[1] else 1
        middle = min(sum(ends) / 2, BASE - 7)
        placed = {upper: middle - 7.5, 1 - upper: middle + 7.5}
        return [round(placed[0] + 4, 1), round(placed[1] + 4, 1)]
    return [round(end + 4, 1) for end in ends]
