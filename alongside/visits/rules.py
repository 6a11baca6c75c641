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


def check_can_undo(visit: Visit, at: datetime) -> None:
    """Refuse to take a visit back after ten minutes, or once something of it stands in a file.

    :raises CannotUndo: in those cases
    """
    if visit.is_written or visit.met_at <= at - clock.A_MOMENT:
        raise CannotUndo(
            _("It stays counted: ten minutes are over, or it is written in a file."), reverse("visits:new")
        )
