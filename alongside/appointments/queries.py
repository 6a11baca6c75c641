"""Reading appointments: one, those of a file, a worker's day and week."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.appointments.court import Court
from alongside.appointments.models import (
    Appointment,
    Arrangement,
    Attendance,
    AttendanceNote,
    Interpreter,
    Manner,
    Search,
    Source,
    State,
)
from alongside.kernel import clock, punctuation, seal
from alongside.kernel.batches import Reading, reads
from alongside.kernel.prepared import prepared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alongside.agencies.models import Worker

__all__ = [
    "Arrangement",
    "Attendance",
    "Manner",
    "OpenAppointment",
    "Search",
    "Source",
    "State",
    "can_take_back",
    "court_of",
    "days_of",
    "get_appointment",
    "interpreter_as_written",
    "interpreter_of",
    "listed",
    "next_step_of",
    "note_of",
    "open_appointment",
    "still_booked",
    "to_come",
    "waiting",
]

PAST = timedelta(days=30)  # how long one that is over waits to be written down


@dataclass(frozen=True)
class OpenAppointment:
    """An appointment, opened: `words` are what they call it, where it is, with whom, whom they don't want."""

    appointment: Appointment
    words: dict[str, Any] = field(default_factory=dict)
    note: AttendanceNote | None = None

    @property
    def alias(self) -> str:
        """What the person calls it; without a name it has a neutral one."""
        return str(self.words.get("alias") or Appointment.NEUTRAL)

    @property
    def is_booked(self) -> bool:
        """Whether it is still to be, or how it went is not yet said."""
        return self.appointment.state == State.BOOKED and not self.note

    @property
    def arrangements(self) -> list[tuple[str, Any, str, bool]]:
        """What has to be arranged: its code, its label, what was said of it, and whether it is arranged."""
        said: dict[str, str] = self.words.get("arrangements", {})
        return [
            (code, Arrangement(code).label, words, code not in self.appointment.to_arrange)
            for code, words in said.items()
        ]

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.appointment.ends_at - self.appointment.starts_at).total_seconds()) // 60

    @property
    def to_arrange(self) -> list[Any]:
        """What is still to be arranged, as it stands inside a sentence."""
        return [punctuation.within(Arrangement(code).label) for code in self.appointment.to_arrange]


def get_appointment(appointment_id: UUID) -> Appointment:
    """Return an appointment the asker may see.

    :raises Appointment.DoesNotExist: if there is none
    """
    return Appointment.objects.get(id=appointment_id)


def open_appointment(worker: Worker, appointment: Appointment) -> OpenAppointment:
    """Open one appointment."""
    return _opened(worker, [appointment], _noted([appointment]))[0]


def to_come(worker: Worker, file_id: UUID) -> list[OpenAppointment]:
    """Return what is booked of a file, the next first, and how it went is not yet said."""
    return _opened(worker, _not_noted(Appointment.objects.filter(file_id=file_id)))


def days_of(worker: Worker, first: date, days: int) -> list[tuple[date, list[OpenAppointment]]]:
    """Return a worker's own appointments, day by day; a day without one is there and empty."""
    last = first + timedelta(days=days)
    rows = Appointment.objects.filter(
        worker_id=worker.pk,
        state=State.BOOKED,
        starts_at__gte=clock.beginning_of(first),
        starts_at__lt=clock.beginning_of(last),
    )
    found = list(rows)
    with seal.listing("appointments.listed"):
        opened = _opened(worker, found, _noted(found))
    week = [first + timedelta(days=n) for n in range(days)]
    return [(day, [one for one in opened if clock.day(one.appointment.starts_at) == day]) for day in week]


def still_booked(worker: Worker, ids: Iterable[UUID]) -> set[UUID]:
    """Return those of these appointments that are still to be, unopened."""
    rows = _not_noted(Appointment.objects.filter(agency_id=worker.agency_id, id__in=list(ids)))
    return set(rows.values_list("id", flat=True))


def listed(worker: Worker, ids: Iterable[UUID]) -> dict[UUID, OpenAppointment]:
    """Open these appointments for a list, in one statement."""
    rows = Appointment.objects.filter(agency_id=worker.agency_id, id__in=list(ids))
    with seal.listing("appointments.listed"):
        return {one.appointment.id: one for one in _opened(worker, rows)}


