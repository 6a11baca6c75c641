"""The attacker: everything a reader holds, and how closely each withheld number can be worked out from it.

Pure: no database, no Django.

A number is only called safe when whole tables were found that agree with everything published and in which it
is low, and high: proofs, not estimates. Whoever tries to work it out cannot tell those tables from the true
one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from alongside.disclosure.suppression.closest_tables import ClosestTables
from alongside.disclosure.suppression.cube import SUM, Node, Shape
from alongside.disclosure.suppression.sensitive import NOBODY, SMALL, ProtectionInterval
from alongside.disclosure.suppression.solver import EXACT, FREE, Found, Problem, Row
from alongside.disclosure.suppression.system import REST, Interval, System

TOGETHER = 16  # how many are tried to be far enough in one table


@dataclass(frozen=True)
class Breach:
    """A number that can be worked out too closely: between which two, and which ones hold it there."""

    node: Node
    interval: ProtectionInterval
    least: float
    most: float
    held_by: frozenset[Node]


class Attacker:
    """Somebody who holds a system, and looks for every number that must not be worked out."""

    def __init__(
        self,
        system: System,
        primary: Mapping[Node, ProtectionInterval],
        true: Any,
        *,
        suppressed: Iterable[Node] = (),
        limit: float = 5.0,
    ) -> None:
        self.system, self.limit = system, limit
        self._suppressed = dict.fromkeys(
            system.variables(node) for node in suppressed if node[0] in system.units
        )
        self._closest = ClosestTables(system, true)
        self._problem = system.problem()
        ends = [(row.least, row.most) for row in system.rows]
        self._bounds: tuple[Any, Any] = (
            np.array([least for least, _ in ends], dtype=float),
            np.array([most for _, most in ends], dtype=float),
        )
        self._shown = dict(system.openable)
        self._targets = self._strictest(primary)
        self._tables = np.array([true])
        self._withheld: list[tuple[list[int], int]] = self._hidden()

    def _strictest(
        self, primary: Mapping[Node, ProtectionInterval]
    ) -> dict[tuple[int, ...], tuple[Node, ProtectionInterval]]:
        """One target for all nodes that a reader can't tell apart: the strictest interval of them."""
        found: dict[tuple[int, ...], tuple[Node, ProtectionInterval]] = {}
        for node, interval in primary.items():
            if node[0] in self.system.units:
                at = self.system.variables(node)
                before = found[at][1] if at in found else interval
                found[at] = (
                    node,
                    ProtectionInterval(
                        interval.why, min(interval.low, before.low), max(interval.high, before.high)
                    ),
                )
        return found

    def show(self, withheld: Iterable[Node]) -> None:
        """Publish everything that may be withheld, but for these."""
        hidden = set(withheld)
        for node, bounds in self.system.openable.items():
            least, most = (0, FREE) if node in hidden else bounds
            row = self.system.row_of[node]
            self._problem.bound(row, least, most)
            self._closest.bound(row, least, most)
            self._bounds[0][row], self._bounds[1][row] = least, most
        self._shown = {node: bounds for node, bounds in self.system.openable.items() if node not in hidden}
        self._tables = self._tables[[self.system.agrees(table, self._bounds) for table in self._tables]]
        self._withheld = self._hidden()

    def breaches(self, most: int = 0) -> list[Breach]:
        """Return every number that is not left open widely enough; or the first so many."""
        self._sweep()
        found: list[Breach] = []
        for at in self._targets:
            if breach := self._breach(at):
                found.append(breach)
                if len(found) == most:
                    break
        return found

    def _sweep(self) -> None:
        """Tables in which many are far enough at once: most need none of their own."""
        for down in (True, False):
            left = [at for at in self._targets if not self._is_shown(at, down=down)]
            for some in self._apart(left):
                self._try_together([at for at in some if not self._is_shown(at, down=down)], down=down)

    def _apart(self, left: Iterable[tuple[int, ...]]) -> list[list[tuple[int, ...]]]:
        """Batches in which no two share a category: neighbours compete for the same sums."""
        batches: list[tuple[set[str], list[tuple[int, ...]]]] = []
        for at in left:
            named = set(self._targets[at][0][1:]) - {SUM}
            taken, batch = next(
                (begun for begun in batches if len(begun[1]) < TOGETHER and not begun[0] & named),
                (None, None),
            )
            if taken is None or batch is None:
                batches.append((taken := set(), batch := []))
            taken |= named
            batch.append(at)
        return [batch for _taken, batch in batches]

    def _try_together(self, some: list[tuple[int, ...]], *, down: bool) -> None:
        if len(some) < 2:
            return
        goals = [(at, self._targets[at][1].low if down else self._targets[at][1].high, down) for at in some]
        table = self._closest.table(goals, limit=self.limit)
        if table is not None and self.system.agrees(table, self._bounds):
            self._keep(table)
        else:
            self._try_together(some[: len(some) // 2], down=down)
            self._try_together(some[len(some) // 2 :], down=down)

    def _keep(self, table: Any) -> None:
        self._tables = np.vstack([self._tables, table])

    def _is_shown(self, at: tuple[int, ...], *, down: bool) -> bool:
        """Whether one of the tables found so far has this number as far down, or up, as it has to be."""
        _node, interval = self._targets[at]
        sums = self._tables[:, at].sum(axis=1)
        if down:
            return bool((sums <= interval.low).any())
        reaching = self._tables[sums >= interval.high]
        return len(reaching) > 0 and (
            interval.why not in (SMALL, NOBODY)
            or any(self._is_explained(table, at, interval.high) for table in reaching)
        )

    def _breach(self, at: tuple[int, ...]) -> Breach | None:
        node, interval = self._targets[at]
        held: set[Node] = set()
        least, most = float(interval.low), float(interval.high)
        if not self._is_shown(at, down=True):
            least, by = self._reach(at, interval.low, down=True)
            held |= by
        if not self._is_shown(at, down=False):
            most, by = self._reach(at, interval.high, down=False, alone=interval.why in (SMALL, NOBODY))
            held |= by
        return None if interval.is_kept(least, most) else Breach(node, interval, least, most, frozenset(held))

    def _reach(
        self, at: tuple[int, ...], to: int, *, down: bool, alone: bool = False
    ) -> tuple[float, set[Node]]:
        """How far down or up a number can be in a table that agrees, and what holds it if not far enough."""
        near = self._closest.table([(at, to, down)], limit=self.limit)
        if (
            near is not None
            and self.system.agrees(near, self._bounds)
            and (not alone or self._is_explained(near, at, to))
        ):
            self._keep(near)
            return float(to), set()
        found = (
            self._problem.smallest(at, limit=self.limit)
            if down
            else self._problem.largest(at, limit=self.limit)
        )
        if found is None:
            return (FREE if down else -1.0), set(self._shown)
        if found.value > to + EXACT if down else found.value < to - EXACT:
            return found.value, self._holding(found)
        table = self._table(found, at, to, down=down)
        if table is None:
            return (to + 1 if down else to - 1), set(self._shown)
        self._keep(table)
        if alone and not self._is_explained(table, at, to) and not self._other_explanation(at, to):
            return to - 1, set(self._shown)
        return float(to), set()

    def _holding(self, found: Found) -> set[Node]:
        return {node for node in self._shown if abs(found.duals[self.system.row_of[node]]) > EXACT}

    def _table(self, found: Found, at: tuple[int, ...], to: int, *, down: bool) -> Any:
        """A table of whole numbers in which the number is that far down or up.

        What the solver says is worked out again.
        """
        table = np.rint(found.at)
        if found.whole and self.system.agrees(table, self._bounds):
            return table
        rows = [
            Row(row.terms, least, most)
            for row, least, most in zip(self.system.rows, *self._bounds, strict=True)
        ]
        reached = Row(dict.fromkeys(at, 1.0), 0.0 if down else float(to), float(to) if down else FREE)
        whole = Problem(len(self.system.place), [*rows, reached], upper=self.system.top, whole=True).largest(
            (), limit=self.limit
        )
        table = None if whole is None else np.rint(whole.at)
        return table if table is not None and self.system.agrees(table, self._bounds) else None

    def _hidden(self) -> list[tuple[list[int], int]]:
        """What is withheld, with those that look alike as one: their variables, and how many they are."""
        seen = (
            dict.fromkeys(
                self.system.variables(node) for node in self.system.openable if node not in self._shown
            )
            | dict.fromkeys(self._targets)
            | self._suppressed
        )
        alike = [([place], self._times(key)) for key, place in self.system.place.items() if REST in key]
        return [(list(at), 1) for at in seen] + alike

    def _times(self, key: tuple[str, ...]) -> int:
        times = 1
        for dimension, group in zip(self.system.shape.units[key[0]], key[1:], strict=True):
            times *= self.system.groups[dimension][group]
        return times

    def _is_explained(self, table: Any, at: tuple[int, ...], threshold: int) -> bool:
        """Whether something else that is withheld is small in this table.

        Then withholding is explained without this number being small.
        """
        return any(
            tuple(places) != at and table[places].sum() < threshold * times
            for places, times in self._withheld
        )

    def _other_explanation(self, at: tuple[int, ...], threshold: int) -> bool:
        """Look for a table in which this number is high and another that is withheld is small."""
        for places, times in self._withheld:
            if tuple(places) != at:
                small = Row(dict.fromkeys(places, 1.0), 0.0, float(threshold * times - 1))
                high = Row(dict.fromkeys(at, 1.0), float(threshold), FREE)
                rows = [
                    Row(row.terms, least, most)
                    for row, least, most in zip(self.system.rows, *self._bounds, strict=True)
                ]
                found = Problem(
                    len(self.system.place), [*rows, small, high], upper=self.system.top, whole=True
                ).largest((), limit=self.limit)
                if found is not None and self.system.agrees(np.rint(found.at), self._bounds):
                    self._keep(np.rint(found.at))
                    return True
        return False


def worked_out(
    shape: Shape, known: Mapping[Node, Interval], nodes: Iterable[Node], *, limit: float = 10.0
) -> dict[Node, Interval]:
    """Return between what and what each of these numbers must lie for somebody who knows these.

    In whole numbers, exactly.

    `known` holds for each published node the least and the most it may have been (of a rounded number,
    `thresholds.hidden_by`).
    """
    system = System(shape, known)
    loose, whole = system.problem(), None
    found: dict[Node, Interval] = {}
    for node in nodes:
        if node[0] not in system.units:
            found[node] = (0.0, FREE)
            continue
        at = system.variables(node)
        ends = [loose.smallest(at, limit=limit), loose.largest(at, limit=limit)]
        if not all(end is not None and end.whole for end in ends):
            whole = whole or system.problem(whole=True)
            ends = [whole.smallest(at, limit=limit), whole.largest(at, limit=limit)]
        least, most = (end.value if end is not None else None for end in ends)
        found[node] = (round(least or 0), FREE if most is None or most >= system.top - 1 else round(most))
    return found
