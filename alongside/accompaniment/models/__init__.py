"""The tables of the accompaniment."""

from alongside.accompaniment.models.accompaniments import (
    BUSY,
    GOES_ON,
    MOVES,
    OF_THE_COMPANION,
    Accompaniment,
    Card,
    Met,
    NextTime,
    Seat,
    State,
)
from alongside.accompaniment.models.availability import Availability, Place, SuggestionRun, Way, Wish
from alongside.accompaniment.models.calendars import CalendarFeed
from alongside.accompaniment.models.companions import Companion, Kind

__all__ = [
    "BUSY",
    "GOES_ON",
    "MOVES",
    "OF_THE_COMPANION",
    "Accompaniment",
    "Availability",
    "CalendarFeed",
    "Card",
    "Companion",
    "Kind",
    "Met",
    "NextTime",
    "Place",
    "Seat",
    "State",
    "SuggestionRun",
    "Way",
    "Wish",
]
