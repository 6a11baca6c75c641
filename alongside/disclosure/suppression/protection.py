"""Withholding as little as protects everything that must not be worked out. Pure: no database, no Django.

The classical model (every number that must not be worked out admits a table in which it is low, and one in
which it is high) is solved by its cuts: an attacker who gets too close is held there by published numbers, of
which at least one has to go; the cheapest choice that satisfies all such cuts is proven by HiGHS, and
attacked again, until nothing is left to say. Where time runs out the choice only grows, and is attacked until
it is safe all the same.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alongside.disclosure.suppression.attacker import Attacker, Breach
from alongside.disclosure.suppression.cube import Cube, Node, Table
from alongside.disclosure.suppression.sensitive import ProtectionInterval, inferred, sensitive
from alongside.disclosure.suppression.solver import cheapest_cover
from alongside.disclosure.suppression.system import System

EXACT_UP_TO = 150  # numbers in a table, up to which the cheapest protection is looked for
SECONDS = 4.0
PATIENCE = 150.0  # seconds after which what is not proven safe is given up
AT_ONCE = 12  # of a large table so many are answered before it is attacked again


class CannotProtect(Exception):
    """Nothing that could be withheld would make this safe; `breaches` says which numbers."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        super().__init__(f"{len(breaches)} numbers cannot be protected")
        self.breaches = list(breaches)


class TooLong(Exception):
    """It could not be proven safe in time, and so it isn't taken to be."""


@dataclass(frozen=True)
class Reader:
    """Somebody who will read the table.

    How small is too small for them, what they hold already, and the tables it stands in.
    """

    threshold: int
    holds: frozenset[Node] = frozenset()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Protected:
    """What is withheld of a table.

    The primary suppressions, which must not be worked out, and the complementary ones, so that they can't be.
    """

    withheld: frozenset[Node]
    primary: Mapping[Node, ProtectionInterval] = field(default_factory=dict)
    proven: bool = False  # whether nothing cheaper would do

    @property
    def complementary(self) -> frozenset[Node]:
        """The complementary suppressions.

        What is withheld only so that the primary ones can't be worked out (Cox 1980; Hundepool et al. 2012).
        """
        return self.withheld - set(self.primary)


def protect(
    table: Table,
    cube: Cube,
    threshold: int,
    readers: Sequence[Reader] = (),
    *,
    seed: str = "",
    seconds: float = SECONDS,
) -> Protected:
    """Return what to withhold of a table from readers with this threshold, given what they hold.

    Narrower readers, and what they hold, count as well.

    :raises CannotProtect: if withholding all of it would not do
    :raises TooLong: if it could not be proven safe in time
    """
    readers = readers or (Reader(threshold),)
    primary = sensitive(table, cube, threshold)
    nodes = [node for row in table.nodes(cube.shape) for node in row]
    frozen = frozenset().union(*(reader.holds for reader in readers if reader.threshold == threshold))
    own = {node for node in primary if node not in frozen}
    attackers = [attacker_of(reader, table, cube, hidden=own) for reader in readers]
    search = _Search(attackers, own, _costs(nodes, cube, seed), frozen, seconds)
    withheld, proven = search.run(exact=len(nodes) <= EXACT_UP_TO)
    return Protected(frozenset(withheld), primary, proven)


def attacker_of(reader: Reader, table: Table | None, cube: Cube, *, hidden: set[Node]) -> Attacker:
    """Return the attacker a reader could be.

    What they hold is as exact to them as if nothing had been rounded.
    """
    tables = (*reader.tables, *((table,) if table else ()))
    primary: dict[Node, ProtectionInterval] = {}
    for printed in tables:
        primary |= sensitive(printed, cube, reader.threshold)
    known = {node: (cube[node].value, cube[node].value) for node in reader.holds}
    nodes = [node for row in table.nodes(cube.shape) for node in row] if table else []
    opened = {
        node: (cube[node].value, cube[node].value)
        for node in nodes
        if node not in known and node not in hidden
    }
    primary = inferred(cube, reader.threshold, reader.holds | set(opened)) | primary
    system = System(cube.shape, known, opened)
    true = system.filled({node: cube[node].value for node in cube.base})
    suppressed = (
        {node for printed in tables for row in printed.nodes(cube.shape) for node in row}
        - set(known)
        - set(opened)
    )
    return Attacker(system, primary, true, suppressed=suppressed)


def _costs(nodes: Sequence[Node], cube: Cube, seed: str) -> dict[Node, float]:
    """What withholding a number loses: about as much as it counts.

    By a lot of the table's own, so that the pattern can't be worked backwards.
    """

    def lot(node: Node) -> float:
        return hashlib.sha256("|".join((seed, *node)).encode()).digest()[0] / 1024

    return {node: (1 + cube[node].value) * (1 + lot(node)) for node in nodes}


class _Search:
    """The search for what to withhold."""

    def __init__(
        self,
        attackers: Sequence[Attacker],
        own: set[Node],
        costs: Mapping[Node, float],
        frozen: frozenset[Node],
        seconds: float,
    ) -> None:
        self.attackers, self.own, self.costs = attackers, own, costs
        self.open = [node for node in costs if node not in own and node not in frozen]
        self.place = {node: at for at, node in enumerate(self.open)}
        self.cuts: list[frozenset[int]] = []
        self.until, self.end = time.monotonic() + seconds, time.monotonic() + PATIENCE

    def run(self, *, exact: bool) -> tuple[set[Node], bool]:
        extra: set[int] = set()
        while True:
            withheld = self.own | {self.open[at] for at in extra}
            if time.monotonic() > self.end:
                raise TooLong
            breaches = self._breaches(withheld, 0 if exact else AT_ONCE)
            if not breaches:
                return withheld, exact
            new = self._cuts(breaches)
            self.cuts += new
            exact = exact and time.monotonic() < self.until
            extra = (self._cheapest() if exact else None) or self._grown(extra, new)

    def _breaches(self, withheld: set[Node], most: int) -> list[Breach]:
        """What the first attacker who gets too close gets at.

        Narrower readers hold more, so the widest comes first.
        """
        for attacker in self.attackers:
            attacker.show(withheld)
            if found := attacker.breaches(most):
                return found
        return []

    def _cuts(self, breaches: Sequence[Breach]) -> list[frozenset[int]]:
        cuts = {
            frozenset(self.place[node] for node in breach.held_by if node in self.place): breach
            for breach in breaches
        }
        if frozenset() in cuts:
            raise CannotProtect([breach for cut, breach in cuts.items() if not cut])
        return list(cuts)

    def _cheapest(self) -> set[int] | None:
        chosen = cheapest_cover(
            [self.costs[node] for node in self.open],
            self.cuts,
            limit=max(0.05, self.until - time.monotonic()),
        )
        return None if chosen is None else set(chosen)

    def _grown(self, extra: set[int], new: Sequence[frozenset[int]]) -> set[int]:
        """What is withheld, and of every new cut the one that answers most of them for its cost."""
        grown, left = set(extra), [cut for cut in new if not cut & extra]
        while left:
            worth: dict[int, int] = {}
            for cut in left:
                for at in cut:
                    worth[at] = worth.get(at, 0) + 1
            best = max(worth, key=lambda at: (worth[at] / self.costs[self.open[at]], -at))
            grown.add(best)
            left = [cut for cut in left if best not in cut]
        return grown
