"""What time it is: one place to ask, so that tests may move it."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the moment, with its time zone."""
    return timezone.now()


def today() -> date:
    """Return the day where the reader is."""
    return timezone.localdate()
