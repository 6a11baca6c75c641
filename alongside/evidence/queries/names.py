"""What queries share: names put beside what was found, and the id of a thing that is given whole or by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.agencies.queries import names_of

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def with_names(viewer: Worker, found: list[Any], column: str) -> list[Any]:
    """Return these, each with `who`: the name of whoever the column says, as far as the viewer knows them."""
    names = names_of(viewer, {getattr(one, column) for one in found})
    for one in found:
        one.who = names.get(getattr(one, column), "")
    return found


def id_of(thing: Any) -> Any:
    """Return the id of a thing, or what was given if it is the id already."""
    return getattr(thing, "pk", thing)
