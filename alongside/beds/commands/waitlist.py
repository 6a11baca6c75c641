"""Waiting for a place and being offered one: each with the locks that make it happen once.

Saying no, or nothing, never loses a place in line.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alongside.beds import queries, rules
from alongside.beds.commands import pathways
from alongside.beds.commands.holds import held_to, lengthen, let_go, token
from alongside.beds.commands.programmes import step
from alongside.beds.models import Correction, Hold, Offering, OutOfTurn, Step, Waiting, WaitingState
from alongside.gaps import commands as gaps
from alongside.kernel import handles
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def join(
    *,
    offering: Offering,
    profile: dict[str, Any],
    by: Worker,
    at: datetime,
    pathway_id: UUID | None = None,
    file_id: UUID | None = None,
) -> Waiting:
    """Write somebody down at the end of a waiting list, with what they need and no name.

    It begins a pathway, or goes on with one.

    :raises rules.CannotAsk: if there is no list, it is closed or one's own, or they are on it already
    """
    rules.waitlist.check_can_join(by, offering)
    if (
        pathway_id
        and Step.objects.filter(
            pathway_id=pathway_id,
            waiting__offering=offering,
            waiting__state__in=[*rules.waitlist.ON_WAITLIST, WaitingState.DECLINED],
        ).exists()
    ):
        raise rules.CannotAsk(_("They are on this list already. They have kept their place."))
    waiting = Waiting(
        offering=offering,
        shelter_id=offering.agency_id,
        agency_id=by.agency_id,
        handle=handles.make_up(set()),
        **profile,
    )
    waiting.joined_by, waiting.joined_at, waiting.moved_at = by.pk, at, at
    waiting.save(force_insert=True)
    pathway = pathways.begin_or_continue(by, at, pathway_id, file_id)
    Step(pathway=pathway, agency_id=by.agency_id, stay=offering.stay, waiting=waiting, taken_at=at).save(
        force_insert=True
    )
    note("beds.joined", **_about(waiting))
    return waiting


@transaction.atomic
def look(*, waiting: Waiting, by: Worker) -> None:
    """Note that the shelter has read what somebody in its line needs."""
    if waiting.shelter_id == by.agency_id:
        note("beds.wait_read", **_about(waiting))


@transaction.atomic
def offer_place(
    *, waiting: Waiting, by: Worker, at: datetime, hours: int | None = None, reason: str = ""
) -> Hold:
    """Offer one place and keep it for as long as they have to think.

    Out of turn only with a reason, which stays with the shelter.

    :raises rules.waitlist.OutOfTurn: if somebody who fits has waited longer and no reason is given
    :raises rules.CannotHold: if nothing is free, or the time to think is too short or too long
    :raises rules.CannotMove: if it can't be offered to them now
    """
    offering = _locked_list(waiting, by)
    hours = offering.think_hours if hours is None else hours
    rules.waitlist.check_time_to_think(hours)
    turn = queries.waitlist.turn_of(queries.waitlist.line(by, offering, at))
    waiting = _move(waiting, WaitingState.OFFERED, by, at)
    rules.waitlist.check_turn(waiting, turn, reason)
    if turn != waiting.pk:
        OutOfTurn(
            agency_id=by.agency_id, waiting=waiting, reason=reason, offered_by=by.pk, offered_at=at
        ).save(force_insert=True)
    held = Hold(
        offering=offering,
        shelter_id=waiting.shelter_id,
        agency_id=waiting.agency_id,
        waiting=waiting,
        asker=waiting.joined_by,
    )
    held.held_at, held.until = at, at + timedelta(hours=hours)
    held.token = token()
    with held_to():
        held.save(force_insert=True)
    note("beds.place_offered", **_about(waiting))
    return held


@transaction.atomic
def give_time(*, waiting: Waiting, by: Worker, at: datetime) -> Hold:
    """Give as much time to think again as at first. Either side may, once.

    :raises rules.CannotHold: if the offer ran out, or was extended already
    """
    waiting = _locked(waiting)
    held = lengthen(queries.waitlist.hold_of(waiting), at)
    note("beds.time_given", **_about(waiting))
    return held


@transaction.atomic
def accept(*, waiting: Waiting, by: Worker, at: datetime) -> None:
    """Note that they said yes. The place stays kept until they move in, or until its moment.

    :raises rules.CannotMove: if nothing is offered to them any more
    """
    note("beds.place_accepted", **_about(_move(waiting, WaitingState.ACCEPTED, by, at)))


@transaction.atomic
def decline(*, waiting: Waiting, by: Worker, at: datetime, stays: bool = True) -> None:
    """Note that they chose otherwise.

    Nobody asks why, the place is free at once, and they keep their place in line; or rest, if they like.

    :raises rules.CannotMove: if nothing is offered to them any more
    """
    waiting = _move(
        waiting,
        WaitingState.WAITING if stays else WaitingState.DECLINED,
        by,
        at,
        only_from=rules.waitlist.WITH_AN_OFFER,
    )
    let_go(queries.waitlist.hold_of(waiting), at)
    note("beds.place_declined", **_about(waiting))


@transaction.atomic
def rejoin(*, waiting: Waiting, by: Worker, at: datetime) -> None:
    """Go on waiting after a rest, in the place they had.

    :raises rules.CannotMove: if they were not resting
    """
    note(
        "beds.rejoined",
        **_about(_move(waiting, WaitingState.WAITING, by, at, only_from=(WaitingState.DECLINED,))),
    )


@transaction.atomic
def move_in(*, waiting: Waiting, by: Worker, at: datetime) -> None:
    """Note for the shelter that they live there now: the kept place becomes a taken one, in one step.

    After it ran out it needs a free one.

    :raises rules.CannotMove: if they have not said yes
    :raises rules.CannotCount: if the offer ran out and nothing is free any more
    """
    _locked_list(waiting, by)
    waiting = _move(waiting, WaitingState.MOVED_IN, by, at)
    let_go(queries.waitlist.hold_of(waiting), at)
    step(offering_id=waiting.offering_id, occupied=1, reason=Correction.ARRIVAL, by=by, at=at)
    note("beds.moved_in", **_about(waiting))


@transaction.atomic
def leave(*, waiting: Waiting, by: Worker, at: datetime) -> None:
    """Take somebody off a list, because they said so.

    :raises rules.CannotMove: if it is over already
    """
    waiting = _move(waiting, WaitingState.LEFT, by, at)
    let_go(queries.waitlist.hold_of(waiting), at)
    note("beds.list_left", **_about(waiting))


@transaction.atomic
def refuse(*, waiting: Waiting, answer: str, barriers: list[str], by: Worker, at: datetime) -> None:
    """Say for the shelter that there will be no place here, in one of two words.

    It is counted as a gap; its own codes only the shelter sees.

    :raises rules.CannotMove: if it is over or something is offered, or isn't said which
    """
    rules.check_can_answer_no(answer)
    waiting = _move(waiting, WaitingState.NOT_OFFERED, by, at)
    waiting.answer, waiting.answered_at = answer, at
    waiting.save(update_fields=["answer", "answered_at"])
    gaps.record(
        by=by,
        at=at,
        reason="no-capacity" if answer == "full" else "not-a-fit",
        asking_agency_id=waiting.agency_id,
        asked_agency_id=by.agency_id,
        need=rules.NEED_OF[waiting.offering.stay],
        barriers=queries.public_barriers(waiting),
        causes=barriers,
    )
    note("beds.place_refused", **_about(waiting))


@transaction.atomic
def take_back(*, waiting: Waiting, by: Worker, at: datetime) -> None:
    """Take an offer back for the shelter, when the place can't be had after all: a burst pipe.

    They wait on in the place they had; it is counted as a gap.

    :raises rules.CannotMove: if nothing is offered to them, or it isn't this shelter's offer
    """
    _locked_list(waiting, by)
    waiting = _locked(waiting)
    rules.waitlist.check_can_take_back(by, waiting, queries.waitlist.hold_of(waiting), at)
    let_go(queries.waitlist.hold_of(waiting), at)
    waiting.state, waiting.moved_at = WaitingState.WAITING, at
    waiting.save(update_fields=["state", "moved_at"])
    gaps.record(
        by=by,
        at=at,
        reason="taken-back",
        asking_agency_id=waiting.agency_id,
        asked_agency_id=by.agency_id,
        need=rules.NEED_OF[waiting.offering.stay],
        barriers=["full"],
    )
    note("beds.place_taken_back", **_about(waiting))


def _locked(waiting: Waiting) -> Waiting:
    return Waiting.objects.select_for_update().get(pk=waiting.pk)


def _locked_list(waiting: Waiting, by: Worker) -> Offering:
    """The shelter's commands lock the programme before the wait, as a hold and a count do."""
    return queries.own_offerings(by).select_for_update().get(pk=waiting.offering_id)


def _move(
    waiting: Waiting, to: WaitingState, by: Worker, at: datetime, *, only_from: tuple[WaitingState, ...] = ()
) -> Waiting:
    waiting = _locked(waiting)
    if only_from and waiting.state not in only_from:
        raise rules.CannotMove(rules.MOVED_ON)
    rules.waitlist.check_can_move(by, waiting, to, queries.waitlist.hold_of(waiting), at)
    waiting.state, waiting.moved_at = to, at
    waiting.save(update_fields=["state", "moved_at"])
    return waiting


def _about(waiting: Waiting) -> dict[str, Any]:
    return {
        "custodian_id": waiting.agency_id,
        "item_id": waiting.pk,
        "item_kind": "bed-wait",
        "other_agency_id": waiting.shelter_id,
    }
