"""An edition as a page for screens.

One file of HTML that stands alone beside its stylesheet, without a script and without a style of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from alongside.briefs.edition import inline_markup
from alongside.briefs.edition.print_model import tell

if TYPE_CHECKING:
    from alongside.briefs.edition.document import Document

STYLESHEET = "brief.css"
BEGIN, END = "<!-- edition -->", "<!-- /edition -->"
CLOSED = (
    "default-src 'none'; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'"
)


def compose(document: Document, language: str) -> bytes:
    """Return the document in one language as a whole page of HTML."""
    references = len(document.references)
    told = tell(document, language, plain=str, run=lambda words: _run(words, references))
    context = {
        "told": told,
        "said": told["labels"],
        "other": "en" if language == "fr" else "fr",
        "policy": CLOSED,
        "stylesheet": STYLESHEET,
    }
    return render_to_string("briefs/edition.html", context).encode()


def article_of(page: bytes) -> SafeString:
    """Return the edition itself out of its page, to be shown inside another.

    Our own frozen words, escaped when they were composed.
    """
    inner = page.decode().partition(BEGIN)[2].partition(END)[0]
    return mark_safe(inner)  # noqa: S308


def _run(words: str, references: int) -> SafeString:
    """Return a paragraph with its emphasis and its citations as HTML."""
    return mark_safe("".join(_piece(piece, references) for piece in inline_markup.pieces(words)))  # noqa: S308 - each piece is escaped


def _piece(piece: inline_markup.Piece, references: int) -> str:
    if piece.kind == "cite":
        links = ((number, number) for number in piece.numbers if number <= references)
        loose = [str(number) for number in piece.numbers if number > references]
        linked = format_html_join(",", '<a href="#reference-{}" role="doc-noteref">{}</a>', links)
        return format_html("<sup>{}{}</sup>", linked, ",".join(["", *loose] if linked and loose else loose))
    return (
        format_html("<strong>{}</strong>", piece.text) if piece.kind == "strong" else str(escape(piece.text))
    )
