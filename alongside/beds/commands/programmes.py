"""Keeping what is offered, and counting it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.beds import queries, rules
from alongside.beds.commands.holds import held_to
from alongside.beds.models import Count, Offering, Rule, Whereabouts
from alongside.kernel import clock, installation_key
from alongside.kernel.rls.models import save_changes
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

ADDRESS = "beds whereabouts"


@transaction.atomic
def keep(*, offering_id: UUID | None, facts: dict[str, Any], by: Worker, at: datetime) -> Offering:
    """Write down what the worker's shelter offers, or write it anew.

    :raises rules.CannotKeep: if this worker doesn't keep it
    """
    rules.check_can_keep(by)
    if offering_id is None:
        offering = Offering(agency_id=by.agency_id)
    else:
        offering = queries.own_offerings(by).select_for_update().get(pk=offering_id)
    for name, value in facts.items():
        setattr(offering, name, value)
    offering.kept_by, offering.kept_at, offering.verified_on = by.pk, at, clock.day(at)
    save_changes(offering)
    note("beds.kept", custodian_id=by.agency_id, item_id=offering.pk, item_kind="offering")
    return offering


@transaction.atomic
def keep_rules(
    *, offering_id: UUID, facts: dict[str, dict[str, Any]], verified_on: date, by: Worker, at: datetime
) -> None:
    """Write down what stands in the way here and what doesn't.

    `facts` are `barrier: {stands, negotiable, decided_by, words, words_fr}`.

    A barrier that is left out is no longer said anything about; one said as before keeps the day it was
    verified on.

    :raises rules.CannotKeep: if this worker doesn't keep it, or a code is none that a house can say
    """
    rules.check_can_keep(by)
    if not set(facts) <= set(rules.SAYABLE):
        raise rules.CannotKeep(_("That is nothing a house can say about itself."))
    offering = queries.own_offerings(by).select_for_update().get(pk=offering_id)
    before = {rule.barrier: rule for rule in Rule.objects.filter(offering=offering)}
    Rule.objects.filter(offering=offering).exclude(barrier__in=facts).delete()
    for barrier, said in facts.items():
        rule = before.get(barrier) or Rule(offering=offering, agency_id=by.agency_id, barrier=barrier)
        if barrier in before and all(getattr(rule, name) == value for name, value in said.items()):
            continue
        for name, value in said.items():
            setattr(rule, name, value)
        rule.verified_on = verified_on
        save_changes(rule)
    note(
        "beds.rules_kept",
        custodian_id=by.agency_id,
        item_id=offering.pk,
        item_kind="offering",
        count=len(facts),
    )


@transaction.atomic
def still_true(*, offering_id: UUID, verified_on: date, by: Worker, at: datetime) -> None:
    """Note that everything said about a programme and its rules is still true.

    :raises rules.CannotKeep: if this worker doesn't keep it
    """
    rules.check_can_keep(by)
    offering = queries.own_offerings(by).select_for_update().get(pk=offering_id)
    Rule.objects.filter(offering=offering).update(verified_on=verified_on)
    queries.own_offerings(by).filter(pk=offering.pk).update(verified_on=verified_on)
    note("beds.verified", custodian_id=by.agency_id, item_id=offering.pk, item_kind="offering")


@transaction.atomic
def close(*, offering_id: UUID, closed: bool, by: Worker, at: datetime) -> None:
    """Close a programme, so that nobody finds it any more; or open it again.

    :raises rules.CannotKeep: if this worker doesn't keep it
    """
    rules.check_can_keep(by)
    offering = queries.own_offerings(by).select_for_update().get(pk=offering_id)
    offering.closed_at = at if closed else None
    offering.save(update_fields=["closed_at"])
    note(
        "beds.closed" if closed else "beds.reopened",
        custodian_id=by.agency_id,
        item_id=offering.pk,
        item_kind="offering",
    )


@transaction.atomic
def place(*, offering_id: UUID, words: str, by: Worker, at: datetime) -> None:
    """Write down where a programme is, sealed, for its own shelter only.

    The address lives in the shelter's custody (practice.md 5).

    :raises rules.CannotKeep: if this worker doesn't keep it
    """
    rules.check_can_keep(by)
    offering = queries.own_offerings(by).get(pk=offering_id)
    envelope = (
        installation_key.seal(words.encode(), purpose=ADDRESS, about=str(offering.pk)) if words else None
    )
    Whereabouts.objects.update_or_create(
        offering=offering,
        defaults={"words": envelope},
        create_defaults={"agency_id": by.agency_id, "words": envelope},
    )
    note("beds.placed", custodian_id=by.agency_id, item_id=offering.pk, item_kind="offering")


@transaction.atomic
def count(
    *,
    offering_id: UUID,
    actual: int,
    unavailable: int,
    occupied: int,
    reason: str,
    by: Worker,
    at: datetime,
    request_id: UUID | None = None,
) -> Count:
    """Write down what was counted and why it changed.

    What was counted before stays; what is free follows by itself.

    :raises rules.CannotKeep: if this worker doesn't count here
    :raises rules.CannotCount: if the numbers can't be, or would wipe out what is held
    """
    rules.check_can_keep(by)
    offering = queries.own_offerings(by).select_for_update().get(pk=offering_id)
    rules.check_can_count(actual, unavailable, occupied, queries.held(offering, at))
    counted = Count(
        offering=offering, agency_id=by.agency_id, actual=actual, unavailable=unavailable, occupied=occupied
    )
    counted.reason, counted.request_id, counted.counted_by, counted.counted_at = reason, request_id, by.pk, at
    with held_to():
        counted.save(force_insert=True)
    note("beds.counted", custodian_id=by.agency_id, item_id=offering.pk, item_kind="offering")
    return counted


@transaction.atomic
def step(
    *,
    offering_id: UUID,
    occupied: int,
    reason: str,
    by: Worker,
    at: datetime,
    request_id: UUID | None = None,
    seen: int | None = None,
) -> Count:
    """Count one more or one fewer taken.

    `seen` is the number of the count that whoever taps was looking at, where they were looking at one.

    :raises rules.CannotCount: if nothing was counted yet, it was counted again since it was seen, or the
        numbers can't be
    """
    offering = queries.own_offerings(by).select_for_update().get(pk=offering_id)
    last = queries.last_count(offering)
    if last is None:
        raise rules.CannotCount(_("Count everything once first."))
    if seen is not None and seen != last.number:
        raise rules.CannotCount(_("It was counted again in the meantime. This is how it stands now."))
    numbers = {"actual": last.actual, "unavailable": last.unavailable, "occupied": last.occupied + occupied}
    return count(offering_id=offering_id, **numbers, reason=reason, by=by, at=at, request_id=request_id)
