"""What waits for somebody: each capability says its items, and the desk puts them on one line of time."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.utils.functional import Promise

from alongside.kernel.batches import Batch, Reading, in_step, reads
from alongside.kernel.capabilities import capabilities, said_in

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


class Part(StrEnum):
    """Where on the day an item stands."""

    NEW = "new"  # happened, and nobody has looked at it
    TODAY = "today"
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True)
class Action:
    """The one thing to do about an item: a link, or with `fields` a button that posts them."""

    label: str
    url: str
    fields: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of somebody's day.

    In its words `{file}` stands for a code name and `{agency}` for an agency's name: who shows it fills in
    both, so that a day asks for all of them at once.
    """

    words: str
    action: Action
    leads_to: str = ""  # the address its words lead to, where that is not the file it names
    part: Part = Part.TODAY
    at: datetime | date | None = None
    note: str = ""
    tag: tuple[str, str] | None = None  # "move", "wait", "yes" or "no", and its word
    file_id: UUID | None = None
    about: UUID | None = None  # what it is about: of several, what the highest capability says stands
    agency_id: UUID | None = None
    rank: int = field(default=5, compare=False)  # on one day: what hurts if left is lower, an hour below 0
    subject: str = ""  # the capability that says it, filled in by `items`


# What a capability's `items` yields: items, and what it has to read before it can go on.
Says = Generator[Item | Batch, None, None]


@reads
def items(worker: Worker, at: datetime) -> Reading[list[Item]]:
    """Return what waits for a worker, as every capability's `worklist` says it, all of them read in step."""
    said = [(each.label, said_in(each, "worklist")) for each in capabilities()]
    found = yield from in_step(_gathered(label, says.items(worker, at)) for label, says in said if says)
    return [item for some in found for item in some]


def together(*parts: Iterator[Item | Batch]) -> Says:
    """Yield what the parts of a worklist say, in their order, read in step."""
    for some in (yield from in_step(_gathered("", part) for part in parts)):
        yield from some


def _gathered(subject: str, says: Iterator[Item | Batch]) -> Reading[list[Item]]:
    found = []
    for each in says:
        if isinstance(each, Item):
            found.append(replace(each, subject=subject))
        else:
            yield each
    return found


def on_a_board(subject: str) -> str | Promise:
    """Return what kind of thing a capability's items are, where nothing of what they say may stand.

    Each capability with items about a file says it in its `worklist`, as `ON_A_BOARD`.
    """
    says = said_in(apps.get_app_config(subject), "worklist")
    words: str | Promise = says.ON_A_BOARD if says else ""
    return words
