"""Paying what was approved, and what comes after: a receipt, none, the money back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.fund import rules
from alongside.fund.commands.journal import lock, post, stands
from alongside.fund.commands.purchases import count
from alongside.fund.ledger import Act
from alongside.fund.models import Instalment, Status
from alongside.kernel.pressed import found_if_taken

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.agencies.models import Worker
    from alongside.fund.models import Pot


@transaction.atomic
def pay(*, instalment: Instalment, cents: int, by: Worker, at: datetime) -> Instalment:
    """Note that it was paid, and how much it was: at most what was set aside; the rest is free again.

    :raises Refusal: if it was paid already or is not set aside, or was more
    """
    pot, instalment = _locked(instalment, by, Status.PAID)
    rules.check_not_more(cents, instalment.cents)
    post(Act.PAY, pot, instalment.cents, kept=cents, instalment=instalment, by=by.pk, at=at)
    return _moved(instalment, Status.PAID, cents, at)


@transaction.atomic
def release(*, instalment: Instalment, by: Worker, at: datetime) -> Instalment:
    """Let go of what was set aside and is not needed after all.

    :raises rules.CannotMove: unless it is set aside
    """
    pot, instalment = _locked(instalment, by, Status.RELEASED)
    post(Act.RELEASE, pot, instalment.cents, instalment=instalment, by=by.pk, at=at)
    return _moved(instalment, Status.RELEASED, instalment.cents, at)


@transaction.atomic
def receipt(*, instalment: Instalment, number: str, cents: int, by: Worker, at: datetime) -> Instalment:
    """Keep the number and the amount of a receipt; what it was less than was paid is back in the pot.

    :raises Refusal: unless it was paid and its receipt is missing, or it is of more
    """
    pot, instalment = _locked(instalment, by, Status.RECEIPTED)
    rules.check_not_more(cents, instalment.cents)
    post(Act.RECEIPT, pot, instalment.cents, kept=cents, instalment=instalment, by=by.pk, at=at)
    return _moved(instalment, Status.RECEIPTED, cents, at, receipt=number)


@transaction.atomic
def write_off(*, instalment: Instalment, by: Worker, at: datetime) -> Instalment:
    """Note that there will be no receipt: the books close without one, and nobody explains why.

    :raises rules.CannotMove: unless it was paid and its receipt is missing
    """
    pot, instalment = _locked(instalment, by, Status.WRITTEN_OFF)
    post(Act.WRITE_OFF, pot, instalment.cents, instalment=instalment, by=by.pk, at=at)
    return _moved(instalment, Status.WRITTEN_OFF, instalment.cents, at)


@transaction.atomic
def bring_back(*, instalment: Instalment, by: Worker, at: datetime) -> Instalment:
    """Note that all that was paid came back, or was never handed over.

    :raises rules.CannotMove: unless it was paid and its receipt is missing
    """
    pot, instalment = _locked(instalment, by, Status.CAME_BACK)
    post(Act.COME_BACK, pot, instalment.cents, instalment=instalment, by=by.pk, at=at)
    return _moved(instalment, Status.CAME_BACK, instalment.cents, at)


@found_if_taken("line_id")
@transaction.atomic
def refund(*, instalment: Instalment, line_id: UUID, cents: int, by: Worker, at: datetime) -> Instalment:
    """Note that a seller gave something back after the receipt. Pressed twice, it came back once.

    :raises Refusal: unless it was paid with a receipt, of so much
    """
    pot, instalment = _locked(instalment, by)
    if stands(line_id, Act.REFUND, pot, cents, instalment):
        return instalment
    rules.check_can_refund(instalment, cents)
    post(Act.REFUND, pot, cents, instalment=instalment, by=by.pk, at=at, line_id=line_id)
    return _moved(instalment, Status.RECEIPTED, instalment.cents - cents, at, receipt=instalment.receipt)


@transaction.atomic
def count_unpaid(*, instalment: Instalment, by: Worker, at: datetime) -> Instalment:
    """Count a month that was due while the pot was empty as a gap.

    :raises rules.CannotMove: unless it is one
    """
    _pot, instalment = _locked(instalment, by, Status.COUNTED)
    count(instalment.purchase.kind, instalment.cents, by=by, at=at)
    return _moved(instalment, Status.COUNTED, instalment.cents, at)


def _locked(instalment: Instalment, by: Worker, to: Status | None = None) -> tuple[Pot, Instalment]:
    rules.check_acts(by)
    pot = lock(instalment.purchase.pot_id)
    instalment = (
        Instalment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("purchase")
        .get(pk=instalment.pk)
    )
    if to:
        rules.check_can_move(instalment, to)
    return pot, instalment


def _moved(instalment: Instalment, to: Status, cents: int, at: datetime, receipt: str = "") -> Instalment:
    instalment.state, instalment.cents, instalment.moved_at, instalment.receipt = to, cents, at, receipt
    instalment.save(update_fields=["state", "cents", "moved_at", "receipt"])
    return instalment
