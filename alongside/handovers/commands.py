"""Handing a shift over, and taking it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from alongside.agencies.queries import check_can_keep_files
from alongside.files.commands import lock_to_write
from alongside.handovers import queries, rules
from alongside.handovers.models import Handover
from alongside.kernel import seal
from alongside.kernel.commands import wait_for_turn
from alongside.kernel.ids import uuid7
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def hand_over(*, to: Worker | None, notes: Mapping[UUID, str], by: Worker, at: datetime) -> UUID:
    """Hand over what is due until the next shift to a colleague, or to whoever is on.

    :param notes: a short note for a file, by its id; a file without one is handed over all the same
    :return: the number under which it was handed over; pressed twice, the same
    :raises Refusal: if the worker's role or agency keeps no files
    :raises rules.CannotHandOver: if nothing is due
    """
    check_can_keep_files(by)
    lines = queries.due(by, at)
    rules.check_can_hand_over(len(lines))
    wait_for_turn(f"handovers/{by.pk}")
    given = {(line.file_id, line.subject, line.due_on, _said(notes, line.file_id)) for line in lines}
    for batch_id, before in queries.just_given(by, to, at).items():
        if before == given:
            return batch_id
    batch_id = uuid7()
    for line in lines:
        file = lock_to_write(file_id=line.file_id)
        row = Handover(
            file_id=file.id,
            agency_id=by.agency_id,
            batch_id=batch_id,
            given_by=by.pk,
            given_at=at,
            to_id=to.pk if to else None,
            subject=line.subject,
            due_on=line.due_on,
        )
        if words := _said(notes, file.id):
            row.note = seal.seal(row, "note", words, agency_id=by.agency_id)
        row.save(force_insert=True)
        note("handovers.given", custodian_id=by.agency_id, file_id=file.id)
    return batch_id


@transaction.atomic
def take(*, batch_id: UUID, by: Worker, at: datetime) -> None:
    """Take over what was handed over at once, as far as one may see it. Pressed twice, it is theirs once.

    :raises Handover.DoesNotExist: if nothing of it is for this worker
    :raises rules.CannotTake: if a colleague was first
    """
    lines = list(
        queries.handed_to(by, at).filter(batch_id=batch_id).select_for_update().order_by("file_id", "id")
    )
    with suppress(rules.TakenAlready):
        queries.check_can_take(by, lines)
    for line in lines:
        if line.taken_at:
            continue
        line.taken_by, line.taken_at = by.pk, at
        line.save(update_fields=["taken_by", "taken_at"])
        note("handovers.taken", custodian_id=by.agency_id, file_id=line.file_id)


def _said(notes: Mapping[UUID, str], file_id: UUID) -> str:
    return notes.get(file_id, "").strip()
