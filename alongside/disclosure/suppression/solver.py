"""The one place that speaks to HiGHS: linear problems over counts, in whole numbers where that is asked.

Pure: no database, no Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

FREE = highspy.kHighsInf
EXACT = 1e-6


@dataclass(frozen=True)
class Row:
    """A condition: the sum of these variables times these factors lies between two bounds."""

    terms: Mapping[int, float]
    least: float
    most: float


@dataclass(frozen=True)
class Found:
    """What a solver found: how large, with which variables, and which conditions hold it back (`duals`)."""

    value: float
    at: Any
    duals: Any

    @property
    def whole(self) -> bool:
        """Whether all variables are whole numbers."""
        return bool(np.all(np.abs(self.at - np.rint(self.at)) < EXACT))


class Problem:
    """Variables from nought upwards and conditions on their sums.

    Asked again and again for the largest or smallest of something.
    """

    def __init__(
        self, variables: int, rows: Sequence[Row], *, upper: Any = FREE, whole: bool = False
    ) -> None:
        self.variables, self.rows = variables, list(rows)
        self._highs = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 7)):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(self._model(upper, whole))
        self._cost = np.zeros(variables)

    def _model(self, upper: Any, whole: bool) -> Any:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.variables, len(self.rows)
        model.col_cost_ = np.zeros(self.variables)
        model.col_lower_, model.col_upper_ = np.zeros(self.variables), np.zeros(self.variables) + upper
        model.row_lower_ = np.array([row.least for row in self.rows], dtype=float)
        model.row_upper_ = np.array([row.most for row in self.rows], dtype=float)
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * self.variables
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(row.terms) for row in self.rows)]).astype(np.int32)
        matrix.index_ = np.array([place for row in self.rows for place in row.terms], dtype=np.int32)
        matrix.value_ = np.array([factor for row in self.rows for factor in row.terms.values()], dtype=float)
        return model

    def bound(self, row: int, least: float, most: float) -> None:
        """Change the bounds of one condition."""
        self._highs.changeRowBounds(row, least, most)

    def add(self, row: Row) -> None:
        """Add a condition for the time being, behind the others."""
        places, factors = (
            np.array(list(row.terms), dtype=np.int32),
            np.array(list(row.terms.values()), dtype=float),
        )
        self._highs.addRow(row.least, row.most, len(row.terms), places, factors)

    def drop_added(self, many: int) -> None:
        """Forget the conditions that were added for the time being."""
        self._highs.deleteRows(many, np.arange(len(self.rows), len(self.rows) + many, dtype=np.int32))

    def largest(self, terms: Iterable[int] | Mapping[int, float], *, limit: float = 10.0) -> Found | None:
        """Return the largest that the sum of these variables can be; `inf` if nothing holds it.

        Nothing if no answer was found in time.
        """
        found = self.cheapest(-self._factors(terms), limit=limit)
        return None if found is None else Found(-found.value, found.at, found.duals)

    def smallest(self, terms: Iterable[int] | Mapping[int, float], *, limit: float = 10.0) -> Found | None:
        """Return the smallest that the sum of these variables can be."""
        return self.cheapest(self._factors(terms), limit=limit)

    def _factors(self, terms: Iterable[int] | Mapping[int, float]) -> Any:
        factors = np.zeros(self.variables)
        for place in terms:
            factors[place] = terms[place] if isinstance(terms, Mapping) else 1.0
        return factors

    def cheapest(self, cost: Any, *, limit: float) -> Found | None:
        """Return the table that costs least, each variable its own."""
        changed = np.nonzero(cost != self._cost)[0].astype(np.int32)
        if len(changed):
            self._highs.changeColsCost(len(changed), changed, cost[changed])
            self._cost = cost
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + limit)
        self._highs.run()
        return self._found()

    def _found(self) -> Found | None:
        status = self._highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return Found(-FREE, None, None)
        info = self._highs.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit):
            return None
        solution = self._highs.getSolution()
        return Found(info.objective_function_value, np.array(solution.col_value), np.array(solution.row_dual))


def cheapest_cover(
    costs: Sequence[float], covers: Sequence[Iterable[int]], *, limit: float
) -> list[int] | None:
    """Return the cheapest choice that takes at least one of each cover.

    Nothing if none was proven in time.
    """
    rows = [Row(dict.fromkeys(cover, 1.0), 1.0, FREE) for cover in covers]
    problem = Problem(len(costs), rows, upper=1.0, whole=True)
    found = problem.smallest(dict(enumerate(costs)), limit=limit)
    return None if found is None else [place for place, taken in enumerate(found.at) if taken > 0.5]
