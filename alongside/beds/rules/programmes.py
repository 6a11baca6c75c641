"""Who keeps what a shelter offers, what a house can say about itself, and which numbers can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.beds.models import Correction
from alongside.kernel import vocabulary
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

NEED_OF = {"tonight": "shelter_tonight", "months": "shelter_weeks", "home": "housing"}


class CannotCount(Refusal):
    """These numbers can't be."""


class CannotKeep(Refusal):
    """This worker doesn't keep what is offered here."""


def may_keep(worker: Worker) -> bool:
    """Whether this worker keeps what their agency offers, and counts its beds."""
    return worker.may("keep-programmes")


def check_can_keep(worker: Worker) -> None:
    """Refuse who doesn't keep what is offered.

    :raises CannotKeep: unless they meet people, coordinate or lead
    """
    if not may_keep(worker):
        raise CannotKeep(
            _("Those who meet people, coordinators and leaders keep what is offered here. Ask one of them.")
        )


def check_can_count(actual: int, unavailable: int, occupied: int, held: int) -> None:
    """Refuse numbers below nothing, more people than beds, or a total that would wipe out what is held.

    :raises CannotCount: in those cases
    """
    if min(actual, unavailable, occupied) < 0:
        raise CannotCount(_("Less than none can’t be. Count once more."))
    if occupied > actual:
        raise CannotCount(_("More are taken than there are. Count once more, or open more beds first."))
    if occupied + held > actual:
        raise CannotCount(
            ngettext(
                "%(held)d is held for somebody who may be on the way. Let the hold go first, or count it in.",
                "%(held)d are held for people who may be on the way. Let the holds go first, or count them "
                "in.",
                held,
            )
            % {"held": held}
        )


def available(actual: int, occupied: int, held: int) -> int:
    """Return how many are free: what is there, less what is taken and what is held; never less than none."""
    return max(0, actual - occupied - held)


SAYABLE = [
    code for code in vocabulary.BARRIERS if code not in ("full", "co_location", "no_money")
]  # the first is counted, the second would tell who is there, the third is no house’s
REASONS_TO_COUNT = [r for r in Correction if r not in (Correction.ARRIVAL, Correction.OPENING)]
