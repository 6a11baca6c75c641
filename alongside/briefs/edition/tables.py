"""Every published table of an edition as one CSV file in one language.

What is counted and what to mind stand beside the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from alongside.briefs.edition import inline_markup
from alongside.briefs.edition.labels import citation, labels
from alongside.kernel import spreadsheets

if TYPE_CHECKING:
    from alongside.briefs.edition.document import Document, Figure

NOTES = ("definition", "numerator", "denominator", "period", "caveat", "silent")


def csv_of(document: Document, language: str) -> bytes:
    """Return the tables one below the other.

    A protected number is a word, never an empty cell.
    """
    said = labels(language)
    rows: list[list[Any]] = [
        [inline_markup.plain(document.title.of(language))],
        [said["cite"], citation(document, language)],
    ]
    for number, figure in enumerate(document.figures, start=1):
        rows += [[], *_of_figure(figure, number, language, said)]
    return spreadsheets.csv_of(rows)


def _of_figure(figure: Figure, number: int, language: str, said: Mapping[str, str]) -> list[list[Any]]:
    told = [(name, inline_markup.plain(getattr(figure, name).of(language))) for name in NOTES]
    return [
        [f"{said['table']} {number}", inline_markup.plain(figure.finding.of(language))],
        *([said[name], words] for name, words in told if words),
        *([[said["protected"], said["protected_why"]]] if figure.has_protected else []),
        [heading.of(language) for heading in (figure.head, *figure.columns)],
        *(
            [
                row.label.of(language),
                *(said["protected"] if cell is None else cell for cell in row.cells),
            ]
            for row in figure.rows
        ),
    ]
