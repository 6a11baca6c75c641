"""Identifiers: UUIDv7 (RFC 9562), because neither Python 3.11 nor PostgreSQL 15 makes them."""

import uuid
from datetime import UTC, datetime

from uuid_utils.compat import uuid7 as make


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7: milliseconds, then a counter and random bits.

    Of two made by the same process the later sorts after the earlier, also within a millisecond.
    """
    return make()


def made_at(id: uuid.UUID) -> datetime:
    """Return the moment that is written in a UUIDv7: when it was made."""
    return datetime.fromtimestamp((id.int >> 80) / 1000, UTC)
