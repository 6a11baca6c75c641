"""Which way a request for a bed can go, who may move it, how long a hold lasts, and when an unanswered one rises (practice.md 5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.agencies.queries import check_can_ask as check_may_ask
from alongside.beds.models import State, WaitingState
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.beds.models import Hold, Offering, Request, Waiting

MOVES = {
    State.DRAFTED: {State.ASKED, State.SOFT_HOLD, State.RELEASED},
    State.ASKED: {State.SOFT_HOLD, State.NOT_OFFERED, State.RELEASED},
    State.SOFT_HOLD: {State.OFFERED, State.ACCEPTED, State.EN_ROUTE, State.ARRIVED, State.DECLINED, State.RELEASED, State.NOT_OFFERED},
    State.OFFERED: {State.ACCEPTED, State.EN_ROUTE, State.ARRIVED, State.DECLINED, State.RELEASED, State.NOT_OFFERED},
    State.ACCEPTED: {State.EN_ROUTE, State.ARRIVED, State.NO_SHOW, State.DECLINED, State.RELEASED, State.NOT_OFFERED},
    State.EN_ROUTE: {State.ARRIVED, State.NO_SHOW, State.DECLINED, State.RELEASED, State.NOT_OFFERED},
    State.NO_SHOW: {State.ARRIVED},  # came after all
    State.RELEASED: {State.ARRIVED},
    State.ARRIVED: set(),
    State.DECLINED: set(),
    State.NOT_OFFERED: set(),
}
THEIRS = {State.OFFERED, State.ACCEPTED, State.EN_ROUTE, State.DECLINED, State.RELEASED}  # the asker's to say, for the person
HOUSE = {State.SOFT_HOLD, State.ARRIVED, State.NO_SHOW, State.NOT_OFFERED}  # the shelter's
HOLDING = [State.SOFT_HOLD, State.OFFERED, State.ACCEPTED, State.EN_ROUTE]
EXPECTED = [State.ACCEPTED, State.EN_ROUTE]
OPEN = [State.ASKED, *HOLDING]

MOVES_OF_WAITING = {
    WaitingState.WAITING: {WaitingState.OFFERED, WaitingState.LEFT, WaitingState.NOT_OFFERED},
    WaitingState.OFFERED: {WaitingState.ACCEPTED, WaitingState.DECLINED, WaitingState.WAITING, WaitingState.LEFT},
    WaitingState.ACCEPTED: {WaitingState.MOVED_IN, WaitingState.WAITING, WaitingState.DECLINED, WaitingState.LEFT},
    WaitingState.MOVED_IN: set(),
    WaitingState.DECLINED: {WaitingState.WAITING, WaitingState.LEFT},
    WaitingState.LEFT: set(),
    WaitingState.NOT_OFFERED: set(),
}
IN_LINE = [WaitingState.WAITING, WaitingState.OFFERED, WaitingState.ACCEPTED]

FEWEST_HOURS, MOST_HOURS = 2, 12
HELD_BY_ONE = 3
MOVED_ON = _("That can’t follow from where this stands now. Look at it once more: it may have moved.")
NEED_OF = {"tonight": "shelter_tonight", "months": "shelter_weeks", "home": "housing"}


class Rising(models.IntegerChoices):
    """How far an unanswered request has risen."""

    FRESH = 0, _("Asked just now")
    FIRST = 1, _("Waiting for more than an hour")
    COORDINATOR = 2, _("With the coordinator")
    CALL = 3, _("Call now")
    UNANSWERED = 4, _("Nobody answered")


RISES_AFTER = {
    Rising.FIRST: timedelta(hours=1),
    Rising.COORDINATOR: timedelta(hours=2),
    Rising.CALL: timedelta(hours=3, minutes=30),
    Rising.UNANSWERED: timedelta(hours=4),
}


class CannotAsk(Refusal):
    """This can't be asked, or not of them."""


class CannotHold(Refusal):
    """No bed can be held, or not for so long."""


class CannotMove(Refusal):
    """It can't go there from where it is, or not by this agency."""


class CannotCount(Refusal):
    """These numbers can't be."""


class CannotKeep(Refusal):
    """This worker doesn't keep what is offered here."""


def rising(asked_at: datetime | None, at: datetime) -> Rising:
    """Return how far a request that nobody has answered has risen by a moment."""
    waited = at - asked_at if asked_at else timedelta(0)
    return max((step for step, after in RISES_AFTER.items() if waited >= after), default=Rising.FRESH)


def may_keep(worker: Worker) -> bool:
    """Whether this worker keeps what their agency offers, and counts its beds."""
    return (worker.meets_people or worker.role in ("coordinator", "leader")) and worker.agency.sector != "criminal-legal"


def may_answer(worker: Worker) -> bool:
    """Whether this worker reads and answers what is asked of their shelter."""
    return (worker.meets_people or worker.role == "coordinator") and worker.agency.sector != "criminal-legal"


