"""The tables of the fund: pots and their ledgers, what was asked of them, and what was reported."""

from alongside.fund.models.pots import Entry, Limit, Pot, PotAccount, Transaction
from alongside.fund.models.purchases import (
    INSTALMENT_MOVES,
    MOVES,
    FilePurchase,
    Instalment,
    Payee,
    Purchase,
    Reason,
    State,
    Status,
)
from alongside.fund.models.reports import Report

__all__ = [
    "INSTALMENT_MOVES",
    "MOVES",
    "Entry",
    "FilePurchase",
    "Instalment",
    "Limit",
    "Payee",
    "Pot",
    "PotAccount",
    "Purchase",
    "Reason",
    "Report",
    "State",
    "Status",
    "Transaction",
]
