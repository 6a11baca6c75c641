"""Tables of consent."""

from alongside.consent.models.blocks import Block
from alongside.consent.models.notices import Notice
from alongside.consent.models.releases import (
    LONGEST,
    MOVES,
    AfterNo,
    Capacity,
    Manner,
    Method,
    Others,
    Purpose,
    Release,
    ReleasedItem,
    State,
)

__all__ = [
    "LONGEST",
    "MOVES",
    "AfterNo",
    "Block",
    "Capacity",
    "Manner",
    "Method",
    "Notice",
    "Others",
    "Purpose",
    "Release",
    "ReleasedItem",
    "State",
]
