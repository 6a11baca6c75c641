"""Asking another agency, from a contact at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.directory import queries as directory
from alongside.kernel import punctuation, vocabulary
from alongside.kernel.toolboxes import Occasion, Tile

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def tiles(worker: Worker, occasion: Occasion) -> Iterator[Tile]:
    """Yield the tool that asks an agency, with how many offer what is needed."""
    if not worker.keeps_files:
        return
    address = reverse("referrals:whom", args=[occasion.file_id]) if occasion.file_id else ""
    more = {"about": occasion.priority_id, "need": occasion.need}
    yield Tile(
        name=_("Ask an agency"),
        hint=_hint(worker, occasion.need),
        address=address and address + occasion.query(**more),
        needs_file=True,
        rank=20,
    )


def _hint(worker: Worker, need: str) -> str:
    offering = directory.offered(need).order_by().values_list("offered_by_id", flat=True)
    many = len(set(offering.distinct()) - {worker.agency_id})
    if not need:
        return ngettext("%(n)s can be asked here", "%(n)s can be asked here", many) % {"n": many}
    said = {"n": many, "need": punctuation.within(vocabulary.label("needs", need))}
    return ngettext("%(n)s offers this: %(need)s", "%(n)s offer this: %(need)s", many) % said
