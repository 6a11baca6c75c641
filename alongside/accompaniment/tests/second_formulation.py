"""The best there is, found in two other ways: by trying everything, and as a way through each week.

The second holds only neighbours against the table of ways: its best is the best where no detour is shorter.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

import highspy

from alongside.accompaniment.matching.problem import Problem
from alongside.accompaniment.tests import feasibility

NOBODY = 10_000_000


def by_trying_everything(problem: Problem) -> tuple[int, int]:
    return min(feasibility.worth(problem, plan) for plan in _plans(problem))


def _plans(problem: Problem) -> Iterator[dict[str, str]]:
    fixed = feasibility.chosen_in(problem)
    plans = [dict(fixed)]
    for appointment in problem.appointments:
        if appointment.id not in fixed:
            further = [{**plan, appointment.id: c.id} for plan in plans for c in problem.companions]
            plans += [plan for plan in further if not feasibility.broken(problem, plan)]
    yield from plans


def by_ways(problem: Problem) -> tuple[int, int]:
    """A companion's week as one way from appointment to appointment; nobody, meetings and hours as costs."""
    fixed = feasibility.chosen_in(problem)
    asked = sorted((a for a in problem.appointments if a.id not in fixed), key=lambda a: a.begins_at)
    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    comes: dict[str, list[int]] = {a.id: [_whole(program, NOBODY)] for a in asked}
    for companion in problem.companions:
        theirs = [
            a
            for a in asked
            if companion.id not in a.without
            and feasibility.could(companion, a)
            and not feasibility.broken(problem, fixed | {a.id: companion.id})
        ]
        into = _ways_through(program, problem, theirs)
        for a in theirs:
            comes[a.id].append(_whole(program, feasibility._pair(problem, companion, a)))
            _row(program, 0, 0, {comes[a.id][-1]: -1, **dict.fromkeys(into[a.id], 1)})
        here = {a.id: comes[a.id][-1] for a in theirs}
        _meetings(program, problem, companion, theirs, here)
        _hours(program, problem, companion, theirs, here)
    for columns in comes.values():
        _row(program, 1, 1, dict.fromkeys(columns, 1))
    program.setOptionValue("mip_rel_gap", 0.0)
    program.setOptionValue("mip_abs_gap", 0.5)
    program.run()
    return divmod(round(program.getInfo().objective_function_value), NOBODY)


def _ways_through(program, problem, theirs) -> dict[str, list[int]]:
    into, out = {a.id: [_whole(program, 0)] for a in theirs}, {a.id: [_whole(program, 0)] for a in theirs}
    if theirs:
        _row(program, 0, 1, {into[a.id][0]: 1 for a in theirs})
    for first, then in combinations(theirs, 2):
        way = feasibility.minutes(problem, first.place, then.place)
        if first.ends_at + timedelta(minutes=way) <= then.begins_at:
            step = _whole(program, 0)
            out[first.id].append(step)
            into[then.id].append(step)
    for a in theirs:
        _row(program, 0, 0, {**dict.fromkeys(into[a.id], 1), **dict.fromkeys(out[a.id], -1)})
    return into


def _meetings(program, problem, companion, theirs, here) -> None:
    fixed = feasibility.chosen_in(problem)
    met = {a.file for a in problem.appointments if fixed.get(a.id) == companion.id}
    for file in sorted({a.file for a in theirs} - met):
        cost = 1000 + feasibility._strange(companion.knows.get(file, 0))
        many = [here[a.id] for a in theirs if a.file == file]
        meeting = _whole(program, cost)
        _row(program, -highspy.kHighsInf, 0, {meeting: -len(many), **dict.fromkeys(many, 1)})


def _hours(program, problem, companion, theirs, here) -> None:
    """A cost that lies above every line from one number of half hours to the next."""
    fixed = feasibility.chosen_in(problem)
    chosen = [a for a in problem.appointments if fixed.get(a.id) == companion.id]
    length = {a.id: feasibility._half_hours(a) for a in theirs}
    program.addVar(0, highspy.kHighsInf)
    cost = program.getNumCol() - 1
    program.changeColCost(cost, 1)
    begun = -int(-companion.hours * 2 // 1) + sum(map(feasibility._half_hours, chosen))
    below = 0
    for many in range(sum(length.values())):
        slope = min((begun + many) // 8, 10)
        line = {here[name]: -slope * hours for name, hours in length.items() if slope}
        _row(program, below - slope * many, highspy.kHighsInf, {cost: 1, **line})
        below += slope


def _whole(program, cost: float) -> int:
    program.addVar(0, 1)
    column = program.getNumCol() - 1
    program.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    program.changeColCost(column, cost)
    return column


def _row(program, least: float, most: float, terms: dict[int, float]) -> None:
    program.addRow(least, most, len(terms), list(terms), [float(value) for value in terms.values()])
