"""Reading the beds.

One’s own board to the bed, everybody else’s coarsely, what was asked by either side, who waits, and which way
it went.
"""

from alongside.beds.queries import pathways, waitlist
from alongside.beds.queries.programmes import (
    Outlook,
    Tonight,
    board,
    get_offering,
    held,
    history,
    keeps_any,
    last_count,
    outlooks,
    own_offering,
    own_offerings,
    rules_of,
    unverified_since,
    whereabouts,
)
from alongside.beds.queries.requests import (
    COORDINATOR,
    THEY_ANSWER,
    Asked,
    as_it_stands,
    as_typed,
    asked_by_us,
    asked_here,
    asked_of_us,
    get_request,
    hold_of,
    keep_apart,
    own_draft,
    public_barriers,
)
from alongside.beds.queries.search import LOOKED_AT, OTHERS, find, how_many_fit, region_board

__all__ = [
    "COORDINATOR",
    "LOOKED_AT",
    "OTHERS",
    "THEY_ANSWER",
    "Asked",
    "Outlook",
    "Tonight",
    "as_it_stands",
    "as_typed",
    "asked_by_us",
    "asked_here",
    "asked_of_us",
    "board",
    "find",
    "get_offering",
    "get_request",
    "held",
    "history",
    "hold_of",
    "how_many_fit",
    "keep_apart",
    "keeps_any",
    "last_count",
    "outlooks",
    "own_draft",
    "own_offering",
    "own_offerings",
    "pathways",
    "public_barriers",
    "region_board",
    "rules_of",
    "unverified_since",
    "waitlist",
    "whereabouts",
]
