"""Whatever stands for too few people is said more broadly, before it is printed.

Generalisation, as k-anonymity has it (Samarati and Sweeney 1998): pure, it knows no tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TypeVar

LEAST = 3  # people behind a role or a place; fewer, and it names one (practice.md 6)

Person = TypeVar("Person")
Path = tuple[str, ...]


def generalised(
    people: Mapping[Person, Path], unnamed: Collection[Person] = (), least: int = LEAST
) -> dict[Person, Path]:
    """Return how much may be said of each: the beginning of their path, empty where nothing may.

    A path leads from the broadest to the narrowest: as what somebody speaks, their role, their region. What
    is said stands for at least `least` people, and so does what is left beside it: nobody is the rest. Those
    `unnamed` stand behind a path like the others; nothing is said of them, so they are no rest either.
    """
    kept, rest = _grouped((), people, unnamed, least)
    return dict.fromkeys(rest, ()) | {person: path for path, group in kept.items() for person in group}


def _grouped(
    path: Path, people: Mapping[Person, Path], unnamed: Collection[Person], least: int
) -> tuple[dict[Path, list[Person]], list[Person]]:
    """Group those under a path; whoever is too few for it is left to what is broader."""
    below: dict[str, dict[Person, Path]] = defaultdict(dict)
    rest: list[Person] = []
    for person, whole in people.items():
        if len(whole) == len(path):
            rest.append(person)
        else:
            below[whole[len(path)]][person] = whole
    kept: dict[Path, list[Person]] = {}
    for step, those in below.items():
        groups, left = _grouped((*path, step), those, unnamed, least)
        kept |= groups
        rest += left
    if 0 < len([person for person in rest if person not in unnamed]) < least and kept:
        rest += kept.pop(min(kept, key=lambda group: (len(kept[group]), len(group), group)))
    if len(rest) >= least:
        kept[path] = rest
        rest = []
    return kept, rest
