"""What must not be known is taken out here, before anything is stored.

The field itself, and the same wherever else it stands, in whatever spelling: a telephone number is its
digits, a street its number and name, a postal code its six characters. What tells nothing alone (a postal
code that is all of a town, a unit, a street without its number) is taken out of the same record and
organization only. What other records say of their own address and telephone is left alone: a gap there would
point at what it hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from alongside.directory.formats.records import Feed, Found, Record

MARK: Final = "[…]"
_BETWEEN: Final = r"[\s,.;:()\-‐-―’'/]*"
_TYPES: Final = (
    "street str st|avenue ave av|road rd|drive dr|crescent cres|boulevard blvd boul|lane ln|court crt ct|way|"
    "place pl|terrace terr|circle cir|parkway pkwy|trail trl|gate|square sq|highway hwy|line|sideroad|rue|"
    "chemin ch|rang|ruelle|promenade prom|allée|côte|route rte|croissant|montée"
)
_TYPE: Final = rf"(?:{'|'.join(sorted(re.split(r'[ |]', _TYPES), key=len, reverse=True))})"
_HEADING: Final = r"(?:north|south|east|west|nord|sud|est|ouest|n|s|e|w|o)"
_IS_TYPE: Final = re.compile(rf"{_TYPE}\.?", re.IGNORECASE)
_STREET: Final = re.compile(
    r"(?<![\w.])(\d{1,6}) ?([A-Za-z](?![\w’']))?[\s,]+((?:[^\W\d_][\w’'.\-]*[ ,]*){1,4})"
)
_POSTAL: Final = re.compile(r"([A-Za-z]\d[A-Za-z])[\s\-]*(\d[A-Za-z]\d)")
_UNIT: Final = re.compile(
    r"(?:suite|unit|apt|apartment|room|floor|level|box|p\.?o\.? box|app|appartement|bureau|étage|c\.?p\.?|#)"
    r"\.?\s*#?\w+",
    re.IGNORECASE,
)
# What a record says of its own address and telephone, and nobody else's secret touches.
_OWN: Final = frozenset(
    "address addresses address_1 address_2 postal_code city community region phones number "
    "latitude longitude coordinates".split()
)
WHERE: Final = (  # what a location says of where it is
    "addresses",
    "latitude",
    "longitude",
    "transportation",
    "external_identifier",
    "external_identifier_type",
    "url",
    "accessibility",
    "directions",
)
PLACELESS: Final = (  # what an entry keeps of what a list said, once where it is may not be shown
    "description",
    "description_fr",
    "email",
    "url",
    "eligibility",
    "application",
    "fees",
    "hours",
    "phones",
    "alternate_name",
    "alert",
    "interpretation",
    "wait",
    "service_detail",
    "closed_for_now",
    "hours_kept",
)
_LINES: Final = ("attention", "address_note", "address_1", "address_2", "postal_code")
_POINTS: Final = ("latitude", "longitude", "transportation", "external_identifier", "directions")
_DISCLOSURES: Final = ("public", "area_only", "withheld")  # each shows less
_TEXTS: Final = ("name", "name_fr", "organization_name", "community", "details", "text")


@dataclass(frozen=True)
class _Secret:
    pattern: str
    scope: str  # the record that withholds it
    everywhere: bool  # whether it tells where or who, wherever it stands


class Secrets:
    """Collects what is withheld in a file, then wipes it out of every text of the file.

    :ivar scope: the key of the record being read, or `line N` where records have none
    """

    def __init__(self) -> None:
        self.scope = ""
        self._found: dict[_Secret, None] = {}

    def add(self, *values: object) -> None:
        """Remember values that may not appear."""
        for value in values:
            text = " ".join(str(value or "").split())
            self._found |= dict.fromkeys(_secrets(text, self.scope, is_number=isinstance(value, float)))

    def __bool__(self) -> bool:
        return bool(self._found)

    def found(self) -> tuple[_Secret, ...]:
        """Return all that is withheld."""
        return tuple(self._found)


def hide_location(location: Record, how: str, secrets: Secrets) -> None:
    """Take out of a location's record where it is, and remember that it may not appear."""
    for address in location.get("addresses") or () if isinstance(location.get("addresses"), list) else ():
        if isinstance(address, dict):
            secrets.add(*(address.get(name) for name in _LINES))
    secrets.add(*(location.get(name) for name in _POINTS))
    for name in WHERE:
        location.pop(name, None)
    location["location_type"], location["disclosure"] = "virtual", how


