"""Appointments of a file that are still to come: called off, and whoever goes along with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.appointments import commands, queries
from alongside.appointments.queries import State
from alongside.kernel import clock
from alongside.kernel.endings import Open

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def still_open(worker: Worker, file_id: UUID, at: datetime) -> Iterator[Open]:
    """Yield each that is still to come."""
    for one in queries.to_come(worker, file_id):
        if one.appointment.ends_at > at:
            day = clock.day(one.appointment.starts_at)
            yield Open(id=one.appointment.id, words=one.alias, on=day)


def end(worker: Worker, file_id: UUID, appointment_id: UUID, at: datetime) -> None:
    """Call one off."""
    commands.move(appointment=queries.get_appointment(appointment_id), to=State.CANCELLED)
