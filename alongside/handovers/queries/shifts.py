"""What is due until the next shift, what was handed over, and the notes to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from alongside.agencies.queries import agencies_by_id, colleagues_who_keep_files, names_of, on_shift
from alongside.files import queries as files
from alongside.handovers import rules
from alongside.handovers.models import Handover
from alongside.kernel import clock, seal, worklists
from alongside.kernel.batches import Reading, both, read, reads
from alongside.kernel.prepared import prepared
from alongside.kernel.worklists import Part

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

LASTS = timedelta(days=2)  # how long a hand-over, and its notes, are shown
FALLS = timedelta(hours=1)  # after which what one colleague has not taken is everybody's who is on
SHIFT = timedelta(hours=12)


@dataclass(frozen=True)
class Due:
    """A file in which something is due until the next shift."""

    file_id: UUID
    handle: str
    subject: str
    due_on: date | None
    agency: str = ""  # by its neutral name; on the giver's own screen only

    @property
    def words(self) -> str | Promise:
        """What kind of thing is due; never in whose words."""
        return worklists.on_a_board(self.subject)


@dataclass(frozen=True)
class Told:
    """Something of no file that stands on the giver's day, as it reads there."""

    words: str
    note: str
    at: date | datetime | None


@dataclass(frozen=True)
class Board:
    """What one colleague handed over at once, as far as the asker may see it."""

    batch_id: UUID
    given_by: str
    given_at: datetime
    lines: list[Due]
    with_note: set[UUID]


def due(worker: Worker, at: datetime) -> list[Due]:
    """What waits in files for this worker until tomorrow's end, one line a file, by what hurts if left."""
    return due_and_told(worker, at)[0]


def due_and_told(worker: Worker, at: datetime) -> tuple[list[Due], list[Told]]:
    """What waits in files for this worker, and what is of no file and is only said to whoever comes on.

    A bed that is held, and somebody who waits for the agency, are of no file that opens.
    """
    until = clock.day(at) + timedelta(days=1)
    first: dict[UUID, worklists.Item] = {}
    told = []
    for item in worklists.items(worker, at):
        if not _is_due(item, until):
            continue
        if item.file_id is None:
            told += [item] if item.tag and item.subject != "handovers" else []
            continue
        known = first.get(item.file_id)
        if known is None or item.rank < known.rank:
            first[item.file_id] = item
    handles = files.handles_of_open(worker, set(first))
    agencies = agencies_by_id({item.agency_id for item in (*first.values(), *told) if item.agency_id})
    names = {agency_id: agency.shown_name for agency_id, agency in agencies.items()}
    lines = [
        Due(file_id, handles[file_id], item.subject, _day(item), names.get(item.agency_id, ""))  # type: ignore[arg-type]
        for file_id, item in first.items()
        if file_id in handles
    ]
    return sorted(lines, key=lambda line: (line.due_on or date.max, line.handle)), [
        Told(each.words.replace("{agency}", names.get(each.agency_id, "")), each.note, each.at)  # type: ignore[arg-type]
        for each in told
    ]


def could_take_over(worker: Worker) -> list[Worker]:
    """The colleagues to whom a shift can be handed: all who keep files, whatever each of them may not see."""
    return list(colleagues_who_keep_files(worker).exclude(pk=worker.pk))


@reads
def waiting(worker: Worker, at: datetime) -> Reading[list[Board]]:
    """What was handed over to this worker, or to whoever is on, and nobody took: the newest last.

    What one colleague did not take within the hour, or could not see, is everybody's who is on.
    """
    return (yield from _boards(worker, _not_taken(worker, at)))


def get_board(worker: Worker, batch_id: UUID, at: datetime) -> Board:
    """Return what is left of what was handed over at once.

    :raises Handover.DoesNotExist: if nothing of it is for this worker
    :raises rules.CannotTake: if all of it was taken over already, by a colleague or by themselves
    """
    lines = handed_to(worker, at).filter(batch_id=batch_id)
    check_can_take(worker, list(lines))
    return read(_boards(worker, lines.filter(taken_at=None).order_by("given_at", "due_on", "id")))[0]