@reads
def waiting(worker: Worker, at: datetime) -> Reading[list[OpenAppointment]]:
    """Return what stands on a worker's day: of today and tomorrow, what was, and dates to look up."""
    booked = _near(worker, at)
    yield [booked]
    with seal.listing("appointments.listed"):
        return _opened(worker, booked)


@prepared
def _near(worker: Worker, at: datetime) -> QuerySet[Appointment]:
    until = clock.end_of(clock.day(at) + timedelta(days=1))
    near = Q(starts_at__lte=until, starts_at__gt=at - PAST)
    rows = Appointment.objects.filter(near | Q(check_dates_on__lte=clock.day(at)), worker_id=worker.pk)
    return _not_noted(rows)


def interpreter_of(appointment: Appointment) -> Interpreter | None:
    """Return the interpreter of an appointment, if one was sought."""
    return Interpreter.objects.filter(file_id=appointment.file_id, appointment_id=appointment.id).first()


def note_of(appointment: Appointment) -> AttendanceNote | None:
    """Return how an appointment went, if it is written down."""
    return AttendanceNote.objects.filter(file_id=appointment.file_id, appointment_id=appointment.id).first()


def next_step_of(worker: Worker, note: AttendanceNote | None) -> str:
    """Open the next step after an appointment."""
    return seal.unseal(note, "next_step", agency_id=worker.agency_id) or "" if note else ""


def can_take_back(note: AttendanceNote | None, at: datetime) -> bool:
    """Whether how it went can still be taken back."""
    return note is not None and note.written_at > at - clock.A_MOMENT


def kept_in_sight(worker: Worker) -> QuerySet[Appointment]:
    """The appointments a worker keeps in sight, their own or taken over, that are not called off."""
    return Appointment.objects.filter(worker_id=worker.pk, state=State.BOOKED)


def interpreting(appointment_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return which of one's own colleagues interprets at each of these appointments."""
    rows = Interpreter.objects.filter(appointment_id__in=appointment_ids, worker_id__isnull=False)
    return {
        row.appointment_id: row.worker_id
        for row in rows.exclude(search=Search.NOT_WANTED)
        if row.worker_id is not None
    }


def interpreter_as_written(worker: Worker, appointment: Appointment) -> dict[str, Any]:
    """Open the order for an interpreter as it was written, or nothing."""
    row = interpreter_of(appointment)
    if row is None:
        return {}
    order = seal.unseal(row, "words", agency_id=worker.agency_id) or ""
    told = {"language": row.language, "manner": row.manner, "source": row.source, "order": order}
    return told | {"worker": str(row.worker_id or "")}


def court_of(worker: Worker, appointment: Appointment) -> Court:
    """Open what was thought about for a court, with the conditions they wished to have kept."""
    said = seal.unseal(appointment, "court", agency_id=worker.agency_id) or {}
    conditions = seal.unseal(appointment, "conditions", agency_id=worker.agency_id) or ""
    return Court(
        said.get("position", ""), tuple(said.get("options", ())), said.get("entrance", ""), conditions
    )


def _not_noted(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """The booked of them of which nobody said how it went."""
    noted = AttendanceNote.objects.filter(file_id=OuterRef("file_id"), appointment_id=OuterRef("id"))
    return rows.filter(~Exists(noted), state=State.BOOKED)


def _noted(rows: list[Appointment]) -> dict[UUID, AttendanceNote]:
    notes = AttendanceNote.objects.filter(
        file_id__in={row.file_id for row in rows}, appointment_id__in=[row.id for row in rows]
    )
    return {note.appointment_id: note for note in notes} if rows else {}


def _opened(
    worker: Worker, rows: Iterable[Appointment], notes: dict[UUID, AttendanceNote] | None = None
) -> list[OpenAppointment]:
    return [
        OpenAppointment(
            row, seal.unseal(row, "words", agency_id=worker.agency_id) or {}, (notes or {}).get(row.id)
        )
        for row in rows
    ]
