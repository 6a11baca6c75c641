"""Words as they are printed: paragraphs, emphasis, and the numbers of references raised above the line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = re.compile(
    r"\^\{(?P<braced>\d+(?:\s*,\s*\d+)*)\}|\^(?P<plain>\d+(?:,\d+)*)|\*\*(?P<strong>\S(?:.*?\S)?)\*\*"
)
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Piece:
    """A run of words: plain (`text`), `strong`, or the numbers of references (`cite`)."""

    kind: str
    text: str = ""
    numbers: tuple[int, ...] = ()


def paragraphs(words: str) -> list[str]:
    """Return the paragraphs of a text; an empty line stands between two."""
    return [
        paragraph.strip()
        for paragraph in _PARAGRAPHS.split(words.replace("\r\n", "\n").replace("\r", "\n"))
        if paragraph.strip()
    ]


def pieces(words: str) -> list[Piece]:
    """Return a paragraph in runs.

    `^1,2` and `^{1,2}` cite references, `**so**` is emphasised, all else stands as it is.
    """
    found: list[Piece] = []
    at = 0
    for mark in _MARKS.finditer(words):
        if mark.start() > at:
            found.append(Piece("text", words[at : mark.start()]))
        numbers = mark["braced"] or mark["plain"]
        if numbers:
            before = (
                found.pop().numbers if found and found[-1].kind == "cite" else ()
            )  # `^1^2` is one mark, as `^1,2` is
            found.append(Piece("cite", numbers=(*before, *(int(number) for number in numbers.split(",")))))
        else:
            found.append(Piece("strong", mark["strong"]))
        at = mark.end()
    if at < len(words):
        found.append(Piece("text", words[at:]))
    return found


def cited(words: str) -> list[int]:
    """Return the numbers of the references a text cites, in the order of the text."""
    return [number for piece in pieces(words) for number in piece.numbers]


def plain(words: str) -> str:
    """Return a text without its marks, for an alternative text or a title."""
    return "".join(piece.text for piece in pieces(words))


def money(amount: int, language: str) -> str:
    """Return whole dollars as they are written in Canada: `$1,200` and `1 200 $`."""
    digits = f"{abs(amount):,}"
    sign = "−" if amount < 0 else ""
    return f"{sign}{digits.replace(',', chr(0xA0))}\u00a0$" if language == "fr" else f"{sign}${digits}"


def count(number: int, language: str) -> str:
    """Return a whole number with its thousands set apart."""
    digits = f"{number:,}"
    return digits.replace(",", "\u00a0") if language == "fr" else digits
