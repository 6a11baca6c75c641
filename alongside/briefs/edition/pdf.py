"""An edition as PDF.

Typst, PDF/UA-1, vendored fonts and the edition's own day, so that the same document gives the same bytes in
every process.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from alongside.briefs.edition import font_coverage, inline_markup
from alongside.briefs.edition.print_model import tell

if TYPE_CHECKING:
    from alongside.briefs.edition.document import Document

TEMPLATE = Path(__file__).resolve().parent / "edition.typ"
LIMITS = {"key_messages": 1, "summary": 3, "full": 25}  # pages: the 1 : 3 : 25 of a policy brief


@dataclass(frozen=True)
class Printed:
    """An edition in one language: the file, and how many pages each grade takes."""

    pdf: bytes
    pages: dict[str, int]

    @property
    def too_long(self) -> list[str]:
        """The grades that take more pages than they may."""
        return [grade for grade, most in LIMITS.items() if self.pages.get(grade, 0) > most]


def typeset(document: Document, language: str) -> Printed:
    """Set a document in one language as tagged PDF/UA-1.

    :raises typst.TypstError: if it cannot be set at all
    """
    told = json.dumps(
        tell(document, language, plain=font_coverage.printable, run=_pieces), ensure_ascii=False
    )
    compiler = typst.Compiler(
        str(TEMPLATE), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"told": told}
    )
    pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=_moment(document))
    marks = {mark["value"]["grade"]: mark["value"]["page"] for mark in json.loads(compiler.query("<grade>"))}
    pages = {
        "key_messages": marks["summary"] - 1,
        "summary": marks["full"] - marks["summary"],
        "full": marks["end"] - marks["full"] + 1,
    }
    return Printed(pdf, pages)  # type: ignore[arg-type] # one file, so no list of pages


@cache
def _fonts() -> Any:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_coverage.FONTS)]
    )


def _moment(document: Document) -> datetime:
    return datetime.fromisoformat(f"{document.on}T00:00:00").replace(tzinfo=UTC)


def _pieces(words: str) -> list[dict[str, Any]]:
    return [
        {"kind": piece.kind, "text": font_coverage.printable(piece.text), "numbers": list(piece.numbers)}
        for piece in inline_markup.pieces(words)
    ]
