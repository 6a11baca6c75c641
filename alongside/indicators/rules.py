"""Who may look at the numbers, and who keeps what stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.indicators.models import Parameter

LOOKS = ("editor", "data-steward", "leader", "privacy-officer")


class CannotPrice(Refusal):
    """A line of the parameter table can't be written."""


def may_look(worker: Worker) -> bool:
    """Say whether this worker looks at the numbers."""
    return worker.role in LOOKS


def may_price(worker: Worker) -> bool:
    """Say whether this worker keeps the parameter table."""
    return worker.role == "editor"


def check_can_price(worker: Worker, line: Parameter | None = None) -> None:
    """Evidence editors keep the parameter table of their agency, each line as long as it stands.

    :raises CannotPrice: if they don't, or the line was taken out or written anew meanwhile
    """
    if not may_price(worker):
        raise CannotPrice(_("Evidence editors keep what things cost."))
    if line and not line.stands:
        raise CannotPrice(_("This line was taken out. Write a new one."))
