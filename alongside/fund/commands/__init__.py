"""Everything that can be done with the fund."""

from alongside.fund.commands.months import commit_due
from alongside.fund.commands.payments import (
    bring_back,
    count_unpaid,
    pay,
    receipt,
    refund,
    release,
    write_off,
)
from alongside.fund.commands.pots import allot, change_pot, drop_limit, open_pot, set_limit, take_back
from alongside.fund.commands.purchases import approve, ask, count_unasked, decline, end, withdraw
from alongside.fund.commands.reports import prepare, tell

__all__ = [
    "allot",
    "approve",
    "ask",
    "bring_back",
    "change_pot",
    "commit_due",
    "count_unasked",
    "count_unpaid",
    "decline",
    "drop_limit",
    "end",
    "open_pot",
    "pay",
    "prepare",
    "receipt",
    "refund",
    "release",
    "set_limit",
    "take_back",
    "tell",
    "withdraw",
    "write_off",
]
