"""What the open desk says no to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.visits.models import Visit


class CannotUndo(Refusal):
    """It was counted, and stays so."""


def can_undo(visit: Visit, at: datetime) -> bool:
    """Whether a visit can be taken back: for ten minutes, and while nothing of it stands in a file."""
    return not visit.is_written and visit.met_at > at - clock.A_MOMENT


def check_can_undo(visit: Visit, at: datetime) -> None:
    """Refuse to take back what can't be.

    :raises CannotUndo: then
    """
    if not can_undo(visit, at):
        raise CannotUndo(
            _("It stays counted: ten minutes are over, or it is written in a file."), reverse("visits:new")
        )
