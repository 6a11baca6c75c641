"""A pot, and what was asked of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from alongside.agencies.tests.cast import worker
from alongside.fund import commands, queries
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker
    from alongside.fund.models import Instalment, Pot, Purchase

LIMIT = 500_00


def leader(agency: Agency) -> Worker:
    """Who keeps the pots of an agency."""
    return worker(agency, "Ruth", "leader")


def pot(
    leader: Worker,
    cents: int = 1000_00,
    name: str = "Winter",
    ends_on: date | None = None,
    at: datetime | None = None,
) -> Pot:
    """A pot with so much in it; the agency's caseworkers and leaders approve up to `LIMIT`."""
    at = at or clock.now()
    with ctx.as_worker(leader.pk):
        for role in ("caseworker", "coordinator", "leader"):
            commands.set_limit(role=role, cents=LIMIT, by=leader, at=at)
        return commands.open_pot(
            pot_id=uuid7(),
            name=name,
            ends_on=ends_on or clock.today() + timedelta(days=60),
            cents=cents,
            by=leader,
            at=at,
        )


def asked(by: Worker, of: Pot, cents: int = 40_00, *, at: datetime | None = None, **said: Any) -> Purchase:
    """Something asked of a pot: a taxi for nobody, once, paid to the seller, if nothing else is said."""
    told = {"kind": "taxi", "times": 1, "payee": "seller", "file_id": None} | said
    with ctx.as_worker(by.pk):
        return commands.ask(purchase_id=uuid7(), pot=of, cents=cents, by=by, at=at or clock.now(), **told)


def approved(by: Worker, purchase: Purchase, at: datetime | None = None) -> Instalment:
    """It was approved by somebody; its first payment."""
    with ctx.as_worker(by.pk):
        commands.approve(purchase=purchase, by=by, at=at or clock.now())
        return queries.instalments_of(purchase)[0]


def paid(
    by: Worker, instalment: Instalment, cents: int | None = None, at: datetime | None = None
) -> Instalment:
    """It was paid."""
    with ctx.as_worker(by.pk):
        cents = instalment.cents if cents is None else cents
        return commands.pay(instalment=instalment, cents=cents, by=by, at=at or clock.now())


def receipted(by: Worker, instalment: Instalment, cents: int | None = None) -> Instalment:
    """Its receipt is kept."""
    with ctx.as_worker(by.pk):
        cents = instalment.cents if cents is None else cents
        return commands.receipt(instalment=instalment, number="A-17", cents=cents, by=by, at=clock.now())


def accounts(of: Pot) -> dict[str, int]:
    """What stands in each account of a pot, as its leader reads it."""
    with ctx.as_worker(of.opened_by):
        return queries.standing_of(of, clock.today()).accounts
