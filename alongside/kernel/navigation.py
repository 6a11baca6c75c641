"""Where a worker may go from every page: each capability says its places, and which permission opens them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from alongside.kernel.capabilities import capabilities

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.agencies.roles import Permission


@dataclass(frozen=True, order=True)
class Place:
    """A place of the menu: where it stands in it, its address by name, its label, and who may go there.

    Where nobody is named, everybody may.
    """

    order: int
    name: str
    label: Promise
    opens: Permission | None = None
    also: tuple[str, ...] = ()  # addresses that belong to it without lying under its own


class Shown(TypedDict):
    """A place as the menu shows it."""

    url: str
    label: Promise
    here: bool
    for_few: bool  # not everybody may go there


def places(worker: Worker, path: str) -> list[Shown]:
    """Return where this worker may go, and which of these places a page under this path belongs to."""
    found: list[Shown] = []
    for place in sorted(_places()):
        if place.opens is not None and not worker.may(place.opens):
            continue
        try:
            url = reverse(place.name)
        except NoReverseMatch:
            continue
        found.append(
            {
                "url": url,
                "label": place.label,
                "here": path.startswith((url, *place.also)),
                "for_few": place.opens is not None,
            }
        )
    return found


def _places() -> Iterator[Place]:
    for config in capabilities():
        yield from getattr(config, "places", ())
