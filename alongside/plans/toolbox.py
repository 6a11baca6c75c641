"""Writing down what somebody wants, from a contact at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.toolboxes import Occasion, Tile

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def tiles(worker: Worker, occasion: Occasion) -> Iterator[Tile]:
    """Yield the tool that writes a want into a file, in their words."""
    address = reverse("plans:priority", args=[occasion.file_id]) if occasion.file_id else ""
    yield Tile(
        name=_("Write a want"),
        hint=_("in their words"),
        address=address and address + occasion.query(need=occasion.need),
        needs_file=True,
        rank=50,
    )
