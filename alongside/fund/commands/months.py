"""Setting aside the months that are due, by themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.agencies.queries import agency_ids
from alongside.fund import queries, rules
from alongside.fund.commands.journal import lock, post
from alongside.fund.ledger import Act
from alongside.fund.models import Instalment, Purchase, State, Status
from alongside.kernel import clock, ctx


def commit_due(at: datetime) -> int:
    """Set aside every month that is due and was approved; return how many were.

    Where the pot is empty the month waits, and whoever asked is told. Nobody has to be signed in.
    """
    made = 0
    with ctx.as_operator():
        agencies = agency_ids()
    for agency_id in agencies:
        with ctx.as_operator(agency_id):
            running = list(_running(agency_id))
        for purchase_id in running:
            with ctx.as_operator(agency_id):
                made += _set_aside(purchase_id, at)
    return made


def _running(agency_id: UUID) -> list[UUID]:
    found = Purchase.objects.filter(agency_id=agency_id, state=State.APPROVED, times__gt=1)
    return list(found.values_list("pk", flat=True))


@transaction.atomic
def _set_aside(purchase_id: UUID, at: datetime) -> int:
    pot = lock(Purchase.objects.get(pk=purchase_id).pot_id)
    purchase = Purchase.objects.select_for_update(no_key=True).get(pk=purchase_id)
    if purchase.state != State.APPROVED:
        return 0
    there = {each.due_on: each for each in queries.instalments_of(purchase)}
    made = 0
    today = clock.shared_day(at)
    first = min(there)
    for day in rules.due_by(first, purchase.times, pot.ends_on, today):
        found = there.get(day)
        if pot.has_ended(today) or (found and found.state != Status.LACKING):
            continue
        is_left = queries.left_in(pot) >= purchase.cents
        if found is None:
            found = Instalment(agency_id=pot.agency_id, purchase=purchase, due_on=day, cents=purchase.cents)
        elif not is_left:
            continue
        found.state, found.moved_at = Status.COMMITTED if is_left else Status.LACKING, at
        if found._state.adding:
            found.save(force_insert=True)
        else:
            found.save(update_fields=["state", "moved_at"])
        if is_left:
            post(Act.COMMIT, pot, purchase.cents, instalment=found, by=None, at=at)
            made += 1
    return made
