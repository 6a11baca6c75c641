"""What a file looks like before it is imported: its columns with a few of their values."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from alongside.kernel.imports import delimited, uploads
from alongside.kernel.imports.delimited import Broken
from alongside.occupancy.formats.meanings import says_where

if TYPE_CHECKING:
    from alongside.occupancy.models import ImportRun

ROWS = 3


@dataclass(frozen=True)
class Column:
    """One column of a file.

    Its name, its first values, and whether it says where a shelter stands and so is never shown.
    """

    number: int
    name: str
    values: list[str]
    never: bool


def columns_of(run: ImportRun) -> tuple[list[Column], Broken | None]:
    """Return the columns of an uploaded file with their first values, or what is broken in it."""
    try:
        content = uploads.content_of(run.upload)
        heading = delimited.heading_of(content)
        rows = [row for _line, row in islice(delimited.rows_of(content), ROWS)]
    except Broken as broken:
        return [], broken
    return [
        Column(
            number,
            name,
            [] if says_where(name) else [row[number][:40] for row in rows if row[number].strip()],
            says_where(name),
        )
        for number, name in enumerate(heading)
    ], None
