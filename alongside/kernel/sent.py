"""What a browser sent beside its forms, in an address or a hidden field: understood whole, or not at all.

Nothing here raises.
"""

import re
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

NOTHING = UUID(int=0)  # the id of nothing: whatever is looked for by it is not there
A_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)

YEARS = range(1900, 2200)  # a week before or after is still a day

Otherwise = TypeVar("Otherwise")


def as_id(text: object, otherwise: UUID | Otherwise = NOTHING) -> UUID | Otherwise:
    """Return the id that was sent. What is no id is answered as an id of nothing is: by default it is one."""
    return UUID(text) if isinstance(text, str) and AN_ID.fullmatch(text) else otherwise


def as_number(text: str, otherwise: int | Otherwise) -> int | Otherwise:
    """Return the whole number that was sent, without a sign; of more than nine digits it is none."""
    return int(text) if A_NUMBER.fullmatch(text) else otherwise


def as_day(text: str) -> date | None:
    """Return the day that was sent, `2026-11-28`; None for what is no day, or none that anybody lives in."""
    try:
        day = parse_date(text) if text.isascii() else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def as_moment(text: str) -> datetime | None:
    """Return the moment that was sent, with its offset from UTC; None for what is no moment."""
    try:
        moment = parse_datetime(text) if text.isascii() else None
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
