"""What queries share.

Names put beside what was found, and the id of a thing that is given whole or by its id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from alongside.agencies.queries import names_of

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


Row = TypeVar("Row")


@dataclass(frozen=True)
class ByWhom(Generic[Row]):
    """A row, and who wrote it by name: empty, if the viewer doesn't know them."""

    row: Row
    who: str


def with_names(viewer: Worker, found: Iterable[Row], column: str) -> list[ByWhom[Row]]:
    """Return these, each with the name of whoever the column says, as far as the viewer knows them."""
    rows = list(found)
    names = names_of(viewer, {getattr(row, column) for row in rows})
    return [ByWhom(row, names.get(getattr(row, column), "")) for row in rows]


def id_of(thing: Any) -> Any:
    """Return the id of a thing, or what was given if it is the id already."""
    return getattr(thing, "pk", thing)
