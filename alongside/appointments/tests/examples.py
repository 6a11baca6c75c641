"""What the tests of the whole have to know of the appointments."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from alongside.appointments import commands
from alongside.appointments.models import State
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests.examples import CUSTODIAN, KEEPS, LONG, Door, Scene, Write

DOORS: dict[str, Door] = {
    "appointments:week": ("get", KEEPS),
    "appointments:new": ("get", CUSTODIAN),
    "appointments:appointment": ("get", CUSTODIAN),
    "appointments:change": ("get", CUSTODIAN),
    "appointments:again": ("get", CUSTODIAN),
    "appointments:arrangement": ("post", CUSTODIAN),
    "appointments:state": ("post", CUSTODIAN),
    "appointments:attendance": ("get", CUSTODIAN),
    "appointments:court": ("get", CUSTODIAN),
    "appointments:interpreter": ("get", CUSTODIAN),
    "appointments:search": ("post", CUSTODIAN),
}
NOT_PAGES = {"appointments:arrangement", "appointments:state", "appointments:search"}
READ_ONLY = {"appointments:week", "appointments:appointment"}
SEEN = {
    "appointments_appointment": CUSTODIAN,
    "appointments_attendancenote": CUSTODIAN,
    "appointments_interpreter": CUSTODIAN,
}
THEN = {"day": "5", "month": "3", "hour": "10:30", "until": "11:30", "alias": "The library"}
WRITES = (
    Write("/appointments/of/<file_id>/new", THEN),
    Write("/appointments/<appointment_id>/words", THEN),
    Write("/appointments/<appointment_id>/again", THEN),
    Write("/appointments/<appointment_id>/arrangement", {"code": "travel"}),
    Write("/appointments/<appointment_id>/attendance", {"attendance": "went"}),
    Write("/appointments/<appointment_id>/court", {"options": "screen"}),
    Write(
        "/appointments/<appointment_id>/interpreter",
        {"language": "ase", "manner": "present", "source": "sign-service"},
    ),
    Write("/appointments/<appointment_id>/interpreter/search", {"to": "conflicts-asked"}),
    Write("/appointments/<appointment_id>/state", {"to": "cancelled"}),
)
ROWS = {
    "appointments_appointment": lambda: {
        "starts_at": clock.now() + timedelta(days=2),
        "ends_at": clock.now() + timedelta(days=2, hours=1),
        "written_by": uuid4(),
        "written_at": "now",
        "timed_at": "now",
    },
    "appointments_attendancenote": lambda: {
        "appointment_id": uuid4(),
        "attendance": "went",
        "written_by": uuid4(),
        "written_at": "now",
    },
    "appointments_interpreter": lambda: {
        "appointment_id": uuid4(),
        "language": "ase",
        "manner": "present",
        "source": "service",
        "written_by": uuid4(),
        "written_at": "now",
    },
}
UNIQUE = {
    "appointments_attendancenote": {"appointment_id": str(uuid4())},
    "appointments_interpreter": {"appointment_id": str(uuid4())},
}


def _booked(scene: Scene, alias: str) -> None:
    maya, file, at = scene.people["caseworker"], scene.made["file"], clock.now()
    words = {"alias": alias, "where": alias, "not_there": alias, "arrangements": {"travel": alias}}
    with ctx.as_worker(maya.pk):
        past, old, new = (
            commands.book(
                id=uuid7(),
                file_id=file.id,
                starts_at=at + timedelta(hours=hours),
                ends_at=at + timedelta(hours=hours + 1),
                words=words,
                by=maya,
                at=at,
            )
            for hours in (0.02, 1, 2)
        )
        commands.attend(appointment=past, attendance="went", next_step=alias, by=maya, at=at)
        for one in (old, new):
            commands.seek_interpreter(
                appointment=one,
                language="ase",
                manner="present",
                source="sign-service",
                worker_id=None,
                order="A 17",
                by=maya,
                at=at,
            )
        commands.prepare_court(
            appointment=new,
            court={"position": "witness", "options": ["screen"]},
            conditions=alias,
            check_dates_on=clock.day(at),
        )
        commands.move(appointment=old, to=State.CANCELLED)
    scene.ids["appointment_id"] = new.id
    scene.made["appointment"] = new
    scene.pages["appointments:appointment"] = [{"appointment_id": one.id} for one in (past, old, new)]


def around_a_file(scene: Scene) -> None:
    """Three appointments, one over, one called off, two with an interpreter that is sought."""
    _booked(scene, "The library")


def on_every_page(scene: Scene) -> None:
    """The same, under a very long name."""
    _booked(scene, LONG[:60])
