"""Which numbers of a table must not be worked out, and how wide a reader has to be left guessing.

Pure: no database, no Django.

Decided (docs/decisions/0017): a number is withheld when it is smaller than the threshold, when fewer than
three agencies stand behind it, when it is nought (it would say "nobody"), and when it is the whole of its row
or column (it would say "everybody").
"""

from __future__ import annotations

from dataclasses import dataclass

from alongside.disclosure.suppression.cube import SUM, Cube, Node, Table
from alongside.disclosure.suppression.thresholds import AGENCIES

NOBODY, SMALL, FEW, EVERYBODY = "nobody", "small", "few", "everybody"
HEMMED_IN = "hemmed-in"  # it stands in no table, so nothing is withheld by which it would be given away


@dataclass(frozen=True)
class ProtectionInterval:
    """How far a reader must be left guessing about a number.

    It must stay possible that it is as low as `low`, and as high as `high`.
    """

    why: str
    low: int
    high: int

    def is_kept(self, least: float, most: float) -> bool:
        """Whether somebody who worked out that the number lies between these is still left guessing."""
        return least <= self.low and most >= self.high


def protection_interval(value: int, agencies: int, threshold: int) -> ProtectionInterval | None:
    """Return how widely a number must be protected by what it is itself; nothing if it may be shown.

    Small ones and noughts must look alike: as low as nothing, as high as the threshold. A number of few
    agencies must stay open by the threshold both ways.
    """
    if value < threshold:
        return ProtectionInterval(SMALL if value else NOBODY, 0, threshold)
    if agencies < AGENCIES:
        return ProtectionInterval(FEW, max(0, value - threshold), value + threshold)
    return None


def sensitive(table: Table, cube: Cube, threshold: int) -> dict[Node, ProtectionInterval]:
    """Return the primary suppressions of a table.

    Every number that must not be worked out, with how widely.
    """
    found: dict[Node, ProtectionInterval] = {}
    for row in table.nodes(cube.shape):
        for node in row:
            count = cube[node]
            interval = protection_interval(count.value, count.agencies, threshold)
            if interval:
                found[node] = interval
    for whole, parts in table.lines(cube.shape):
        for node in parts if len(parts) > 1 else ():
            value = cube[node].value
            if node not in found and value == cube[whole].value:
                found[node] = ProtectionInterval(EVERYBODY, value - threshold, value)
    return found


def inferred(cube: Cube, threshold: int, shown: frozenset[Node]) -> dict[Node, ProtectionInterval]:
    """Return the small numbers that stand in no table and that several tables hem in.

    Of whose sums with one part more left out two or more are shown.
    """

    def sums(node: Node) -> int:
        return sum(
            (*node[:at], SUM, *node[at + 1 :]) in shown for at in range(1, len(node)) if node[at] != SUM
        )

    small = (node for node, count in cube.counts.items() if 0 < count.value < threshold)
    return {
        node: ProtectionInterval(HEMMED_IN, 0, threshold)
        for node in small
        if len(node) - node.count(SUM) > 3 and sums(node) >= 2
    }
