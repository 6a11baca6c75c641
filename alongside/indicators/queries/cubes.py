"""The pooled counts of a half-year.

Of the agencies that contribute, for an editor's hands only, straight into protection. No page ever shows
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import connection

from alongside.agencies.queries import fact_choices
from alongside.disclosure.queries import SUM, Count, Cube, Partition, Shape
from alongside.kernel import clock, geography, vocabulary

NEEDS = (*vocabulary.NEEDS, "not-said")
SECTORS = tuple(code for code, _sector in fact_choices()["sector"])
REGIONS = (*geography.REGIONS, "unknown")
BARRIERS = (*vocabulary.BARRIERS, "not-said")
BANDS = ("same-day", "days-1-3", "days-4-7", "later", "unanswered")
APPOINTMENTS = ("days-0-3", "days-4-7", "later", "no-day")
REPEATS = ("first", "again")
ENDINGS = ("worked", "chose-otherwise", "not-said")
UNANSWERED = ("answer", "unanswered")
OUTCOMES = ("held", "nothing-held")

GAPS = Shape(
    "gaps",
    {"requests": ("need", "region"), "mentions": ("need", "region", "barrier")},
    {"need": NEEDS, "region": REGIONS, "barrier": BARRIERS},
    (("mentions", "requests"),),
)
ANSWERS = Shape(
    "answers",
    {
        "questions": ("need", "sector", "region", "answer"),
        "appointments": ("sector", "region", "appointment"),
        "repeats": ("sector", "region", "again"),
        "endings": ("sector", "region", "ending"),
    },
    {
        "need": NEEDS,
        "sector": SECTORS,
        "region": REGIONS,
        "answer": BANDS,
        "appointment": APPOINTMENTS,
        "again": REPEATS,
        "ending": ENDINGS,
    },
    partitions=(
        Partition("appointments", "questions", ((UNANSWERED, ("appointment", "no-day")),)),
        Partition("repeats", "questions"),
        Partition("endings", "questions", ((UNANSWERED, ("ending", "not-said")),)),
    ),
)
BEDS = Shape("beds", {"nights": ("region", "outcome")}, {"region": REGIONS, "outcome": OUTCOMES})
SHAPES = {shape.name: shape for shape in (GAPS, ANSWERS, BEDS)}


def cube_of(name: str, half: str) -> Cube:
    """Return the pooled counts of a half-year as the database gives them to an editor.

    To anybody else it gives nothing.
    """
    shape = SHAPES[name]
    with connection.cursor() as cursor:
        if name == "gaps":
            cursor.execute("select * from ctx.gap_cube(%s)", [quarters_of(half)])
        elif name == "answers":
            places = [list(column) for column in zip(*geography.REGION_OF.items(), strict=True)]
            cursor.execute("select * from ctx.answer_cube(%s, %s, %s, %s)", [*span_of(half), *places])
        else:
            cursor.execute("select * from ctx.bed_cube(%s, %s)", span_of(half))
        rows = cursor.fetchall()
    return Cube(_with(shape, rows), {_node(shape, row): Count(row[-2], row[-1]) for row in rows if row[-2]})


def quarters_of(half: str) -> list[str]:
    """Return the quarters of a half-year, as gaps name them."""
    return [f"{half[:4]}-Q{number}" for number in ((1, 2) if half.endswith("H1") else (3, 4))]


def span_of(half: str) -> tuple[datetime, datetime]:
    """Return from when until when a half-year lasts, in the one calendar of what is counted together."""
    year, first = int(half[:4]), half.endswith("H1")
    days = (date(year, 1 if first else 7, 1), date(year, 7, 1) if first else date(year + 1, 1, 1))
    return clock.shared_midnight(days[0]), clock.shared_midnight(days[1])


def is_over(half: str, at: datetime) -> bool:
    """Whether a half-year is over."""
    return span_of(half)[1] <= at


def halves_until(at: datetime, many: int = 4) -> list[str]:
    """Return the last half-years that are over, newest first."""
    day = clock.shared_day(at)
    found: list[str] = []
    while len(found) < many:
        day = (day.replace(month=1 if day.month < 7 else 7, day=1)) - timedelta(days=1)
        found.append(f"{day.year}-H{1 if day.month < 7 else 2}")
    return found


def _node(shape: Shape, row: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[: 1 + len(shape.units[row[0]])])


def _with(shape: Shape, rows: Sequence[Sequence[str]]) -> Shape:
    """The shape with categories that an older vocabulary left behind."""
    there = {dimension: dict.fromkeys(codes) for dimension, codes in shape.categories.items()}
    for row in rows:
        for dimension, code in zip(shape.units[row[0]], row[1:-2], strict=False):
            if code != SUM:
                there[dimension].setdefault(code)
    return replace(shape, categories={dimension: tuple(codes) for dimension, codes in there.items()})