def hide_details(details: Record, secrets: Secrets) -> Record:
    """Return what an entry's details say beside where it is, and remember that this may not appear."""
    secrets.add(*((details.get("address") or {}).get(name) for name in _LINES))
    secrets.add(*(details.get(name) for name in _POINTS))
    return {name: details[name] for name in PLACELESS if name in details}


def hide_chosen(feed: Feed, chosen: Mapping[str, str]) -> None:
    """Hide in a list what somebody hid by hand of what it said before; the report says where.

    :param chosen: how much is hidden, by the keys of the entries
    """
    if not chosen:
        return
    secrets, places = Secrets(), dict[str, str]()
    for entry in feed.entries:
        if entry.key in chosen and entry.location:
            places[entry.location] = more_hidden(places.get(entry.location, "public"), chosen[entry.key])
    for document in feed.documents:
        if document.kind == "location" and document.key in places:
            secrets.scope = document.key
            document.disclosure = more_hidden(document.disclosure, places[document.key])
            hide_location(document.data, document.disclosure, secrets)
    for entry in feed.entries:
        if how := chosen.get(entry.key) or places.get(entry.location):
            secrets.scope = entry.location or f"line {entry.line}"
            entry.disclosure = more_hidden(entry.disclosure, how)
            entry.details, entry.community = hide_details(entry.details, secrets), ""
            if entry.disclosure == "withheld":
                entry.division = entry.placed_by = ""
            feed.note(entry.line, "", "kept_hidden")
    wipe_feed(feed, secrets)


def more_hidden(*said: str) -> str:
    """Return which of these disclosures shows least."""
    return max(said, key=_DISCLOSURES.index)


def wipe(value: Any, secrets: Secrets) -> Any:
    """Return the same text, list or record without anything that is withheld."""
    return _wiped(value, _matcher(secrets.found()))


def wipe_elsewhere(value: Any, secrets: Secrets) -> Any:
    """Return the same of another organization, without what tells where or who wherever it stands."""
    everywhere = _matcher(secret for secret in secrets.found() if secret.everywhere)
    return _wiped(value, everywhere, everything=False)


def wipe_feed(feed: Feed, secrets: Secrets) -> Feed:
    """Take everything withheld out of a whole feed: documents, entries and the report."""
    if not secrets:
        return feed
    families = _Families(feed)
    at_home: dict[str, list[_Secret]] = {}
    for secret in secrets.found():
        at_home.setdefault(families.of(secret.scope), []).append(secret)
    everywhere = _matcher(secret for secret in secrets.found() if secret.everywhere)
    homes = {family: _matcher(some) for family, some in at_home.items()}

    def wiped(value: Any, family: str) -> Any:
        value = _wiped(value, everywhere, everything=False)
        return _wiped(value, homes[family]) if family in homes else value

    for document in feed.documents:
        document.data = wiped(document.data, families.of(document.key))
    for entry in feed.entries:
        told = {name: getattr(entry, name) for name in _TEXTS}
        for name, value in wiped(told, families.of_entry(entry)).items():
            setattr(entry, name, value)
    anything = _matcher(secrets.found())
    for note in feed.notes:
        note.about, note.field = _wiped(note.about, anything), _wiped(note.field, anything)
    return feed


