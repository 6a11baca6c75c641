"""A figure's table as a file to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.kernel import spreadsheets
from alongside.occupancy.display.figures import Share

if TYPE_CHECKING:
    from alongside.occupancy.display.figures import Figure

CODES = ("vacancy", "women", "calls")


def csv_of(figure: Figure) -> bytes:
    """Return a figure's table as CSV that a spreadsheet opens.

    Shares in percent.
    """
    return spreadsheets.csv_of([figure.columns, *([_cell(cell) for cell in row] for row in figure.rows)])


def _cell(cell: Any) -> Any:
    return round(cell.percent, 3) if isinstance(cell, Share) else cell
