"""Looking for a place in the directory, from a contact at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel.toolboxes import Occasion, Tile

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def tiles(worker: Worker, occasion: Occasion) -> Iterator[Tile]:
    """Yield the tool that finds what cannot be asked here: a telephone and a door."""
    yield Tile(
        name=_("A place in the directory"),
        hint=_("a telephone, a door"),
        address=reverse("directory:search") + occasion.query(need=occasion.need),
        rank=60,
    )
