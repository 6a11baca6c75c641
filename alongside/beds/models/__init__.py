"""Tables of the beds: what shelters offer and count, what is asked of them, what is held, and who waits."""

from alongside.beds.models.counts import Correction, Count
from alongside.beds.models.pathways import Pathway, PathwayFile, Step
from alongside.beds.models.programmes import Offering, Rule, Stay, Unit, Whereabouts
from alongside.beds.models.requests import BY_ASKER, BY_SHELTER, MOVES, Answer, Hold, Profile, Request, State
from alongside.beds.models.waitlist import MOVES_OF_WAITING, OutOfTurn, Turn, Waiting, WaitingState

__all__ = [
    "BY_ASKER",
    "BY_SHELTER",
    "MOVES",
    "MOVES_OF_WAITING",
    "Answer",
    "Correction",
    "Count",
    "Hold",
    "Offering",
    "OutOfTurn",
    "Pathway",
    "PathwayFile",
    "Profile",
    "Request",
    "Rule",
    "State",
    "Stay",
    "Step",
    "Turn",
    "Unit",
    "Waiting",
    "WaitingState",
    "Whereabouts",
]
