"""Words and links of the directory's pages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.directory.criteria import Asked
from alongside.directory.forms import MEANING_CHOICES
from alongside.kernel.geography import division_name
from alongside.kernel.vocabulary import VOCABULARIES

register = template.Library()
_FORMATS = {"hsds-json": "HSDS 3", "hsds-tables": "HSDS 3", "airs": "AIRS XML", "csv": "CSV"}


@register.filter
def division(code: str) -> str:
    """Return the name of a census division, in the reader's language; 'on' is all of Ontario."""
    return _("All of Ontario") if code == "on" else division_name(code)


@register.filter
def weekday(number: int) -> Any:
    """Return the name of a weekday; Monday is 0."""
    return WEEKDAYS[number]


@register.filter
def meaning(code: str) -> Any:
    """Return what a column means, in words."""
    return dict(MEANING_CHOICES).get(code, code)


@register.filter(name="format")
def format_(code: str) -> str:
    """Return the name of a file format."""
    return _FORMATS.get(code, code)


@register.filter
def dialled(number: object) -> str:
    """Return a telephone number as a telephone takes it."""
    return re.sub(r"[^0-9+*#,]", "", str(number))


@lru_cache(maxsize=16)
def _options(name: str, language: str) -> list[tuple[str, str]]:
    """The options of a vocabulary in one language, made once.

    A hundred of them are half of a search page's time.
    """
    return [
        (code, conditional_escape(term.fr if language == "fr" else term.en))
        for code, term in VOCABULARIES[name].items()
    ]


@register.simple_tag
def options(name: str, chosen: str) -> SafeString:
    """Return the options of a vocabulary for a select, with one of them chosen."""
    made = (
        f'<option value="{code}"{" selected" if code == chosen else ""}>{words}</option>'
        for code, words in _options(name, get_language())
    )
    return mark_safe("".join(made))  # noqa: S308 - escaped above


@register.simple_tag
def page_query(asked: Asked, number: int, step: int) -> str:
    """Return the query of the page before or after."""
    return asked.query(page=number + step)


@register.simple_tag
def without(asked: Asked, name: str) -> str:
    """Return the query of the same search without one part of it."""
    return asked.query(**{name: None if name == "age" else type(getattr(asked, name))()})
