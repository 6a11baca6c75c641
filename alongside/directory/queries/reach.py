"""How an agency is reached, and whether words would say where a place is that nobody may be told of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from alongside.directory.criteria import Asked
from alongside.directory.models import Disclosure, Entry
from alongside.directory.queries.entries import SHOWN
from alongside.directory.queries.search import find
from alongside.kernel.transliteration import folded
from alongside.text.identifiers import seen
from alongside.text.short_notes import links_in, places_in

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

STREETS = frozenset(
    "street st avenue ave road rd drive dr crescent cres boulevard blvd boul lane court place terrace circle"
    " highway hwy line concession sideroad rue chemin rang route montee croissant promenade allee unit apt"
    " suite po box cp rr".split()
)
SAME = {"street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd",
        "boul": "blvd", "crescent": "cres", "highway": "hwy", "saint": "st", "sainte": "ste"}  # fmt: skip
SHORTEST_NAME = 8  # letters: a shorter one stands in too many sentences
SHELTER = "shelter"


def telephones(agency_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return the numbers of these agencies that the directory shows, those of public places first.

    What is confidential is not stored there, so it can't be among them.
    """
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    entries = Entry.objects.filter(SHOWN, offered_by_id__in=set(agency_ids)).only(
        "offered_by_id", "details", "disclosure", "name"
    )
    for entry in sorted(entries, key=lambda e: (e.disclosure != Disclosure.PUBLIC, e.name)):
        if entry.offered_by_id:
            found[entry.offered_by_id] |= {str(phone["number"]): None for phone in entry.phones}
    return {agency_id: list(numbers)[:2] for agency_id, numbers in found.items()}


def named(worker: Worker, words: str) -> list[Entry]:
    """Return the few entries that these words find best."""
    return find(worker, Asked(words=words), size=8).entries if words.strip() else []


def says_where_hidden(worker: Worker, words: str, *, is_place: bool) -> bool:
    """Whether these words of the worker may say where a place is that is confidential.

    The directory doesn't keep where that is, so it can't be compared: whoever has such a place says only what
    is known to be public of their own. A shelter of which nothing public is known has such a place. The name
    of anybody's confidential place, and what is left of its address, are refused to everybody.
    """
    words = seen(words)
    said = _plain(words)
    if not said:
        return False
    own = list(
        Entry.objects.filter(Q(offered_by_id=worker.agency_id) | Q(agency_id=worker.agency_id)).only(
            "name", "name_fr", "organization_name", "community", "details", "disclosure"
        )
    )
    public = [entry for entry in own if entry.disclosure == Disclosure.PUBLIC]
    has_hidden = len(public) < len(own) or (
        worker.agency.kind == SHELTER and not any(entry.address for entry in public)
    )
    known = {word for entry in public for line in _public_words(entry) for word in _plain(line).split()}
    tells = bool(links_in(words)) or (
        not _is_of_a_place(words) <= known
        if is_place
        else any(not set(_plain(piece).split()) <= known for piece in places_in(words))
    )
    if has_hidden and tells:
        return True
    hidden = Entry.objects.exclude(disclosure=Disclosure.PUBLIC).values_list("name", "name_fr", "details")
    return any(_stands_in(piece, said) for names in hidden for piece in _pieces(*names) if piece not in known)


def _stands_in(piece: str, said: str) -> bool:
    """Whether a piece stands in what is said, also written as one word or letter by letter."""
    close = piece.replace(" ", "")
    return f" {piece} " in f" {said} " or (len(close) >= SHORTEST_NAME and close in said.replace(" ", ""))


def _public_words(entry: Entry) -> list[str]:
    return [*entry.address, entry.name, entry.name_fr, entry.organization_name, entry.community]


def _pieces(name: str, name_fr: str, details: dict[str, Any]) -> list[str]:
    """What may not be said of a confidential place: its names, and what its list left of an address."""
    names = [piece for each in (name, name_fr) if len(piece := _plain(each)) >= SHORTEST_NAME]
    at = details.get("address", {})
    lines = [_plain(str(at.get(part) or "")) for part in ("address_1", "address_2", "postal_code")]
    return [*names, *(line for line in lines if line)]


def _is_of_a_place(words: str) -> set[str]:
    """The words that may say where a place is: with a figure, of a street, or with a capital inside."""
    found = set()
    for number, word in enumerate(re.findall(r"[^\W_]+", words)):
        plain = _plain(word)
        figure = any(letter.isdigit() for letter in word)
        if figure or plain in STREETS or plain in SAME or (number and word[:1].isupper()):
            found |= set(plain.split())
    return found


def _plain(words: str) -> str:
    return " ".join(SAME.get(word, word) for word in re.findall(r"[a-z0-9]+", folded(words)))
