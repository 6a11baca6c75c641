"""What is asked: companions, appointments, and how long the ways between places take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]


class Unusable(ValueError):
    """What was given cannot be planned with: an appointment that ends before it begins, an id twice."""


@dataclass(frozen=True)
class Companion:
    """Somebody who may go along, if they want to.

    `knows` says how often they went along with whom (file to times), `hours` how many hours they gave in the
    last weeks, `genders` which wishes they are an answer to. `available` is when they can be there: the way
    from home and back is their own.
    """

    id: str
    available: tuple[Span, ...] = ()
    languages: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()
    knows: Mapping[str, int] = field(default_factory=dict)
    hours: float = 0.0
    home: str = ""

    def __post_init__(self) -> None:
        for span in self.available:
            _check_span(span, f"companion {self.id}")
        if not 0 <= self.hours < 10_000:
            raise Unusable(f"companion {self.id}: {self.hours} hours")
        if any(times < 0 for times in self.knows.values()):
            raise Unusable(f"companion {self.id}: knows somebody less than never")

    def free(self, begins_at: datetime, ends_at: datetime) -> Span | None:
        """Return the whole span they are free in around these moments; nothing if they are not."""
        return next(
            (span for span in _merged(self.available) if span[0] <= begins_at and ends_at <= span[1]), None
        )


@dataclass(frozen=True)
class Appointment:
    """Where somebody wants to be gone along with, from the moment they meet until they part.

    `chosen` is whom the person chose, `backups` whom they would take instead. `without` are all who are out
    of the question here for whatever reason: "not them", a conflict they declared, a no they gave. Nothing
    that is answered tells these apart, or tells them from somebody who does not exist.
    """

    id: str
    file: str
    begins_at: datetime
    ends_at: datetime
    place: str = ""
    language: str = ""
    language_must: bool = False
    gender: str = ""
    chosen: str = ""
    backups: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _check_span((self.begins_at, self.ends_at), f"appointment {self.id}")


@dataclass(frozen=True)
class Way:
    """How many minutes a way takes, and whether the table says so or it was assumed."""

    minutes: int
    known: bool = True


@dataclass(frozen=True)
class Travel:
    """The agency's own table of minutes from place to place, each direction for itself.

    What is not in it takes `unknown` minutes; a place that nobody named is never near another.
    """

    minutes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unknown: int = 30

    def __post_init__(self) -> None:
        if min([self.unknown, *self.minutes.values()]) < 0:
            raise Unusable("a way that takes less than no time")

    def way(self, here: str, there: str) -> Way:
        """Return how long it takes from here to there."""
        if here and there and (here, there) in self.minutes:
            return Way(self.minutes[here, there])
        return Way(0) if here and here == there else Way(self.unknown, known=False)

    def takes(self, here: str, there: str) -> timedelta:
        """Return how long it takes from here to there, for the clock."""
        return timedelta(minutes=self.way(here, there).minutes)


@dataclass(frozen=True)
class Problem:
    """Everything that is set against each other, for a day or a week."""

    companions: tuple[Companion, ...]
    appointments: tuple[Appointment, ...]
    travel: Travel = Travel()

    def __post_init__(self) -> None:
        for kind in (self.companions, self.appointments):
            twice = [name for name, times in Counter(thing.id for thing in kind).items() if times > 1]
            if twice or any(not thing.id for thing in kind):
                raise Unusable(f"without an id, or twice: {', '.join(twice)}")


def _check_span(span: Span, of: str) -> None:
    if any(moment.utcoffset() is None for moment in span):
        raise Unusable(f"{of}: a time without its zone")
    if span[1] <= span[0]:
        raise Unusable(f"{of}: ends before it begins")


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for begins_at, ends_at in sorted(spans):
        if merged and begins_at <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends_at))
        else:
            merged.append((begins_at, ends_at))
    return merged
