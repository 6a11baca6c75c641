"""Words of the templates, available in all of them."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from alongside.kernel import geography, vocabulary

register = template.Library()


@register.inclusion_tag("kernel/_field.html")
def field(bound: BoundField, **more: Any) -> dict[str, Any]:
    """Show one field: its question, its hint, its error, and what was typed."""
    return {"field": bound, **more}


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
def region(code: str) -> str:
    """Return the name of a coarse region, in the reader's language."""
    area = geography.REGIONS.get(code)
    return str(area) if area else ""


@register.filter
def of(things: dict[str, Any], code: str) -> Any:
    """Return what a dictionary has under a code, or nothing."""
    return things.get(code, "")


@register.filter
def group_of(code: str) -> str:
    """Return which group of questions a circumstance belongs to."""
    return str(vocabulary.CIRCUMSTANCES[code].mapping["group"])
