"""Asking whether somebody should come along, choosing who, preparing it, going, and coming back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from psycopg.errors import ExclusionViolation

from alongside.accompaniment import queries, rules
from alongside.accompaniment.models import Accompaniment, Card, Companion, State
from alongside.accompaniment.models.schedule import ON_THE_WAY
from alongside.appointments.commands import attend_for
from alongside.files.commands import lock_to_write
from alongside.files.queries import opens_to
from alongside.kernel import seal
from alongside.kernel.pressed import found_if_taken
from alongside.kernel.rls.models import save_changes
from alongside.trail.commands import note

if TYPE_CHECKING:
    from datetime import date

    from alongside.agencies.models import Worker
    from alongside.appointments.models import Appointment


@transaction.atomic
def answer(*, appointment: Appointment, state: State, by: Worker, at: datetime) -> Accompaniment:
    """Write down whether they would like somebody to come along: no, perhaps or yes.

    :param state: offered (nothing said yet), maybe, declined or accepted
    :raises rules.CannotMove: if it is further than that
    """
    lock_to_write(file_id=appointment.file_id)
    found = (
        Accompaniment.objects.select_for_update()
        .filter(file_id=appointment.file_id, appointment_id=appointment.id)
        .first()
    )
    if found is None:
        return _asked(appointment, state, by, at)
    if found.state != state:
        rules.check_can_move(found, state, by)
        if state in (State.ACCEPTED, State.DECLINED):
            _forget(found)
        _move(found, state, by, at, "answered")
    return found


@transaction.atomic
def choose(
    *,
    accompaniment: Accompaniment,
    companion_id: UUID | None,
    backup_id: UUID | None,
    is_own: bool,
    by: Worker,
    at: datetime,
) -> None:
    """Write down whom they chose: a colleague, or somebody of their own, who gets no name here.

    :raises rules.CannotGoAlong: if a colleague may not, for whatever reason
    :raises rules.NotFreeThen: if they go along elsewhere at that time
    """
    file = lock_to_write(file_id=accompaniment.file_id)
    kept = _row(accompaniment)
    could = {one.worker.pk for one in queries.candidates(by, file, kept)}
    for chosen in (companion_id, backup_id):
        if chosen is not None:
            rules.check_can_go_along(chosen, could)
    if kept.state != State.CHOSEN:
        rules.check_can_move(kept, State.CHOSEN, by)
    if is_own:
        _forget(kept)
    else:
        _take_back_approval(kept, companion_id)
    kept.companion_id, kept.backup_id, kept.is_own, kept.met = companion_id, backup_id, is_own, ""
    kept.state, kept.moved_at, kept.moved_by = State.CHOSEN, at, by.pk
    columns = ["companion_id", "backup_id", "is_own", "met", "state", "moved_at", "moved_by"]
    try:
        with transaction.atomic():
            kept.save(update_fields=columns)
    except IntegrityError as taken:
        if not isinstance(taken.__cause__, ExclusionViolation):
            raise
        raise rules.NotFreeThen.at(kept) from taken
    _note("chosen", kept)


@transaction.atomic
def prepare(
    *,
    accompaniment: Accompaniment,
    words: dict[str, str],
    warning: str,
    met: str,
    seat: str,
    by: Worker,
    at: datetime,
) -> None:
    """Write the card for whoever goes along, as the person said yes to it.

    What the appointment is called, and where it is, comes from there.

    :param words: `called`, `introduction`, `said`, `not_said`, `signal`, `speaks`
    :param warning: one line on what to watch for there; no names, no history
    """
    kept = _locked(accompaniment, by)
    rules.check_can_prepare(kept, by)
    _forget(kept)
    card = Card(file_id=kept.file_id, agency_id=kept.agency_id, accompaniment_id=kept.id)
    card.companion_id, card.written_by, card.written_at = kept.companion_id, by.pk, at
    card.approved_at = at
    words = words | queries.told(by, kept)
    card.words = seal.seal(card, "words", words, agency_id=kept.agency_id)
    card.warning = seal.seal(card, "warning", warning, agency_id=kept.agency_id) if warning else None
    card.save(force_insert=True)
    kept.met, kept.seat = met, seat
    kept.save(update_fields=["met", "seat"])
    if met and kept.state == State.CHOSEN:
        _move(kept, State.PREPARED, by, at, "prepared")


@transaction.atomic
def confirm(*, accompaniment: Accompaniment, by: Worker, at: datetime) -> None:
    """Confirm it, once the person was reached in the way that is safe. From now on the card is shown.

    :raises rules.CannotPrepare: if they have not said yes to the card
    """
    kept = _locked(accompaniment, by)
    card = Card.objects.filter(file_id=kept.file_id, accompaniment_id=kept.id).first()
    rules.check_can_confirm(kept, card, is_told=card is None or queries.is_told(by, kept, card))
    rules.check_can_move(kept, State.CONFIRMED, by)
    if card is not None:
        card.shown_from = at
        card.save(update_fields=["shown_from"])
    _move(kept, State.CONFIRMED, by, at, "confirmed")


@transaction.atomic
def move(*, accompaniment: Accompaniment, to: State, by: Worker, at: datetime) -> None:
    """Say how far it is: on the way, introduced, stepped out, left together.

    :raises rules.CannotMove: if it can't be there yet
    """
    kept = _locked(accompaniment, by)
    if kept.state == to:
        return
    rules.check_can_move(kept, to, by)
    rules.check_has_day(kept, at)
    _move(kept, to, by, at, "moved")


@transaction.atomic
def cannot_come(*, accompaniment: Accompaniment, by: Worker, at: datetime) -> None:
    """Say that whoever was to come can't. No reason is asked; whoever arranges it sees it at once."""
    kept = _locked(accompaniment, by)
    if kept.state == State.UNAVAILABLE:
        return
    rules.check_can_move(kept, State.UNAVAILABLE, by)
    _move(kept, State.UNAVAILABLE, by, at, "unavailable")


