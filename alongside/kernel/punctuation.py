"""How words are joined where no sentence joins them: colons and semicolons as a language sets them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _


def labelled(label: object, value: object) -> str:
    """Return a value after what it is: "Beds: 3", « Lits : 3 »."""
    return str(label) + _(": ") + str(value)


def within(label: object) -> str:
    """Return a label as it stands inside a sentence: small, unless it begins as an abbreviation."""
    said = str(label)
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def listed(parts: Iterable[object]) -> str:
    """Return things side by side, each of which may have commas of its own."""
    return _("; ").join(map(str, parts))
