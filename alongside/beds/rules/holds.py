"""How long a bed is held, and whether a hold still keeps it (practice.md 5)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.beds.models import Hold

FEWEST_HOURS, MOST_HOURS = 2, 12
HELD_BY_ONE = 3


class CannotHold(Refusal):
    """No bed can be held, or not for so long."""


def is_live(hold: Hold | None, at: datetime) -> bool:
    """Whether a hold still keeps its bed at a moment."""
    return hold is not None and hold.ended_at is None and hold.held_at <= at < hold.until


def check_can_hold_for(hours: int) -> None:
    """Refuse a hold shorter than two hours or longer than twelve.

    :raises CannotHold: in those cases
    """
    if not FEWEST_HOURS <= hours <= MOST_HOURS:
        raise CannotHold(
            _("A bed is held for at least %(fewest)d and at most %(most)d hours. Choose between them.")
            % {"fewest": FEWEST_HOURS, "most": MOST_HOURS}
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
