"""Who may look at the gaps, who may write one down, and in which quarter it counts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import check_can_ask, may_ask
from alongside.kernel import clock
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


class CannotLook(Refusal):
    """The worker's role doesn't look at figures."""


class CannotWriteDown(Refusal):
    """There is nothing to count."""


def may_look(worker: Worker) -> bool:
    """Whether this role looks at what could not be had."""
    return worker.may("read-gaps")


def may_write_down(worker: Worker) -> bool:
    """Whether this worker asks on behalf of people at all, and so can have met a no."""
    return may_ask(worker)


def check_can_look(worker: Worker) -> None:
    """Refuse roles that are not there for figures.

    :raises CannotLook: unless they lead, coordinate, look after privacy or carry a caseload
    """
    if not may_look(worker):
        raise CannotLook(
            _("Leaders, coordinators, privacy officers and caseworkers look at the gaps. Ask one of them.")
        )


def check_can_write_down(worker: Worker, need: str, barriers: list[str], wait_band: str) -> None:
    """Refuse a no that says nothing, and a worker who asks nobody.

    :raises Refusal: if the worker's role or agency doesn't ask
    :raises CannotWriteDown: if neither what was sought nor what stood in the way is said
    """
    check_can_ask(worker)
    if not (need or barriers or wait_band):
        raise CannotWriteDown(_("Say what was sought, or what stood in the way. One of the two is enough."))


def quarter_of(at: datetime) -> str:
    """Return the quarter of a moment, as `2026-Q4`."""
    day = clock.shared_day(at)
    return f"{day.year}-Q{(day.month + 2) // 3}"
