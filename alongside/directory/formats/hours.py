"""When something is open, as stretches of a week: `(weekday, opens, closes, from, to)`, Monday being 0.

Words are taken only where all of them are understood. Part of a sentence about hours says nothing: "24 hours
notice" is no opening time, and "first Tuesday of the month" no Tuesday.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from alongside.directory.formats.records import Record, Stretch

Days = list[int]
Span = tuple[str, str]  # opens, closes: HH:MM:SS

_NAMES: Final = (
    "monday mon mo lundi lun",
    "tuesday tues tue tu mardi mar",
    "wednesday weds wed we mercredi mer",
    "thursday thurs thur thu th jeudi jeu",
    "friday fri fr vendredi ven",
    "saturday sat sa samedi sam",
    "sunday sun su dimanche dim",
)
_WEEKDAYS: Final = {
    name + ending: number
    for number, names in enumerate(_NAMES)
    for name in names.split()
    for ending in ("", "s")
}
_SEVERAL: Final[dict[str, Days]] = {
    name: days
    for names, days in (
        ("weekdays|weekday|semaine|en semaine|jours ouvrables", [0, 1, 2, 3, 4]),
        ("weekends|weekend|week-end|fin de semaine|fins de semaine", [5, 6]),
        ("daily|every day|everyday|7 days a week|seven days a week", [*range(7)]),
        ("tous les jours|chaque jour|7 jours sur 7|sept jours sur sept", [*range(7)]),
    )
    for name in names.split("|")
}
_NAMED_TIMES: Final = {"noon": "12:00", "midi": "12:00", "midnight": "24:00", "minuit": "24:00"}
_ALL_DAY: Final = (
    "24 hours a day",
    "24 hours",
    "24 heures sur 24",
    "24 heures",
    "24h/24",
    "24/24",
    "24h",
    "24 h",
)
_ALWAYS: Final = (
    "24/7",
    "24-7",
    "24 hours a day, 7 days a week",
    "24h/24, 7j/7",
    "24 h/24, 7 j/7",
    "24/7/365",
)
_CLOSED: Final = ("closed", "fermé", "fermée")
_FILLERS: Final = (
    "hours",
    "open",
    "ouvert",
    "ouverte",
    "heures d'ouverture",
    "opening hours",
    "from",
    "de",
    "du",
)

_LONGEST: Final = 500  # characters; what is longer is prose


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(each) for each in sorted(words, key=len, reverse=True))})"


_TIME = r"(\d{1,2})(?:(?::|\.|\s?h\s?)(\d\d)|\s?h(?![a-z]))?(?::\d\d)?\s*(am|pm)?(?![\w:])"
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(am|pm)?(-0[456](?::?00)?)?")
_TOKEN = re.compile(
    "|".join(
        (
            rf"(?P<always>{_any_of(_ALWAYS)})(?!\w)",
            rf"(?P<day>{_any_of([*_SEVERAL, *_WEEKDAYS])})(?!\w)\.?",
            rf"(?P<all_day>{_any_of(_ALL_DAY)})(?![\w/])",
            rf"(?P<time>{_TIME}|{_any_of(_NAMED_TIMES)}(?!\w))",
            rf"(?P<closed>{_any_of(_CLOSED)}(?!\w))",
            r"(?P<to>-|(?:to|through|thru|until|till|à|a|au|jusqu'à)(?!\w))",
            r"(?P<and>,|/|&|\+|(?:and|et)(?!\w))",
            r"(?P<stop>;|\n|\.(?=\s|$)|\|)",
            r"(?P<colon>:)",
            rf"(?P<filler>{_any_of(_FILLERS)}(?!\w))",
        )
    )
)


def clock(text: object) -> str | None:
    """Return a time of day as HH:MM:SS, or None; midnight at the end of a day is 24:00:00.

    An offset is one of Ontario's and is left out, as HSDS writes it: what is said is what the clock shows.
    """
    said = re.sub(r"\b([ap])\.\s?m\.?", r"\1m", str(text or "").strip().casefold())
    found = _CLOCK.fullmatch(said)
    return _at(found[1], found[2], found[3]) if found else None


def day(text: object) -> str | None:
    """Return an ISO date out of a text that is a date, or a date with its time; or None."""
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", str(text or "").strip())
    try:
        return date.fromisoformat(found[1]).isoformat() if found else None
    except ValueError:
        return None


def weekday(text: object) -> int | None:
    """Return the number of a weekday given by its name or a usual short form, English or French, or None."""
    return _WEEKDAYS.get(str(text or "").strip().rstrip(".").casefold())


def from_schedules(schedules: list[Record]) -> tuple[tuple[Stretch, ...], list[str], list[str]]:
    """Return the weekly stretches of HSDS schedules; in words, what isn't weekly and what isn't understood.

    Where something weekly isn't understood there are no stretches: half of a week would tell that the rest is
    closed.
    """
    stretches: list[Stretch] = []
    otherwise, unread = [], []
    for schedule in schedules:
        if not _is_weekly(schedule):
            otherwise.append(_in_words(schedule))
            continue
        if not any(schedule.get(name) for name in ("byday", "opens_at", "closes_at")):
            continue
        opens, closes = clock(schedule.get("opens_at")), clock(schedule.get("closes_at"))
        days = [weekday(name) for name in str(schedule.get("byday") or "").split(",")]
        if opens in (None, "24:00:00") or closes is None or None in days:
            unread.append(_in_words(schedule))
            continue
        begins = day(schedule.get("valid_from"))
        ends = day(schedule.get("valid_to")) or day(schedule.get("until"))
        stretches += [
            (number, str(opens), _to_midnight(closes), begins, ends) for number in days if number is not None
        ]
    return (() if unread else tuple(dict.fromkeys(stretches))), list(filter(None, otherwise)), unread


def weekly_hours(text: str) -> tuple[Stretch, ...]:
    """Return the stretches said in words such as "Mon-Fri 9:00-17:00" or "24/7".

    All of it is understood, or there are none.
    """
    try:
        tokens = _tokens(text)
        if [kind for kind, _ in tokens] == ["always"]:
            return _stretches([*range(7)], [("00:00:00", "24:00:00")])
        return tuple(dict.fromkeys(_sentences(tokens)))
    except _Unclear:
        return ()


class _Unclear(Exception):
    """Something in it isn't understood."""


