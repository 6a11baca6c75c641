"""Times that hold on a noisy machine: taken in turns, compared within one run."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from statistics import median

WARM_UP = 15


def in_turns(
    works: Mapping[str, Callable[[int], float]], rounds: int, *, warm_up: int = WARM_UP
) -> dict[str, list[float]]:
    """Do each work once a round, in an order drawn anew, and return what each took in seconds.

    The first rounds don't count.
    """
    draw = random.Random(7)
    times: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(warm_up + rounds):
        for name in draw.sample(list(works), len(works)):
            took = works[name](turn)
            if turn >= warm_up:
                times[name].append(took)
    return times


def ratio(times: Mapping[str, list[float]], first: str, second: str) -> float:
    """How much longer one took than the other: the medians' ratio."""
    return median(times[first]) / median(times[second])


def mann_whitney(first: list[float], second: list[float]) -> tuple[float, float]:
    """Return the two-sided p that both come from one distribution, and the effect.

    The chance that `first` is larger (0.5 is none).
    """
    ranked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    rank_sum, tied, at = 0.0, 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        rank_sum += (at + end + 1) / 2 * sum(1 for _, whose in ranked[at:end] if whose == 0)
        tied += (end - at) ** 3 - (end - at)
        at = end
    n, m = len(first), len(second)
    u = rank_sum - n * (n + 1) / 2
    spread = math.sqrt(n * m / 12 * ((n + m + 1) - tied / ((n + m) * (n + m - 1))))
    return math.erfc(abs(u - n * m / 2) / spread / math.sqrt(2)), u / (n * m)


def kolmogorov_smirnov(first: list[float], second: list[float]) -> float:
    """Return the p that both come from one distribution, by the largest gap between them (asymptotic)."""
    values = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    steps, gap = [0, 0], 0.0
    for _value, whose in values:
        steps[whose] += 1
        gap = max(gap, abs(steps[0] / len(first) - steps[1] / len(second)))
    sized = math.sqrt(len(first) * len(second) / (len(first) + len(second)))
    reach = (sized + 0.12 + 0.11 / sized) * gap
    return (
        min(
            1.0,
            max(0.0, 2 * sum((-1) ** (k - 1) * math.exp(-2 * k * k * reach * reach) for k in range(1, 101))),
        )
        if reach > 0.2
        else 1.0
    )
