"""What an appointment says no to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.appointments.models import MOVES, SEARCH_MOVES, Search, Source, State
from alongside.kernel import clock
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.appointments.models import Appointment, AttendanceNote, Interpreter


CANNOT_INTERPRET = _("They can’t interpret here. Ask somebody else, or a service.")


class CannotBook(Refusal):
    """The time can't be."""


class CannotChange(Refusal):
    """The appointment is over or called off."""


class CannotNote(Refusal):
    """There is nothing to write down yet, or it is written down already."""


class CannotInterpret(Refusal):
    """This can't be the interpreter, or not yet."""


def check_can_book(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    """Refuse a time that is over, and one that ends before it begins.

    :raises CannotBook: then
    """
    if starts_at <= at:
        raise CannotBook(_("That time is over. Write a later one."))
    if ends_at <= starts_at:
        raise CannotBook(_("It would end before it begins. Write a later time."))


def check_is_the_same(there: Appointment, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a page that was sent before, for another time: whoever went back is told what stands.

    :raises CannotBook: then
    """
    if (there.starts_at, there.ends_at) != (starts_at, ends_at):
        raise CannotBook(
            _("It is written down already, for another time. Look at what stands there."), page_of(there)
        )


def check_can_move(appointment: Appointment, to: State) -> None:
    """Refuse what can't follow where the appointment stands.

    :raises CannotChange: then
    """
    if to not in MOVES[State(appointment.state)]:
        raise CannotChange(
            _("It can’t go there from where it stands. Look at what it says now."), page_of(appointment)
        )


def check_can_change(appointment: Appointment, note: AttendanceNote | None) -> None:
    """Refuse to change what is over.

    :raises CannotChange: if it is called off, or how it went is written down
    """
    if appointment.state != State.BOOKED or note:
        raise CannotChange(_("It is over or called off: make a new time of it."), page_of(appointment))


def check_can_note(appointment: Appointment, at: datetime) -> None:
    """Refuse to say how it went before its day, or what was called off.

    :raises CannotNote: then
    """
    if appointment.state != State.BOOKED:
        raise CannotNote(_("It was called off: put it back first."), page_of(appointment))
    if not clock.is_near(appointment.starts_at, at):
        raise CannotNote(_("It is still to come: say how it went on its day."), page_of(appointment))


def check_can_interpret(source: str, worker_id: UUID | None, could: Collection[UUID]) -> None:
    """Refuse as an interpreter whoever goes along, and whoever the person doesn't want (practice.md 8).

    :param could: the colleagues who could; nobody under a “not them” is among them
    :raises CannotInterpret: then, in the same words for either
    """
    if source == Source.AGENCY and worker_id not in could:
        raise CannotInterpret(CANNOT_INTERPRET)
    if source != Source.AGENCY and worker_id:
        raise CannotInterpret(_("Somebody of a service has no name here: choose nobody of us."))


def check_can_search(interpreter: Interpreter, to: Search) -> None:
    """Refuse what can't follow where the search stands: conflicts are asked before any name.

    :raises CannotInterpret: then
    """
    if to not in SEARCH_MOVES[Search(interpreter.search)]:
        raise CannotInterpret(
            _("First ask whom they know there, without any name. Then confirm."),
            reverse("appointments:appointment", args=[interpreter.appointment_id]),
        )


def page_of(appointment: Appointment) -> str:
    """Return the address of an appointment."""
    return reverse("appointments:appointment", args=[appointment.id])


def check_can_take_back(appointment: Appointment, note: AttendanceNote | None, at: datetime) -> None:
    """Refuse to take back what was said more than ten minutes ago.

    :raises CannotNote: then
    """
    if note and note.written_at <= at - clock.A_MOMENT:
        raise CannotNote(
            _("It stays as it was written: ten minutes are over. Make a new time of it."),
            page_of(appointment),
        )
