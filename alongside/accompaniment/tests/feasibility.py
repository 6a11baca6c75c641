"""What a suggestion has to hold, and what it is worth, said once more without anything of the solver's.

Walks through each companion's time half hour by half hour, and has the points of the table as plain numbers.
"""

from collections import defaultdict
from datetime import timedelta
from itertools import combinations

from alongside.accompaniment.matching.problem import Appointment, Companion, Problem
from alongside.accompaniment.matching.suggestion import Suggestion


def plan_of(suggestion: Suggestion) -> dict[str, str]:
    return {proposal.appointment: proposal.who.companion for proposal in suggestion.proposals if proposal.who}


def chosen_in(problem: Problem) -> dict[str, str]:
    there = {companion.id for companion in problem.companions}
    return {a.id: a.chosen for a in problem.appointments if a.chosen in there - a.without}


def broken(problem: Problem, plan: dict[str, str]) -> list[str]:
    """Everything that is wrong with a plan; what the person chose may stand in its own way."""
    chosen = chosen_in(problem)
    asked = {appointment.id: appointment for appointment in problem.appointments}
    companions = {companion.id: companion for companion in problem.companions}
    wrong = [f"{name}: not whom they chose" for name, who in chosen.items() if plan.get(name) != who]
    for name, who in plan.items():
        if who not in companions or who in asked[name].without:
            wrong.append(f"{name}: {who} is out of the question")
        elif name not in chosen and not could(companions[who], asked[name]):
            wrong.append(f"{name}: {who} cannot")
    days = defaultdict(list)
    for name in sorted(plan, key=lambda name: asked[name].begins_at):
        days[plan[name]].append(asked[name])
    rushed = [two for day in days.values() for two in _rushed(problem, day)]
    return wrong + [
        f"{first.id}, {then.id}: no time"
        for first, then in rushed
        if not {first.id, then.id} <= chosen.keys()
    ]


def _rushed(problem: Problem, day: list[Appointment]) -> list[tuple[Appointment, Appointment]]:
    return [
        (first, then)
        for first, then in combinations(day, 2)
        if first.ends_at + timedelta(minutes=minutes(problem, first.place, then.place)) > then.begins_at
    ]


def could(companion: Companion, appointment: Appointment) -> bool:
    """Whether they speak what has to be spoken and are free, from one span into the next."""
    if appointment.language_must and appointment.language not in {"", *companion.languages}:
        return False
    reached = appointment.begins_at
    while further := max([end for begin, end in companion.available if begin <= reached < end], default=None):
        if further >= appointment.ends_at:
            return True
        reached = further
    return False


def minutes(problem: Problem, here: str, there: str) -> int:
    table = problem.travel.minutes
    if here == "" or there == "":
        return problem.travel.unknown
    return table.get((here, there), 0 if here == there else problem.travel.unknown)


def worth(problem: Problem, plan: dict[str, str]) -> tuple[int, int]:
    """How many appointments have nobody, and the points of what was decided."""
    chosen = chosen_in(problem)
    asked = {appointment.id: appointment for appointment in problem.appointments}
    points, hours, faces = 0, defaultdict(list), defaultdict(set)
    for name in asked:
        if name in plan and name not in chosen:
            companion = next(c for c in problem.companions if c.id == plan[name])
            points += _pair(problem, companion, asked[name])
            hours[plan[name]].append(asked[name])
            faces[plan[name]].add(asked[name].file)
    for companion in problem.companions:
        fixed = [asked[name] for name, who in chosen.items() if who == companion.id]
        met = faces[companion.id] - {appointment.file for appointment in fixed}
        points += sum(1000 + _strange(companion.knows.get(file, 0)) for file in met)
        points += _load(companion.hours, fixed, hours[companion.id])
    return len(asked) - len(plan), points


def _pair(problem: Problem, companion: Companion, appointment: Appointment) -> int:
    left = {c.id for c in problem.companions} - appointment.without
    backups = set(appointment.backups) & left
    way = minutes(problem, companion.home, appointment.place) + minutes(
        problem, appointment.place, companion.home
    )
    points = 6000 if backups and companion.id not in backups else 0
    points += 500 if appointment.gender and appointment.gender not in companion.genders else 0
    points += 200 if appointment.language and appointment.language not in companion.languages else 0
    return points + (way + 14) // 15


def _strange(times: int) -> int:
    return 3000 if times == 0 else 500 if times < 3 else 0


def _load(hours: float, fixed: list[Appointment], decided: list[Appointment]) -> int:
    """One half hour after the other, each dearer with every four hours."""
    begun = -int(-hours * 2 // 1) + sum(_half_hours(appointment) for appointment in fixed)
    whole = begun + sum(_half_hours(appointment) for appointment in decided)
    return sum(min(half_hour // 8, 10) for half_hour in range(begun, whole))


def _half_hours(appointment: Appointment) -> int:
    return -int(-(appointment.ends_at - appointment.begins_at).total_seconds() // 1800)
