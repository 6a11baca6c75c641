"""The same question in whole numbers: first as many appointments as can be, then the fewest points.

One column for each companion that could come to an appointment, one for each appointment nobody comes to, one
for each two that would meet, and a few for how many half hours a companion takes on. What cannot be done both
is held by cliques of appointments: of each, a companion comes to one at most.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import ceil

from alongside.accompaniment.matching import points
from alongside.accompaniment.matching.greedy import greedy
from alongside.accompaniment.matching.options import Options
from alongside.accompaniment.matching.solver import Found, Program

HALF = 0.5
NOISE = 1e-7


@dataclass(frozen=True)
class Proof:
    """How good a plan is, and how good one could be at best: beyond these bounds there is none.

    `points_at_least` is said of plans that leave no more appointments alone than this one.
    """

    unfilled: int
    unfilled_at_least: int
    points: int
    points_at_least: int

    @property
    def best(self) -> bool:
        """Whether there is no better plan."""
        return self.unfilled == self.unfilled_at_least and self.points == self.points_at_least

    @property
    def distance(self) -> float:
        """How far the points may be from the best at most, as a share of them."""
        return (self.points - self.points_at_least) / self.points if self.points else 0.0


@dataclass
class _Columns:
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)  # appointment and companion
    nobody: dict[str, int] = field(default_factory=dict)
    meetings: dict[tuple[str, str], int] = field(default_factory=dict)  # file and companion
    hours: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # of a companion: column and points


def best_plan(options: Options, seconds: float) -> tuple[dict[str, str], Proof]:
    """Return the best plan found in so many seconds, and how far from the best it can be at most."""
    until = time.monotonic() + seconds
    question = Question(options)
    plan = greedy(options)
    plan, bound = question.asked(plan, dict.fromkeys(question.columns.nobody.values(), 1.0), seconds / 2)
    unfilled_at_least = max(bound, question.hopeless)
    question.hold_unfilled(len(options.appointments) - len(plan))
    plan, bound = question.asked(plan, question.costs(), until - time.monotonic())
    unfilled, reached = len(options.appointments) - len(plan), points.of_plan(options, plan)
    return plan, Proof(unfilled, min(unfilled_at_least, unfilled), reached, min(max(bound, 0), reached))


class Question:
    """The columns and rows for some options, to be asked for the cheapest by one cost after the other."""

    def __init__(self, options: Options) -> None:
        self.options, self.program, self.columns = options, Program(), _Columns()
        self.could = {name: who for name, who in options.could.items() if name not in options.fixed}
        self.hopeless = sum(1 for who in self.could.values() if not who)
        self._somebody_or_nobody()
        self._never_two_at_once()
        self._meetings()
        self._hours()

    def _somebody_or_nobody(self) -> None:
        for name, who in self.could.items():
            self.columns.nobody[name] = self.program.column(whole=True)
            for companion in who:
                self.columns.pairs[name, companion] = self.program.column(whole=True)
            all_of_it = [self.columns.nobody[name], *(self.columns.pairs[name, c] for c in who)]
            self.program.row(dict.fromkeys(all_of_it, 1.0), least=1.0, most=1.0)

    def _never_two_at_once(self) -> None:
        for names in self._by_companion().values():
            for clique in cliques({name: self.options.clashes[name] & names.keys() for name in names}):
                self.program.row({names[name]: 1.0 for name in clique}, most=1.0)

    def _meetings(self) -> None:
        already = points.met(self.options)
        for (name, companion), pair in self.columns.pairs.items():
            two = (self.options.appointments[name].file, companion)
            if two not in already:
                if two not in self.columns.meetings:
                    self.columns.meetings[two] = self.program.column()
                self.program.row({pair: 1.0, self.columns.meetings[two]: -1.0}, most=0.0)

    def _hours(self) -> None:
        for companion, names in self._by_companion().items():
            length = {name: points.half_hours(self.options.appointments[name]) for name in names}
            whole = sum(length.values())
            columns = [
                (self.program.column(whole if wide is None else min(wide, whole)), slope)
                for slope, wide in points.bands(points.begun(self.options, companion))
            ]
            self.columns.hours[companion] = columns
            terms = {names[name]: float(length[name]) for name in names} | {
                column: -1.0 for column, _ in columns
            }
            self.program.row(terms, most=0.0)

    def _by_companion(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (name, companion), column in self.columns.pairs.items():
            found.setdefault(companion, {})[name] = column
        return dict(sorted(found.items()))

    def hold_unfilled(self, many: int) -> None:
        """Leave no more appointments alone than so many."""
        self.program.row(dict.fromkeys(self.columns.nobody.values(), 1.0), most=float(many))

    def costs(self) -> dict[int, float]:
        """Return the points of each column."""
        options, columns = self.options, self.columns
        found = {
            column: float(points.of_pair(options.companions[c], options.appointments[name], options.travel))
            for (name, c), column in columns.pairs.items()
        }
        for (file, c), column in columns.meetings.items():
            found[column] = float(points.of_meeting(options.companions[c], file))
        return found | {column: float(slope) for every in columns.hours.values() for column, slope in every}

    def asked(
        self, plan: dict[str, str], costs: Mapping[int, float], seconds: float
    ) -> tuple[dict[str, str], int]:
        """Return the best plan found, the one it began from if none is better, and the bound below it."""
        if not self.columns.pairs:
            return plan, 0
        found = self.program.cheapest(costs, self._start(plan), seconds)
        bound = ceil(found.bound - NOISE * max(1.0, abs(found.bound)))
        return min(plan, self._plan(found, plan), key=self._worth), bound

    def _worth(self, plan: Mapping[str, str]) -> tuple[int, int]:
        return -len(plan), points.of_plan(self.options, plan)

    def _start(self, plan: Mapping[str, str]) -> list[float]:
        start = [0.0] * len(self.program.most)
        for name, column in self.columns.nobody.items():
            start[column] = float(name not in plan)
        more: dict[str, int] = {}
        for name, companion in plan.items():
            if name in self.could:
                start[self.columns.pairs[name, companion]] = 1.0
                met = self.columns.meetings.get((self.options.appointments[name].file, companion))
                if met is not None:
                    start[met] = 1.0
                hours = points.half_hours(self.options.appointments[name])
                more[companion] = more.get(companion, 0) + hours
        for companion, left in more.items():
            for column, _slope in self.columns.hours[companion]:
                start[column] = min(left, self.program.most[column])
                left -= int(start[column])
        return start

    def _plan(self, found: Found, otherwise: dict[str, str]) -> dict[str, str]:
        if found.values is None:
            return otherwise
        taken = {name: c for (name, c), column in self.columns.pairs.items() if found.values[column] > HALF}
        return dict(self.options.fixed) | taken


def cliques(clashes: Mapping[str, frozenset[str]]) -> Iterator[list[str]]:
    """Yield groups of which any two clash, until every clash lies in one; in the order they are given in."""
    covered: set[tuple[str, str]] = set()
    order = list(clashes)
    for place, first in enumerate(order):
        for then in order[place + 1 :]:
            if then in clashes[first] and (first, then) not in covered:
                clique = _grown([first, then], order, clashes)
                covered.update(combinations(clique, 2))
                yield clique


def _grown(clique: list[str], order: list[str], clashes: Mapping[str, frozenset[str]]) -> list[str]:
    for other in order:
        if clashes[other].issuperset(clique):
            clique = [*clique, other]
    return sorted(clique, key=order.index)
