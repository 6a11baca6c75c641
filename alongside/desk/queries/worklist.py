"""One line of time out of what every capability says waits for somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from alongside.agencies.queries import agencies_by_id, shifts_of
from alongside.files import queries as files
from alongside.kernel import clock, worklists
from alongside.kernel.batches import Reading, both, fetched, reads
from alongside.kernel.worklists import Item, Part

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

HANDED_OVER = "handovers"
NAMED = re.compile(r"(\{file\}|\{agency\})")


@dataclass(frozen=True)
class Line:
    """An item as it is read: its words in pieces, those that lead somewhere with the address."""

    item: Item
    pieces: list[tuple[str, str]]
    beside: tuple[str, str] | None  # the code name and the address of a file its words do not name


@reads
def day_of(worker: Worker, at: datetime) -> Reading[dict[str, Any]]:
    """What waits for a worker, by where on the day it stands, each in the order of time; and their shift."""
    said, shift = yield from both(worklists.items.reading(worker, at), fetched(shifts_of(worker)))
    found = _once(said)
    handles, agencies = yield from both(
        files.handles.reading(worker, {item.file_id for item in found if item.file_id}),
        agencies_by_id.reading({item.agency_id for item in found if item.agency_id}),
    )
    names = {key: str(agency) for key, agency in agencies.items()}
    today = clock.today()
    parts: dict[str, list[Line]] = {part.value: [] for part in Part}
    for item in sorted(found, key=partial(_order, today)):
        parts[_part(today, item)].append(_line(item, handles, names))
    return parts | {"shift": next(iter(shift), None)}


def _once(found: list[Item]) -> list[Item]:
    """Say each thing once, as the highest capability says it.

    That a file was taken over is left out where something of it is due anyway and no note came along.
    """
    today, last = clock.today(), {item.about: item for item in found if item.about}
    found = [item for item in found if not item.about or last[item.about] is item]
    shown = {
        item.file_id
        for item in found
        if item.subject != HANDED_OVER and _part(today, item) in (Part.NEW, Part.TODAY)
    }
    return [item for item in found if item.subject != HANDED_OVER or item.note or item.file_id not in shown]


def _part(today: date, item: Item) -> Part:
    """Where an item stands: what is of a later day is not of today."""
    return Part.LATER if item.part == Part.TODAY and _day(today, item) > today else item.part


def _day(today: date, item: Item) -> date:
    if item.at is None:
        return date.max if item.part == Part.LATER else today
    return clock.day(item.at) if isinstance(item.at, datetime) else item.at


def _order(today: date, item: Item) -> tuple[date, int, float]:
    """By day, and on one day by what hurts most if left, then by time; what is overdue counts as today's."""
    moment = item.at.timestamp() if isinstance(item.at, datetime) else 0.0
    return (max(_day(today, item), today), item.rank, moment)


def _line(item: Item, handles: dict[UUID, str], agencies: dict[UUID, str]) -> Line:
    handle = handles.get(item.file_id, "") if item.file_id else ""
    address = reverse("desk:file", args=[item.file_id]) if handle else ""
    said = {"{file}": (handle, address), "{agency}": (agencies.get(item.agency_id, ""), "")}  # type: ignore[arg-type]
    pieces = [said.get(piece, (piece, "")) for piece in NAMED.split(item.words) if piece]
    if item.leads_to:
        pieces = [("".join(words for words, _address in pieces), item.leads_to)]
    beside = (handle, address) if handle and "{file}" not in item.words else None
    return Line(item, pieces, beside)
