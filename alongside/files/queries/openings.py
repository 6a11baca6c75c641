"""A file as far as it opens to a worker, and to whom it opened with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.agencies.queries import names_of
from alongside.files import rules
from alongside.files.models import File, Justification
from alongside.files.queries.caseloads import OPENS, handles
from alongside.kernel import seal
from alongside.kernel.keyring import KeyGone

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class Opened:
    """A file that a colleague opened although it is not theirs."""

    justification: Justification
    handle: str
    name: str
    words: str


def get_file(worker: Worker, file_id: UUID) -> File:
    """Return a file that opens to this worker.

    :raises File.DoesNotExist: if there is none, or it is not theirs, or it says "not them": there is no
        difference
    :raises rules.NotOpen: if its code name is all that they may see without saying why
    """
    file, opens = seen(worker, file_id)
    rules.check_opens(file, opens=opens)
    return file


def opens_to(worker: Worker, file_id: UUID) -> bool:
    """Whether a file is there for this worker and opens to them."""
    return worker.keeps_files and File.objects.annotate(opens=OPENS).filter(pk=file_id, opens=True).exists()


def opened_files(worker: Worker, ids: Iterable[UUID]) -> dict[UUID, File]:
    """Return those of these files that open to this worker, in one statement."""
    return {file.id: file for file in File.objects.annotate(opens=OPENS).filter(opens=True, id__in=list(ids))}


def seen(worker: Worker, file_id: UUID) -> tuple[File, bool]:
    """Return a file of which this worker may see the code name, and whether it opens to them.

    :raises File.DoesNotExist: as `get_file`
    """
    file = File.objects.annotate(opens=OPENS).get(pk=file_id)
    return file, file.opens


def opened_with_a_reason(worker: Worker) -> list[Opened]:
    """What the privacy officer has not looked at: who opened which file that is not theirs, when and why."""
    found = list(
        Justification.objects.filter(agency_id=worker.agency_id, reviewed_at=None).order_by("opened_at")
    )
    codes = handles(worker, {justification.file_id for justification in found})
    names = names_of(worker, {justification.worker_id for justification in found})
    opened = []
    for one in found:
        words = ""
        with suppress(KeyGone, seal.Altered):
            words = str(seal.unseal(one, "words", agency_id=worker.agency_id) or "")
        opened.append(Opened(one, codes.get(one.file_id, ""), names.get(one.worker_id, ""), words))
    return opened


def unseen_justifications(worker: Worker) -> int:
    """How many times a file was opened with a reason, and the privacy officer has not looked at it."""
    return Justification.objects.filter(agency_id=worker.agency_id, reviewed_at=None).count()


def get_open_file(worker: Worker, file_id: UUID) -> File:
    """Return a file that this worker may see and write in, so that a page says so before anything is typed.

    :raises File.DoesNotExist: as `get_file`
    :raises rules.CannotWrite: if it is closed, or what it said was destroyed
    """
    file = get_file(worker, file_id)
    rules.check_can_write(file)
    return file


def sought_for(worker: Worker, seeking: dict[str, str] | None) -> File | None:
    """The file for which a service is sought, as the session remembers it, if the worker still sees it."""
    return (
        File.objects.annotate(opens=OPENS).filter(pk=seeking["file"], opens=True).first() if seeking else None
    )


def read(worker: Worker, file: File) -> None:
    """Note that this file was opened and read, also when nothing is written in it yet."""
    seal.note_opened(file.id, file.agency_id, "file")
