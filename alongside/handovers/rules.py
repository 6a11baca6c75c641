"""What a hand-over says no to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal


class CannotHandOver(Refusal):
    """It can't be handed over like this."""


def check_can_hand_over(lines: int) -> None:
    """Refuse a hand-over with nothing in it.

    :raises CannotHandOver: if nothing is due
    """
    if not lines:
        raise CannotHandOver(
            _("Nothing is due until the next shift: there is nothing to hand over."), reverse("day")
        )
