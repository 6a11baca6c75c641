"""Pots, what is left in them, and their ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from alongside.fund.ledger import Account, Act
from alongside.fund.models import Pot, PotAccount, Transaction
from alongside.kernel.charts import bar_width

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

LINES = 20


@dataclass(frozen=True)
class Shown:
    """A pot and what stands in each of its accounts, in cents."""

    pot: Pot
    accounts: dict[str, int]
    has_ended: bool

    @property
    def granted(self) -> int:
        """What was put into it."""
        return -self.accounts[Account.GRANTED]

    @property
    def left(self) -> int:
        """What is left to give."""
        return self.accounts[Account.AVAILABLE]

    @property
    def width(self) -> int:
        """How much of it is left, 0 to 100."""
        return bar_width(self.left, max(self.granted, 1))

    @property
    def rows(self) -> list[tuple[str, int]]:
        """What stands in each account, as it is read."""
        return [(str(account.label), abs(self.accounts[account])) for account in Account]


@dataclass(frozen=True)
class Line:
    """One line of a ledger: when, what was done, of what kind, how much; nobody in it."""

    transaction: Transaction
    kind: str


def pots_of(worker: Worker, day: date) -> list[Shown]:
    """Return the pots of the worker's agency with what is left, those that still give first."""
    found = list(Pot.objects.filter(agency_id=worker.agency_id))
    accounts: dict[UUID, dict[str, int]] = {pot.id: dict.fromkeys(Account.values, 0) for pot in found}
    for pot_id, code, cents in PotAccount.objects.filter(pot__in=found).values_list(
        "pot_id", "code", "cents"
    ):
        accounts[pot_id][code] = cents
    shown = [Shown(pot, accounts[pot.id], pot.has_ended(day)) for pot in found]
    return sorted(shown, key=lambda each: each.has_ended)


def open_pots(worker: Worker, day: date) -> list[Shown]:
    """Return the pots that still give, the one that ends first first."""
    return [shown for shown in pots_of(worker, day) if not shown.has_ended]


def get_pot(worker: Worker, pot_id: UUID) -> Pot:
    """Return a pot of the worker's agency.

    :raises Pot.DoesNotExist: if there is none, or they see none
    """
    return Pot.objects.get(agency_id=worker.agency_id, pk=pot_id)


def standing_of(pot: Pot, day: date) -> Shown:
    """Return a pot with what stands in its accounts."""
    there = dict(PotAccount.objects.filter(pot=pot).values_list("code", "cents"))
    return Shown(pot, dict.fromkeys(Account.values, 0) | there, pot.has_ended(day))


def left_in(pot: Pot) -> int:
    """Return what is left to give, in cents."""
    found = PotAccount.objects.filter(pot=pot, code=Account.AVAILABLE).values_list("cents", flat=True).first()
    return found or 0


def opened_with(pot: Pot) -> int:
    """Return what was put into it as it was opened, in cents."""
    line = Transaction.objects.filter(pot=pot, act=Act.ALLOT, made_at=pot.opened_at).first()
    return line.cents if line else 0


def lines_of(pot: Pot, before: UUID | None = None) -> tuple[list[Line], UUID | None]:
    """Return lines of a pot's ledger, the newest first, and the last of them if there are older ones.

    :param before: the line before which they stand; from the newest on without one
    """
    found = Transaction.objects.filter(pot=pot).select_related("purchase", "instalment")
    if after := Transaction.objects.filter(pot=pot, pk=before).first() if before else None:
        found = found.filter(Q(made_at__lt=after.made_at) | Q(made_at=after.made_at, pk__lt=after.pk))
    rows = list(found[: LINES + 1])
    lines = [Line(row, row.purchase.kind if row.purchase else "") for row in rows[:LINES]]
    return lines, rows[LINES - 1].pk if len(rows) > LINES else None
