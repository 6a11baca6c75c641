"""Asking for a bed, holding one, answering, arriving; each with the locks that make it happen once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from alongside.beds import queries, rules
from alongside.beds.commands import pathways
from alongside.beds.commands.holds import held_to, lengthen, let_go, token
from alongside.beds.commands.programmes import step
from alongside.beds.models import Correction, Hold, Offering, Request, State, Step
from alongside.gaps import commands as gaps
from alongside.kernel import handles, installation_key
from alongside.kernel.rls.models import save_changes
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

NAMES = "beds keep apart"


@transaction.atomic
def draft(
    *,
    offering: Offering,
    profile: dict[str, Any],
    by: Worker,
    at: datetime,
    pathway_id: UUID | None = None,
    file_id: UUID | None = None,
) -> Request:
    """Begin to ask a shelter for a bed.

    It can't see it yet. Without a pathway a new one begins; with a file, that file's custodian can follow it.

    :raises rules.CannotAsk: if it is one's own house, or closed
    """
    rules.check_can_ask(by, offering)
    request = Request(
        offering=offering,
        shelter_id=offering.agency_id,
        agency_id=by.agency_id,
        handle=handles.make_up(set()),
        **profile,
    )
    request.asked_by, request.drafted_at, request.moved_at = by.pk, at, at
    request.save(force_insert=True)
    pathway = pathways.begin_or_continue(by, at, pathway_id, file_id)
    Step(pathway=pathway, agency_id=by.agency_id, stay=offering.stay, request=request, taken_at=at).save(
        force_insert=True
    )
    note("beds.drafted", **_about(request))
    return request


@transaction.atomic
def ask(
    *,
    request: Request,
    profile: dict[str, Any] | None = None,
    keep_apart: str = "",
    at_once: bool = False,
    by: Worker,
    at: datetime,
) -> Request:
    """Ask: the shelter sees what is needed, and no name.

    `at_once` holds a bed in the same moment where the shelter lets others do that.

    `keep_apart` are the names of whom they must not meet, if they choose to have them looked for; sealed,
    seen by that shelter only, gone with its answer.

    :raises rules.CannotMove: if it was asked already
    :raises rules.CannotHold: if no bed can be held at once
    """
    request = _locked(request)
    offering = Offering.objects.get(pk=request.offering_id)
    rules.check_can_ask(by, offering)
    if State(request.state) != State.DRAFTED or request.agency_id != by.agency_id:
        raise rules.CannotMove(rules.MOVED_ON)
    for name, value in (profile or {}).items():
        setattr(request, name, value)
    request.keep_apart = (
        installation_key.seal(json.dumps(keep_apart).encode(), purpose=NAMES, about=str(request.pk))
        if keep_apart
        else None
    )
    request.asked_by, request.asked_at = by.pk, at
    _to(request, State.ASKED, at)
    if at_once:
        if not offering.holds_at_once:
            raise rules.CannotHold(queries.THEY_ANSWER)
        _hold(request, offering.hold_hours, at)
        _to(request, State.SOFT_HOLD, at)
    save_changes(request)
    note("beds.held" if at_once else "beds.asked", **_about(request))
    return request


@transaction.atomic
def look(*, request: Request, by: Worker) -> None:
    """Note that the shelter has read what is asked of it."""
    if request.shelter_id == by.agency_id:
        note("beds.read", **_about(request))


@transaction.atomic
def hold(*, request: Request, hours: int, by: Worker, at: datetime) -> Hold:
    """Say yes for the shelter: one bed is held, with a token to say at the door instead of a name.

    :raises rules.CannotHold: if nothing is free, three are held for that worker already, or the hours are too
        few or too many
    :raises rules.CannotMove: if it was answered already
    """
    rules.check_can_hold_for(hours)
    request = _move(request, State.SOFT_HOLD, by, at, save=False)
    held = _hold(request, hours, at)
    _answered(request, at)
    note("beds.held", **_about(request))
    return held


@transaction.atomic
def not_offer(*, request: Request, answer: str, barriers: list[str], by: Worker, at: datetime) -> None:
    """Say no for the shelter, in one of two words.

    What stood in the way is counted as a gap; only the shelter sees its own codes in it.

    The asker's side of the gap says what its own request and the published rules already tell, so that a
    check of who is in the house can't be told from any other "not a fit" (practice.md 5).

    :raises rules.CannotMove: if it was ended already, or isn't said which
    """
    rules.check_can_answer_no(answer)
    request = _move(request, State.NOT_OFFERED, by, at, save=False)
    let_go(queries.hold_of(request), at)
    request.answer = answer
    _answered(request, at)
    gaps.record(
        by=by,
        at=at,
        reason="no-capacity" if answer == "full" else "not-a-fit",
        asking_agency_id=request.agency_id,
        asked_agency_id=by.agency_id,
        need=rules.NEED_OF[request.offering.stay],
        barriers=queries.public_barriers(request),
        causes=barriers,
    )
    note("beds.not_offered", **_about(request))


@transaction.atomic
def offer(*, request: Request, by: Worker, at: datetime) -> None:
    """Note that the bed is being talked over with them.

    :raises rules.CannotMove: if nothing is held any more
    """
    _move(request, State.OFFERED, by, at)


@transaction.atomic
def accept(*, request: Request, by: Worker, at: datetime) -> None:
    """Note that they said yes.

    :raises rules.CannotMove: if nothing is held any more
    """
    _move(request, State.ACCEPTED, by, at)


@transaction.atomic
def set_out(*, request: Request, by: Worker, at: datetime) -> None:
    """Note that they are on the way.

    :raises rules.CannotMove: if nothing is held any more
    """
    _move(request, State.EN_ROUTE, by, at)


@transaction.atomic
def decline(*, request: Request, by: Worker, at: datetime) -> None:
    """Note that they chose otherwise. It costs nothing, and nobody asks why; the bed is free again at once.

    :raises rules.CannotMove: if it ended already
    """
    let_go(queries.hold_of(_move(request, State.DECLINED, by, at)), at)


@transaction.atomic
def release(*, request: Request, by: Worker, at: datetime) -> None:
    """Take a request back, or let its bed go. It costs nothing.

    :raises rules.CannotMove: if it ended already
    """
    let_go(queries.hold_of(_move(request, State.RELEASED, by, at)), at)


@transaction.atomic
def arrive(*, request: Request, by: Worker, at: datetime) -> None:
    """Note for the shelter that they are here: the hold becomes a taken bed, in one step.

    After a hold ran out it needs a free bed.

    :raises rules.CannotMove: if they can't have come on this request
    :raises rules.CannotCount: if the hold ran out and nothing is free any more
    """
    request = _move(request, State.ARRIVED, by, at)
    let_go(queries.hold_of(request), at)
    step(
        offering_id=request.offering_id,
        occupied=1,
        reason=Correction.ARRIVAL,
        request_id=request.pk,
        by=by,
        at=at,
    )


@transaction.atomic
def record_not_come(*, request: Request, by: Worker, at: datetime) -> None:
    """Note for the shelter that they did not come, this time.

    Nobody is blamed; if they come after all they are let in.

    :raises rules.CannotMove: if nobody was expected
    """
    let_go(queries.hold_of(_move(request, State.NOT_COME, by, at)), at)


@transaction.atomic
def extend(*, request: Request, by: Worker, at: datetime) -> Hold:
    """Hold the bed once more for as long as at first. Either side may, once.

    :raises rules.CannotHold: if the hold ran out, or was extended already
    """
    request = _locked(request)
    held = lengthen(queries.hold_of(request), at)
    note("beds.extended", **_about(request))
    return held


@transaction.atomic
def nothing_fits(*, stay: str, barriers: list[str], by: Worker, at: datetime) -> None:
    """Count that a search found nothing, with what stood in the way; nobody is in it."""
    gaps.record(by=by, at=at, reason="nothing-fits", need=rules.NEED_OF[stay], barriers=barriers)


@transaction.atomic
def unanswered(*, request: Request, by: Worker, at: datetime) -> None:
    """Count that nobody answered within four hours, and let the request go.

    :raises rules.CannotMove: if it was answered after all, or hasn't waited so long
    """
    rules.check_can_say_unanswered(_locked(request), at)
    request = _move(request, State.RELEASED, by, at)
    need = rules.NEED_OF[request.offering.stay]
    gaps.record(by=by, at=at, reason="no-answer", asked_agency_id=request.shelter_id, need=need, barriers=[])


def sweep_names() -> int:
    """Take the names to keep apart out of every request that last moved two days ago; return of how many.

    Nobody has to be signed in.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select ctx.sweep_names(%s)", [settings.SERVER_SECRET])
        return int(cursor.fetchone()[0])


