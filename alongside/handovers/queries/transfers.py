"""The files that passed to another, until the person was asked: what is due, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from alongside.agencies.queries import colleagues, names_of
from alongside.disclosure.queries import AUDIENCES
from alongside.handovers.models import Transfer
from alongside.handovers.queries.held import by_name
from alongside.kernel.holdings import Words
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

SMALLEST = AUDIENCES["table"].threshold


@dataclass(frozen=True)
class Asking:
    """A file that passed: from whom, to whom, what is due in it, and who but whoever left could lead."""

    transfer: Transfer
    left: str
    takes: str
    due: list[tuple[Words, date | None]]
    could: list[Worker]


@prepared
def to_ask(worker: Worker) -> QuerySet[Transfer]:
    """The files that passed and whose person was not asked yet, as far as it is this worker's to ask."""
    theirs = Transfer.objects.filter(agency_id=worker.agency_id, settled_at=None)
    if not (worker.keeps_files or worker.may("hand-over")):
        theirs = theirs.none()
    return theirs.order_by("given_at", "id")


def hands(worker: Worker) -> dict[int, int] | None:
    """How many open files were in one hand, in two, in three or more; nothing where a number is small.

    A number below the threshold would tell of somebody, and with the others it could be worked out.
    """
    with connection.cursor() as cursor:
        cursor.execute("select hands, files from ctx.hands()")
        found = dict(cursor.fetchall())
    if not found or any(many < SMALLEST for many in found.values()):
        return None
    return {many: found.get(many, 0) for many in (1, 2, 3)}


def get_transfer(worker: Worker, transfer_id: UUID) -> Transfer:
    """Return a file that passed and whose person was not asked yet.

    :raises Transfer.DoesNotExist: if there is none, or it is not theirs to ask, or they were asked
    """
    return Transfer.objects.get(agency_id=worker.agency_id, id=transfer_id, settled_at=None)


def asking(worker: Worker, transfer: Transfer) -> Asking:
    """Return what there is to know before the person is asked."""
    names = names_of(worker, {each for each in (transfer.from_id, transfer.to_id) if each})
    known = by_name()
    with connection.cursor() as cursor:
        cursor.execute("select what, due from ctx.due_in(%s)", [transfer.file_id])
        due = [(known[what].words, day) for what, day in cursor.fetchall()]
        cursor.execute("select ctx.who_could_lead(%s)", [transfer.file_id])
        could = set(cursor.fetchone()[0] or ()) - {transfer.from_id}
    return Asking(
        transfer,
        names.get(transfer.from_id, "") if transfer.from_id else "",
        names.get(transfer.to_id, ""),
        due,
        [one for one in colleagues(worker) if one.pk in could],
    )
