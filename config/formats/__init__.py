"""How days and hours are written, and numbers of order: Django’s `S` knows only English ones."""

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

_english = DateFormat.S


def _ordinal(self: DateFormat) -> str:
    """Return what follows the day of a month: in French only the first is counted, *le 1er décembre*."""
    if (get_language() or "en").startswith("fr"):
        return "er" if self.format("j") == "1" else ""
    return _english(self)


DateFormat.S = _ordinal  # type: ignore[method-assign]