def _locked(request: Request) -> Request:
    return Request.objects.select_for_update().get(pk=request.pk)


def _move(request: Request, to: State, by: Worker, at: datetime, *, save: bool = True) -> Request:
    request = _locked(request)
    rules.check_can_move(by, request, to, queries.hold_of(request), at)
    _to(request, to, at)
    if save:
        request.save(update_fields=["state", "moved_at", "keep_apart"])
        note(f"beds.{to.replace('-', '_')}", **_about(request))
    return request


def _to(request: Request, to: State, at: datetime) -> None:
    request.state, request.moved_at = to, at
    if to not in rules.OPEN:  # nobody looks for those names any more
        request.keep_apart = None


def _answered(request: Request, at: datetime) -> None:
    request.answered_at, request.keep_apart = at, None
    request.save(update_fields=["state", "moved_at", "answered_at", "answer", "keep_apart"])


def _hold(request: Request, hours: int, at: datetime) -> Hold:
    held = Hold(
        offering_id=request.offering_id,
        shelter_id=request.shelter_id,
        agency_id=request.agency_id,
        request=request,
    )
    held.asker, held.held_at, held.until = request.asked_by, at, at + timedelta(hours=hours)
    held.token = token()
    with held_to():
        held.save(force_insert=True)
    return held


def _about(request: Request) -> dict[str, Any]:
    other = request.shelter_id
    return {
        "custodian_id": request.agency_id,
        "item_id": request.pk,
        "item_kind": "bed-request",
        "other_agency_id": other,
    }