def _is_weekly(schedule: Record) -> bool:
    every = schedule.get("interval") in (None, "", 1, "1", 1.0)
    limits = ("bymonthday", "byweekno", "byyearday", "bymonth", "count")
    return (
        str(schedule.get("freq") or "WEEKLY").upper() == "WEEKLY"
        and every
        and not any(schedule.get(name) for name in limits)
        and schedule.get("notes") != "special hours"
    )


def _in_words(schedule: Record) -> str:
    said = [str(schedule.get(name) or "") for name in ("description", "notes", "byday", "freq")]
    times = "–".join(filter(None, (str(schedule.get(name) or "") for name in ("opens_at", "closes_at"))))
    dates = "–".join(filter(None, (str(schedule.get(name) or "") for name in ("valid_from", "valid_to"))))
    return " ".join(filter(None, (*said, times, dates)))


def _tokens(text: str) -> list[tuple[str, str]]:
    """Return the kinds and words of what stands there.

    :raises _Unclear: if anything is left over
    """
    rest = re.sub(r"[ \t\u00a0\u202f]+", " ", text.casefold().replace("’", "'")).strip()
    rest = re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", rest))
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(rest):
        match = _TOKEN.match(rest, at)
        if not match or len(rest) > _LONGEST:
            raise _Unclear
        kind = next(name for name, said in match.groupdict().items() if said)
        if kind != "filler":
            found.append((kind, match[0]))
        at = match.end()
        while rest[at : at + 1] == " ":
            at += 1
    while found and found[-1][0] == "stop":
        found.pop()
    return found


