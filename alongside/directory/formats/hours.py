"""When something is open, as stretches of a week: `(weekday, opens, closes, from, to)`, Monday being 0."""

from __future__ import annotations

import re
from datetime import date

from alongside.directory.formats.records import Record, Stretch

_DAYS = {
    "mo": 0,
    "tu": 1,
    "we": 2,
    "th": 3,
    "fr": 4,
    "sa": 5,
    "su": 6,
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
    "sunday": 6,
}
_ALWAYS = re.compile(r"\b24\s*/\s*7\b|\b24 hours\b|\b24 heures\b", re.IGNORECASE)
_STRETCH = re.compile(
    r"(mon?|tue?s?|wed?|thu?r?s?|fri?|sat?|sun?)\w*\s*(?:-|to|–)?\s*(mon?|tue?s?|wed?|thu?r?s?|fri?|sat?|"
    r"sun?)?\w*\s*:?\s+(\d{1,2})(?::(\d\d))?\s*(am|pm)?\s*(?:-|to|–)\s*(\d{1,2})(?::(\d\d))?\s*(am|pm)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?")


def clock(text: object) -> str | None:
    """Return a time of day as HH:MM:SS, or None."""
    found = _CLOCK.match(str(text or "").strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return f"{int(found[1]):02}:{found[2]}:00"


def day(text: object) -> str | None:
    """Return an ISO date out of a text, or None."""
    try:
        return date.fromisoformat(str(text or "")[:10]).isoformat()
    except ValueError:
        return None


def weekday(text: object) -> int | None:
    """Return the number of a weekday given by its English name or its two letters, or None."""
    return _DAYS.get(str(text or "").strip().casefold())


def from_schedules(schedules: list[Record]) -> tuple[Stretch, ...]:
    """Return the weekly stretches of HSDS schedules; what repeats otherwise stays words on the page."""
    stretches = []
    for schedule in schedules:
        opens, closes = clock(schedule.get("opens_at")), clock(schedule.get("closes_at"))
        weekly = str(schedule.get("freq") or "WEEKLY") == "WEEKLY" and schedule.get("interval") in (
            None,
            1,
            "1",
            1.0,
        )
        if not opens or not closes or not weekly:
            continue
        begins, ends = (
            day(schedule.get("valid_from")),
            day(schedule.get("valid_to")) or day(schedule.get("until")),
        )
        for name in str(schedule.get("byday") or "").split(","):
            number = weekday(name)
            if number is not None:
                stretches.append((number, opens, closes, begins, ends))
    return tuple(dict.fromkeys(stretches))


def weekly_hours(text: str) -> tuple[Stretch, ...]:
    """Return the stretches said in words such as "Mon-Fri 9:00-17:00" or "24/7".

    Nothing where the words are others.
    """
    if _ALWAYS.search(text):
        return tuple((number, "00:00:00", "00:00:00", None, None) for number in range(7))
    stretches = []
    for first, last, h1, m1, ap1, h2, m2, ap2 in _STRETCH.findall(text):
        begin, end = _DAYS[first[:2].casefold()], _DAYS[(last or first)[:2].casefold()]
        opens, closes = _at(h1, m1, ap1), _at(h2, m2, ap2)
        if opens and closes:
            days = range(begin, end + 1) if begin <= end else [*range(begin, 7), *range(end + 1)]
            stretches += [(number, opens, closes, None, None) for number in days]
    return tuple(dict.fromkeys(stretches))


def _at(hour: str, minute: str, half: str) -> str | None:
    of_day = int(hour) % 12 + (12 if half.casefold() == "pm" else 0) if half else int(hour)
    return f"{of_day % 24:02}:{minute or '00'}:00" if of_day <= 24 and int(minute or 0) < 60 else None
