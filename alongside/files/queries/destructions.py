"""What was asked of a file’s destruction, and what stops it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from alongside.agencies.queries import colleagues, names_of, roles_with
from alongside.files import rules
from alongside.files.models import IN_COPIES, UNTIL_FINAL, Destruction, File
from alongside.files.queries.caseloads import PAGE
from alongside.kernel import ctx
from alongside.kernel.prepared import prepared
from alongside.kernel.queries import being_destroyed

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def is_being_destroyed(file: File) -> bool:
    """Whether a file's key is still there, although what the file says was destroyed."""
    return bool(file.shredded_at and being_destroyed(file.pk))


def destruction_of(file: File) -> Destruction | None:
    """What was asked of this file's destruction and not taken back, if anything."""
    return Destruction.objects.filter(file_id=file.pk).exclude(state=Destruction.State.UNDONE).first()


def destructions_asked() -> QuerySet[Destruction]:
    """What waits for a second, in any agency; by the operator."""
    return Destruction.objects.filter(state=Destruction.State.ASKED)


def get_destruction(worker: Worker, destruction_id: UUID) -> Destruction:
    """Return what was asked of a file's destruction, for whoever may see the file or be the second.

    :raises Destruction.DoesNotExist: if there is none for this worker
    """
    return Destruction.objects.get(id=destruction_id)


@prepared
def destructions_under_way(worker: Worker) -> QuerySet[Destruction]:
    """What waits for a second or can still be undone, as far as it is this worker's to say; oldest first."""
    return Destruction.objects.filter(state__in=["asked", "confirmed"])[:PAGE]


def could_be_second(worker: Worker, destruction: Destruction) -> list[Worker]:
    """The colleagues who may say as the second that this file is destroyed."""
    able = colleagues(worker).filter(role__in=roles_with("destroy-files")).exclude(pk=destruction.asked_by)
    return [
        colleague
        for colleague in able
        if not rules.is_meant(colleague, destruction.blocked_principals)
        and ctx.is_independent_second(colleague.pk, destruction.asked_by)
    ]


def about_destruction(worker: Worker, destruction: Destruction) -> dict[str, Any]:
    """Everything on the page of a file's destruction: by whom, who can be the second, what it leads to."""
    by = (destruction.asked_by, destruction.confirmed_by, destruction.undone_by)
    names = names_of(worker, {each for each in by if each})
    waits = destruction.state == Destruction.State.ASKED
    seconds = could_be_second(worker, destruction) if waits else []
    return {
        "destruction": destruction,
        "asked_by": names.get(destruction.asked_by, ""),
        "confirmed_by": names.get(destruction.confirmed_by, "") if destruction.confirmed_by else "",
        "undone_by": names.get(destruction.undone_by, "") if destruction.undone_by else "",
        "held": is_held(destruction.file_id),
        "sees_file": worker.keeps_files and File.objects.filter(pk=destruction.file_id).exists(),
        "seconds": [colleague.name for colleague in seconds],
        "is_second": worker in seconds,
        "may_undo": worker.may("destroy-files") and destruction.is_under_way,
        "would_be_gone": would_be_gone(timezone.now()),
    }


def would_be_gone(at: datetime) -> datetime:
    """When nothing would be left of a file anywhere, if a second said so at this moment."""
    return at + UNTIL_FINAL + IN_COPIES


def is_held(file_id: UUID) -> bool:
    """Whether a hold stands on a file just now."""
    with connection.cursor() as cursor:
        cursor.execute("select ctx.is_held(%s)", [file_id])
        return bool(cursor.fetchone()[0])


def may_be_destroyed(file_id: UUID) -> bool:
    """Whether no hold stands on a file; none can be ordered from now until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select files_may_be_destroyed(%s)", [file_id])
        return bool(cursor.fetchone()[0])
