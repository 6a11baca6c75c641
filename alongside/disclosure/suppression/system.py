"""What a reader knows, as conditions on the numbers of a cube. Pure: no database, no Django."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from alongside.disclosure.suppression.cube import SUM, Node, Partition, Shape
from alongside.disclosure.suppression.solver import FREE, Problem, Row

REST = "+"  # all the categories nobody can tell from the one beside it, together
Interval = tuple[float, float]


class System:
    """What a reader knows, as conditions on the numbers of the cube.

    Categories of which nothing at all is published look alike to a reader: one of them stands for each, and
    the rest go together.
    """

    def __init__(
        self,
        shape: Shape,
        known: Mapping[Node, Interval],
        opened: Mapping[Node, Interval] | None = None,
        top: float = 0,
    ) -> None:
        self.shape, self.openable = shape, dict(opened or {})
        self.known = {node: bounds for node, bounds in known.items() if node not in self.openable}
        named = [*self.known, *self.openable]
        self.units = self._units(named)
        self.groups = {dimension: self._groups(dimension, named) for dimension in shape.categories}
        keys = [
            (unit, *key)
            for unit in self.units
            for key in product(*(self.groups[d] for d in shape.units[unit]))
        ]
        self.place = {key: at for at, key in enumerate(keys)}
        rows = [self._row(node, *bounds) for node, bounds in [*self.known.items(), *self.openable.items()]]
        rows += self._linked()
        for partition in shape.partitions:
            if partition.part in self.units:
                rows += self._parted(partition)
        self.row_of = {node: len(self.known) + at for at, node in enumerate(self.openable)}
        self.top = top or 4 * max(
            [most for _, most in [*self.known.values(), *self.openable.values()] if most < FREE] + [100]
        )
        self.rows = rows

    def _units(self, named: Sequence[Node]) -> list[str]:
        """The units of which anything is known; what one counts in parts ties it to whatever else does so."""
        there = {node[0] for node in named}
        there |= {partition.whole for partition in self.shape.partitions if partition.part in there}
        return [unit for unit in self.shape.units if unit in there]

    def _groups(self, dimension: str, named: Iterable[Node]) -> dict[str, int]:
        """How many categories each group stands for.

        A category by itself, the one that stands for those alike, and their rest.
        """
        apart: set[str] = set()
        for node in named:
            dimensions = self.shape.units[node[0]]
            if dimension in dimensions:
                apart.add(node[1 + dimensions.index(dimension)])
        for partition in self.shape.partitions:
            if partition.part in self.units:  # what stands under another looks like no other
                apart |= {category for pair in partition.within for d, category in pair if d == dimension}
        alone = {category: 1 for category in self.shape.categories[dimension] if category in apart}
        alike = len(self.shape.categories[dimension]) - len(alone)
        return alone | ({"": 1} if alike else {}) | ({REST: alike - 1} if alike > 1 else {})

    def variables(self, node: Node) -> tuple[int, ...]:
        """Return which variables sum up to a node."""
        dimensions = self.shape.units[node[0]]
        choices = (
            self.groups[d] if category == SUM else [category if category in self.groups[d] else ""]
            for d, category in zip(dimensions, node[1:], strict=True)
        )
        return tuple(self.place[node[0], *key] for key in product(*choices))

    def filled(self, value_of: Mapping[Node, int]) -> Any:
        """Return the true table in these variables, from the numbers of the cube that are no sums."""
        table = np.zeros(len(self.place))
        for node, value in value_of.items():
            if node[0] in self.units:
                dimensions = self.shape.units[node[0]]
                key = [
                    self._group_of(dimension, category)
                    for dimension, category in zip(dimensions, node[1:], strict=True)
                ]
                table[self.place[node[0], *key]] += value
        return table

    def _group_of(self, dimension: str, category: str) -> str:
        if category in self.groups[dimension]:
            return category
        return REST if REST in self.groups[dimension] and category != self._first_alike[dimension] else ""

    @cached_property
    def _first_alike(self) -> dict[str, str]:
        return {
            d: next((c for c in of if c not in self.groups[d]), "") for d, of in self.shape.categories.items()
        }

    def _row(self, node: Node, least: float, most: float) -> Row:
        return Row(dict.fromkeys(self.variables(node), 1.0), least, most)

    def _linked(self) -> Iterator[Row]:
        for part, whole in self.shape.links:
            if part not in self.units or whole not in self.units:
                continue
            shared = len(self.shape.units[whole])
            beneath: dict[tuple[str, ...], list[int]] = {}
            for key, at in self.place.items():
                if key[0] == part:
                    above = (whole, *key[1 : 1 + shared])
                    beneath.setdefault(above, []).append(at)
                    times = 1
                    for dimension, group in zip(
                        self.shape.units[part][shared:], key[1 + shared :], strict=True
                    ):
                        times *= self.groups[dimension][group]
                    yield Row({at: 1.0, self.place[above]: -float(times)}, -FREE, 0.0)
            for above, parts in beneath.items():
                yield Row({self.place[above]: 1.0} | dict.fromkeys(parts, -1.0), -FREE, 0.0)

    def _parted(self, partition: Partition) -> Iterator[Row]:
        parts, wholes = (self.shape.units[unit] for unit in (partition.part, partition.whole))
        shared = [dimension for dimension in wholes if dimension in parts]
        for cell in product(*(self.groups[dimension] for dimension in shared)):
            at = dict(zip(shared, cell, strict=True))
            part, whole = self._within(partition.part, at), self._within(partition.whole, at)
            yield Row(dict.fromkeys(part, 1.0) | dict.fromkeys(whole, -1.0), 0.0, 0.0)
            for (above, counted), (dimension, under) in partition.within:
                part = self._within(partition.part, at | {dimension: under})
                whole = self._within(partition.whole, at | {above: counted})
                yield Row(dict.fromkeys(part, 1.0) | dict.fromkeys(whole, -1.0), 0.0, FREE)

    def _within(self, unit: str, at: Mapping[str, str]) -> list[int]:
        """Which variables of a unit stand at these groups."""
        choices = ([at[d]] if d in at else list(self.groups[d]) for d in self.shape.units[unit])
        return [self.place[unit, *key] for key in product(*choices)]

    def problem(self, *, whole: bool = False, more: Iterable[Row] = ()) -> Problem:
        """Return the problem of finding tables that agree with everything this reader knows."""
        return Problem(len(self.place), [*self.rows, *more], upper=self.top, whole=whole)

    @cached_property
    def _sparse(self) -> tuple[Any, Any, Any, Any]:
        index = np.array([at for row in self.rows for at in row.terms], dtype=np.int64)
        factor = np.array([value for row in self.rows for value in row.terms.values()])
        return index, factor, np.cumsum([0, *(len(row.terms) for row in self.rows)])[:-1], None

    def agrees(self, table: Any, bounds: tuple[Any, Any]) -> bool:
        """Whether a table of whole numbers agrees with every condition, worked out without the solver."""
        index, factor, start, _ = self._sparse
        sums = np.add.reduceat(table[index] * factor, start) if len(index) else np.zeros(0)
        return bool(np.all(table >= 0) and np.all(sums >= bounds[0]) and np.all(sums <= bounds[1]))
