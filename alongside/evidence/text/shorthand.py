"""Which code and which words somebody means who types `12-14 trust`. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from alongside.kernel.transliteration import folded
from alongside.text import identifiers, sentences

if TYPE_CHECKING:
    from alongside.evidence.models import Code

LINE = re.compile(r"\s*(\d{1,5})(?:\s*(?:-|–|—|\.\.|to|à)\s*(\d{1,5}))?[\s:,]+(\S.*)", re.DOTALL)


class Said(NamedTuple):
    """What was typed: from which sentence to which, and the code's name."""

    first: int | None
    last: int | None
    name: str


def read(line: str) -> Said:
    """Read `12-14 trust`, `12 trust` or `trust`."""
    match = LINE.fullmatch(line)
    if not match:
        return Said(None, None, " ".join(line.split()))
    first = int(match.group(1))
    return Said(first, int(match.group(2) or first), " ".join(match.group(3).split()))


def meant(name: str, codes: Sequence[Code]) -> list[Code]:
    """Return the codes somebody can mean: the one called so; else those that begin so.

    Else those in which it stands. Case and accents are nothing.
    """
    wanted = folded(name)
    if not wanted:
        return []
    called = [(folded(code.name), code) for code in codes]
    for fits in (
        lambda label: label == wanted,
        lambda label: label.startswith(wanted),
        lambda label: wanted in label,
    ):
        if found := [code for label, code in called if fits(label)]:
            return found
    return []


def span(text: str, first: int, last: int, words: str = "") -> tuple[int, int] | None:
    """Return where sentences `first` to `last` stand, or within them these words; None if there are none."""
    found = sentences.span_of(sentences.split(text), first, last)
    if found is None or not words.split():
        return found
    inside = identifiers.places_of(words.split(), text[found[0] : found[1]])
    return (found[0] + inside[0][0], found[0] + inside[0][1]) if inside else None
