"""Booking an appointment, changing and moving it, and writing down how it went."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.errors import CheckViolation

from alongside.appointments import queries, rules
from alongside.appointments.models import (
    Appointment,
    Attendance,
    AttendanceNote,
    Interpreter,
    Search,
    State,
)
from alongside.files.commands import lock_to_write
from alongside.files.queries import could_work_with
from alongside.gaps import commands as gaps
from alongside.kernel import seal
from alongside.kernel.ids import uuid7
from alongside.kernel.rls.models import save_changes
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

TURNED_AWAY = "turned-away"
NOT_FOUND = "not-found"


@transaction.atomic
def book(
    *,
    id: UUID,
    file_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    words: dict[str, Any],
    by: Worker,
    at: datetime,
    priority_id: UUID | None = None,
    referral_id: UUID | None = None,
    rebooked_from_id: UUID | None = None,
) -> Appointment:
    """Write down an appointment, for whoever writes it to keep in sight. Pressed twice, it is one.

    :param id: the number the page made for it
    :param words: `alias`, `where`, `whom`, `not_there`, and `arrangements`: what was said of each, by code
    :raises rules.CannotBook: if its time can't be
    """
    file = lock_to_write(file_id=file_id)
    if there := Appointment.objects.filter(file_id=file_id, id=id).first():
        rules.check_is_the_same(there, starts_at, ends_at)
        return there
    if Appointment.objects.filter(id=id).exists():
        id = uuid7()  # another file's, which a page that was made for that one still names
    rules.check_can_book(starts_at, ends_at, at)
    booked = Appointment(
        file_id=file.id, id=id, agency_id=file.agency_id, starts_at=starts_at, ends_at=ends_at
    )
    booked.priority_id, booked.referral_id, booked.rebooked_from_id = (
        priority_id,
        referral_id,
        rebooked_from_id,
    )
    booked.worker_id = booked.written_by = by.pk
    booked.written_at = booked.timed_at = at
    booked.to_arrange = sorted(words.get("arrangements", {}))
    booked.words = _sealed(booked, "words", words)
    booked.save(force_insert=True)
    _note("booked", booked)
    return booked


@transaction.atomic
def change(
    *, appointment: Appointment, starts_at: datetime, ends_at: datetime, words: dict[str, Any], at: datetime
) -> Appointment:
    """Change what is written about an appointment, and its time. Saved unchanged, nothing changes.

    :raises rules.CannotChange: if it is over or called off
    :raises rules.CannotBook: if its new time can't be
    """
    kept = _locked(appointment)
    rules.check_can_change(kept, queries.note_of(kept))
    before = seal.unseal(kept, "words", agency_id=kept.agency_id) or {}
    moved = (starts_at, ends_at) != (kept.starts_at, kept.ends_at)
    told = [(words.get(name), before.get(name)) for name in ("alias", "where")]
    elsewhere = kept.starts_at > at and any(new != old for new, old in told)
    if moved:
        rules.check_can_book(starts_at, ends_at, at)
        kept.starts_at, kept.ends_at = starts_at, ends_at
        _note("moved", kept)
    if moved or elsewhere:
        kept.timed_at = at
        kept.save(update_fields=["starts_at", "ends_at", "timed_at"])
    if words != before:
        was = before.get("arrangements", {})
        new = {code for code in words.get("arrangements", {}) if code not in was}
        kept.to_arrange = sorted((set(kept.to_arrange) | new) & set(words.get("arrangements", {})))
        kept.words = _sealed(kept, "words", words)
        kept.save(update_fields=["words", "to_arrange"])
        _note("changed", kept)
    return kept


@transaction.atomic
def arrange(*, appointment: Appointment, code: str, arranged: bool) -> None:
    """Say that something of an appointment is arranged, or not after all."""
    kept = _locked(appointment)
    left = set(kept.to_arrange) - {code} if arranged else {*kept.to_arrange, code}
    said = (seal.unseal(kept, "words", agency_id=kept.agency_id) or {}).get("arrangements", {})
    kept.to_arrange = sorted(left & set(said))
    kept.save(update_fields=["to_arrange"])
    _note("changed", kept)


@transaction.atomic
def move(*, appointment: Appointment, to: State) -> None:
    """Call an appointment off, put it back, or say that it was a mistake.

    :raises rules.CannotChange: if it can't go there
    """
    kept = _locked(appointment)
    if kept.state == to:
        return
    rules.check_can_move(kept, to)
    kept.state = to
    kept.save(update_fields=["state"])
    verbs = {
        State.CANCELLED: "cancelled",
        State.BOOKED: "booked_again",
        State.ENTERED_IN_ERROR: "entered_in_error",
    }
    _note(verbs[to], kept)


@transaction.atomic
def prepare_court(
    *, appointment: Appointment, court: dict[str, Any], conditions: str, check_dates_on: Any
) -> None:
    """Keep which options they thought about for a court. None is a task.

    :param court: `position` (witness or charged), `options`, `entrance`
    :param conditions: only if they wish to have them kept: a place that is noted can breach them
    """
    kept = _locked(appointment)
    kept.court = _sealed(kept, "court", court) if any(court.values()) else None
    kept.conditions = _sealed(kept, "conditions", conditions) if conditions else None
    kept.check_dates_on = check_dates_on
    kept.save(update_fields=["court", "conditions", "check_dates_on"])
    _note("changed", kept)


@transaction.atomic
def attend(
    *,
    appointment: Appointment,
    attendance: str,
    next_step: str,
    by: Worker,
    at: datetime,
    need: str = "",
    is_counted: bool = False,
) -> AttendanceNote | None:
    """Write down whether they went, and the next step. Whoever was turned away is counted as a gap.

    :param need: what was sought there, from the list
    :param is_counted: that it was counted already, before the note was taken back
    :raises rules.CannotNote: before its day, or if it was called off
    """
    kept = _locked(appointment)
    if there := queries.note_of(kept):
        return there
    rules.check_can_note(kept, at)
    return attend_for(
        file_id=kept.file_id,
        agency_id=kept.agency_id,
        appointment_id=kept.id,
        attendance=attendance,
        next_step=next_step,
        by=by,
        at=at,
        need=need,
        is_counted=is_counted,
    )


@transaction.atomic
def attend_for(
    *,
    file_id: UUID,
    agency_id: UUID,
    appointment_id: UUID,
    attendance: str,
    next_step: str,
    by: Worker,
    at: datetime,
    need: str = "",
    is_counted: bool = False,
) -> AttendanceNote | None:
    """Write the note of an appointment, also for whoever went along and reads nothing of it.

    What was written first stands: a note of somebody else's is not written over, and not told.
    """
    row = AttendanceNote(file_id=file_id, agency_id=agency_id, appointment_id=appointment_id)
    row.attendance, row.written_by, row.written_at = attendance, by.pk, at
    row.next_step = _sealed(row, "next_step", next_step.strip()) if next_step.strip() else None
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    if attendance == Attendance.TURNED_AWAY and not is_counted:
        gaps.record(by=by, at=at, reason=TURNED_AWAY, need=need)
    note("appointments.attended", custodian_id=agency_id, file_id=file_id, item_id=appointment_id)
    return row


@transaction.atomic
def take_back_attendance(*, appointment: Appointment, at: datetime) -> bool:
    """Take back how it went, within ten minutes. A no that was counted stays counted: whether one was."""
    kept = _locked(appointment)
    found = queries.note_of(kept)
    rules.check_can_take_back(kept, found, at)
    if found:
        found.delete()
        _note("attendance_taken_back", kept)
    return bool(found and found.attendance == Attendance.TURNED_AWAY)


@transaction.atomic
def seek_interpreter(
    *,
    appointment: Appointment,
    language: str,
    manner: str,
    source: str,
    worker_id: UUID | None,
    order: str,
    by: Worker,
    at: datetime,
) -> Interpreter:
    """Look for an interpreter, or look for another one. The search begins anew.

    :param order: the service's number for the order
    :raises rules.CannotInterpret: if the colleague goes along, or the person doesn't want them
    """
    kept = _locked(appointment)
    file = lock_to_write(file_id=kept.file_id)
    could = {colleague.pk for colleague in could_work_with(by, file)}
    rules.check_can_interpret(source, worker_id, could)
    found = queries.interpreter_of(kept)
    row = found or Interpreter(
        file_id=kept.file_id,
        agency_id=kept.agency_id,
        appointment_id=kept.id,
        written_by=by.pk,
        written_at=at,
    )
    row.language, row.manner, row.source, row.worker_id = language, manner, source, worker_id
    row.search, row.conflicts_asked_at = Search.SOUGHT, None
    row.words = _sealed(row, "words", order) if order else None
    try:
        with transaction.atomic():
            save_changes(row)
    except IntegrityError as refused:
        if not isinstance(refused.__cause__, CheckViolation):
            raise
        raise rules.CannotInterpret(rules.CANNOT_INTERPRET) from refused  # they go along
    _note("interpreter_sought", kept)
    return row


@transaction.atomic
def move_search(*, interpreter: Interpreter, to: Search, by: Worker, at: datetime) -> None:
    """Say how far the search for an interpreter is. That nobody was found is counted as a gap.

    :raises rules.CannotInterpret: if conflicts were not asked before
    """
    file = lock_to_write(file_id=interpreter.file_id)
    kept = Interpreter.objects.select_for_update().get(file_id=interpreter.file_id, id=interpreter.id)
    if kept.search == to:
        return
    rules.check_can_search(kept, to)
    if to in (Search.CONFLICTS_ASKED, Search.CONFIRMED):
        could = {colleague.pk for colleague in could_work_with(by, file)}
        rules.check_can_interpret(kept.source, kept.worker_id, could)
    kept.search = to
    kept.conflicts_asked_at = at if to == Search.CONFLICTS_ASKED else kept.conflicts_asked_at
    kept.conflicts_asked_at = None if to == Search.SOUGHT else kept.conflicts_asked_at
    kept.save(update_fields=["search", "conflicts_asked_at"])
    if to == Search.NOT_FOUND:
        gaps.record(by=by, at=at, reason=NOT_FOUND, need="interpretation", barriers=["language"])
    note(
        "appointments.interpreter_moved",
        custodian_id=kept.agency_id,
        file_id=kept.file_id,
        item_id=kept.appointment_id,
    )


def _locked(appointment: Appointment) -> Appointment:
    lock_to_write(file_id=appointment.file_id)
    return Appointment.objects.select_for_update().get(file_id=appointment.file_id, id=appointment.id)


def _sealed(row: Appointment | AttendanceNote | Interpreter, column: str, words: Any) -> bytes:
    return seal.seal(row, column, words, agency_id=row.agency_id)


def _note(verb: str, row: Appointment) -> None:
    note(f"appointments.{verb}", custodian_id=row.agency_id, file_id=row.file_id, item_id=row.id)
