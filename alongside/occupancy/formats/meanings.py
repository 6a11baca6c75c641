"""What a column of a file can mean, the words a file uses for it, and the columns that are never kept."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.geography import plain

UNITS = ("bed", "room")
PARTS = ("actual", "funded", "occupied", "unoccupied", "unavailable")
SECTORS: dict[str, Any] = {
    "women": _("Women"),
    "men": _("Men"),
    "mixed": _("Mixed adult"),
    "youth": _("Youth"),
    "families": _("Families"),
}
OUTCOMES: dict[str, Any] = {
    "code_1a": _("1A Referred to a place to sleep or rest"),
    "code_1b": _("1B Transferred to a helpline on violence"),
    "code_1c": _("1C Referred to eviction prevention"),
    "code_1d": _("1D A place was declined"),
    "code_2a": _("2A Transferred inside"),
    "code_2b": _("2B Transferred, about homelessness"),
    "code_2c": _("2C Information about homelessness and prevention"),
    "code_2d": _("2D Other information"),
    "code_3a": _("3A No space, family"),
    "code_3b": _("3B No space, individuals and couples"),
    "code_3c": _("3C Follow-up"),
    "code_4a": _("4A Nobody spoke"),
    "code_4b": _("4B Cut off, no outcome"),
}
NIGHTS: dict[str, Any] = {
    "programme": _("Name of the programme"),
    "programme_key": _("The programme’s own number"),
    "organisation": _("Organization"),
    "sector": _("For whom"),
    "model": _("Emergency or transitional"),
    "users": _("People who slept there"),
    "unit": _("Beds or rooms"),
    "actual": _("Places there"),
    "funded": _("Places funded"),
    "occupied": _("Places taken"),
    "unoccupied": _("Places free"),
    "unavailable": _("Places out of use"),
    "actual_bed": _("Beds there"),
    "funded_bed": _("Beds funded"),
    "occupied_bed": _("Beds taken"),
    "unoccupied_bed": _("Beds free"),
    "unavailable_bed": _("Beds out of use"),
    "actual_room": _("Rooms there"),
    "funded_room": _("Rooms funded"),
    "occupied_room": _("Rooms taken"),
    "unoccupied_room": _("Rooms free"),
    "unavailable_room": _("Rooms out of use"),
}
CALLS: dict[str, Any] = {
    "handled": _("Calls answered"),
    "coded": _("Calls whose outcome was noted"),
    **OUTCOMES,
}
ALL: dict[str, Any] = {"date": _("Day"), **NIGHTS, **CALLS}

_SECTORS = {
    **dict.fromkeys(("women", "woman", "femmes", "femme", "womensector"), "women"),
    **dict.fromkeys(("men", "man", "hommes", "homme"), "men"),
    **dict.fromkeys(
        ("mixedadult", "mixed", "mixedadults", "coed", "adultesmixtes", "mixte", "adults", "adultes"), "mixed"
    ),
    **dict.fromkeys(("youth", "youths", "jeunes", "jeunesse"), "youth"),
    **dict.fromkeys(("families", "family", "familles", "famille"), "families"),
}
_MODELS = {
    **dict.fromkeys(("emergency", "urgence", "hebergementdurgence"), "emergency"),
    **dict.fromkeys(("transitional", "transition", "transitionnel", "transitoire"), "transitional"),
}
_ALSO = {
    "date": ("occupancydate", "night", "nuit", "jour", "day", "datedoccupation"),
    "programme": (
        "program",
        "programname",
        "programmename",
        "shelter",
        "sheltername",
        "refuge",
        "nomduprogramme",
        "name",
        "nom",
    ),
    "programme_key": ("programid", "programmeid", "shelterid", "id"),
    "organisation": ("organization", "organizationname", "organisme", "agency"),
    "sector": ("secteur", "population", "clientele"),
    "model": ("programmodel", "programmodele", "modele", "type"),
    "users": ("serviceusercount", "serviceusers", "personnes", "guests", "clients"),
    "unit": ("capacitytype", "unite", "typedecapacite"),
    "actual": ("capacity", "capaciteactuelle", "capacite", "actualcapacity", "capacityactual"),
    "funded": ("fundedcapacity", "capacityfunding", "capacitefinancee"),
    "occupied": ("occupes", "occupancy", "taken"),
    "unoccupied": ("inoccupes", "vacant", "vacancies", "free", "libres", "available"),
    "unavailable": ("nondisponibles", "indisponibles", "outofservice"),
    "handled": ("callshandled", "totalcallshandled", "calls", "appels"),
    "coded": ("callscoded", "totalcallscoded"),
}
_NEVER = re.compile(
    r"address|adresse|postal|street|\brue\b|latitude|longitude|geom|\b(lat|lon|lng)\b|\bx\b|\by\b",
    re.IGNORECASE,
)


def says_where(column: str) -> bool:
    """Say whether a column is named as one that tells where a shelter stands.

    Such a column is never shown and never kept.
    """
    return bool(_NEVER.search(re.sub(r"[_\-.]", " ", column)))


def guessed(heading: list[str]) -> dict[str, str]:
    """Return what each column probably means: `{meaning: column}`."""
    found: dict[str, str] = {}
    for column in heading:
        name = plain(column)
        meaning = next(
            (
                each
                for each in ALL
                if each not in found and (name == plain(each) or name in _ALSO.get(each, ()))
            ),
            "",
        )
        if meaning and not says_where(column):
            found[meaning] = column
    return found


def sector_of(said: str) -> str:
    """Return our word for whom a programme is for; what we don't know stays as it is said."""
    return _SECTORS.get(plain(said), said)


def model_of(said: str) -> str:
    """Return `emergency` or `transitional`; what we don't know stays as it is said."""
    return _MODELS.get(plain(said), said)


def unit_of(said: str) -> str:
    """Return `bed` or `room`, or nothing if it says neither."""
    words = plain(said)
    units = [
        unit
        for unit, parts in (("bed", ("bed", "lit")), ("room", ("room", "chambre")))
        if any(part in words for part in parts)
    ]
    return units[0] if len(units) == 1 else ""


def sector_said(code: str) -> str:
    """Return a sector in the reader's words."""
    return str(SECTORS.get(code, code) or _("Not said"))
