"""Handing over a shift, or all that somebody held who goes; and saying on whom one will check."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from alongside.agencies.queries import check_can_keep_files
from alongside.files.commands import lock_to_write
from alongside.files.queries import usable_reaches
from alongside.handovers import queries, rules
from alongside.handovers.models import Absence, Check, Handover, Transfer
from alongside.kernel import clock, seal
from alongside.kernel.commands import wait_for_turn
from alongside.kernel.ids import uuid7
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.files.queries import Reach


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


@transaction.atomic
def hand_over_held(*, whose: Worker, takers: Mapping[UUID, UUID], leaves: bool, by: Worker) -> int:
    """Hand over what a worker holds in these files, each to its taker. Done before, it is not done again.

    Nobody opens a file for it. The person is asked who is to lead; until then a file is nobody's to read
    but its backup's.

    :param takers: who takes over, by file
    :param leaves: whether they lead no more either; who left or is closed out leads nothing in any case
    :return: how many passed; not one of somebody who is there, or to somebody who could not take it
    """
    passed = 0
    for file_id, taker in sorted(takers.items()):
        with connection.cursor() as cursor:
            cursor.execute("select ctx.hand_over(%s, %s, %s, %s)", [whose.pk, file_id, taker, leaves])
            (done,) = cursor.fetchone()
        if done:
            note("handovers.passed", custodian_id=by.agency_id, file_id=file_id)
            passed += 1
    return passed


@transaction.atomic
def say_away(*, whose: Worker, back_on: date, by: Worker, at: datetime) -> None:
    """Say that a worker is away until a day, instead of what was said before. No reason is kept.

    :raises rules.CannotBeAway: if that day is over, or far away
    """
    rules.check_can_be_away(back_on, at)
    wait_for_turn(f"handovers/away/{whose.pk}")
    over = Q(worker_id=whose.pk) | Q(back_on__lte=clock.day(at))
    Absence.objects.filter(over, agency_id=by.agency_id).delete()
    Absence.objects.create(
        agency_id=by.agency_id, worker_id=whose.pk, back_on=back_on, said_by=by.pk, said_at=at
    )


@transaction.atomic
def come_back(*, absence: Absence) -> None:
    """Say that somebody is back. What passed meanwhile stays with whoever has it now."""
    Absence.objects.filter(id=absence.id).delete()


@transaction.atomic
def settle(*, transfer: Transfer, lead_id: UUID, by: Worker) -> None:
    """Write down whom the person chose, once they were asked. No reason is asked, and none is kept.

    :raises rules.CannotSettle: if that one can't lead, or they were asked meanwhile
    """
    with connection.cursor() as cursor:
        cursor.execute("select ctx.settle_transfer(%s, %s)", [transfer.file_id, lead_id])
        (done,) = cursor.fetchone()
    rules.check_settled(done=done)
    note("handovers.settled", custodian_id=by.agency_id, file_id=transfer.file_id)


@transaction.atomic
def reach(*, transfer: Transfer, by: Worker, at: datetime) -> list[Reach]:
    """Open the ways to reach the person that they called safe lately, so that they can be asked who leads."""
    note("handovers.reached", custodian_id=by.agency_id, file_id=transfer.file_id)
    return usable_reaches(by, transfer.file_id, at)


@transaction.atomic
def say_check(*, file_id: UUID, due_on: date, by: Worker, at: datetime) -> Check:
    """Say that one will check on somebody on a day. Said twice, it is said once.

    :raises Refusal: if the file is closed, or the day is over or far away
    """
    file = lock_to_write(file_id=file_id)
    rules.check_can_say(due_on, at)
    there = Check.objects.filter(file_id=file.id, worker_id=by.pk, due_on=due_on, done_at=None).first()
    if there:
        return there
    check = Check(
        file_id=file.id, agency_id=file.agency_id, worker_id=by.pk, due_on=due_on, said_by=by.pk, said_at=at
    )
    check.save(force_insert=True)
    note("handovers.check_said", custodian_id=file.agency_id, file_id=file.id)
    return check


@transaction.atomic
def finish_check(*, check: Check, undo: bool, by: Worker, at: datetime) -> None:
    """Say that one checked on somebody; or take that back.

    :raises rules.CannotCheck: if a colleague did meanwhile
    """
    check = Check.objects.select_for_update().get(file_id=check.file_id, id=check.id)
    rules.check_can_finish(check, by)
    if undo == (check.done_at is None):
        return
    check.done_by, check.done_at = (None, None) if undo else (by.pk, at)
    check.save(update_fields=["done_by", "done_at"])
    note(
        "handovers.check_undone" if undo else "handovers.checked",
        custodian_id=by.agency_id,
        file_id=check.file_id,
    )


@transaction.atomic
def end_check(*, check: Check, by: Worker, at: datetime) -> None:
    """Say that nobody is to check on somebody any more, because they leave."""
    check = Check.objects.select_for_update().get(file_id=check.file_id, id=check.id)
    if check.done_at:
        return
    check.done_by, check.done_at = by.pk, at
    check.save(update_fields=["done_by", "done_at"])
    note("handovers.check_ended", custodian_id=by.agency_id, file_id=check.file_id)
