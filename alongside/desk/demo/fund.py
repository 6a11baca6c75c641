"""A fund that ran dry: a pot of which little is left, what was paid from it, and what waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from alongside.files.queries import caseload
from alongside.fund import commands, queries
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.desk.demo.scenario import District
    from alongside.fund.models import Pot, Purchase

# days ago, kind, cents, months, to whom, for whom of Maya's caseload, and what became of it
BOUGHT = (
    (52, "night", 118_00, 1, "seller", 0, "receipt"),
    (41, "id_fee", 35_00, 1, "person", 1, "receipt"),
    (33, "phone_plan", 25_00, 6, "seller", 0, "receipt"),
    (20, "taxi", 42_50, 1, "seller", None, "written-off"),
    (9, "night", 124_00, 1, "seller", None, "receipt"),
    (3, "food", 60_00, 1, "person", 2, "paid"),
    (1, "transit", 31_75, 1, "person", None, "approved"),
)


MANY = 12  # one more than the least that a funder is told of
# up to how many cents each role approves
LIMITS = (("caseworker", 75_00), ("coordinator", 250_00), ("leader", 1000_00))


def tell(d: District) -> int:
    """Tell of a pot of Maya's agency that is all but empty; return how many things were asked of it."""
    maya, ruth = d.workers["maya"], d.workers["ruth"]
    with ctx.as_worker(ruth.pk):
        for role, cents in LIMITS:
            commands.set_limit(role=role, cents=cents, by=ruth, at=d.day(240))
        ends_on = clock.day(d.now + timedelta(days=121))
        pot = _pot(ruth, "Two Rivers Foundation", ends_on, 752_00, d.day(240))
        ended, name = clock.day(d.now - timedelta(days=1)), "Winter warm-up"
        over = _pot(ruth, name, ends_on, 200_00, d.day(59))
        commands.change_pot(pot=over, name=name, ends_on=ended, by=ruth)
    half = _often(d, pot)
    for story in BOUGHT:
        _bought(d, pot, *story)
    _told_to_a_funder(d, pot, half)
    commands.commit_due(d.now)
    with ctx.as_worker(maya.pk):
        _ask(d, pot, 0, "medicine", 18_20, 1, "seller", None)
        commands.count_unasked(
            gap_id=uuid4(), pot=pot, kind="housing_costs", cents=900_00, times=1, by=maya, at=d.now
        )
    return len(BOUGHT) + 1


def _often(d: District, pot: Pot) -> str:
    """Have two kinds of things paid often in the last half-year that is over; return it."""
    today = clock.day(d.now)
    (half, *_) = queries.halves(pot, today, [])
    ago = (today - queries.span_of(half)[1]).days + 30
    for kind, cents in (("transit", 3_50), ("food", 10_00)):
        for _ in range(MANY):
            _bought(d, pot, ago, kind, cents, 1, "person", None, "receipt")
    return half


def _told_to_a_funder(d: District, pot: Pot, half: str) -> None:
    """Have a half-year counted, and looked at by Noor."""
    ruth, noor = d.workers["ruth"], d.workers["noor"]
    with ctx.as_worker(ruth.pk):
        report = commands.prepare(pot=pot, half=half, by=ruth, at=d.now)
    with ctx.as_worker(noor.pk):
        commands.tell(report=report, by=noor, at=d.now)


def _pot(by: Worker, name: str, ends_on: date, cents: int, at: datetime) -> Pot:
    return commands.open_pot(pot_id=uuid7(), name=name, ends_on=ends_on, cents=cents, by=by, at=at)


def _ask(
    d: District, pot: Pot, ago: int, kind: str, cents: int, times: int, payee: str, of: int | None
) -> Purchase:
    maya = d.workers["maya"]
    said = {"kind": kind, "cents": cents, "times": times, "payee": payee}
    file_id = caseload(maya, mine=True)[of].id if of is not None else None
    return commands.ask(
        purchase_id=uuid7(),
        pot=pot,
        file_id=file_id,
        by=maya,
        at=d.day(ago),
        **said,  # type: ignore[arg-type]
    )


def _bought(d: District, pot: Pot, ago: int, *said: Any) -> None:
    """Have Maya ask for something, Ruth approve it, and Maya pay it, as far as it came."""
    *asked, became = said
    maya, ruth = d.workers["maya"], d.workers["ruth"]
    with ctx.as_worker(maya.pk):
        purchase = _ask(d, pot, ago, *asked)
    with ctx.as_worker(ruth.pk):
        commands.approve(purchase=purchase, by=ruth, at=d.day(ago, 11))
    with ctx.as_worker(maya.pk):
        (first,) = queries.instalments_of(purchase)
        if became != "approved":
            first = commands.pay(instalment=first, cents=first.cents, by=maya, at=d.day(ago, 12))
        if became == "receipt":
            number = f"A-{1000 + ago}"
            commands.receipt(instalment=first, number=number, cents=first.cents, by=maya, at=d.day(ago, 13))
        elif became == "written-off":
            commands.write_off(instalment=first, by=maya, at=d.day(ago, 13))
