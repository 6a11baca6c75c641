"""Identifiers: UUIDv7 (RFC 9562), because neither Python 3.11 nor PostgreSQL 15 makes them."""

import uuid

from uuid_utils.compat import uuid7 as make


def uuid7() -> uuid.UUID:
    """Return a new UUIDv7: milliseconds, then a counter and random bits.

    Of two made by the same process the later sorts after the earlier, also within a millisecond.
    """
    return make()
