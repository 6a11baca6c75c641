"""Words of the templates, available in all of them."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alongside.kernel import clock as clocks
from alongside.kernel import geography, punctuation, vocabulary
from alongside.kernel import money as amounts

A_WEEK = 7
TELEPHONE = re.compile(  # as it is written in this country, with or without the code of its region
    r"(?<!\d)((?:\+?1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])?\d{3}[ .-]\d{4}|\d{10})(?!\d)"
)

register = template.Library()


@register.inclusion_tag("kernel/_field.html")
def field(bound: BoundField, **more: Any) -> dict[str, Any]:
    """Show one field: its question, its hint, its error, and what was typed."""
    return {"field": bound, **more}


@register.filter
def wrong_things(form: BaseForm) -> int:
    """Return how many things a form has to say: as many as stand under the heading."""
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def in_language(row: Any, code: str) -> SafeString | str:
    """Return a name in the reader's language.

    `row.name_fr` for French where it is filled in, else `row.name`.
    """
    return (getattr(row, "name_fr", "") if code == "fr" else "") or str(row.name)


@register.filter
def in_groups(text: str, size: int) -> list[str]:
    """Cut a long code into groups that an eye can follow."""
    return [text[i : i + size] for i in range(0, len(text), size)]


@register.filter
def word(code: str, vocabulary_name: str) -> str:
    """Return a vocabulary's word for a code, in the reader's language."""
    return str(vocabulary.label(vocabulary_name, code))


@register.filter
def money(cents: int | None) -> str:
    """Return an amount of cents as the reader's language writes it."""
    return "" if cents is None else amounts.said(cents)


@register.filter
def region(code: str) -> str:
    """Return the name of a coarse region, in the reader's language."""
    area = geography.REGIONS.get(code)
    return str(area) if area else ""


@register.filter
def listed(parts: Iterable[Any]) -> str:
    """Return things side by side, each of which may have commas of its own."""
    return punctuation.listed(parts)


@register.filter
def ringable(words: str) -> SafeString:
    """Return words in which a telephone number can be pressed."""
    pieces = re.split(TELEPHONE, words)  # every other one is a number
    return format_html_join("", "{}", ((_to_ring(one) if i % 2 else one,) for i, one in enumerate(pieces)))


def _to_ring(number: str) -> SafeString:
    return format_html('<a class="tel" href="tel:{}">{}</a>', re.sub(r"[^0-9+]", "", number), number)


@register.filter
def within(label: Any) -> str:
    """Return a label as it stands inside a sentence."""
    return punctuation.within(label)


@register.filter
def of(things: dict[str, Any], code: str) -> Any:
    """Return what a dictionary has under a code, or nothing."""
    return things.get(code, "")


@register.filter
def group_of(code: str) -> str:
    """Return which group of questions a circumstance belongs to."""
    return str(vocabulary.CIRCUMSTANCES[code].mapping["group"])


@register.filter
def clock(at: datetime | None) -> str:
    """Return the time of a moment by the reader's clock, with its day unless that is today.

    An hour that comes twice, when the clocks go back, says which of the two it is.
    """
    if at is None:
        return ""
    return _with_its_day(at, _time_of_day(clocks.local(at)))


@register.simple_tag
def span(begins: datetime, ends: datetime) -> str:
    """Return from when to when, the day said once where it is one."""
    if clocks.day(begins) != clocks.day(ends):
        return _("%(begins)s to %(ends)s") % {"begins": clock(begins), "ends": clock(ends)}
    hours = {"begins": _time_of_day(clocks.local(begins)), "ends": _time_of_day(clocks.local(ends))}
    return _with_its_day(begins, _("%(begins)s to %(ends)s") % hours)


@register.filter
def hour(at: datetime) -> str:
    """Return the time of a moment that stands under its day."""
    return _time_of_day(clocks.local(at))


@register.filter
def when(at: datetime | date | None) -> str:
    """Return when something of a day is, in a word or two: its time if that is today, else its day."""
    if at is None:
        return ""
    today = clocks.today()
    day = clocks.day(at) if isinstance(at, datetime) else at
    if day == today:
        return _time_of_day(clocks.local(at)) if isinstance(at, datetime) else _("today")
    if isinstance(at, datetime) and 0 < (day - today).days < A_WEEK:
        return clock(at)
    if (day - today).days in (-1, 1):
        return _("tomorrow") if day > today else _("yesterday")
    if 0 < (day - today).days < A_WEEK:
        return date_format(day, "l")
    short = (
        pgettext("format of a day", "j M") if day.year == today.year else pgettext("format of a day", "j M Y")
    )
    return date_format(day, short)


def _with_its_day(at: datetime, said: str) -> str:
    """Put the day to what is said of a moment, unless that is today."""
    day, today = clocks.day(at), clocks.today()
    if day == today:
        return said
    if abs((day - today).days) < A_WEEK:
        return _("%(weekday)s %(time)s") % {"weekday": date_format(day, "l"), "time": said}
    form = "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT"
    return _("%(day)s, %(time)s") % {"day": date_format(day, form), "time": said}


def _time_of_day(here: datetime) -> str:
    said = time_format(here.timetz(), "TIME_FORMAT")
    if here.utcoffset() == here.replace(fold=1 - here.fold).utcoffset():
        return said
    if here.fold:
        return _("%(time)s after the clocks go back") % {"time": said}
    return _("%(time)s before the clocks go back") % {"time": said}
