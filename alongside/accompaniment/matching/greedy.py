"""A plan that is good enough at once: hardest appointments first, each to whoever costs least then.

The solver begins from it, and it stands where the solver finds nothing in its time.
"""

from __future__ import annotations

from alongside.accompaniment.matching import points
from alongside.accompaniment.matching.options import Options


def greedy(options: Options) -> dict[str, str]:
    """Return a plan that holds every condition, with what was chosen in it."""
    plan = dict(options.fixed)
    left = [name for name in options.appointments if name not in plan]
    for name in sorted(left, key=lambda name: len(options.could[name])):
        free = [companion for companion in options.could[name] if options.free_in(plan, companion, name)]
        if free:
            costs = {companion: points.of_one_more(options, plan, name, companion) for companion in free}
            plan[name] = min(free, key=lambda companion: (costs[companion], companion))
    return plan
