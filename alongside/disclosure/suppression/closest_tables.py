"""Other tables that agree with everything a reader knows.

Found at once, because they differ from the true one in little. Pure: no database, no Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from alongside.disclosure.suppression.solver import EXACT, FREE, Problem, Row
from alongside.disclosure.suppression.system import Interval, System

DRAWS = 3  # how often a closest table is looked for by another lot


class ClosestTables:
    """Tables that agree with what is known and differ from the true one in as little as possible.

    Found at once, and mostly of whole numbers.
    """

    def __init__(self, system: System, true: Any) -> None:
        self.true, self.rows = true, system.rows
        n = len(true)
        self._sums = [sum(true[at] * factor for at, factor in row.terms.items()) for row in system.rows]
        rows = [
            Row(self._both(row.terms, n), row.least - there, row.most - there)
            for row, there in zip(system.rows, self._sums, strict=True)
        ]
        self._upper = np.concatenate([np.full(n, system.top), true])
        self._rows, self._problem = rows, Problem(2 * n, rows, upper=self._upper)
        draw = np.random.default_rng(7)
        self._lots = [draw.integers(4, 9, 2 * n).astype(float) for _ in range(DRAWS)]
        self._ends = [(row.least, row.most) for row in rows]
        self._of_variable: dict[int, list[int]] = {}
        for number, row in enumerate(rows):
            for at in row.terms:
                self._of_variable.setdefault(at, []).append(number)

    @staticmethod
    def _both(terms: Mapping[int, float], n: int) -> dict[int, float]:
        return dict(terms) | {n + at: -factor for at, factor in terms.items()}

    def bound(self, row: int, least: float, most: float) -> None:
        """Change the bounds of one condition."""
        self._ends[row] = (least - self._sums[row], most - self._sums[row])
        self._problem.bound(row, *self._ends[row])

    def table(self, goals: Sequence[tuple[tuple[int, ...], int, bool]], *, limit: float) -> Any:
        """Return a table of whole numbers in which these add up to at most, or at least, so many.

        Nothing if it isn't found this way.
        """
        n = len(self.true)
        reached = [
            Row(self._both(dict.fromkeys(at, 1.0), n), *self._goal(at, to, down=down))
            for at, to, down in goals
        ]
        moved: set[int] = set()
        for row in reached:
            self._problem.add(row)
        try:
            for lot in self._lots:
                found = self._problem.cheapest(lot, limit=limit)
                if found is None or found.at is None:
                    return None
                if found.whole:
                    return self._changed(range(2 * n), found.at)
                moved |= set(np.nonzero(found.at > EXACT)[0].tolist())
        finally:
            self._problem.drop_added(len(reached))
        return self._among(sorted(moved), reached, limit)

    def _goal(self, at: tuple[int, ...], to: int, *, down: bool) -> Interval:
        there = self.true[list(at)].sum()
        return (-FREE, to - there) if down else (to - there, FREE)

    def _changed(self, places: Iterable[int], by: Any) -> Any:
        table, n = self.true.copy(), len(self.true)
        for place, change in zip(places, np.rint(by), strict=True):
            table[place % n] += change if place < n else -change
        return table

    def _among(self, places: list[int], reached: Sequence[Row], limit: float) -> Any:
        """The same, in whole numbers, changing only a few places.

        Those that the halves and thirds of a table in between would change.
        """
        new = {place: at for at, place in enumerate(places)}
        touched = sorted({row for place in places for row in self._of_variable.get(place, ())})
        rows = [
            Row({new[at]: factor for at, factor in row.terms.items() if at in new}, least, most)
            for row, (least, most) in [
                *((self._rows[number], self._ends[number]) for number in touched),
                *((row, (row.least, row.most)) for row in reached),
            ]
        ]
        found = Problem(len(places), rows, upper=self._upper[places], whole=True).largest((), limit=limit)
        return None if found is None or found.at is None else self._changed(places, found.at)
