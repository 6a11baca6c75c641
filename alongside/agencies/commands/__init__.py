"""Everything that changes who belongs where, who comes in, and what lets them in."""

from alongside.agencies.commands.access import (
    What,
    ask,
    ask_for_face,
    confirm,
    confirm_as_operator,
    invite,
    invite_as_operator,
    start_recovery_as_operator,
    withdraw,
)
from alongside.agencies.commands.seats import (
    FACE,
    FACTS,
    accept,
    accept_with,
    change_facts,
    change_passphrase,
    date_rights_back,
    open_agency,
    recover,
    seat_invented,
)
from alongside.agencies.commands.second_step import spend_code, step_of
from alongside.agencies.commands.shifts import come_on, go_off

__all__ = [
    "FACE",
    "FACTS",
    "What",
    "accept",
    "accept_with",
    "ask",
    "ask_for_face",
    "change_facts",
    "change_passphrase",
    "come_on",
    "confirm",
    "confirm_as_operator",
    "date_rights_back",
    "go_off",
    "invite",
    "invite_as_operator",
    "open_agency",
    "recover",
    "seat_invented",
    "spend_code",
    "start_recovery_as_operator",
    "step_of",
    "withdraw",
]
