"""Something from the fund, from a contact at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.fund import queries
from alongside.kernel import clock, money
from alongside.kernel.toolboxes import Occasion, Tile

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def tiles(worker: Worker, occasion: Occasion) -> Iterator[Tile]:
    """Yield the tool that asks the fund, with what is left in it."""
    if not worker.may("ask-fund"):
        return
    left = sum(pot.left for pot in queries.open_pots(worker, clock.today()))
    yield Tile(
        name=_("From the fund"),
        hint=_("%(amount)s left") % {"amount": money.said(left)} if left else _("nothing is left"),
        address=reverse("fund:new") + occasion.query(file=occasion.file_id),
        rank=60,
    )
