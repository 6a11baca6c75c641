"""What a file looks like before it is imported: its columns with a few of their values, and what they probably mean."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from alongside.kernel import tables, uploads
from alongside.kernel.tables import Broken
from alongside.occupancy import importing, queries
from alongside.occupancy.meanings import guessed, says_where

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.occupancy.models import ImportRun

ROWS = 3


@dataclass(frozen=True)
class Column:
    """One column of a file: its name, its first values, and whether it says where a shelter stands and so is never shown."""

    number: int
    name: str
    values: list[str]
    never: bool


def columns_of(run: ImportRun) -> tuple[list[Column], Broken | None]:
    """Return the columns of an uploaded file with their first values, or what is broken in it."""
    try:
        content = uploads.content_of(run.upload)
        heading = tables.heading_of(content)
        rows = [row for _line, row in islice(tables.rows_of(content), ROWS)]
    except Broken as broken:
        return [], broken
    return [
        Column(number, name, [] if says_where(name) else [row[number][:40] for row in rows if row[number].strip()], says_where(name))
        for number, name in enumerate(heading)
    ], None


def initial(worker: Worker, heading: list[str]) -> dict[str, Any]:
    """Return what the form begins with: a mapping whose every column is there, and what each column probably means."""
    own = next((each.name for each in queries.mappings_of(worker) if set(each.columns["columns"].values()) <= set(heading)), "")
    guesses = {f"column_{heading.index(column)}": meaning for meaning, column in guessed(heading).items()}
    return {"mapping": importing.fitting_mapping(heading) or own, **guesses}


def mapping_choices(worker: Worker) -> list[tuple[str, str]]:
    """Return the mappings to choose from: those that come with Alongside, and the agency's own."""
    place = 1 if get_language() == "fr" else 0
    shipped = [(name, mapping["title"][place]) for name, mapping in importing.shipped_mappings().items()]
    return [*shipped, *((each.name, each.name) for each in queries.mappings_of(worker))]
