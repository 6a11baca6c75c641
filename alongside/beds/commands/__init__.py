"""Everything that changes in the beds.

What is offered and counted, asked and held, who waits, and where it leads.
"""

from alongside.beds.commands import pathways, waitlist
from alongside.beds.commands.programmes import close, count, keep, keep_rules, place, step, still_true
from alongside.beds.commands.requests import (
    accept,
    arrive,
    ask,
    decline,
    draft,
    extend,
    hold,
    look,
    not_offer,
    nothing_fits,
    offer,
    record_not_come,
    release,
    set_out,
    sweep_names,
    unanswered,
)

__all__ = [
    "accept",
    "arrive",
    "ask",
    "close",
    "count",
    "decline",
    "draft",
    "extend",
    "hold",
    "keep",
    "keep_rules",
    "look",
    "not_offer",
    "nothing_fits",
    "offer",
    "pathways",
    "place",
    "record_not_come",
    "release",
    "set_out",
    "step",
    "still_true",
    "sweep_names",
    "unanswered",
    "waitlist",
]
