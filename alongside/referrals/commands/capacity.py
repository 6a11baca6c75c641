"""Asking another agency what it has, before there is anybody to name, and answering that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.agencies.queries import get_agency
from alongside.gaps import commands as gaps
from alongside.kernel import clock
from alongside.kernel.commands import wait_for_turn
from alongside.plans import queries as plans
from alongside.referrals import rules
from alongside.referrals.commands.requests import draft
from alongside.referrals.models import CapacityRequest, Referral
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def ask_for_capacity(
    *,
    to_agency_ids: Collection[UUID],
    need: str,
    day: date,
    people: int,
    languages: list[str],
    by: Worker,
    at: datetime,
) -> list[CapacityRequest]:
    """Ask agencies at once whether they could, on a day, for how many, in which languages. Nobody is in it.

    Each gets a request of its own, and learns nothing of the others. Pressed twice, each is asked once.

    :raises rules.CannotAsk: if one is one's own agency, or must pass on what it hears
    """
    wait_for_turn(f"capacity/{by.pk}")
    asked, tongues = [], sorted(set(languages))
    just_asked = CapacityRequest.objects.filter(asked_by=by.pk, asked_at__gt=at - clock.A_MOMENT)
    for to_agency_id in sorted(set(to_agency_ids)):
        same = just_asked.filter(to_agency_id=to_agency_id, need=need, day=day, people=people)
        if before := same.filter(languages=tongues).first():
            asked.append(before)
            continue
        rules.check_can_ask(by, to_agency_id, blocked=False)
        rules.check_can_stand_among_several(get_agency(to_agency_id))
        one = CapacityRequest(agency_id=by.agency_id, to_agency_id=to_agency_id, need=need, day=day)
        one.people, one.languages = people, tongues
        one.asked_by, one.asked_at, one.lapses_at = by.pk, at, clock.end_of(day)
        one.save(force_insert=True)
        note("referrals.capacity_asked", other_agency_id=to_agency_id)
        asked.append(one)
    return asked


@transaction.atomic
def answer_capacity(
    *,
    asked: CapacityRequest,
    state: str,
    possible_from: date | None = None,
    reason: str = "",
    by: Worker,
    at: datetime,
) -> CapacityRequest:
    """Say yes, not yet, or no; a no is a gap in the same moment. The same once more is nothing new.

    :raises rules.CannotMove: if it is not theirs to answer, was answered, or a no has no reason
    :raises rules.CannotTell: if the day from which it is possible is over
    """
    if asked.to_agency_id == by.agency_id:
        asked = CapacityRequest.objects.select_for_update().get(pk=asked.pk)
    possible_from = possible_from if state == CapacityRequest.State.NOT_YET else None
    reason = reason if state == CapacityRequest.State.NO else ""
    if (asked.state, asked.possible_from, asked.reason) == (state, possible_from, reason):
        return asked
    rules.check_can_answer_capacity(by, asked)
    asked.possible_from = possible_from
    if state == CapacityRequest.State.NOT_YET:
        rules.check_can_be_possible(possible_from, clock.day(at))
    if state == CapacityRequest.State.NO:
        rules.check_can_decline(reason)
        asked.reason = reason
        gaps.record(
            by=by,
            at=at,
            reason=reason,
            asking_agency_id=asked.agency_id,
            asked_agency_id=asked.to_agency_id,
            need=asked.need,
        )
    asked.state, asked.answered_at = state, at
    asked.save(update_fields=["state", "possible_from", "reason", "answered_at"])
    note("referrals.capacity_answered", other_agency_id=asked.agency_id)
    return asked


@transaction.atomic
def ask_for_somebody(*, asked: CapacityRequest, file_id: UUID, by: Worker, at: datetime) -> Referral:
    """Begin a request for somebody where an agency said that it could. Nothing leaves yet.

    It is about the first thing they want of that kind, if there is one.

    :raises rules.CannotAsk: if the agency has not said yes, or the person said "not them" of it
    """
    rules.check_can_ask_for_somebody(by, asked)
    about = next((each for each in plans.plan(by, file_id) if each.priority.need == asked.need), None)
    return draft(
        file_id=file_id,
        to_agency_id=asked.to_agency_id,
        need=asked.need,
        priority_id=about.priority.id if about else None,
        by=by,
        at=at,
    )
