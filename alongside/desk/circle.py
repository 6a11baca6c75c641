"""The circle as a picture: a quarter for each sector, near the person who sees something, far who was asked.

A sector keeps its quarter: one sees which is missing. Numbers lead to the list beneath; names stand in
the picture only where every one of them has room.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TYPE_CHECKING

from alongside.consent.queries import labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alongside.agencies.models import Agency
    from alongside.referrals.queries import CircleMember

CENTRE = (210.0, 162.0)
NEAR, FAR = 70.0, 112.0
QUARTERS = {"community": 180, "health": 270, "legal": 0, "public": 90}  # where each begins, clockwise
MOST_NAMED = 7
LARGEST, SMALLEST = 13.0, 5.0
PERSON = 24.0
SHIFTS = (0.0, -12.0, 16.0, 30.0)
LETTER, LINE = 7.9, 17.0  # of a name in the picture: its widest letters on average, and from line to line
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Seat:
    """One agency in the picture and in the list beneath it; lengths are units of the picture."""

    number: int
    agency: Agency
    around: CircleMember | None  # none: the desk that keeps the file
    sees: str
    is_near: bool
    waits: bool
    angle: float
    away: float
    size: float
    name: tuple[str, ...]

    @property
    def x(self) -> float:
        """Its middle, from the left."""
        return CENTRE[0] + self.away * math.cos(math.radians(self.angle))

    @property
    def y(self) -> float:
        """Its middle, from above."""
        return CENTRE[1] + self.away * math.sin(math.radians(self.angle))

    @property
    def across(self) -> str:
        """Where it is drawn, from the left."""
        return f"{self.x:.1f}"

    @property
    def down(self) -> str:
        """Where it is drawn, from above."""
        return f"{self.y:.1f}"

    @property
    def shape(self) -> str:
        """The outline of its sector: a circle, a square, a triangle or a diamond."""
        r, at = self.size, f"{self.across} {self.down}"
        wide, tall, steep = 1.3 * r, 1.38 * r, 2.23 * r
        side = f"{wide:.1f}"
        half = f"a{r:.1f} {r:.1f} 0 1 0"
        return {
            "community": f"M{at} m{-r:.1f} 0 {half} {2 * r:.1f} 0 {half} {-2 * r:.1f} 0 z",
            "health": f"M{at} m{-r:.1f} {-r:.1f} h{2 * r:.1f} v{2 * r:.1f} h{-2 * r:.1f} z",
            "legal": f"M{at} m0 {-tall:.1f} l{wide:.1f} {steep:.1f} h{-2 * wide:.1f} z",
            "public": f"M{at} m0 -{side} l{side} {side} -{side} {side} -{side} -{side} z",
        }[self.agency.sector_shape]

    @property
    def number_down(self) -> str:
        """Where the foot of its number stands: a triangle's is lower."""
        return f"{self.y + self.size * (0.5 if self.agency.sector_shape == 'legal' else 0.35):.1f}"

    @property
    def is_left(self) -> bool:
        """Whether its name stands to the left of it."""
        return self.x < CENTRE[0]

    @property
    def name_across(self) -> str:
        """Where its name begins, or on the left ends."""
        return f"{self.x + (-1 if self.is_left else 1) * (self.size * 1.38 + 4):.1f}"

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The lines of its name, each with where its foot stands."""
        top = self.y + 5 - LINE * (len(self.name) - 1) / 2
        return [(words, f"{top + LINE * number:.1f}") for number, words in enumerate(self.name)]

    @property
    def name_box(self) -> Box:
        """The room its name takes."""
        width, x = max(map(len, self.name)) * LETTER, float(self.name_across)
        left = x - width if self.is_left else x
        half = LINE * len(self.name) / 2
        return (left, self.y - half, left + width, self.y + half)

    @property
    def box(self) -> Box:
        """The room its shape takes."""
        r = self.size * (1.38 if self.agency.sector_shape in ("legal", "public") else 1)
        return (self.x - r, self.y - r, self.x + r, self.y + r)


@dataclass(frozen=True)
class Circle:
    """Who is around the person, in the order of the list; and the sectors from which nobody is."""

    seats: list[Seat]

    @property
    def others(self) -> int:
        """How many agencies besides the desk that keeps the file."""
        return sum(1 for seat in self.seats if seat.around)

    @property
    def missing(self) -> set[str]:
        """The quarters in which nobody sits."""
        return QUARTERS.keys() - {seat.agency.sector_shape for seat in self.seats}

    @property
    def is_named(self) -> bool:
        """Whether there is room for every name."""
        if len(self.seats) > MOST_NAMED:
            return False
        names, shapes = [seat.name_box for seat in self.seats], [seat.box for seat in self.seats]
        inside = all(left >= 0 and right <= 2 * CENTRE[0] for left, _top, right, _bottom in names)
        apart = not any(_meet(one, other) for one, other in combinations(names, 2))
        free = not any(
            _meet(name, shape) for n, name in enumerate(names) for s, shape in enumerate(shapes) if n != s
        )
        return inside and apart and free


def circle(desk: Agency, around: Sequence[CircleMember]) -> Circle:
    """Place the desk and the agencies around the person: by quarter, those who see something first."""
    members: list[tuple[Agency, CircleMember | None]] = [(desk, None), *((one.agency, one) for one in around)]
    ordered = [
        (agency, member)
        for quarter in QUARTERS
        for agency, member in sorted(
            (pair for pair in members if pair[0].sector_shape == quarter), key=lambda pair: not _sees(pair[1])
        )
    ]
    places = list(_places([agency.sector_shape for agency, _ in ordered], [_sees(m) for _, m in ordered]))
    seats = [
        Seat(
            number=number,
            agency=agency,
            around=member,
            sees=labels(member.items) if member else "",
            is_near=_sees(member),
            waits=member is not None and _waits(member),
            angle=angle,
            away=away,
            size=LARGEST,
            name=_lines(str(agency)),
        )
        for number, ((agency, member), (angle, away)) in enumerate(zip(ordered, places, strict=True), 1)
    ]
    if len(seats) <= MOST_NAMED:
        seats = _with_room(seats)
    size = _size([(seat.x, seat.y) for seat in seats])
    return Circle([replace(seat, size=size) for seat in seats])


def _with_room(seats: list[Seat]) -> list[Seat]:
    """Move the seats of each quarter nearer and farther until every name has room, if it can have."""
    settled: list[Seat] = []
    for quarter in QUARTERS:
        fellows = [seat for seat in seats if seat.agency.sector_shape == quarter]
        for shifts in product(SHIFTS, repeat=len(fellows)):
            moved = [replace(seat, away=seat.away + by) for seat, by in zip(fellows, shifts, strict=True)]
            if _have_room([*settled, *moved]):
                fellows = moved
                break
        settled += fellows
    return settled


def _have_room(seats: list[Seat]) -> bool:
    names, shapes = [seat.name_box for seat in seats], [seat.box for seat in seats]
    person: Box = (CENTRE[0] - PERSON, CENTRE[1] - PERSON, CENTRE[0] + PERSON, CENTRE[1] + PERSON)
    inside = all(left >= 0 and right <= 2 * CENTRE[0] for left, _top, right, _bottom in names)
    apart = not any(_meet(one, other) for one, other in combinations([*shapes, person], 2))
    free = not any(_meet(one, other) for one, other in combinations(names, 2)) and not any(
        _meet(name, shape) for n, name in enumerate(names) for s, shape in enumerate(shapes) if n != s
    )
    return inside and apart and free


def _sees(member: CircleMember | None) -> bool:
    if member is None:
        return True
    return bool(member.release) and not _waits(member)


def _waits(member: CircleMember) -> bool:
    return any(referral.state == "requested" for referral in member.referrals)


def _places(quarters: list[str], near: list[bool]) -> Iterator[tuple[float, float]]:
    """Divide each quarter evenly, as angles and distances; of many as near, every second one is farther."""
    for index, quarter in enumerate(quarters):
        fellows = [i for i, each in enumerate(quarters) if each == quarter]
        as_near = [i for i in fellows if near[i] == near[index]]
        apart = 0.0 if len(as_near) < 4 else (-15.0, 17.0)[as_near.index(index) % 2]
        angle = QUARTERS[quarter] + 90 * (fellows.index(index) + 0.5) / len(fellows)
        yield angle, (NEAR if near[index] else FAR) + apart


def _size(places: list[tuple[float, float]]) -> float:
    closest = min((math.dist(one, other) for one, other in combinations(places, 2)), default=99.0)
    return max(SMALLEST, min(LARGEST, closest / 2.2 - 1))


def _lines(name: str) -> tuple[str, ...]:
    """A name in one line, or in two that are about as long."""
    words = name.split()
    if len(name) <= 12 or len(words) < 2:
        return (name,)
    first = min(
        range(1, len(words)), key=lambda at: max(len(" ".join(words[:at])), len(" ".join(words[at:])))
    )
    return (" ".join(words[:first]), " ".join(words[first:]))


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
