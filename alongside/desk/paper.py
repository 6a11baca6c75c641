"""What of a person's own words fits on the two sides of a sheet, in large type.

Widths are of the vendored face, in ems and rather too wide than too narrow: what is set here never runs over
onto a third page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LINES = 29  # of a side of US Letter, at the size of what a person said (look.css, `.side`)
WIDTH = 21.5  # of a line, in ems of that size
APART = 1  # lines between one thing and the next
NARROW, WIDE = frozenset("fijlrtI.,;:!'’|()[] "), frozenset("mwMW@%&—…")


@dataclass(frozen=True)
class Thing:
    """Something the person said, and in which language."""

    words: str
    language: str = ""
    goes_on: bool = False  # on the other side


@dataclass
class Side:
    """One side of the sheet, and what stands on it."""

    room: int
    things: list[Thing] = field(default_factory=list)


def fill(things: Sequence[Thing], taken: Sequence[int]) -> tuple[list[Side], bool]:
    """Put things on the sides in their order; what is longer than the room goes on over the page.

    :param taken: how many lines of each side something else takes
    :return: the sides, and whether everything that was given stands on them
    """
    sides = [Side(LINES - lines) for lines in taken]
    waiting = list(things)
    for side in sides:
        while waiting:
            thing = waiting[0]
            needs = lines_of(thing.words) + APART
            if needs <= side.room:
                side.things.append(waiting.pop(0))
                side.room -= needs
                continue
            if needs > LINES - max(taken) or side is sides[-1]:
                waiting[0] = _begin(side, thing)
            break
    return sides, not waiting


def lines_of(words: str) -> int:
    """Return how many lines words take."""
    return sum(1 for _line in _wrapped(words))


def _begin(side: Side, thing: Thing) -> Thing:
    """Put on a side as much of a long thing as it holds; return what is left of it."""
    lines = list(_wrapped(thing.words))
    room = side.room - APART
    if room < 3:
        return thing
    side.things.append(Thing(" ".join(lines[:room]), thing.language, goes_on=True))
    side.room = 0
    return Thing(" ".join(lines[room:]), thing.language)


def _wrapped(words: str) -> Iterator[str]:
    """Yield the lines in which words are set; a word longer than a line is broken."""
    for paragraph in words.splitlines() or [""]:
        line, reached = "", 0.0
        for piece in _pieces(paragraph):
            wide = width(piece)
            if line and reached + wide > WIDTH:
                yield line
                line, reached = "", 0.0
            line, reached = f"{line} {piece}".strip(), reached + wide + 0.3
        yield line


def _pieces(paragraph: str) -> Iterator[str]:
    for word in paragraph.split():
        start, reached = 0, 0.0
        for place, letter in enumerate(word):
            reached += width(letter)
            if reached > WIDTH:
                yield word[start:place]
                start, reached = place, width(letter)
        yield word[start:]


def width(text: str) -> float:
    """Return how wide text is set, in ems."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if letter in NARROW:
        return 0.36
    if letter in WIDE or unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.74 if letter.isupper() or not letter.isascii() else 0.6
