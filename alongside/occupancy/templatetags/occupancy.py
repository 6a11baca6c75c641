"""How the pages of occupancy say what stands in a table."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

from alongside.occupancy.display.figures import count

register = template.Library()


@register.filter
def cell(said: Any) -> str:
    """Return a day, a number or a share as it is read."""
    if isinstance(said, date):
        return date_format(said, "SHORT_DATE_FORMAT")
    return count(said) if isinstance(said, int) else str(said)
