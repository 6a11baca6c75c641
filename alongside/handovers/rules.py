"""What a hand-over says no to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.handovers.models import Check

WITHIN = timedelta(days=90)  # so far ahead somebody can say that they will check on a person


A_YEAR = timedelta(days=366)  # nobody is away for longer than that: they leave


class CannotBeAway(Refusal):
    """Nobody can be away until then."""


class CannotHandOver(Refusal):
    """It can't be handed over like this."""


class CannotTake(Refusal):
    """A colleague was first."""


class TakenAlready(CannotTake):
    """It is theirs, and stands on their day."""

    leads_there = True


def check_can_hand_over(lines: int) -> None:
    """Refuse a hand-over with nothing in it.

    :raises CannotHandOver: if nothing is due
    """
    if not lines:
        raise CannotHandOver(
            _("Nothing is due until the next shift: there is nothing to hand over."), reverse("day")
        )


def check_can_take(left: int, *, is_theirs: bool, taken_by: str) -> None:
    """Refuse to take over what was taken over already.

    :param taken_by: the name of the colleague who was first
    :raises TakenAlready: if it was the worker themselves
    :raises CannotTake: if it was somebody else
    """
    if left:
        return
    if is_theirs:
        raise TakenAlready(_("You took this over already. It stands on your day."), reverse("day"))
    raise CannotTake(
        _("%(who)s has it already: nothing of it is left to take over.") % {"who": taken_by}, reverse("day")
    )


class CannotSettle(Refusal):
    """They can't lead, or the person was asked meanwhile."""


class CannotCheck(Refusal):
    """That can't be said, or a colleague was first."""


def check_can_be_away(back_on: date, at: datetime) -> None:
    """Refuse that somebody is back on a day that is over, or far away.

    :raises CannotBeAway: then
    """
    today = clock.day(at)
    if not today < back_on <= today + A_YEAR:
        raise CannotBeAway(_("Choose a day from tomorrow to a year from now."))


def check_settled(*, done: bool) -> None:
    """Refuse what the database refused: somebody who can't lead, or a person who was asked meanwhile.

    :raises CannotSettle: then, in the same words for either
    """
    if not done:
        raise CannotSettle(
            _("Somebody else asked them meanwhile, or that colleague can’t lead. Look again."), reverse("day")
        )


def check_can_say(due_on: date, at: datetime) -> None:
    """Refuse to check on somebody on a day that is over, or far away.

    :raises CannotCheck: then
    """
    today = clock.day(at)
    if not today <= due_on <= today + WITHIN:
        raise CannotCheck(_("Choose a day from today to 90 days from now."))


def check_can_finish(check: Check, by: Worker) -> None:
    """Refuse to say again what a colleague did already.

    :raises CannotCheck: then
    """
    if check.done_at and check.done_by != by.pk:
        raise CannotCheck(_("A colleague checked on them already."), reverse("day"))
