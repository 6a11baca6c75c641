"""Looking for a bed, from a contact at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.beds import queries
from alongside.beds.matching import Need
from alongside.kernel import geography
from alongside.kernel.toolboxes import Occasion, Tile

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def tiles(worker: Worker, occasion: Occasion) -> Iterator[Tile]:
    """Yield the tool that looks for a bed tonight, with how many could fit near here."""
    if not worker.may("look-for-beds"):
        return
    region = geography.region_of(worker.agency.division) or ""
    fitting = queries.how_many_fit(worker, Need(region=region))
    hint = ngettext("%(n)s could fit", "%(n)s could fit", fitting) % {"n": fitting}
    yield Tile(
        name=_("A bed tonight"),
        hint=hint if fitting else _("none said that it fits"),
        address=reverse("beds:search") + occasion.query(file=occasion.file_id),
        rank=10,
    )
