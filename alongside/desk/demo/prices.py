"""What things cost in Two Rivers: invented, each line with a range and a source that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alongside.indicators import commands as indicators
from alongside.kernel import clock

if TYPE_CHECKING:
    from datetime import datetime

    from alongside.agencies.models import Worker

SOURCE = "Invented for this demonstration."
# kind, need, one unit in English and French, units a request (low, base, high), dollars a unit (low, base,
# high), who keeps it
LINES = (
    ("service", "shelter_tonight", "One night in a room of one’s own", "Une nuit dans une chambre à soi",
     (1, 4, 14), (95, 130, 185), "Finance lead, shelters"),
    ("service", "housing", "One month of a rent supplement", "Un mois de supplément au loyer", (6, 12, 24),
     (450, 620, 900), "Housing worker"),
    ("service", "counselling", "One hour of counselling for trauma",
     "Une heure de counseling pour traumatismes", (6, 10, 20), (110, 140, 175), "Clinical lead"),
    ("travel", "transport", "One ride there and back", "Un trajet aller-retour", (1, 2, 6), (18, 35, 140),
     "Open desk lead"),
    ("service", "legal_advice", "One hour with a lawyer", "Une heure avec une avocate ou un avocat",
     (1, 3, 8), (110, 160, 240), "Legal clinic lead"),
    ("unpaid", "shelter_tonight", "One hour of calling around, unpaid", "Une heure d’appels, non payée",
     (0, 1, 3), (25, 31, 38), "Open desk lead"),
    ("avoided", "shelter_tonight", "One night in an emergency department", "Une nuit aux urgences", (0, 0, 1),
     (0, 400, 900), "Hospital partner"),
    ("funded", "", "What the district is given now, for half a year",
     "Ce que le district reçoit, par semestre", (1, 1, 1), (210000, 210000, 210000), "Leader"),
)  # fmt: skip


def write_down(*, by: Worker, at: datetime) -> None:
    """Write every line of the parameter table."""
    for kind, need, unit, unit_fr, units, cost, owner in LINES:
        told = {
            "kind": kind,
            "need": need,
            "unit": unit,
            "unit_fr": unit_fr,
            "year": clock.day(at).year,
            "source": SOURCE,
            "owner": owner,
        }
        told |= {f"units_{end}": value for end, value in zip(("low", "base", "high"), units, strict=True)}
        told |= {f"cost_{end}": value for end, value in zip(("low", "base", "high"), cost, strict=True)}
        indicators.price(told=told, by=by, at=at)
