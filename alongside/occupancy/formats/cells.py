"""One cell read: a whole number or a day, as people write them.

Whatever could mean two things is not guessed.
"""

import re
from datetime import date
from functools import lru_cache

MOST = 1_000_000
_NUMBER = re.compile(r"\d{1,9}|\d{1,3}(?:,\d{3}){1,2}|\d{1,3}(?:[ \u00a0\u202f'’]\d{3}){1,2}", re.ASCII)
_YEAR_FIRST = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?Z?)?|(\d{4})(\d{2})(\d{2})",
    re.ASCII,
)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: 0{1,2}:00(?::00)?)?", re.ASCII)
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th)?[ -]+([^\W\d_]{3,10})\.?|"
    r"([^\W\d_]{3,10})\.? +(\d{1,2})(?:st|nd|rd|th)?)[ ,-]+(\d{4})"
)
_MONTHS = (
    ("jan", "janv"),
    ("feb", "fev", "fév"),
    ("mar",),
    ("apr", "avr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aou", "aoû"),
    ("sep",),
    ("oct",),
    ("nov",),
    ("dec", "déc"),
)
_SHOWABLE = re.compile(r"[\d\s.,:/'’+−-]{1,30}")


class Odd(Exception):
    """A cell or a row that can't be kept.

    `code` is one of `notes.WORDS`, `meaning` says which column, `about` what it said if it was a number.
    """

    def __init__(self, code: str, meaning: str = "", about: str = "") -> None:
        super().__init__(code)
        self.code, self.meaning, self.about = code, meaning, about


def whole_number(text: str, meaning: str) -> int:
    """Return a count.

    It is digits, with thousands set apart if somebody likes, and `.0` from a spreadsheet forgiven.

    :raises Odd: if it is none
    """
    if re.fullmatch(r"[-−] ?\d+", text, re.ASCII):
        raise Odd("negative", meaning, showable(text))
    digits = re.sub(r"\.0{1,2}$", "", text) if text.isascii() else text
    if not _NUMBER.fullmatch(digits):
        raise Odd("bad_number", meaning, showable(text))
    number = int(re.sub(r"[^0-9]", "", digits))
    if number > MOST:
        raise Odd("bad_number", meaning, showable(text))
    return number


@lru_cache(maxsize=4096)
def day_of(text: str, order: str = "") -> date:
    """Return a day.

    `order` is `day` or `month` where the file is known to begin with one; without it 03/04/2024 is not
    guessed.

    :raises Odd: if it is none, or could be two
    """
    try:
        if parts := _YEAR_FIRST.fullmatch(text):
            return date(*(int(part) for part in parts.groups() if part))
        if parts := _NAMED.fullmatch(text):
            number, name, other, after, year = parts.groups()
            return date(int(year), _month(name or other), int(number or after))
        if parts := _YEAR_LAST.fullmatch(text):
            first, second, year = (int(part) for part in parts.groups())
            return _year_last(first, second, year, order, text)
    except (ValueError, OverflowError):
        pass
    raise Odd("bad_date", "date", showable(text))


def showable(text: str) -> str:
    """Return what a cell said if it is figures only: nothing else of a file is repeated in a report."""
    return text if _SHOWABLE.fullmatch(text) else ""


def _year_last(first: int, second: int, year: int, order: str, text: str) -> date:
    if order:
        return date(year, second, first) if order == "day" else date(year, first, second)
    if first <= 12 and second <= 12 and first != second:
        raise Odd("ambiguous_date", "date", text)
    return date(year, second, first) if first > 12 else date(year, first, second)


def _month(name: str) -> int:
    """The number of a month; 0, which is no month, for any other word."""
    return next((number for number, begins in enumerate(_MONTHS, 1) if name.casefold().startswith(begins)), 0)
