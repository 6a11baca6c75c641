"""Whose files they are: of a worker, of the agency, of nobody; and lists of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from alongside.agencies.queries import colleagues_who_keep_files, numbers_on_shift, on_shift
from alongside.files import rules
from alongside.files.declarations import is_open
from alongside.files.models import File
from alongside.kernel.batches import Reading, fetched, reads
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.kernel.rls.models import FileRow

PAGE = 25
OPENS = RawSQL(f"coalesce({is_open('files_file')}, false)", [], BooleanField())  # noqa: S611


def could_work_with(worker: Worker, file: File) -> list[Worker]:
    """The colleagues who could lead a file or promise something in it: nobody under a "not them"."""
    return not_kept_out(file, colleagues_who_keep_files(worker))


def not_kept_out(row: FileRow | File, workers: Iterable[Worker]) -> list[Worker]:
    """Of these workers, whom no "not them" of this file, or row of it, means."""
    return [worker for worker in workers if not rules.is_meant(worker, row.blocked_principals)]


@prepared
def caseload(
    worker: Worker, *, closed: bool = False, mine: bool = False, after: UUID | None = None
) -> QuerySet[File]:
    """The files of the worker's own agency, newest first; `mine`: those they lead or back up."""
    files = File.objects.filter(agency_id=worker.agency_id, closed_at__isnull=not closed)
    if mine:
        files = files.filter(Q(lead_id=worker.pk) | Q(backup_id=worker.pk) | Q(next_lead_id=worker.pk))
    if after:
        files = files.filter(id__lt=after)
    return files.order_by("-id")[: PAGE + 1]


@prepared
def without_lead(worker: Worker) -> QuerySet[File]:
    """The agency's open files that nobody leads, or that somebody leads who left or keeps no file any more.

    Also those the worker leads, where a colleague said "not me" since the lead was chosen.
    """
    asked = Q(lead_id=worker.pk, needs_another_since__isnull=False)
    files = File.objects.filter(
        _nobodys(worker) | asked, agency_id=worker.agency_id, closed_at=None, shut_at=None
    )
    return files.order_by("id")[:PAGE]


def in_care_of(worker: Worker) -> QuerySet[File]:
    """The files whose news is this worker's to hear: as their lead or backup, or as whoever is on.

    Anybody's, where none is left. The one place that says who hears of it.
    """
    theirs = Q(lead_id=worker.pk) | Q(backup_id=worker.pk) | Q(next_lead_id=worker.pk)
    theirs |= _nobodys(worker) | Q(on_shift(worker))
    return File.objects.filter(theirs, agency_id=worker.agency_id)


def _nobodys(worker: Worker) -> Q:
    there = colleagues_who_keep_files(worker).values("pk")
    return ~Q(lead_id__in=there) & ~Q(next_lead_id__in=there)


def left_behind(worker: Worker) -> Q:
    """Return the condition on what somebody was to do in the files this worker leads, who can't any more.

    They left, are closed out, or their role keeps no files.
    """
    led = File.objects.filter(agency_id=worker.agency_id, lead_id=worker.pk, closed_at=None)
    return Q(file_id__in=led.values("id"), worker_id__isnull=False) & ~Q(
        worker_id__in=colleagues_who_keep_files(worker).values("pk")
    )


def still_open(worker: Worker) -> QuerySet[File]:
    """The agency's files that are not closed: what of a closed one was promised stands on nobody's day."""
    return File.objects.filter(agency_id=worker.agency_id, closed_at=None)


@reads
def handles(worker: Worker, ids: set[UUID]) -> Reading[dict[UUID, str]]:
    """The handles of these files, in one statement."""
    return dict((yield from fetched(_with_handles(ids))))


@prepared
def _with_handles(ids: set[UUID]) -> QuerySet[File, tuple[UUID, str]]:
    return File.objects.filter(id__in=ids).values_list("id", "handle")


def handles_of_open(worker: Worker, ids: set[UUID]) -> dict[UUID, str]:
    """The handles of those of these files that open to the worker and in which something may be written."""
    found = File.objects.annotate(opens=OPENS).filter(id__in=ids, opens=True, closed_at=None, shut_at=None)
    return dict(found.values_list("id", "handle")) if ids else {}


@prepared
def _ours(worker: Worker, ids: set[UUID]) -> QuerySet[File]:
    return File.objects.filter(id__in=ids, agency_id=worker.agency_id)


@reads
def teams(worker: Worker, ids: set[UUID]) -> Reading[dict[UUID, set[UUID]]]:
    """Who works with each of these people: the lead, the backup, and whoever is on and may see the file."""
    files, on = _ours(worker, ids), numbers_on_shift(worker)
    yield [files, on]
    return {
        file.pk: {
            each
            for each in {file.lead_id, file.backup_id, file.next_lead_id, *on}
            if each and f"worker:{each}" not in file.blocked_principals
        }
        for file in files
    }
