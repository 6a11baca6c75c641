"""A fixed cube of counts, its margins, and the few tables that are cut from it. Pure: no database, no Django.

A node is one number of the cube: a unit and a category in each of its dimensions, or `*` for their sum.
Tables are made of nodes, so that the same number in two tables is one node, and what two tables say together
can be worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

SUM = "*"
Node = tuple[str, ...]  # ("mentions", "dental", "*", "cost")


@dataclass(frozen=True)
class Count:
    """A number as it is, and how many agencies stand behind it."""

    value: int
    agencies: int


NOTHING = Count(0, 0)


@dataclass(frozen=True)
class Partition:
    """A unit that counts what another counts, each once, by something else (requests, by how they ended).

    `within` are pairs of a dimension and its category: all that the whole counts under the first, the part
    counts under the second (what was never answered stands under "no day given").
    """

    part: str
    whole: str
    within: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = ()


@dataclass(frozen=True)
class Shape:
    """What a cube consists of.

    For each unit its dimensions, for each dimension its categories, and which unit counts parts of another.

    Of linked units `(part, whole)` everybody knows: a part in one category is at most the whole, and the
    whole at most all its parts together (a request names a barrier at most once, and each is counted under at
    least one, be it "not said"). Of a partition: in every cell that both have, they are equal.
    """

    name: str
    units: Mapping[str, tuple[str, ...]]
    categories: Mapping[str, tuple[str, ...]]
    links: tuple[tuple[str, str], ...] = ()
    partitions: tuple[Partition, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table of one unit, by one dimension or two; with sums of rows, of columns and of all."""

    code: str
    unit: str
    rows: str
    columns: str = ""

    def node(self, shape: Shape, row: str, column: str = SUM) -> Node:
        """Return the node of a cell; `*` is a sum."""
        at = {self.rows: row} | ({self.columns: column} if self.columns else {})
        return (self.unit, *(at.get(dimension, SUM) for dimension in shape.units[self.unit]))

    def nodes(self, shape: Shape) -> list[list[Node]]:
        """Return the table's nodes, row by row; the last row and the last column are sums."""
        columns = (*shape.categories[self.columns], SUM) if self.columns else (SUM,)
        return [
            [self.node(shape, row, column) for column in columns]
            for row in (*shape.categories[self.rows], SUM)
        ]

    def lines(self, shape: Shape) -> Iterator[tuple[Node, list[Node]]]:
        """Every row and column as its sum and what it is the sum of."""
        nodes = self.nodes(shape)
        if self.columns:
            yield from ((row[-1], row[:-1]) for row in nodes)
        for column in zip(*nodes, strict=True):
            yield column[-1], list(column[:-1])


@dataclass(frozen=True)
class Cube:
    """A shape filled with numbers: every node that is not zero, sums included."""

    shape: Shape
    counts: Mapping[Node, Count] = field(default_factory=dict)

    def __getitem__(self, node: Node) -> Count:
        return self.counts.get(node, NOTHING)

    @cached_property
    def base(self) -> list[Node]:
        """The nodes that are no sums and not zero."""
        return [node for node, count in self.counts.items() if SUM not in node and count.value]


def summed(shape: Shape, base: Mapping[Node, Mapping[str, int]]) -> Cube:
    """Return the cube of numbers by agency: `{node: {agency: value}}`, without sums; the sums are made."""
    sums: dict[Node, dict[str, int]] = {}
    for node, by_agency in base.items():
        for kept in product((True, False), repeat=len(node) - 1):
            key = (
                node[0],
                *(category if keep else SUM for category, keep in zip(node[1:], kept, strict=True)),
            )
            whole = sums.setdefault(key, {})
            for agency, value in by_agency.items():
                whole[agency] = whole.get(agency, 0) + value
    return Cube(
        shape,
        {
            key: Count(sum(by.values()), sum(1 for n in by.values() if n))
            for key, by in sums.items()
            if any(by.values())
        },
    )
