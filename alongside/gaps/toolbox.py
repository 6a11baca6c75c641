"""Counting a no, from a contact at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.gaps import queries
from alongside.kernel.toolboxes import Occasion, Tile

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def tiles(worker: Worker, occasion: Occasion) -> Iterator[Tile]:
    """Yield the tool that counts that somebody could not be helped."""
    if queries.may_write_down(worker):
        yield Tile(
            name=_("Could not help"),
            hint=_("count the no"),
            address=reverse("gaps:new") + occasion.query(need=occasion.need),
            rank=90,
        )
