"""What speaks against somebody for an appointment, in points: fewer is better.

First as many appointments as can be have somebody; whom the person chose stands before all of it. Only then:

| what | points |
|---|---|
| somebody else than the backup the person named | 6,000 each time |
| a companion who never went along with them | 3,000 once for the two |
| a companion who went along once or twice | 500 once for the two |
| each companion a person meets in these days | 1,000 once for the two |
| the gender wished for is not theirs | 500 each time |
| the language wished for is not theirs | 200 each time |
| hours: every half hour costs one more for each four hours in these weeks, up to ten | 0 to 10 |
| the way from home and back | 1 for each quarter of an hour |

So one line outweighs those below it for an appointment of an ordinary length, and a load that is shared
unevenly costs more the more uneven it is. Points are whole numbers, so a plan proved to be within less than
one point of the best is the best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from math import ceil

from alongside.accompaniment.matching.options import Options, Plan
from alongside.accompaniment.matching.problem import Appointment, Companion, Travel

NOT_THE_BACKUP = 6_000
NEVER, SELDOM, OFTEN = 3_000, 500, 3
ANOTHER_FACE = 1_000
NOT_THE_GENDER = 500
NOT_THE_LANGUAGE = 200
BAND, STEEPEST = 8, 10  # half hours in a band; points for a half hour in the last
HALF_HOUR = timedelta(minutes=30)


def half_hours(appointment: Appointment) -> int:
    """Return how many half hours an appointment has, a begun one counted whole."""
    return -((appointment.begins_at - appointment.ends_at) // HALF_HOUR)


def of_pair(companion: Companion, appointment: Appointment, travel: Travel) -> int:
    """Return what speaks against this companion for this appointment, whatever else they do."""
    there = travel.way(companion.home, appointment.place).minutes
    back = travel.way(appointment.place, companion.home).minutes
    return (
        NOT_THE_BACKUP * bool(appointment.backups and companion.id not in appointment.backups)
        + NOT_THE_GENDER * bool(appointment.gender and appointment.gender not in companion.genders)
        + NOT_THE_LANGUAGE * bool(appointment.language and appointment.language not in companion.languages)
        + ceil((there + back) / 15)
    )


def of_meeting(companion: Companion, file: str) -> int:
    """Return what speaks against this companion for this person, once however often they meet."""
    times = companion.knows.get(file, 0)
    return ANOTHER_FACE + (NEVER if not times else SELDOM if times < OFTEN else 0)


def bands(begun: int) -> Iterator[tuple[int, int | None]]:
    """Yield the points of a half hour after so many, and for how many half hours; the last has no end."""
    slope = min(begun // BAND, STEEPEST)
    yield slope, None if slope == STEEPEST else BAND * (slope + 1) - begun
    for steeper in range(slope + 1, STEEPEST + 1):
        yield steeper, None if steeper == STEEPEST else BAND


def of_load(begun: int, more: int) -> int:
    """Return the points of so many half hours more, after so many."""
    return sum(min((begun + place) // BAND, STEEPEST) for place in range(more))


def begun(options: Options, companion: str) -> int:
    """Return the half hours a companion has already: those of the last weeks, and what was chosen."""
    chosen = (options.appointments[name] for name, theirs in options.fixed.items() if theirs == companion)
    return ceil(options.companions[companion].hours * 2) + sum(
        half_hours(appointment) for appointment in chosen
    )


def met(options: Options) -> set[tuple[str, str]]:
    """Return who meets whom already, because the person chose it: file and companion."""
    return {(options.appointments[name].file, companion) for name, companion in options.fixed.items()}


def of_plan(options: Options, plan: Plan) -> int:
    """Return the points of all that was decided; what the persons chose costs nothing."""
    decided = {name: companion for name, companion in plan.items() if name not in options.fixed}
    pairs = sum(
        of_pair(options.companions[c], options.appointments[name], options.travel)
        for name, c in decided.items()
    )
    meetings = {(options.appointments[name].file, c) for name, c in decided.items()} - met(options)
    more: Counter[str] = Counter()
    for name, companion in decided.items():
        more[companion] += half_hours(options.appointments[name])
    return (
        pairs
        + sum(of_meeting(options.companions[c], file) for file, c in meetings)
        + sum(of_load(begun(options, c), hours) for c, hours in more.items())
    )


def of_one_more(options: Options, plan: Plan, name: str, companion: str) -> int:
    """Return the points of a companion's coming to one more appointment, beside what they do in a plan."""
    theirs = {other: who for other, who in plan.items() if who == companion and other != name}
    return of_plan(options, {**theirs, name: companion}) - of_plan(options, theirs)
