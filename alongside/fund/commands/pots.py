"""Opening pots, putting money into them, and saying who may approve how much."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.fund import queries, rules
from alongside.fund.commands.journal import lock, post, stands
from alongside.fund.ledger import Account, Act
from alongside.fund.models import Limit, Pot, PotAccount
from alongside.kernel import clock
from alongside.kernel.pressed import found_if_taken
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@found_if_taken("pot_id")
@transaction.atomic
def open_pot(*, pot_id: UUID, name: str, ends_on: date, cents: int, by: Worker, at: datetime) -> Pot:
    """Open a pot with what a funder granted, until the day on which it ends.

    :param pot_id: the number the page made for it; pressed twice, it is the same pot
    :raises Refusal: unless they keep the agency's pots, and the day is not over
    """
    rules.check_can_keep(by)
    if there := Pot.objects.filter(pk=pot_id, agency_id=by.agency_id).first():
        opened_with = queries.opened_with(there)
        rules.check_is_same_pot(there, name, ends_on, opened_with=opened_with, cents=cents)
        return there
    pot = Pot(id=pot_id, agency_id=by.agency_id, name=name, ends_on=ends_on, opened_by=by.pk, opened_at=at)
    rules.check_takes_still(pot, clock.day(at))
    pot.save(force_insert=True)
    PotAccount.objects.bulk_create(PotAccount(agency_id=by.agency_id, pot=pot, code=code) for code in Account)
    if cents:
        post(Act.ALLOT, pot, cents, by=by.pk, at=at)
    note("fund.pot_opened", item_id=pot.pk)
    return pot


@transaction.atomic
def change_pot(*, pot: Pot, name: str, ends_on: date, by: Worker) -> None:
    """Call a pot otherwise, or let it end on another day.

    :raises rules.CannotKeep: unless they keep the agency's pots
    """
    rules.check_can_keep(by)
    pot = lock(pot.pk)
    pot.name, pot.ends_on = name, ends_on
    pot.save(update_fields=["name", "ends_on"])
    note("fund.pot_changed", item_id=pot.pk)


@found_if_taken("line_id")
@transaction.atomic
def allot(*, pot: Pot, line_id: UUID, cents: int, by: Worker, at: datetime) -> None:
    """Put more into a pot. Pressed twice, it is put in once.

    :raises Refusal: unless they keep it, or when it has ended
    """
    rules.check_can_keep(by)
    pot = lock(pot.pk)
    if stands(line_id, Act.ALLOT, pot, cents):
        return
    rules.check_takes_still(pot, clock.day(at))
    post(Act.ALLOT, pot, cents, by=by.pk, at=at, line_id=line_id)


@found_if_taken("line_id")
@transaction.atomic
def take_back(*, pot: Pot, line_id: UUID, cents: int, by: Worker, at: datetime) -> None:
    """Take out of a pot what was not for it, or what goes back to the funder: at most what is left.

    :raises Refusal: unless they keep it, or if less is left
    """
    rules.check_can_keep(by)
    pot = lock(pot.pk)
    if stands(line_id, Act.TAKE_BACK, pot, cents):
        return
    rules.check_is_left(cents, queries.left_in(pot))
    post(Act.TAKE_BACK, pot, cents, by=by.pk, at=at, line_id=line_id)


@found_if_taken()
@transaction.atomic
def set_limit(*, role: str = "", worker_id: UUID | None = None, cents: int, by: Worker, at: datetime) -> None:
    """Say up to how much a role, or one seat, may approve.

    :raises rules.CannotKeep: unless they keep the agency's pots
    """
    rules.check_can_keep(by)
    found = Limit.objects.select_for_update().filter(agency_id=by.agency_id, role=role, worker_id=worker_id)
    if (limit := found.first()) and limit.cents == cents:
        return
    limit = limit or Limit(agency_id=by.agency_id, role=role, worker_id=worker_id)
    limit.cents, limit.set_by, limit.set_at = cents, by.pk, at
    if limit._state.adding:
        limit.save(force_insert=True)
    else:
        limit.save(update_fields=["cents", "set_by", "set_at"])
    note("fund.limit_set", item_id=limit.pk)


@transaction.atomic
def drop_limit(*, worker_id: UUID, by: Worker) -> None:
    """Let one seat's limit be its role's again.

    :raises rules.CannotKeep: unless they keep the agency's pots
    """
    rules.check_can_keep(by)
    if Limit.objects.filter(agency_id=by.agency_id, worker_id=worker_id).delete()[0]:
        note("fund.limit_set", item_id=worker_id)
