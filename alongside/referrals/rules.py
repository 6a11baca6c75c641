"""Which way a referral can go, and who may move it (Gravity SDOH Clinical Care 3.0.0; standards.md 4)."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal
from alongside.referrals.models import MOVES, THEIRS, Referral, State

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

OPEN = [state for state in State if state.is_open]
OURS = {State.REQUESTED, State.CANCELLED, State.ENTERED_IN_ERROR}  # the asker's
SENT = _("This has already been sent.")
MOVED_ON = _("That can’t follow from where this stands now. Look at it once more: it may have moved.")
ENDED = [State.REJECTED, State.COMPLETED, State.FAILED, State.CANCELLED]


class CannotAsk(Refusal):
    """This can't be asked, or not of them."""


class CannotSend(Refusal):
    """It is not ready to go, or may not go; `step` is where what is lacking is said, if anywhere."""

    def __init__(self, message: "str | Promise", step: str = "") -> None:
        super().__init__(message)
        self.step = step


class CannotMove(Refusal):
    """It can't go there from where it is, or not by this agency."""


class CannotSay(Refusal):
    """There is nothing yet to have a word on."""


def check_can_ask(worker: "Worker", to_agency_id: object, blocked: bool) -> None:
    """Refuse to ask one's own agency, or one the person said "not them" of.

    :raises CannotAsk: in those cases
    """
    if to_agency_id == worker.agency_id:
        raise CannotAsk(_("That is your own agency. Add a step instead."))
    if blocked:
        raise CannotAsk(_("They said: not them."))


def check_can_introduce(referral: Referral) -> None:
    """Refuse to rewrite the introduction of what was sent.

    :raises CannotSend: if it was
    """
    if State(referral.state) != State.DRAFT:
        raise CannotSend(MOVED_ON if referral.state == State.CANCELLED else SENT)


def check_can_send(worker: "Worker", referral: Referral, live: bool) -> None:
    """Refuse to send anything that is not a draft of the worker's agency under a live agreement.

    :raises CannotSend: in those cases
    """
    if referral.agency_id != worker.agency_id or referral.state == State.CANCELLED:
        raise CannotSend(MOVED_ON)
    if State.REQUESTED not in MOVES[State(referral.state)]:
        raise CannotSend(SENT)
    if not live:
        raise CannotSend(_("They have not agreed to share with this agency, or no longer do."))
    if referral.introduction and not referral.introduction_approved_at:
        raise CannotSend(
            _("Read the introduction back to them first, and change it until it is right."), "introduction"
        )


def check_can_move(worker: "Worker", referral: Referral, to: str) -> None:
    """Refuse a move that the closed loop doesn't know, or that is the other side's to make.

    :raises CannotMove: in those cases
    """
    side = THEIRS if referral.to_agency_id == worker.agency_id else OURS
    if State(to) not in side:
        raise CannotMove(_("That is for the other agency to say."))
    if State(to) not in MOVES[State(referral.state)]:
        raise CannotMove(MOVED_ON)


def check_can_decline(reason: str, wait_band: str, barriers: list[str]) -> None:
    """Refuse a "no" that doesn't say which.

    A waiting list has a length, a bad fit has its barrier (practice.md 5).

    :raises CannotMove: in those cases
    """
    if not reason:
        raise CannotMove(_("Say why, with one tap. It is counted, and nobody is named."))
    if reason == "waitlist" and not wait_band:
        raise CannotMove(_("Say how long the waiting list is."))
    if reason == "not-a-fit" and not barriers:
        raise CannotMove(_("Say what stands in the way."))


def check_can_say(worker: "Worker", referral: Referral) -> None:
    """Refuse the person's last word before there is an answer, or through somebody else's desk.

    :raises CannotSay: in those cases
    """
    if referral.agency_id != worker.agency_id:
        raise CannotSay(_("That is for the other agency to say."))
    if referral.state in (State.DRAFT, State.REQUESTED):
        raise CannotSay(_("They haven’t been answered yet."))
