"""What becomes of a position in a text when stretches of it are replaced.

Pure; positions are code points, as REFI-QDA counts them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple


class Edit(NamedTuple):
    """From `start` to `end` stand these words instead."""

    start: int
    end: int
    words: str


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits by place. They may touch, and never overlap.

    :raises ValueError: if one holds nothing, or two overlap
    """
    ordered = sorted(edits)
    if any(edit.start >= edit.end for edit in ordered) or any(
        edit.end > following.start for edit, following in pairwise(ordered)
    ):
        raise ValueError("Edits hold something and never overlap.")
    return ordered


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with every edit made."""
    pieces, at = [], 0
    for edit in in_order(edits):
        pieces += [text[at : edit.start], edit.words]
        at = edit.end
    return "".join([*pieces, text[at:]])


class Remap:
    """Where passages of the old text stand in the new one."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self.edits = in_order(edits)
        self._starts = [edit.start for edit in self.edits]
        self._grown = [0, *accumulate(len(edit.words) - (edit.end - edit.start) for edit in self.edits)]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a passage stands now.

        One that ends inside what was replaced takes in all of what stands there instead.

        None if nothing is left of it.
        """
        new = self._place(start, inside_goes=0), self._place(end, inside_goes=1)
        return new if new[0] < new[1] else None

    def _place(self, position: int, inside_goes: int) -> int:
        before = bisect_right(self._starts, position)  # edits that begin at or before it
        if before:
            last = self.edits[before - 1]
            begins = last.start + self._grown[before - 1]
            if last.start == position:
                return begins
            if position < last.end:
                return begins + (len(last.words) if inside_goes else 0)
        return position + self._grown[before]


def without_overlaps(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches joined where they overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
