"""Asking a pot, and deciding about it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from alongside.files.commands import lock_to_write
from alongside.fund import queries, rules
from alongside.fund.commands.journal import lock, post
from alongside.fund.ledger import Act
from alongside.fund.models import FilePurchase, Instalment, Purchase, Reason, State, Status
from alongside.gaps import commands as gaps
from alongside.kernel import clock, seal, vocabulary
from alongside.kernel.pressed import found_if_taken
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.fund.models import Pot

MONEY = "no-money"


@found_if_taken("purchase_id")
@transaction.atomic
def ask(
    *,
    purchase_id: UUID,
    pot: Pot,
    kind: str,
    cents: int,
    times: int,
    payee: str,
    file_id: UUID | None,
    by: Worker,
    at: datetime,
) -> Purchase:
    """Ask a pot for something small: once, or so many months.

    :param purchase_id: the number the page made for it; pressed twice, it is the same request
    :param file_id: whose it is, if they have a file: it stands in that file, sealed, and nowhere else
    :raises Refusal: unless they ask, the pot still gives, so much is left in it, and somebody may approve it
    """
    rules.check_can_ask(by)
    if file_id:
        lock_to_write(file_id=file_id)
    said = {"kind": kind, "cents": cents, "times": times, "payee": payee}
    if there := Purchase.objects.filter(pk=purchase_id, asked_by=by.pk).first():
        is_its_file = queries.is_its_file(by, there.pk, file_id)
        rules.check_is_same_request(there, is_its_file=is_its_file, pot_id=pot.pk, **said)
        return there
    rules.check_takes_still(pot, clock.day(at))
    rules.check_is_left(cents, queries.left_in(pot))
    rules.check_somebody_may(queries.approvers(by, cents * times))
    purchase = Purchase(id=purchase_id, agency_id=by.agency_id, pot=pot, asked_by=by.pk, asked_at=at, **said)
    purchase.save(force_insert=True)
    if file_id:
        row = FilePurchase(file_id=file_id, agency_id=by.agency_id)
        row.request = seal.seal(row, "request", {"id": str(purchase.pk)}, agency_id=by.agency_id)
        row.found_by = queries.found_by(file_id, by.agency_id, [purchase.pk])[purchase.pk]
        row.save(force_insert=True)
        note("fund.asked", custodian_id=by.agency_id, file_id=file_id, item_id=row.id)
    return purchase


@transaction.atomic
def approve(*, purchase: Purchase, by: Worker, at: datetime) -> Purchase:
    """Approve a request, and set its first payment aside.

    :raises Refusal: if it is their own or over their limit, the pot has ended, or less is left in it
    """
    pot = lock(purchase.pot_id)
    purchase = _locked(purchase)
    rules.check_can_decide(by, purchase, queries.limit_of(by), asked_by=queries.who_asked(by, purchase))
    rules.check_takes_still(pot, clock.day(at))
    rules.check_is_left(purchase.cents, queries.left_in(pot))
    purchase.state, purchase.decided_by, purchase.decided_at = State.APPROVED, by.pk, at
    purchase.save(update_fields=["state", "decided_by", "decided_at"])
    instalment = Instalment(
        agency_id=purchase.agency_id,
        purchase=purchase,
        due_on=clock.day(at),
        cents=purchase.cents,
        state=Status.COMMITTED,
        moved_at=at,
    )
    instalment.save(force_insert=True)
    post(Act.COMMIT, pot, purchase.cents, instalment=instalment, by=by.pk, at=at)
    return purchase


@transaction.atomic
def decline(*, purchase: Purchase, reason: str, by: Worker, at: datetime) -> Purchase:
    """Decline a request, for a reason from the list. What is had no other way is counted as a gap.

    :raises Refusal: if it is their own, or was decided already
    """
    purchase = _locked(purchase)
    rules.check_can_decline(by, purchase, asked_by=queries.who_asked(by, purchase))
    purchase.state, purchase.reason = State.DECLINED, reason
    purchase.decided_by, purchase.decided_at = by.pk, at
    purchase.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    if reason != Reason.OTHERWISE:
        count(purchase.kind, purchase.total, by=by, at=at)
    return purchase


@transaction.atomic
def withdraw(*, purchase: Purchase, by: Worker, at: datetime) -> Purchase:
    """Take back what one asked for and nobody has decided about.

    :raises rules.CannotMove: if somebody has, or somebody else asked for it
    """
    purchase = _locked(purchase)
    rules.check_can_withdraw(by, purchase)
    return _ended(purchase, State.WITHDRAWN, by, at)


@transaction.atomic
def end(*, purchase: Purchase, by: Worker, at: datetime) -> Purchase:
    """End what runs month by month: no further month is set aside. What is set aside already is paid or not.

    :raises rules.CannotMove: unless it runs
    """
    rules.check_acts(by)
    purchase = _locked(purchase)
    rules.check_can_end(purchase)
    return _ended(purchase, State.ENDED, by, at)


@transaction.atomic
def count_unasked(
    *, gap_id: UUID, pot: Pot, kind: str, cents: int, times: int, by: Worker, at: datetime
) -> None:
    """Count that something could not even be asked: the pot has not so much, or nobody may approve it.

    :param gap_id: the number of chance that the page made for it; pressed twice, it is counted once
    :raises rules.CannotAsk: unless they ask the fund for people, or if it can be asked
    """
    rules.check_can_ask(by)
    rules.check_cannot_be_asked(cents, queries.left_in(pot), queries.approvers(by, cents * times))
    count(kind, cents * times, by=by, at=at, gap_id=gap_id)


def count(kind: str, cents: int, *, by: Worker, at: datetime, gap_id: UUID | None = None) -> None:
    """Leave a gap: what kind, and its cost as a band. No file and no pot is in it."""
    need = str(vocabulary.PURCHASES[kind].mapping["need"])
    gaps.record(
        by=by,
        at=at,
        gap_id=gap_id or uuid4(),
        reason=MONEY,
        need=need,
        barriers=["no_money"],
        cost_band=rules.cost_band(cents),
    )


def _locked(purchase: Purchase) -> Purchase:
    return Purchase.objects.select_for_update(no_key=True).get(pk=purchase.pk)


def _ended(purchase: Purchase, state: State, by: Worker, at: datetime) -> Purchase:
    purchase.state, purchase.ended_by, purchase.ended_at = state, by.pk, at
    purchase.save(update_fields=["state", "ended_by", "ended_at"])
    return purchase
