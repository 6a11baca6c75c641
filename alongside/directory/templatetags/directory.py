"""Words and links of the directory's pages."""

import re

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from alongside.directory.forms import MEANING_CHOICES
from alongside.kernel.geography import division_name

register = template.Library()
_FORMATS = {"hsds-json": "HSDS 3", "hsds-tables": "HSDS 3", "airs": "AIRS XML", "csv": "CSV"}


@register.filter
def division(code):
    """Return the name of a census division, in the reader's language; 'on' is all of Ontario."""
    return _("All of Ontario") if code == "on" else division_name(code)


@register.filter
def weekday(number):
    """Return the name of a weekday; Monday is 0."""
    return WEEKDAYS[number]


@register.filter
def meaning(code):
    """Return what a column means, in words."""
    return dict(MEANING_CHOICES).get(code, code)


@register.filter(name="format")
def format_(code):
    """Return the name of a file format."""
    return _FORMATS.get(code, code)


@register.filter
def dialled(number):
    """Return a telephone number as a telephone takes it."""
    return re.sub(r"[^0-9+*#,]", "", str(number))


@register.simple_tag
def page_query(asked, number, step):
    """Return the query of the page before or after."""
    return asked.query(page=number + step)


@register.simple_tag
def without(asked, name):
    """Return the query of the same search without one part of it."""
    return asked.query(**{name: None if name == "age" else type(getattr(asked, name))()})
