"""The one place here that speaks to HiGHS: columns, rows, and the cheapest answer with a bound below it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

NO_END = highspy.kHighsInf
NODES = 200_000  # a limit that does not depend on how busy the machine is
SETTINGS: dict[str, Any] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 7,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,  # costs are whole numbers
    "mip_max_nodes": NODES,
}


@dataclass(frozen=True)
class Found:
    """The cheapest answer found, if any, and below what none can be: nought where nothing was proved."""

    values: Sequence[float] | None
    bound: float


@dataclass
class Program:
    """Columns from nought to `most`, whole or not, and rows that hold their sums between two bounds."""

    most: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)

    def column(self, most: float = 1.0, *, whole: bool = False) -> int:
        """Add a column and return its place."""
        self.most.append(most)
        self.whole.append(whole)
        return len(self.most) - 1

    def row(self, terms: Mapping[int, float], *, least: float = -NO_END, most: float = NO_END) -> None:
        """Hold a sum between two bounds."""
        self.rows.append((terms, least, most))

    def cheapest(self, costs: Mapping[int, float], start: Sequence[float], seconds: float) -> Found:
        """Return the cheapest answer for these costs, begun from one that is there already."""
        highs = highspy.Highs()
        for option, value in {**SETTINGS, "time_limit": max(seconds, 0.0)}.items():
            highs.setOptionValue(option, value)
        highs.passModel(self._model(costs))
        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        highs.setSolution(solution)
        highs.run()
        info = highs.getInfo()
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = list(highs.getSolution().col_value) if feasible else None
        bound = info.mip_dual_bound
        return Found(values, bound if math.isfinite(bound) else 0.0)

    def _model(self, costs: Mapping[int, float]) -> Any:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.most), len(self.rows)
        model.col_cost_ = np.array([costs.get(place, 0.0) for place in range(len(self.most))])
        model.col_lower_, model.col_upper_ = np.zeros(len(self.most)), np.array(self.most)
        model.row_lower_ = np.array([least for _terms, least, _most in self.rows], dtype=float)
        model.row_upper_ = np.array([most for _terms, _least, most in self.rows], dtype=float)
        kinds = highspy.HighsVarType
        model.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in self.whole]
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(terms) for terms, _least, _most in self.rows)]).astype(np.int32)
        matrix.index_ = np.array([place for terms, _, _ in self.rows for place in terms], dtype=np.int32)
        matrix.value_ = np.array(
            [value for terms, _, _ in self.rows for value in terms.values()], dtype=float
        )
        return model
