"""An appointment, and somebody to come along, from a contact at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.toolboxes import Occasion, Tile

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def tiles(worker: Worker, occasion: Occasion) -> Iterator[Tile]:
    """Yield the tool that writes down an appointment, from which somebody is asked to come along."""
    address = reverse("appointments:new", args=[occasion.file_id]) if occasion.file_id else ""
    yield Tile(
        name=_("An appointment"),
        hint=_("and somebody to come along"),
        address=address and address + occasion.query(priority_id=occasion.priority_id),
        needs_file=True,
        rank=70,
    )
