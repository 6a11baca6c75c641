"""Ontario's places: 49 census divisions, their subdivisions and communities, and five coarse regions.

Nothing finer is ever reported.

Divisions and subdivisions come from the Open Civic Data identifiers (CC0). Communities that are not
subdivisions of their own (the parts of an amalgamated city, villages, unincorporated places) are our own list
in `data/places.json`, only where the fact is sure.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import Any, Final

from django.utils.functional import lazystr
from django.utils.translation import get_language

from alongside.kernel.transliteration import folded

_DATA = Path(__file__).parent / "data"
_ALIKE = 0.84  # "Bramtpon" is Brampton; "Elgin" is not Elginburg
_UNITED = {
    "C",
    "CY",
    "T",
    "V",
    "TV",
    "VL",
    "M",
    "MU",
}  # when two places share a name, the town is meant before the township or the reserve


@dataclass(frozen=True)
class Area:
    """A census division or a coarse region: its code, its English and its French."""

    code: str
    en: str
    fr: str

    def __str__(self) -> str:
        return self.fr if (get_language() or "en").startswith("fr") else self.en


def _read(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return table


DIVISIONS = {code: Area(code, en, fr) for code, (en, fr, _) in _read("divisions").items()}
_REGIONS = _read("regions")
REGIONS = {code: Area(code, en, fr) for code, (en, fr, _) in _REGIONS.items()}
DIVISIONS_OF = {code: tuple(divisions) for code, (_, _, divisions) in _REGIONS.items()}
EASTERN, CENTRAL = TIME_ZONES = ("America/Toronto", "America/Winnipeg")
_WEST_OF_90 = {"3559", "3560"}  # Rainy River and Kenora; Ontario's clocks change at 90° west
REGION_OF = {division: region for region, divisions in DIVISIONS_OF.items() for division in divisions}


def plain(place: str) -> str:
    """Return a place name as it is compared.

    No case, accents, punctuation or spaces, and St./Ste. written out.
    """
    text = folded(str(place))
    text = re.sub(r"\bst\b\.?", "saint", text)
    text = re.sub(r"\bste\b\.?", "sainte", text)
    text = re.sub(r"\bmt\b\.?", "mount", text)
    return re.sub(r"[^a-z0-9]", "", text)


def time_zone_of(division: str) -> str:
    """Return the time zone of a census division (its code).

    Winnipeg's west of 90° west, else Toronto's, also of no division.
    """
    return CENTRAL if division in _WEST_OF_90 else EASTERN


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Return every known place name, compared form → division.

    Our own communities first, then towns, then the rest, then the divisions.
    """
    known: dict[str, str] = {}
    for division, places in _read("places").items():
        for place in places:
            known.setdefault(plain(place), division)
    subdivisions = sorted(
        _read("subdivisions").items(), key=lambda item: (item[1][2] not in _UNITED, item[0])
    )
    for code, (en, fr, _) in subdivisions:
        known.setdefault(plain(en), code[:4])
        known.setdefault(plain(fr), code[:4])
    for code, (en, _, _) in subdivisions:
        known.setdefault(
            plain(re.sub(r"\s+\d+\w*$", "", en)), code[:4]
        )  # "Attawapiskat 91A" is also written without its number
    for area in DIVISIONS.values():
        known.setdefault(plain(area.en), area.code)
        known.setdefault(plain(area.fr), area.code)
    return known


@lru_cache(maxsize=20_000)
def division_of(place: str | None) -> str | None:
    """Return the code of the census division a place lies in.

    None when nothing by exactly that name is known, with or without what kind of place it is ("City of",
    "Region", ", Ontario"); nor when two names joined lie apart.
    """
    if not place:
        return None
    if exact := _known().get(plain(place)):
        return exact
    bare = _bare(place)
    if _OF_A_DIVISION.search(place) and (named := _divisions_named(bare)):
        return named[0]
    parts = {_known().get(plain(part)) for part in re.split(r"[-–/&+]|,| and | et ", bare)}
    return _known().get(plain(bare)) or (parts.pop() if len(parts) == 1 else None)