def _sentences(tokens: list[tuple[str, str]]) -> list[Stretch]:
    """Days, then times; then other days, and their times."""
    at, stretches = 0, list[Stretch]()
    while at < len(tokens):
        days, at = _days(tokens, at)
        at += _is(tokens, at, "colon") or (_is(tokens, at, "and") and _is(tokens, at + 1, "time", "all_day"))
        spans, at = _spans(tokens, at)
        stretches += _stretches(days, spans)
        if at < len(tokens):
            if not _is(tokens, at, "stop", "and") and not _is(tokens, at, "day"):
                raise _Unclear
            while _is(tokens, at, "stop", "and"):
                at += 1
    return stretches


def _days(tokens: list[tuple[str, str]], at: int) -> tuple[Days, int]:
    days: Days = []
    while True:
        if not _is(tokens, at, "day"):
            raise _Unclear
        name = tokens[at][1].rstrip(".")
        at += 1
        if name in _SEVERAL:
            days += _SEVERAL[name]
        elif _is(tokens, at, "to") and _is(tokens, at + 1, "day"):
            last = tokens[at + 1][1].rstrip(".")
            if last in _SEVERAL:
                raise _Unclear
            first, end = _WEEKDAYS[name], _WEEKDAYS[last]
            days += range(first, end + 1) if first <= end else [*range(first, 7), *range(end + 1)]
            at += 2
        else:
            days.append(_WEEKDAYS[name])
        if not (_is(tokens, at, "and") and _is(tokens, at + 1, "day")):
            return days, at
        at += 1


def _spans(tokens: list[tuple[str, str]], at: int) -> tuple[list[Span], int]:
    if _is(tokens, at, "closed"):
        return [], at + 1
    if _is(tokens, at, "all_day"):
        return [("00:00:00", "24:00:00")], at + 1
    spans: list[Span] = []
    while _is(tokens, at, "time") and _is(tokens, at + 1, "to") and _is(tokens, at + 2, "time"):
        spans.append(_span(tokens[at][1], tokens[at + 2][1]))
        at += 3
        if not (_is(tokens, at, "and") and _is(tokens, at + 1, "time")):
            break
        at += 1
    if not spans:
        raise _Unclear
    return spans, at


def _span(opens: str, closes: str) -> Span:
    """From when until when; what one says of morning or afternoon, the other may leave out.

    :raises _Unclear: if it could be read in two ways, such as "9-5" or "9:00-5:00"
    """
    first, last = _parts(opens), _parts(closes)
    if last[2] and not first[2]:
        for half in (last[2], "am" if last[2] == "pm" else "pm"):
            found = _at(first[0], first[1], half), _at(*last)
            if found[0] and found[1] and found[0] < found[1]:
                return found[0], found[1]
        raise _Unclear
    begins, ends = _at(*first), _at(*last)
    if not begins or not ends or begins == "24:00:00" or (first[2] and not last[2]):
        if begins == "24:00:00" and ends:
            return "00:00:00", ends
        raise _Unclear
    if begins >= ends and not first[2] and begins < "13:00:00":
        raise _Unclear
    return begins, ends


def _parts(said: str) -> tuple[str, str, str]:
    hour, minute, half = re.fullmatch(_TIME, _NAMED_TIMES.get(said, said)).groups()  # type: ignore[union-attr]
    return hour, minute or "00", "named" if said in _NAMED_TIMES else half or ""


def _at(hour: str, minute: str, half: str | None) -> str | None:
    number = int(hour)
    if half in ("am", "pm"):
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half == "pm" else 0)
    if int(minute) > 59 or number > 24 or (number == 24 and int(minute)):
        return None
    return f"{number:02}:{minute}:00"


def _stretches(days: Days, spans: list[Span]) -> tuple[Stretch, ...]:
    return tuple(
        (number, opens, _to_midnight(closes), None, None)
        for number in dict.fromkeys(days)
        for opens, closes in spans
    )


def _to_midnight(closes: str) -> str:
    """A day that closes at 24:00 goes on until 0:00, as the week is kept."""
    return "00:00:00" if closes == "24:00:00" else closes


def _is(tokens: list[tuple[str, str]], at: int, *kinds: str) -> bool:
    return at < len(tokens) and tokens[at][0] in kinds
