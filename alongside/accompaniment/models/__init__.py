"""The tables of the accompaniment."""

from alongside.accompaniment.models.accompaniments import (
    BUSY,
    COMES_BACK,
    GOES_ON,
    MOVES,
    OF_THE_COMPANION,
    THERE,
    Accompaniment,
    Card,
    Met,
    NextTime,
    Seat,
    State,
)
from alongside.accompaniment.models.availability import Availability, Place, SuggestionRun, Way, Wish
from alongside.accompaniment.models.calendars import CalendarFeed
from alongside.accompaniment.models.check_ins import LOOKS_EVERY, CheckIn, DuressWord, Watch, WatchRules
from alongside.accompaniment.models.companions import Companion, Kind

__all__ = [
    "BUSY",
    "COMES_BACK",
    "GOES_ON",
    "LOOKS_EVERY",
    "MOVES",
    "OF_THE_COMPANION",
    "THERE",
    "Accompaniment",
    "Availability",
    "CalendarFeed",
    "Card",
    "CheckIn",
    "Companion",
    "DuressWord",
    "Kind",
    "Met",
    "NextTime",
    "Place",
    "Seat",
    "State",
    "SuggestionRun",
    "Watch",
    "WatchRules",
    "Way",
    "Wish",
]
