"""Agreements of a file: ended, with every request that travels under them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.agencies.queries import agencies_by_id
from alongside.consent import queries as consents
from alongside.kernel import clock
from alongside.kernel.endings import Open
from alongside.referrals import commands

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def still_open(worker: Worker, file_id: UUID, at: datetime) -> Iterator[Open]:
    """Yield each agreement under which somebody sees something, and what was asked under it."""
    live = list(consents.live(file_id, at).filter(agency_id=worker.agency_id))
    agencies = agencies_by_id({release.to_agency_id for release in live})
    for release in live:
        agency = agencies[release.to_agency_id].shown_name
        words = _("What %(agency)s may see, and what was asked there") % {"agency": agency}
        yield Open(id=release.id, words=words, on=clock.day(release.until))


def end(worker: Worker, file_id: UUID, release_id: UUID, at: datetime) -> None:
    """End one, and withdraw what was asked under it."""
    commands.withdraw(file_id=file_id, release_id=release_id, by=worker, at=at)