def check_can_take(worker: Worker, lines: list[Handover]) -> None:
    """Refuse to take over lines that were handed over at once, if all of them were taken over already.

    :raises Handover.DoesNotExist: if there are none
    :raises rules.CannotTake: if none is left
    """
    if not lines:
        raise Handover.DoesNotExist
    takers = {line.taken_by for line in lines if line.taken_by}
    names = names_of(worker, takers)
    rules.check_can_take(
        sum(line.taken_at is None for line in lines),
        is_theirs=worker.pk in takers,
        taken_by=", ".join(sorted(names.values())),
    )


@prepared
def taken(worker: Worker, at: datetime) -> QuerySet[Handover]:
    """The lines this worker took over in this shift."""
    return Handover.objects.filter(taken_by=worker.pk, taken_at__gt=at - SHIFT)


Given = set[tuple[UUID, str, date | None, str]]  # file, subject, day and note of each line


def just_given(worker: Worker, to: Worker | None, at: datetime) -> dict[UUID, Given]:
    """What this worker handed over to the same colleague within a moment: line by line, with its note."""
    given = Handover.objects.filter(
        given_by=worker.pk, to_id=to.pk if to else None, given_at__gt=at - clock.A_MOMENT
    )
    boards: dict[UUID, Given] = {}
    with seal.unlogged():
        for line in given:
            said = str(seal.unseal(line, "note", agency_id=worker.agency_id) or "")
            boards.setdefault(line.batch_id, set()).add((line.file_id, line.subject, line.due_on, said))
    return boards


def notes_of(worker: Worker, file_id: UUID, at: datetime) -> list[tuple[str, datetime, str]]:
    """The notes that were handed over with a file lately: by whom, when and what; the newest first."""
    found = list(
        Handover.objects.filter(file_id=file_id, note__isnull=False, given_at__gt=at - LASTS).order_by(
            "-given_at", "-id"
        )
    )
    names = names_of(worker, {line.given_by for line in found})
    return [
        (
            names.get(line.given_by, ""),
            line.given_at,
            str(seal.unseal(line, "note", agency_id=worker.agency_id) or ""),
        )
        for line in found
    ]


def handed_to(worker: Worker, at: datetime) -> QuerySet[Handover]:
    """The lines that were handed over to this worker lately, or to whoever is on, taken over or not."""
    lately = Handover.objects.filter(agency_id=worker.agency_id, given_at__gt=at - LASTS)
    mine = Q(to_id=worker.pk)
    left = lately.filter(taken_at__isnull=False).values("batch_id")
    everybodys = Q(to_id=None) | Q(given_at__lte=at - FALLS) | Q(batch_id__in=left)
    mine |= everybodys & Q(on_shift(worker))
    return lately.filter(mine).exclude(given_by=worker.pk)


@prepared
def _not_taken(worker: Worker, at: datetime) -> QuerySet[Handover]:
    return handed_to(worker, at).filter(taken_at=None).order_by("given_at", "due_on", "id")


def _boards(worker: Worker, found: QuerySet[Handover]) -> Reading[list[Board]]:
    yield [found]
    names, handles = yield from both(
        names_of.reading(worker, {line.given_by for line in found}),
        files.handles.reading(worker, {line.file_id for line in found}),
    )
    boards: dict[UUID, Board] = {}
    for line in found:
        board = boards.setdefault(
            line.batch_id,
            Board(line.batch_id, names.get(line.given_by, ""), line.given_at, [], set()),
        )
        board.lines.append(Due(line.file_id, handles.get(line.file_id, ""), line.subject, line.due_on))
        if line.note:
            board.with_note.add(line.file_id)
    return list(boards.values())


def _is_due(item: worklists.Item, until: date) -> bool:
    if item.part in (Part.NEW, Part.TODAY):
        return True
    day = _day(item)
    return item.part == Part.LATER and day is not None and day <= until


def _day(item: worklists.Item) -> date | None:
    return clock.day(item.at) if isinstance(item.at, datetime) else item.at