# What a place calls itself beside its name, before or after it.
_KINDS: Final = (
    "regional municipality|region|county|district|united counties|municipality|city|town|township|village|"
    "municipalité régionale|région|comté|comtés unis|municipalité|ville|canton|first nation|première nation|"
    "area"
)
_TOGETHER: Final = dict.fromkeys(  # Toronto, Durham, York, Peel and Halton
    ("gta", "greatertorontoarea", "rgt", "regiondugrandtoronto"), ("3520", "3518", "3519", "3521", "3524")
)
_OF_A_DIVISION: Final = re.compile(
    r"\b(?:regional|régionale|region|county|district|counties|région|comtés?)\b", re.IGNORECASE
)
_KIND_BEFORE: Final = re.compile(
    rf"^\s*(?:the |la |le )?(?:{_KINDS}) (?:of |de la |de |du |des |d['’])", re.IGNORECASE
)
_KIND_AFTER: Final = re.compile(
    rf"(?:,? (?:{_KINDS})|,? \(?(?:ontario|ont\.?|on|canada)\)?)\s*$", re.IGNORECASE
)


def _bare(place: str) -> str:
    """Return a place's name without what kind of place it is, and without the province."""
    before = ""
    while before != place:
        before, place = place, _KIND_AFTER.sub("", _KIND_BEFORE.sub("", place)).strip()
    return place


def _divisions_named(name: str) -> list[str]:
    wanted = plain(name)
    return [area.code for area in DIVISIONS.values() if wanted in (plain(area.en), plain(area.fr))]


@lru_cache(maxsize=1)
def _letters() -> dict[str, int]:
    """Return every known place name with the set of its letters, as bits."""
    return {name: _bits(name) for name in _known()}


def _bits(name: str) -> int:
    return reduce(or_, (1 << ord(letter) for letter in name), 0)


def _perhaps_alike(wanted: str) -> list[str]:
    """Return the known names that have enough letters in common to be alike at all.

    Comparing all of them properly takes long.
    """
    bits, size, least = _bits(wanted), len(wanted), _ALIKE / 2
    return [
        name
        for name, others in _letters().items()
        if min(size - (bits & ~others).bit_count(), len(name) - (others & ~bits).bit_count())
        >= least * (size + len(name))
    ]


@lru_cache(maxsize=20_000)
def division_spelled_like(place: str | None) -> str | None:
    """Return the division of the one known place spelled nearly like this.

    None when there is none or more than one.
    """
    wanted = plain(place or "")
    alike = get_close_matches(wanted, _perhaps_alike(wanted), n=3, cutoff=_ALIKE) if len(wanted) >= 5 else []
    divisions = {_known()[name] for name in alike}
    return divisions.pop() if len(divisions) == 1 else None


def division_near(
    latitude: float,
    longitude: float,
    placed: Iterable[tuple[float, float, str]],
    *,
    neighbours: int = 7,
    within: float = 0.6,
) -> str | None:
    """Return the division that most of the nearest placed points lie in, or None when nothing is near.

    `placed` is a list of `(latitude, longitude, division)`; `within` is in degrees of latitude (0.6 is about
    65 km).
    """
    distances = sorted(
        ((at - latitude) ** 2 + (0.7 * (on - longitude)) ** 2, division) for at, on, division in placed
    )
    near = [division for distance, division in distances[:neighbours] if distance <= within**2]
    return Counter(near).most_common(1)[0][0] if near else None


def divisions_meant(place: str) -> list[str]:
    """Return every division somebody may mean by a place.

    The county of that name and the division of the town of that name.
    """
    bare = _bare(place)
    if plain(place) in _TOGETHER:
        return [*_TOGETHER[plain(place)]]
    named = _divisions_named(bare)
    if named and _OF_A_DIVISION.search(place):
        return named
    lies_in = division_of(place) or (None if named else division_spelled_like(bare))
    return list(dict.fromkeys([*named, *([lies_in] if lies_in else [])]))


def region_of(division: str) -> str | None:
    """Return the code of the coarse region of a division."""
    return REGION_OF.get(division)


def division_choices() -> list[tuple[str, Any]]:
    """Return `(code, name)` of the 49 divisions, by name, for a form or a model."""
    return [(area.code, lazystr(area)) for area in sorted(DIVISIONS.values(), key=lambda area: area.en)]


def region_choices() -> list[tuple[str, Any]]:
    """Return `(code, name)` of the five regions, for a form or a model."""
    return [(area.code, lazystr(area)) for area in REGIONS.values()]


def division_name(code: str | None) -> str:
    """Return the name of a division in the language of the page; a code nobody knows is shown as it is."""
    return str(DIVISIONS.get(code or "", code or ""))
