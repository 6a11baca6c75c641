"""Which pieces of a short note to somebody else may tell who a person is.

Pure. What has the shape of a number, an address, an age or a whole date is there; a name or a place may be,
and a human has to look.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from alongside.text.identifiers import seen, suggest
from alongside.text.patterns import MONTH, I

SURE = {"email", "phone", "address", "age", "number"}
YEAR = re.compile(r"(?:19|20)\d\d|[/.\-]\d\d$")
DAY_OF_THE_WEEK = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
)
WAY = r"(?:street|avenue|ave|road|rd|boulevard|blvd|crescent|cres|highway|hwy|sideroad|rue|chemin)"
DOMAIN = r"(?:com|ca|org|net|info|gl|me|io|app|ly)"
FIGURE = r"(?<![\w.,:/])\d{1,6}[A-Za-z]?"
PLACES = (
    re.compile(r"\b[a-z][a-z+]{1,20}://[^\s<>\"”»)]+|\bwww\.[^\s<>\"”»)]+", I),
    re.compile(r"(?<![\w@.\-])(?:[\w\-]{1,63}\.){1,6}[a-z]{2,24}/[^\s<>\"”»)]*", I),
    re.compile(rf"(?<![\w@.\-])[\w\-]{{1,63}}(?:\.[\w\-]{{1,63}}){{0,4}}\.{DOMAIN}\b", I),
    re.compile(r"/{3}[^\W\d_]+(?:\.[^\W\d_]+){2}"),
    re.compile(r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b", I),
    re.compile(r"(?<![\w.,])[+\-−]?(?:1[0-8]\d|\d{1,2})[.,]\d{4,}(?![\w])"),
    re.compile(r"(?<![\w.,])[+\-−]?\d{1,2}[.,]\d{3,}°?\s?[NS]?\s?[,;/ ]\s?[+\-−]?\d{1,3}[.,]\d{3,}", I),
    re.compile(r"\d{1,3}\s?°\s?\d{1,2}"),
    re.compile(rf"{FIGURE} [^\W\d_]+ (?:[^\W\d_]+ )?{WAY}\b", I),
)
CAPITAL_AFTER_FIGURE = re.compile(rf"{FIGURE} (?:(?:de|du|des|la|le|the) ){{0,2}}([^\W\d_][\w’'\-]*)")
NO_NAME_OF_A_WAY = re.compile(
    rf"(?:{MONTH}|{DAY_OF_THE_WEEK}|h|am|pm|id|ids|ohip|sin|nas|odsp|ow|tb|ramq|[a-z])\Z", I
)


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


def places_in(words: str) -> list[str]:
    """Return the pieces of a note that say where a place is.

    An address, a link, where it is on the earth, or a figure with a capital after it that is no date.
    """
    words = seen(words)
    found = [words[each.start : each.end] for each in suggest(words) if each.kind == "address"]
    found += [match.group() for shape in PLACES for match in shape.finditer(words)]
    found += [
        match.group()
        for match in CAPITAL_AFTER_FIGURE.finditer(words)
        if match.group(1)[0].isupper() and not NO_NAME_OF_A_WAY.match(match.group(1))
    ]
    return list(dict.fromkeys(found))


def links_in(words: str) -> list[str]:
    """Return the pieces of a note that lead to a place on a map, or to a page that may say where it is."""
    return [match.group() for shape in PLACES[:5] for match in shape.finditer(seen(words))]
