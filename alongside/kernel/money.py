"""Money in whole cents: read as people type it, said as each language writes it. Pure."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
_PLAIN = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?", re.ASCII)
_IN_GROUPS = re.compile(r"([0-9]{1,3}(?:(?: [0-9]{3})+|(?:,[0-9]{3})+(?=\.)))(?:[.,]([0-9]{1,2}))?", re.ASCII)
_TOO_FINE = re.compile(r"[0-9 ]+[.,][0-9]{3,}|[0-9]+(?:[.,][0-9]{3})+", re.ASCII)


class NotAnAmount(ValueError):
    """What was typed is no amount of money, in words that say what would be one."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


def read(text: str) -> int:
    """Return the cents that were typed, with a point or a comma, a dollar sign or none.

    :raises NotAnAmount: for what is none, or could be taken for two: `1,234` may be a thousand or a dollar
    """
    typed = text.translate(_SPACES).strip().removeprefix("$").removesuffix("$").strip()
    found = _PLAIN.fullmatch(typed) or _IN_GROUPS.fullmatch(typed)
    if not found:
        if _TOO_FINE.fullmatch(typed):
            raise NotAnAmount(_("Two digits for the cents at most. A thousand dollars is written 1000."))
        raise NotAnAmount(_("Write an amount in dollars, such as 40 or 12.50."))
    dollars, cents = re.sub("[ ,]", "", found[1]), (found[2] or "").ljust(2, "0")
    return int(dollars) * 100 + int(cents)


def said(cents: int) -> str:
    """Return an amount as it is written in Canada: `$1,234.50`, and in French `1 234,50 $`."""
    sign = "\N{MINUS SIGN}" if cents < 0 else ""
    dollars, rest = divmod(abs(cents), 100)
    if _in_french():
        grouped = f"{dollars:,}".replace(",", "\N{NO-BREAK SPACE}")
        return f"{sign}{grouped},{rest:02}\N{NO-BREAK SPACE}$"
    return f"{sign}${dollars:,}.{rest:02}"


def typed(cents: int) -> str:
    """Return an amount as it stands in a field: `12.50`, and in French `12,50`."""
    dollars, rest = divmod(cents, 100)
    return f"{dollars}{',' if _in_french() else '.'}{rest:02}"


def _in_french() -> bool:
    return (get_language() or "").startswith("fr")