class _Families:
    """Which records belong together: an organization, its places and services."""

    def __init__(self, feed: Feed) -> None:
        self._above: dict[str, str] = {}
        for document in feed.documents:
            for key in (document.organization, document.service, document.location, document.program):
                if key:
                    self._join(document.key, key)
        for entry in feed.entries:
            line, name = f"line {entry.line}", entry.organization_name.casefold().strip()
            if not feed.documents:
                self._join(line, f"organization {name}" if name else line)

    def of(self, key: str) -> str:
        """Return the family of a record, by its key."""
        while (above := self._above.get(key, key)) != key:
            key = above
        return key

    def of_entry(self, entry: Found) -> str:
        """Return the family of an entry."""
        return self.of(entry.location or entry.organization or entry.service or f"line {entry.line}")

    def _join(self, key: str, other_key: str) -> None:
        first, second = self.of(key), self.of(other_key)
        if first != second:
            self._above[first] = second


def _wiped(value: Any, pattern: re.Pattern[str], *, everything: bool = True) -> Any:
    """Return the same value, text, list or record, with what is withheld taken out.

    Not `everything`: what a record says of its own address and telephone stays.
    """
    if isinstance(value, str):
        return pattern.sub(MARK, value)
    if isinstance(value, dict):
        return {
            name: each if not everything and name in _OWN else _wiped(each, pattern, everything=everything)
            for name, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return type(value)(_wiped(each, pattern, everything=everything) for each in value)
    if isinstance(value, float) and everything and pattern.fullmatch(str(value)):
        return None
    return value


def _secrets(text: str, scope: str, *, is_number: bool) -> Iterator[_Secret]:
    """What in a withheld value may not be read elsewhere, as patterns."""
    digits = re.sub(r"\D", "", text)
    if is_number or re.fullmatch(r"[+-]?\d+\.\d+", text):
        yield _Secret(rf"(?<![\d.]){re.escape(text)}(?!\d)", scope, False)
        return
    if 7 <= len(digits) <= 15 and not re.search(r"[^\W\d_]{4,}", text) and not _POSTAL.search(text):
        last = digits[-10:]
        yield _Secret(rf"(?<!\d)(?:\+?1{_BETWEEN})?{_BETWEEN.join(last)}(?!\d)", scope, True)
        return
    if postal := _POSTAL.fullmatch(text):
        yield _Secret(rf"(?<!\w){postal[1]}[\s\-]*{postal[2]}(?!\w)", scope, False)
        return
    for street in _STREET.finditer(text):
        if pattern := _street(street[1], street[2] or "", street[3]):
            yield _Secret(pattern, scope, True)
    words = re.findall(r"[^\s,.;:()\-‐-―’'/]+", text)
    if len(text) < 3 or not (len(words) > 1 or digits):
        return
    tells_nothing_alone = bool(_UNIT.fullmatch(text)) or (
        not digits and _IS_TYPE.fullmatch(words[-1]) is not None
    )
    literal = rf"(?<!\w){_BETWEEN.join(map(re.escape, words))}(?!\w)"
    yield _Secret(literal, scope, everywhere=len(text) >= 6 and not tells_nothing_alone)


def _street(number: str, letter: str, name: str) -> str:
    """The pattern of a street address in any spelling, or nothing where no name is left."""
    words = re.findall(r"[^\s,.]+", name)
    while words and re.fullmatch(_HEADING, words[-1], re.IGNORECASE):
        words.pop()
    if not [word for word in words if not _IS_TYPE.fullmatch(word)]:
        return ""
    rest = "".join(
        rf"(?:[\s,.\-]+{_TYPE}\b\.?)?" if _IS_TYPE.fullmatch(word) else rf"[\s,.\-]+{re.escape(word)}"
        for word in words
    )
    return rf"(?<![\w.]){number} ?{letter}{rest}(?:[\s,.]+{_TYPE}\b)?(?:[\s,.]+{_HEADING}\b)?(?!\w)"


def _matcher(secrets: Iterable[_Secret]) -> re.Pattern[str]:
    patterns = sorted({secret.pattern for secret in secrets}, key=len, reverse=True)
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)
