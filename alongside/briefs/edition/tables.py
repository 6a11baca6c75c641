"""Every published table of an edition as one CSV file in one language.

What is counted and what to mind stand beside the numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from alongside.briefs.edition import inline_markup
from alongside.briefs.edition.labels import citation, labels

if TYPE_CHECKING:
    from alongside.briefs.edition.document import Document, Figure

NOTES = ("definition", "numerator", "denominator", "period", "caveat", "silent")


def csv_of(document: Document, language: str) -> bytes:
    """Return the tables one below the other: UTF-8 with its mark, nothing that counts as a formula.

    A protected number is a word, never an empty cell.
    """
    out, said = io.StringIO(), labels(language)
    rows = csv.writer(out)
    rows.writerow([_unspelled(inline_markup.plain(document.title.of(language)))])
    rows.writerow([said["cite"], _unspelled(citation(document, language))])
    for number, figure in enumerate(document.figures, start=1):
        rows.writerow([])
        rows.writerows(_of_figure(figure, number, language, said))
    return out.getvalue().encode("utf-8-sig")


def _of_figure(figure: Figure, number: int, language: str, said: Mapping[str, str]) -> list[list[Any]]:
    told = [(name, inline_markup.plain(getattr(figure, name).of(language))) for name in NOTES]
    return [
        [f"{said['table']} {number}", _unspelled(inline_markup.plain(figure.finding.of(language)))],
        *([said[name], _unspelled(words)] for name, words in told if words),
        *([[said["protected"], said["protected_why"]]] if figure.has_protected else []),
        [_unspelled(heading.of(language)) for heading in (figure.head, *figure.columns)],
        *(
            [
                _unspelled(row.label.of(language)),
                *(said["protected"] if cell is None else cell for cell in row.cells),
            ]
            for row in figure.rows
        ),
    ]


def _unspelled(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
