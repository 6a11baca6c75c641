"""Waiting at the hub, and telling several there once, from a contact at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.hub import queries
from alongside.kernel import clock
from alongside.kernel.toolboxes import Occasion, Tile

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def tiles(worker: Worker, occasion: Occasion) -> Iterator[Tile]:
    """Yield, for whoever sits at a hub now, the tools of it."""
    at = clock.now()
    sitting = queries.sitting_of(worker, at)
    if sitting is None or not queries.may_queue(worker):
        return
    hub = queries.get_hub(worker, sitting.hub_id)
    free = queries.how_many_free(hub, at)
    yield Tile(
        name=_("Wait for somebody here"),
        hint=ngettext("%(n)s is free at the hub", "%(n)s are free at the hub", free) % {"n": free},
        address=reverse("hub:new", args=[hub.id]) + occasion.query(),
        rank=30,
    )
    address = reverse("hub:tonight", args=[hub.id, occasion.file_id]) if occasion.file_id else ""
    more = {"about": occasion.priority_id, "need": occasion.need}
    yield Tile(
        name=_("Tell it once"),
        hint=_("several see it, until tonight"),
        address=address and address + occasion.query(**more),
        needs_file=True,
        rank=35,
    )
