"""The few fixed words that an edition adds of its own, in its language and not in the reader's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from alongside.briefs.edition.document import Document


@cache
def labels(language: str) -> Mapping[str, str]:
    """Return the fixed words in one language."""
    with translation.override(language):
        return {
            "open": "«\u00a0" if language == "fr" else "“",
            "close": "\u00a0»" if language == "fr" else "”",
            "colon": _(": "),
            "kind": _("Knowledge to action brief"),
            "key_messages": _("Key messages"),
            "summary": _("Summary"),
            "context": _("Context"),
            "method": _("Method"),
            "method_box": _("How this was made"),
            "audiences": _("For whom this is"),
            "definitions": _("Definitions"),
            "recommendations": _("Recommendations"),
            "recommendation": _("Recommendation"),
            "impact": _("Impact"),
            "plea": _("What it takes"),
            "cost": _("What it would cost"),
            "low": _("Low"),
            "base": _("Middle"),
            "high": _("High"),
            "a_year": _("a year"),
            "ask": _("What we ask"),
            "references": _("References"),
            "reference": _("Reference"),
            "about": _("About this edition"),
            "contents": _("Contents"),
            "edition": _("Edition"),
            "cite": _("To cite"),
            "checksum": _("Checksum of the document (SHA-256)"),
            "protected": _("protected"),
            "protected_why": _(
                "Protected: the number is not shown, because it could point at somebody or be worked out "
                "from others."
            ),
            "translated": _("translated"),
            "paraphrase": _("paraphrased, as the speaker chose"),
            "own_words": _("In the speaker’s own words"),
            "table": _("Table"),
            "figure": _("Figure"),
            "definition": _("What is counted"),
            "numerator": _("Numerator"),
            "denominator": _("Denominator"),
            "period": _("Period"),
            "caveat": _("To mind"),
            "silent": _("No number is shown of"),
            "page": _("Page"),
            "of": _("of"),
            "pdf": _("As PDF"),
            "csv": _("Tables as CSV"),
            "printed_by": _("Published by"),
        }


def said_on(document: Document, language: str) -> str:
    """Return the day of an edition as it is said."""
    with translation.override(language):
        return date_format(date.fromisoformat(document.on), "DATE_FORMAT")


def citation(document: Document, language: str) -> str:
    """Return how an edition is cited: who, when, what, which edition, where."""
    said = labels(language)
    who = ", ".join(document.contributors) or document.agency.of(language)
    year = document.on[:4]
    edition = f"{said['edition']} {document.number}"
    parts = [f"{who} ({year})", document.title.of(language), edition]
    if document.agency.of(language) and document.contributors:
        parts.append(document.agency.of(language))
    told = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return f"{told} {document.address}".strip()
