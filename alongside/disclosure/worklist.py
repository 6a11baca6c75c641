"""Tables that were prepared and wait for somebody else to release them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.disclosure import queries
from alongside.kernel.worklists import Action, Item

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def items(worker: Worker, at: datetime) -> Iterator[Item]:
    """Yield each table that somebody else prepared and this worker may release."""
    if not worker.may("release-numbers"):
        return
    for release in queries.prepared_by_others(worker):
        yield Item(
            words=_("A table waits to be released: %(title)s, %(half)s")
            % {"title": queries.title(release), "half": release.half},
            at=release.proposed_at,
            action=Action(_("Read it"), reverse("disclosure:release", args=[release.pk])),
            tag=("move", _("Waits for a second person")),
            rank=3,
        )