@transaction.atomic
def come_back(
    *, accompaniment: Accompaniment, attendance: str, next_step: str, next_time: str, by: Worker, at: datetime
) -> None:
    """Come back, and write the whole note: whether they were there, and the next step.

    :param next_time: one step further back, or none, as the person wants it
    """
    kept = _locked(accompaniment, by)
    if kept.state == State.BACK:
        return
    rules.check_can_move(kept, State.BACK, by)
    rules.check_has_day(kept, at)
    kept.next_time = next_time
    kept.save(update_fields=["next_time"])
    _move(kept, State.BACK, by, at, "back")
    attend_for(
        file_id=kept.file_id,
        agency_id=kept.agency_id,
        appointment_id=kept.appointment_id,
        attendance=attendance,
        next_step=next_step,
        by=by,
        at=at,
    )


@transaction.atomic
def close(*, accompaniment: Accompaniment, by: Worker, at: datetime) -> None:
    """Close it, once they were asked whether they want to talk about how it was. The card goes at once."""
    kept = _locked(accompaniment, by)
    if kept.state == State.CLOSED:
        return
    rules.check_can_move(kept, State.CLOSED, by)
    _move(kept, State.CLOSED, by, at, "closed")


@found_if_taken()
@transaction.atomic
def keep_companion(
    *,
    worker_id: UUID,
    kind: str,
    record_checked_on: date | None,
    trained_on: date | None,
    conflicts_said_on: date | None,
    languages: list[str],
    gender: str,
    is_free: bool,
    by: Worker,
    at: datetime,
) -> None:
    """Write down that a colleague goes along, since when they are checked and trained, and what they speak.

    :raises Refusal: unless the worker keeps what the agency offers
    """
    rules.check_can_keep_companions(by)
    found = Companion.objects.select_for_update().filter(agency_id=by.agency_id, worker_id=worker_id).first()
    rules.check_vouches_for_another(worker_id, found, kind, record_checked_on, trained_on, by)
    row = found or Companion(worker_id=worker_id, agency_id=by.agency_id)
    row.kind, row.languages, row.gender, row.is_free = kind, languages, gender, is_free
    row.record_checked_on, row.trained_on = record_checked_on, trained_on
    row.conflicts_said_on = conflicts_said_on
    row.written_by, row.written_at = by.pk, at
    save_changes(row)


def sweep_cards() -> int:
    """Throw away the cards whose day is over, and the warnings of what is closed; return how many.

    Nobody has to be signed in.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select ctx.sweep_cards(%s)", [settings.SERVER_SECRET])
        return int(cursor.fetchone()[0])


def _asked(appointment: Appointment, state: State, by: Worker, at: datetime) -> Accompaniment:
    row = Accompaniment(file_id=appointment.file_id, agency_id=appointment.agency_id)
    row.appointment_id, row.state = appointment.id, state
    row.from_at = appointment.starts_at - ON_THE_WAY
    row.until_at = appointment.ends_at + ON_THE_WAY
    row.written_by = row.moved_by = by.pk
    row.written_at = row.moved_at = at
    row.save(force_insert=True)
    _note("offered", row)
    return row


def _take_back_approval(kept: Accompaniment, companion_id: UUID | None) -> None:
    """Let the card be read to them again: they said yes to it for somebody else."""
    cards = Card.objects.filter(file_id=kept.file_id, accompaniment_id=kept.id)
    cards.update(companion_id=companion_id, approved_at=None, shown_from=None)


def _forget(kept: Accompaniment) -> None:
    """Throw the card away: it is written anew, or nobody is to read one."""
    Card.objects.filter(file_id=kept.file_id, accompaniment_id=kept.id).delete()


def _locked(accompaniment: Accompaniment, by: Worker) -> Accompaniment:
    if opens_to(by, accompaniment.file_id):
        lock_to_write(file_id=accompaniment.file_id)
    return _row(accompaniment)


def _row(accompaniment: Accompaniment) -> Accompaniment:
    return Accompaniment.objects.select_for_update().get(file_id=accompaniment.file_id, id=accompaniment.id)


def _move(kept: Accompaniment, to: State, by: Worker, at: datetime, verb: str) -> None:
    kept.state, kept.moved_at, kept.moved_by = to, at, by.pk
    kept.save(update_fields=["state", "moved_at", "moved_by"])
    _note(verb, kept)


def _note(verb: str, row: Accompaniment) -> None:
    details: dict[str, Any] = {"custodian_id": row.agency_id, "file_id": row.file_id, "item_id": row.id}
    note(f"accompaniment.{verb}", **details)
