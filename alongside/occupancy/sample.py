"""An invented city's counts, the same every time: for a demonstration. No shelter of that name exists."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

_SHELTERS = (
    ("Harbour Light House", "Women", "Emergency", 42),
    ("Maple Stairs", "Women", "Emergency", 28),
    ("Quiet Street", "Women", "Transitional", 16),
    ("North Pier", "Men", "Emergency", 80),
    ("Station Hall", "Mixed Adult", "Emergency", 110),
    ("Open Water", "Youth", "Emergency", 36),
    ("Two Pines", "Families", "Emergency", 60),
)
_NIGHTS = {
    "date": "Date",
    "programme": "Programme",
    "sector": "Sector",
    "model": "Model",
    "unit": "Unit",
    "actual": "Actual",
    "funded": "Funded",
    "occupied": "Occupied",
    "unoccupied": "Free",
    "unavailable": "Out of use",
}
_CALLS = {
    "date": "Date",
    "handled": "Calls",
    "coded": "Noted",
    "code_1a": "Referred",
    "code_3a": "No space, family",
    "code_3b": "No space, others",
}
Sample = tuple[str, bytes, dict[str, Any]]


def nights(until: date, days: int = 56) -> Sample:
    """Return the name, the file and the mapping of an invented city's nights."""
    chance = random.Random(11)  # noqa: S311 - invented numbers, the same every time
    lines: list[Iterable[Any]] = [_NIGHTS.values()]
    for day in _days(until, days):
        for name, sector, model, funded in _SHELTERS:
            unavailable = chance.choice((0, 0, 0, 1, 2))
            free = (
                0
                if sector == "Women" and chance.random() < 0.7
                else min(chance.randint(0, 3), funded - unavailable)
            )
            unit, actual = ("room" if sector == "Families" else "bed"), funded - unavailable
            lines.append([day, name, sector, model, unit, actual, funded, actual - free, free, unavailable])
    return "Invented city: shelters", _csv(lines), {"columns": _NIGHTS}


def calls(until: date, days: int = 56) -> Sample:
    """Return the name, the file and the mapping of an invented city's calls for a place."""
    chance = random.Random(12)  # noqa: S311 - as above
    lines: list[Iterable[Any]] = [_CALLS.values()]
    for day in _days(until, days):
        coded = chance.randint(90, 140)
        family, others = chance.randint(2, 9), chance.randint(20, 45)
        lines.append([day, coded + chance.randint(0, 12), coded, chance.randint(10, 30), family, others])
    return "Invented city: central intake", _csv(lines), {"columns": _CALLS}


def _days(until: date, days: int) -> list[date]:
    return [until - timedelta(days=back) for back in range(days - 1, -1, -1)]


def _csv(lines: Any) -> bytes:
    return "".join(",".join(f'"{cell}"' for cell in line) + "\r\n" for line in lines).encode()
