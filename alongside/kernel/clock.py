"""What time it is: one place to ask, so that tests may move it."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from alongside.kernel import placeholders
from alongside.kernel.placeholders import takes_placeholders

A_MOMENT = timedelta(minutes=10)  # the same by the same worker within it was pressed twice
HALF_A_DAY = timedelta(hours=12)


def now() -> datetime:
    """Return the moment, with its time zone; in a query that is prepared, what stands for it."""
    return placeholders.now.get() or timezone.now()


def today() -> date:
    """Return the day where the reader is."""
    return day(placeholders.now.get() or timezone.now())


def local(at: datetime) -> datetime:
    """Return a moment by the clock of the reader's agency."""
    return timezone.localtime(at)


@takes_placeholders(gives=date)
def day(at: datetime) -> date:
    """Return the day of a moment where the reader is, which from the evening on is not the day of UTC."""
    return timezone.localdate(at)


@takes_placeholders(gives=datetime)
def beginning_of(day: date) -> datetime:
    """Return the first moment of a day where the reader is."""
    return timezone.make_aware(datetime.combine(day, time.min))


@takes_placeholders(gives=datetime)
def end_of(day: date) -> datetime:
    """Return the last moment of a day where the reader is."""
    return timezone.make_aware(datetime.combine(day, time.max))


def next_at(hour: time, at: datetime) -> datetime:
    """Return when it is next that time of day where the reader is: today still, or tomorrow."""
    today, twice = day(at), (hour.replace(fold=fold) for fold in (0, 1))  # an hour of November comes twice
    moments = [datetime.combine(today, each) for each in twice]
    moments.append(datetime.combine(today + timedelta(days=1), hour))
    return next(then for each in moments if (then := timezone.make_aware(each).astimezone(UTC)) > at)


def is_near(then: datetime, at: datetime) -> bool:
    """Whether something is over or within half a day: what is of today, also on both sides of midnight."""
    return then <= at + HALF_A_DAY


def shared_day(at: datetime) -> date:
    """Return the day of a moment for what all agencies count together.

    One calendar, the installation's, whoever looks.
    """
    return timezone.localdate(at, timezone.get_default_timezone())


def shared_midnight(day: date) -> datetime:
    """Return when a day begins for what all agencies count together."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
