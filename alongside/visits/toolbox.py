"""Writing down what was done, and what everybody is told, from a contact at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.toolboxes import Occasion, Tile

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def tiles(worker: Worker, occasion: Occasion) -> Iterator[Tile]:
    """Yield what everybody is told, and the tool that writes into a file what was done."""
    yield Tile(
        name=_("What everybody is told"),
        hint=_("no answer is kept"),
        address=reverse("visits:told") + occasion.query(),
        rank=70,
    )
    yield Tile(
        name=_("Write down what was done"),
        hint=_("only if they want it"),
        address=reverse("visits:note", args=[occasion.visit_id, occasion.file_id])
        if occasion.file_id
        else "",
        needs_file=True,
        rank=80,
    )