def may_look(worker: Worker) -> bool:
    """Whether this worker may look for a bed at all: a criminal-legal agency can never search (practice.md 1.3)."""
    return worker.agency.sector != "criminal-legal"


def check_can_keep(worker: Worker) -> None:
    """Refuse who doesn't keep what is offered.

    :raises CannotKeep: unless they meet people, coordinate or lead
    """
    if not may_keep(worker):
        raise CannotKeep(_("Those who meet people, coordinators and leaders keep what is offered here."))


def check_can_ask(worker: Worker, offering: Offering) -> None:
    """Refuse to ask one's own house, a closed programme, or from a seat that asks nobody.

    :raises CannotAsk: in those cases
    """
    check_may_ask(worker)
    if offering.agency_id == worker.agency_id:
        raise CannotAsk(_("That is your own house. Count the arrival on your board instead."))
    if offering.closed_at:
        raise CannotAsk(_("This programme is closed. Look for another one."))
    if offering.stay != "tonight":
        raise CannotAsk(_("There is a list for this place. Join it: everybody waits in turn."))


def check_can_move(worker: Worker, request: Request, to: State, hold: Hold | None, at: datetime) -> None:
    """Refuse a move that doesn't follow from where the request stands now, or that is the other side's to make.

    :raises CannotMove: in those cases
    """
    ours = HOUSE if request.shelter_id == worker.agency_id else THEIRS
    if to not in ours:
        raise CannotMove(_("That is for the other agency to say."))
    if to not in MOVES[standing(request, hold, at)]:
        raise CannotMove(MOVED_ON)


def standing(request: Request, hold: Hold | None, at: datetime) -> State:
    """Return where a request stands at a moment: one whose hold has run out is let go by itself, at read time."""
    state = State(request.state)
    if state in HOLDING and not is_live(hold, at):
        return State.RELEASED
    return state


def is_live(hold: Hold | None, at: datetime) -> bool:
    """Whether a hold still keeps its bed at a moment."""
    return hold is not None and hold.ended_at is None and hold.held_at <= at < hold.until


def check_can_say_unanswered(request: Request, at: datetime) -> None:
    """Refuse to count "nobody answered" of what was answered, held at once, or hasn't waited four hours.

    :raises CannotMove: in those cases
    """
    if State(request.state) != State.ASKED or rising(request.asked_at, at) < Rising.UNANSWERED:
        raise CannotMove(MOVED_ON)


def check_can_hold_for(hours: int) -> None:
    """Refuse a hold shorter than two hours or longer than twelve.

    :raises CannotHold: in those cases
    """
    if not FEWEST_HOURS <= hours <= MOST_HOURS:
        raise CannotHold(
            _("A bed is held for at least %(fewest)d and at most %(most)d hours.") % {"fewest": FEWEST_HOURS, "most": MOST_HOURS}
        )


def check_can_extend(hold: Hold | None, at: datetime) -> Hold:
    """Refuse to extend a hold that has run out, or a second time; give the hold back.

    :raises CannotHold: in those cases
    """
    if hold is None or not is_live(hold, at):
        raise CannotHold(_("This hold has run out. Ask again: it costs nothing."))
    if hold.extended_at:
        raise CannotHold(_("It has been extended once already. Call them, or ask again."))
    return hold


def check_can_count(actual: int, unavailable: int, occupied: int, held: int) -> None:
    """Refuse numbers below nothing, more people than beds, or a total that would wipe out what is held.

    :raises CannotCount: in those cases
    """
    if min(actual, unavailable, occupied) < 0:
        raise CannotCount(_("Less than none can’t be."))
    if occupied > actual:
        raise CannotCount(_("More are taken than there are. Count once more, or open more beds first."))
    if occupied + held > actual:
        raise CannotCount(
            ngettext(
                "%(held)d is held for somebody who may be on the way. Let the hold go first, or count it in.",
                "%(held)d are held for people who may be on the way. Let the holds go first, or count them in.",
                held,
            )
            % {"held": held}
        )


def check_can_answer_no(answer: str) -> None:
    """Refuse a "no" that doesn't say which of the two it is.

    :raises CannotMove: if it doesn't
    """
    if answer not in ("full", "not-a-fit"):
        raise CannotMove(_("Say which, with one tap: no space, or not a fit."))


def check_can_move_in_line(worker: Worker, waiting: Waiting, to: WaitingState) -> None:
    """Refuse a move on a waiting list that doesn't follow, or that is the other side's.

    :raises CannotMove: in those cases
    """
    house = {WaitingState.OFFERED, WaitingState.MOVED_IN, WaitingState.NOT_OFFERED}
    mine = waiting.shelter_id == worker.agency_id
    if (to in house) != mine:
        raise CannotMove(_("That is for the other agency to say."))
    if to not in MOVES_OF_WAITING[WaitingState(waiting.state)]:
        raise CannotMove(MOVED_ON)


def available(actual: int, occupied: int, held: int) -> int:
    """Return how many are free: what is there, less what is taken and what is held; never less than none."""
    return max(0, actual - occupied - held)
