"""When somebody is busy, for their own calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import connection

from alongside.accompaniment.calendars import Period
from alongside.accompaniment.models import CalendarFeed

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

BEFORE, AFTER = timedelta(days=7), timedelta(days=90)


def feed_of(worker: Worker) -> CalendarFeed | None:
    """Return a worker's address for their calendar, if there is one."""
    return CalendarFeed.objects.filter(
        agency_id=worker.agency_id, worker_id=worker.pk, revoked_at=None
    ).first()


def busy_times(token: str, at: datetime) -> list[Period]:
    """Return when whoever made this address is busy: nothing, where it is none or was revoked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from ctx.busy_times(%s, %s, %s)",
            [sha256(token.encode()).digest(), at - BEFORE, at + AFTER],
        )
        return [Period(*row) for row in cursor.fetchall()]
