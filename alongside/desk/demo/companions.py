"""First appointments, and who goes along to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from alongside.appointments import commands as appointments
from alongside.files.queries import caseload
from alongside.kernel import ctx
from alongside.kernel.ids import uuid7

if TYPE_CHECKING:
    from alongside.appointments.models import Appointment
    from alongside.desk.demo.scenario import District
    from alongside.files.models import File

# from now on, in hours; how long; their name for it, where, and what is to be arranged
BOOKED = (
    (-50.0, 1, "The dentist", "Mill Street Clinic, side door", {}),
    (3.0, 1, "The Tuesday thing", "18 Mill Street, side door", {"travel": "A taxi both ways"}),
    (26.0, 2, "The paper place", "Service desk, second floor", {"childcare": "For two, until noon"}),
    (75.0, 1, "The room with the plants", "Second floor, blue door", {}),
)


def tell(d: District) -> list[Appointment]:
    """Book four appointments for people of Maya's caseload; one was yesterday, one needs an interpreter."""
    maya = d.workers["maya"]
    with ctx.as_worker(maya.pk):
        files = list(caseload(maya, mine=True))[: len(BOOKED)]
        made = [_book(d, file, *told) for file, told in zip(files, BOOKED, strict=False)]
        past, soon = made[0], made[1]
        appointments.attend(
            appointment=past, attendance="went", next_step="Again in six months.", by=maya, at=d.now
        )
        appointments.seek_interpreter(
            appointment=soon, language="ase", manner="present", source="sign-service", worker_id=None,
            order="", by=maya, at=d.now,
        )  # fmt: skip
    return made


def _book(
    d: District, file: File, hours: float, long: int, alias: str, where: str, arrange: dict[str, str]
) -> Appointment:
    starts = (d.now + timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    return appointments.book(
        id=uuid7(),
        file_id=file.id,
        starts_at=starts,
        ends_at=starts + timedelta(hours=long),
        words={"alias": alias, "where": where, "arrangements": arrange},
        by=d.workers["maya"],
        at=min(d.now, starts - timedelta(days=1)),
    )
