"""What a reader could work out from all that was ever released to them, and what is about to be.

Pure: no database, no Django.

What is published is taken as exact, even where it was rounded: rounding is a second layer, and nothing rests
on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.disclosure.suppression.attacker import Breach
from alongside.disclosure.suppression.cube import Cube, Node, Table
from alongside.disclosure.suppression.protection import Reader, attacker_of
from alongside.disclosure.suppression.thresholds import AUDIENCES, holds, readers_of


@dataclass(frozen=True)
class Holding:
    """A table as it was released: to whom, and which of its numbers were shown."""

    table: Table
    audience: str
    shown: frozenset[Node]


@dataclass(frozen=True)
class Finding:
    """A number that readers of an audience could work out too closely, and between which two."""

    audience: str
    node: Node
    why: str
    least: float
    most: float


def readers(holdings: Sequence[Holding], audience: str) -> list[tuple[str, Reader]]:
    """Return who reads what is released to an audience, widest first, with all they hold.

    Whoever holds no more than the one before is no other reader.
    """
    found: list[tuple[str, Reader]] = []
    for code in sorted(readers_of(audience), key=lambda code: -AUDIENCES[code].reach):
        held = [holding for holding in holdings if holding.audience in holds(code)]
        shown: frozenset[Node] = frozenset().union(*(holding.shown for holding in held))
        if not found or shown != found[-1][1].holds:
            found.append(
                (code, Reader(AUDIENCES[code].threshold, shown, tuple(holding.table for holding in held)))
            )
    return found


def audit(cube: Cube, holdings: Sequence[Holding], audience: str) -> list[Finding]:
    """Return every number that readers of this or a narrower audience could work out too closely."""
    return [
        Finding(code, breach.node, breach.interval.why, breach.least, breach.most)
        for code, reader in readers(holdings, audience)
        for breach in _breaches(cube, reader)
    ]


def _breaches(cube: Cube, reader: Reader) -> list[Breach]:
    return attacker_of(reader, None, cube, hidden=set()).breaches() if reader.holds else []
