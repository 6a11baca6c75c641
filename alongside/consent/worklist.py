"""Agreements that end by themselves, and what is no longer shared."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.consent import queries
from alongside.kernel import clock
from alongside.kernel.worklists import Action, Item, Part, Says

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

WEEK = timedelta(days=7)

ON_A_BOARD = gettext_lazy("An agreement ends")


def items(worker: Worker, at: datetime) -> Says:
    """Yield the agreements of the worker's files that end within the week."""
    if not worker.keeps_files:
        return
    ending = queries.ending_soon(worker, at + WEEK, at)
    yield [ending]
    for release in ending:
        yield Item(
            words=_("What {agency} sees of {file} ends by itself"),
            at=clock.day(release.until),
            part=Part.LATER,
            file_id=release.file_id,
            agency_id=release.to_agency_id,
            action=Action(_("Look"), reverse("desk:file", args=[release.file_id])),
        )
