"""Which way a request for a bed can go, who may move it, and when an unanswered one rises (practice.md 5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import check_can_ask as check_may_ask
from alongside.beds.models import BY_ASKER, BY_SHELTER, MOVES, State
from alongside.beds.rules.holds import is_live
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.beds.models import Hold, Offering, Request

HOLDING = [State.SOFT_HOLD, State.OFFERED, State.ACCEPTED, State.EN_ROUTE]
EXPECTED = [State.ACCEPTED, State.EN_ROUTE]
OPEN = [State.ASKED, *HOLDING]
MOVED_ON = _("That can’t follow from where this stands now. Look at it once more: it may have moved.")


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


class CannotMove(Refusal):
    """It can't go there from where it is, or not by this agency."""


def rising(asked_at: datetime | None, at: datetime) -> Rising:
    """Return how far a request that nobody has answered has risen by a moment."""
    waited = at - asked_at if asked_at else timedelta(0)
    return max((step for step, after in RISES_AFTER.items() if waited >= after), default=Rising.FRESH)


def may_answer(worker: Worker) -> bool:
    """Whether this worker reads and answers what is asked of their shelter."""
    return worker.may("answer-for-beds")


def may_look(worker: Worker) -> bool:
    """Whether this worker may look for a bed at all.

    A criminal-legal agency can never search (practice.md 1.3).
    """
    return worker.may("look-for-beds")


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
    """Refuse a move that doesn't follow from where the request stands, or is the other side's to make.

    :raises CannotMove: in those cases
    """
    ours = BY_SHELTER if request.shelter_id == worker.agency_id else BY_ASKER
    if to not in ours:
        raise CannotMove(_("That is for the other agency to say. Call them, or wait for their answer."))
    if to not in MOVES[standing(request, hold, at)]:
        raise CannotMove(MOVED_ON)


def standing(request: Request, hold: Hold | None, at: datetime) -> State:
    """Return where a request stands at a moment.

    One whose hold has run out is let go by itself, at read time.
    """
    state = State(request.state)
    if state in HOLDING and not is_live(hold, at):
        return State.RELEASED
    return state


def check_can_say_unanswered(request: Request, at: datetime) -> None:
    """Refuse to count "nobody answered" of what was answered, held at once, or hasn't waited four hours.

    :raises CannotMove: in those cases
    """
    if State(request.state) != State.ASKED or rising(request.asked_at, at) < Rising.UNANSWERED:
        raise CannotMove(MOVED_ON)


def check_can_answer_no(answer: str) -> None:
    """Refuse a "no" that doesn't say which of the two it is.

    :raises CannotMove: if it doesn't
    """
    if answer not in ("full", "not-a-fit"):
        raise CannotMove(_("Say which, with one tap: no space, or not a fit."))
