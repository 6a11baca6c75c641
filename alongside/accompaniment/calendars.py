"""A calendar that says “Busy” and the time: no name, no place, no agency (practice.md 3.1)."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from icalendar import Calendar, Event

BUSY = "Busy"
PRODUCT = "-//Calendar//EN"


@dataclass(frozen=True)
class Period:
    """From when until when somebody is busy; `id` keeps it the same entry when its time moves."""

    id: UUID
    starts_at: datetime
    ends_at: datetime


def written(periods: Iterable[Period], key: bytes, at: datetime) -> bytes:
    """Return a calendar (RFC 5545) of these periods, in UTC, which no change of the clocks moves.

    :param key: what makes an entry's id out of its own, so that no two calendars can be compared
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for period in sorted(periods, key=lambda each: (each.starts_at, each.id)):
        calendar.add_component(_entry(period, key, at))
    return bytes(calendar.to_ical())


def _entry(period: Period, key: bytes, at: datetime) -> Event:
    entry = Event()
    entry.add("uid", hmac.new(key, period.id.bytes, sha256).hexdigest()[:32])
    entry.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    entry.add("dtstart", period.starts_at.astimezone(UTC).replace(second=0, microsecond=0))
    entry.add("dtend", period.ends_at.astimezone(UTC).replace(second=0, microsecond=0))
    entry.add("summary", BUSY)
    entry.add("class", "PRIVATE")
    entry.add("transp", "OPAQUE")
    return entry
