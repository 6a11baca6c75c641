"""What may be done with a plan.

The order is the person's; there is no rule that lets a worker's idea into it.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal

MOST = 30
BEDS_ANSWER = {"shelter_tonight", "shelter_weeks", "housing"}  # the needs that a bed or a home would meet


class CannotAdd(Refusal):
    """The plan can't take another priority."""


class CannotOrder(Refusal):
    """The order asked for is not an order of these priorities."""


def check_can_add(number: int) -> None:
    """Refuse more priorities than a page can hold.

    :raises CannotAdd: beyond thirty
    """
    if number >= MOST:
        raise CannotAdd(_("There are thirty already. Put one away first."))


def check_can_order(had: set[Any], asked: list[Any]) -> None:
    """Refuse an order that leaves one out, names one twice, or names another file's.

    :raises CannotOrder: unless it is the same priorities in another order
    """
    if len(asked) != len(had) or set(asked) != had:
        raise CannotOrder(
            _("The list has changed meanwhile. Look at it once more and put it in order again.")
        )
