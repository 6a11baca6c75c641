"""Which pieces of a short note to somebody else may tell who a person is.

Pure. What has the shape of a number, an address, an age or a whole date is there; a name or a place may be,
and a human has to look.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from alongside.text.identifiers import suggest

SURE = {"email", "phone", "address", "age", "number"}
YEAR = re.compile(r"(?:19|20)\d\d|[/.\-]\d\d$")


class Telling(NamedTuple):
    """The pieces that tell, and those that may."""

    sure: list[str]
    perhaps: list[str]


def telling(words: str) -> Telling:
    """Return the pieces of a note that tell who somebody is, and those a human has to look at."""
    found = [(words[each.start : each.end], each.kind) for each in suggest(words)]
    sure = [piece for piece, kind in found if kind in SURE or (kind == "date" and YEAR.search(piece))]
    perhaps = [piece for piece, kind in found if kind not in {*SURE, "date"}]
    return Telling(list(dict.fromkeys(sure)), list(dict.fromkeys(perhaps)))


def addresses_in(words: str) -> list[str]:
    """Return the pieces of a note that have the shape of an address."""
    return [words[each.start : each.end] for each in suggest(words) if each.kind == "address"]
