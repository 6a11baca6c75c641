"""What somebody held who left, is closed out or goes: by code name, kind and day; no file is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from alongside.agencies.queries import colleague, colleagues, names_of
from alongside.handovers.models import Transfer
from alongside.handovers.queries.absences import absences, away_until
from alongside.kernel.holdings import Holding, Words, holdings

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class Thing:
    """One thing that somebody has to do: what kind, when, and who hears of it where it does not pass."""

    words: Words
    due_on: date | None
    hears: Words


@dataclass(frozen=True)
class HeldFile:
    """A file in which somebody holds something, and who could take it over, their backup first."""

    file_id: UUID
    handle: str
    backup_id: UUID | None
    could: list[Worker]
    things: list[Thing] = field(default_factory=list)

    @property
    def backup(self) -> Worker | None:
        """The backup the person chose, if they could take it over."""
        return next((worker for worker in self.could if worker.pk == self.backup_id), None)

    @property
    def first_on(self) -> date | None:
        """The first day on which something is due."""
        return min((thing.due_on for thing in self.things if thing.due_on), default=None)


@dataclass(frozen=True)
class Held:
    """All that one worker holds, as far as whoever asks may know."""

    worker: Worker
    files: list[HeldFile]
    others: list[Thing]
    is_own: bool
    back_on: date | None  # if they are only away


def held_by(worker: Worker, worker_id: UUID) -> Held:
    """Return what a worker of the same agency holds, in the order of its days.

    :raises ObjectDoesNotExist: if there is no such worker, they are there, or it is not this one's to know
    """
    whose = colleague(worker, worker_id)
    rows = _rows(whose)
    is_own, back_on = whose.pk == worker.pk and worker.keeps_files, away_until(whose.pk)
    is_gone = bool(whose.left_at or whose.is_suspended or back_on)
    if not rows and not (is_own or (is_gone and worker.may("hand-over"))):
        raise Transfer.DoesNotExist
    away = {absence.worker_id for absence, _name in absences(worker)}
    there = {one.pk: one for one in colleagues(worker) if one.pk not in away}
    known = by_name()
    files: dict[UUID, HeldFile] = {}
    others = []
    for file_id, handle, backup_id, what, due_on, could in rows:
        thing = Thing(known[what].words, due_on, known[what].hears)
        if file_id is None:
            others.append(thing)
            continue
        takers = [there[each] for each in could if each in there]
        takers.sort(key=lambda one, backup=backup_id: one.pk != backup)  # type: ignore[misc]
        files.setdefault(file_id, HeldFile(file_id, handle, backup_id, takers)).things.append(thing)
    return Held(whose, list(files.values()), others, is_own, back_on)


def by_name() -> Mapping[str, Holding]:
    """Return what there is to hold, by the column that names who has it to do."""
    return {holding.name: holding for holding in holdings()}


@dataclass(frozen=True)
class Waits:
    """In how many files something waits of somebody who is gone; of who is away, what is due meanwhile."""

    worker_id: UUID
    name: str
    many: int
    back_on: date | None


def waits_of_gone(worker: Worker) -> list[Waits]:
    """Whose things wait who left, is closed out or away, or keeps no files any more."""
    if not (worker.keeps_files or worker.may("hand-over")):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select worker, many, back_on from ctx.waits_of_gone()")
        found = cursor.fetchall()
    names = names_of(worker, {worker_id for worker_id, *_ in found}) if found else {}
    return [Waits(worker_id, names.get(worker_id, ""), *more) for worker_id, *more in found]


Row = tuple[UUID | None, str, UUID | None, str, date | None, list[UUID]]  # as ctx.held_by answers


def _rows(whose: Worker) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute("select file, handle, backup, what, due, could from ctx.held_by(%s)", [whose.pk])
        found: list[Row] = cursor.fetchall()
        return found
