"""Who may look at the numbers, and who keeps what stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.indicators.models import Parameter


class CannotPrice(Refusal):
    """A line of the parameter table can't be written."""


def may_look(worker: Worker) -> bool:
    """Say whether this worker looks at the numbers."""
    return worker.may("read-numbers")


def may_price(worker: Worker) -> bool:
    """Say whether this worker keeps the parameter table."""
    return worker.may("edit-evidence")


def check_can_price(worker: Worker, line: Parameter | None = None) -> None:
    """Evidence editors keep the parameter table of their agency, each line as long as it stands.

    :raises CannotPrice: if they don't, or the line was taken out or written anew meanwhile
    """
    if not may_price(worker):
        raise CannotPrice(_("Evidence editors keep what things cost. Ask one of them."))
    if line and not line.stands:
        raise CannotPrice(_("This line was taken out. Write a new one."))


class CannotContribute(Refusal):
    """Whether an agency contributes can't be changed like this."""


class CannotPrepare(Refusal):
    """This table can't be prepared."""


def may_decide(worker: Worker) -> bool:
    """Say whether this worker decides if the agency's numbers are counted with others'."""
    return worker.may("give-numbers")


def check_can_contribute(worker: Worker) -> None:
    """:raises CannotContribute: unless they lead the agency"""
    if not may_decide(worker):
        raise CannotContribute(
            _("A leader decides whether the agency’s numbers are counted with others’. Ask them.")
        )


def check_can_prepare(worker: Worker, *, over: bool) -> None:
    """Refuse who isn't an editor, and a half-year that isn't over.

    Taken twice, its numbers would tell what came in between.

    :raises CannotPrepare: unless an editor asks about a half-year that is over
    """
    if not worker.may("edit-evidence"):
        raise CannotPrepare(_("An evidence editor prepares numbers. Ask one."))
    if not over:
        raise CannotPrepare(
            _("This half-year isn’t over. Its numbers are taken once, when it is. Come back then.")
        )
