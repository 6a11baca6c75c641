"""A table to take along, as a spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(rows: Iterable[Iterable[object]]) -> bytes:
    """Return these rows as CSV: UTF-8 with its mark, and no text in it counts as a formula (OWASP)."""
    out = io.StringIO(newline="")
    write_csv(rows, out)
    return out.getvalue().encode("utf-8-sig")


def write_csv(rows: Iterable[Iterable[object]], out: SupportsWrite[str]) -> None:
    """Write these rows as CSV while they come; no text in it counts as a formula."""
    csv.writer(out).writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> object:
    text = value if isinstance(value, (int, float, Decimal)) else "" if value is None else str(value)
    return f"'{text}" if isinstance(text, str) and text.startswith(FORMULA) else text
