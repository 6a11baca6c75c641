"""The circle as a picture: who is around the person, by sector, and whether they have answered."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alongside.consent.queries import labels

if TYPE_CHECKING:
    from alongside.referrals.queries import CircleMember

WIDTH, HEIGHT, RADIUS = 300, 230, 78
CENTRE = (WIDTH / 2, HEIGHT / 2 + 2)


@dataclass(frozen=True)
class Seat:
    """One agency in the picture and in the list beneath it."""

    around: CircleMember
    sees: str
    answered: bool
    x: float
    y: float
    label_y: float
    short: str

    @property
    def shape(self) -> dict[str, Any]:
        """Where the sector's shape is drawn."""
        return {
            "left": self.x - 9,
            "top": self.y - 9,
            "points": f"{self.x},{self.y - 11} {self.x + 11},{self.y + 9} {self.x - 11},{self.y + 9}",
        }


def seats(circle: list[CircleMember]) -> list[Seat]:
    """Place the agencies evenly around the person, starting at the top left; numbers are SVG units."""
    placed = []
    for number, around in enumerate(circle):
        angle = -2.4 + 2 * math.pi * number / max(len(circle), 1)
        x, y = CENTRE[0] + 1.15 * RADIUS * math.cos(angle), CENTRE[1] + RADIUS * math.sin(angle)
        name = str(around.agency)
        answered = not any(r.state == "requested" for r in around.referrals)
        label_y = round(y + (-16 if y < CENTRE[1] else 26), 1)
        short = name if len(name) <= 18 else name[:16] + "…"
        placed.append(Seat(around, labels(around.items), answered, round(x, 1), round(y, 1), label_y, short))
    return placed
