"""A figure's table as a file to take along."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from alongside.occupancy.display.figures import Share

if TYPE_CHECKING:
    from alongside.occupancy.display.figures import Figure

CODES = ("vacancy", "women", "calls")


def csv_of(figure: Figure) -> bytes:
    """Return a figure's table as CSV that a spreadsheet opens.

    UTF-8 with its mark, shares in percent, nothing that counts as a formula.
    """
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow([_unspelled(column) for column in figure.columns])
    for row in figure.rows:
        rows.writerow([_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Any) -> Any:
    if isinstance(cell, Share):
        return round(cell.percent, 3)
    return _unspelled(cell) if isinstance(cell, str) else cell


def _unspelled(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
