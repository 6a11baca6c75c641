"""Making and revoking the address by which a worker's own calendar asks when they are busy."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.accompaniment.models import CalendarFeed
from alongside.kernel.pressed import found_if_taken

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@found_if_taken()
@transaction.atomic
def make_feed(*, by: Worker, at: datetime) -> str:
    """Make a new address and revoke the one before; return what stands in it, which is shown once."""
    revoke_feed(by=by, at=at)
    token = secrets.token_urlsafe(32)
    CalendarFeed(
        agency_id=by.agency_id, worker_id=by.pk, token_hash=sha256(token.encode()).digest(), made_at=at
    ).save(force_insert=True)
    return token


@transaction.atomic
def revoke_feed(*, by: Worker, at: datetime) -> bool:
    """Revoke the address, if there is one; whether there was. What a calendar read before stays in it."""
    found = CalendarFeed.objects.filter(agency_id=by.agency_id, worker_id=by.pk, revoked_at=None)
    return found.update(revoked_at=at) > 0
