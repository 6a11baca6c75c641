"""An invented agency's week: companions, appointments, and the ways between its places. Drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from alongside.accompaniment.matching.problem import Appointment, Companion, Problem, Travel

MONDAY = datetime(2026, 11, 2, 5, tzinfo=UTC)  # midnight in Ontario
LANGUAGES = ("en", "fr", "oj", "es")
GENDERS = ("woman", "man")


def week(companions: int, appointments: int, seed: int = 1) -> Problem:
    """Return a week of so many companions and appointments, a third as many persons, and eight places."""
    draw = random.Random(seed)
    places = [f"place {number}" for number in range(8)]
    who = [f"companion {number:02}" for number in range(companions)]
    files = [f"file {number:02}" for number in range(max(1, appointments // 3))]
    never = {file: frozenset(draw.sample(who, 1)) for file in files}
    known = {file: {name: draw.randrange(1, 6) for name in draw.sample(who, 2)} for file in files}
    return Problem(
        tuple(_companion(draw, name, places, known) for name in who),
        tuple(_appointment(draw, number, files, places, who, never) for number in range(appointments)),
        Travel(_ways(draw, places), unknown=30),
    )


def alike(problem: Problem) -> Problem:
    """Return the same week with companions who differ in nothing and are always free: hard to prove."""
    hours = tuple((_at(day, 8 * 60), _at(day, 19 * 60)) for day in range(5))
    one = Companion("one", hours, frozenset(LANGUAGES), frozenset(GENDERS), hours=10.0)
    return replace(problem, companions=tuple(replace(one, id=who.id) for who in problem.companions))


def _companion(
    draw: random.Random, name: str, places: list[str], known: dict[str, dict[str, int]]
) -> Companion:
    days = sorted(draw.sample(range(5), draw.choice((3, 4, 5))))
    hours = [(draw.choice((8, 8, 9, 11)), draw.choice((13, 15, 17, 18))) for _day in days]
    return Companion(
        name,
        tuple(
            (_at(day, 60 * first), _at(day, 60 * last))
            for day, (first, last) in zip(days, hours, strict=True)
        ),
        frozenset({"en", *draw.sample(LANGUAGES, 2)}),
        frozenset({draw.choice(GENDERS)}),
        {file: times[name] for file, times in known.items() if name in times},
        draw.randrange(0, 60) / 2,
        draw.choice(places),
    )


def _appointment(
    draw: random.Random,
    number: int,
    files: list[str],
    places: list[str],
    who: list[str],
    never: dict[str, frozenset[str]],
) -> Appointment:
    file = draw.choice(files)
    begins_at = _at(draw.randrange(5), draw.randrange(8 * 60 + 30, 16 * 60, 15))
    return Appointment(
        f"appointment {number:03}",
        file,
        begins_at,
        begins_at + timedelta(minutes=draw.choice((60, 90, 120, 150))),
        draw.choice(places),
        language=draw.choice(("", "", *LANGUAGES)),
        language_must=draw.random() < 0.5,
        gender=draw.choice(("", "", "", *GENDERS)),
        chosen=draw.choice(who) if draw.random() < 0.15 else "",
        backups=tuple(draw.sample(who, 1)) if draw.random() < 0.2 else (),
        without=never[file],
    )


def _ways(draw: random.Random, places: list[str]) -> dict[tuple[str, str], int]:
    """Minutes as the crow flies with a little more in one direction; one way in ten nobody wrote down."""
    spots = {place: (draw.random(), draw.random()) for place in places}
    return {
        (here, there): 10
        + round(50 * abs(complex(*spots[here]) - complex(*spots[there])))
        + draw.randrange(0, 10)
        for here in places
        for there in places
        if here != there and draw.random() < 0.9
    }


def _at(day: int, minute: int) -> datetime:
    return MONDAY + timedelta(days=day, minutes=minute)
