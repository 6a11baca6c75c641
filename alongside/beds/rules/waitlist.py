"""Whose turn it is on a waiting list, where a wait stands at a moment, and what may follow.

Saying no, or nothing, never loses a place.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import check_can_ask
from alongside.beds.models import MOVES_OF_WAITING, Stay, Turn, WaitingState
from alongside.beds.rules import holds, requests

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.beds.models import Hold, Offering, Waiting

ON_WAITLIST = [WaitingState.WAITING, WaitingState.OFFERED, WaitingState.ACCEPTED]
FEWEST_HOURS, MOST_HOURS = 24, 336  # to think: a day to two weeks
HOURS = (24, 48, 72, 120, 168, 240, 336)
WITH_AN_OFFER = (WaitingState.OFFERED, WaitingState.ACCEPTED)
REASONS = Turn.choices


class OutOfTurn(requests.CannotMove):
    """Somebody before them fits this place, and nobody has said why it is not their turn."""


def standing(waiting: Waiting, hold: Hold | None, at: datetime) -> WaitingState:
    """Return where a wait stands at a moment.

    One whose offer ran out waits on, in the same place, by itself at read time.
    """
    state = WaitingState(waiting.state)
    return WaitingState.WAITING if state in WITH_AN_OFFER and not holds.is_live(hold, at) else state


def check_can_join(worker: Worker, offering: Offering) -> None:
    """Refuse a list where there is none: for tonight nobody waits, one asks.

    :raises rules.CannotAsk: then, for one's own house, and for a closed programme
    """
    check_can_ask(worker)
    if offering.agency_id == worker.agency_id:
        raise requests.CannotAsk(
            _("That is your own house. Its line is kept by those who come from elsewhere.")
        )
    if offering.closed_at:
        raise requests.CannotAsk(_("This programme is closed. Look for another one."))
    if offering.stay == Stay.TONIGHT:
        raise requests.CannotAsk(_("For tonight there is no list. Ask them for a bed instead."))


def check_can_move(
    worker: Worker, waiting: Waiting, to: WaitingState, hold: Hold | None, at: datetime
) -> None:
    """Refuse a move that does not follow from where a wait stands now.

    Who said yes may still move in after the hold ran out, if a place is free.

    :raises rules.CannotMove: in those cases
    """
    if to != WaitingState.MOVED_IN:
        waiting.state = standing(waiting, hold, at)
    check_can_move_in_line(worker, waiting, to)


def check_can_move_in_line(worker: Worker, waiting: Waiting, to: WaitingState) -> None:
    """Refuse a move on a waiting list that doesn't follow, or that is the other side's.

    :raises CannotMove: in those cases
    """
    house = {WaitingState.OFFERED, WaitingState.MOVED_IN, WaitingState.NOT_OFFERED}
    mine = waiting.shelter_id == worker.agency_id
    if (to in house) != mine:
        raise requests.CannotMove(_("That is for the other agency to say."))
    if to not in MOVES_OF_WAITING[WaitingState(waiting.state)]:
        raise requests.CannotMove(requests.MOVED_ON)


def check_can_take_back(worker: Worker, waiting: Waiting, hold: Hold | None, at: datetime) -> None:
    """Refuse to take back what isn't offered, or isn't one's own house's to offer.

    :raises rules.CannotMove: in those cases
    """
    if waiting.shelter_id != worker.agency_id:
        raise requests.CannotMove(_("That is for the other agency to say."))
    if standing(waiting, hold, at) not in WITH_AN_OFFER:
        raise requests.CannotMove(requests.MOVED_ON)


def check_turn(waiting: Waiting, turn: UUID | None, reason: str) -> None:
    """Refuse to offer a place out of turn without saying why.

    :raises OutOfTurn: if somebody else's turn it is, and no reason from the list is given
    """
    if turn is not None and turn != waiting.pk and reason not in Turn.values:
        raise OutOfTurn(_("Somebody who fits has waited longer. Say why it is not their turn, with one tap."))


def check_time_to_think(hours: int) -> None:
    """Refuse less than a day to think, or more than two weeks.

    :raises rules.CannotHold: then
    """
    if not FEWEST_HOURS <= hours <= MOST_HOURS:
        raise holds.CannotHold(_("A place is kept for at least a day and at most two weeks."))
