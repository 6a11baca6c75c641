"""What a hand-over says no to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal


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
