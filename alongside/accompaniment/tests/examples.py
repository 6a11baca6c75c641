"""What the tests of the whole have to know of going along."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from alongside.accompaniment import commands
from alongside.accompaniment.commands import availability, check_ins
from alongside.accompaniment.models import State
from alongside.accompaniment.queries import get_accompaniment
from alongside.accompaniment.queries.check_ins import open_check_in
from alongside.agencies.tests import cast
from alongside.appointments import commands as appointments
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests.examples import CUSTODIAN, KEEPS, LONG, MEETS, Door, Scene, Write

if TYPE_CHECKING:
    from alongside.accompaniment.models import Accompaniment
    from alongside.agencies.models import Worker

ALONG = {"specialist"}  # whoever goes along to the appointment of the scene
WATCHES = {"caseworker"}  # until they are back
OF_THE_AGENCY = {"caseworker", "colleague", "barred", "leader"}
DOORS: dict[str, Door] = {
    "accompaniment:companions": ("get", KEEPS | {"leader"}),
    "accompaniment:seat": ("get", OF_THE_AGENCY),
    "accompaniment:own": ("get", KEEPS),
    "accompaniment:calendar": ("get", MEETS),
    "accompaniment:accompaniment": ("get", CUSTODIAN),
    "accompaniment:answer": ("post", CUSTODIAN),
    "accompaniment:companion": ("get", CUSTODIAN),
    "accompaniment:card": ("get", CUSTODIAN),
    "accompaniment:confirmation": ("post", CUSTODIAN),
    "accompaniment:going": ("get", ALONG),
    "accompaniment:state": ("post", CUSTODIAN | ALONG),
    "accompaniment:back": ("get", CUSTODIAN | ALONG),
    "accompaniment:hours": ("get", OF_THE_AGENCY | ALONG),
    "accompaniment:day": ("get", OF_THE_AGENCY | ALONG),
    "accompaniment:places": ("get", KEEPS | {"leader"}),
    "accompaniment:unknown_way": ("get", KEEPS | {"leader"}),
    "accompaniment:place": ("get", OF_THE_AGENCY),
    "accompaniment:base": ("post", OF_THE_AGENCY),
    "accompaniment:suggestion": ("get", KEEPS),
    "accompaniment:wish": ("get", CUSTODIAN),
    "accompaniment:watch": ("get", MEETS),
    "accompaniment:word": ("get", MEETS),
    "accompaniment:agreed": ("get", KEEPS | {"leader"}),
    "accompaniment:watched": ("get", WATCHES),
    "accompaniment:check_in": ("get", ALONG),
    "accompaniment:check_out": ("post", ALONG),
}
DOORS_IN = (  # what a calendar asks, by an address of chance
    "alongside/accompaniment/tests/test_calendar.py::test_revoked_or_nobodys_it_is_an_empty_calendar_alike",
)
NOT_PAGES = {
    "busy",
    "accompaniment:base",
    "accompaniment:answer",
    "accompaniment:confirmation",
    "accompaniment:state",
    "accompaniment:check_out",
}
READ_ONLY = {
    *("accompaniment:companions", "accompaniment:own", "accompaniment:accompaniment"),
    *("accompaniment:going", "accompaniment:seat", "accompaniment:calendar"),
    *("accompaniment:hours", "accompaniment:day", "accompaniment:suggestion"),
    *("accompaniment:places", "accompaniment:unknown_way", "accompaniment:place", "accompaniment:base"),
    *("accompaniment:watch", "accompaniment:word", "accompaniment:agreed"),
}
SEEN = {
    "accompaniment_accompaniment": CUSTODIAN | ALONG,
    "accompaniment_card": CUSTODIAN | ALONG,
    "accompaniment_wish": CUSTODIAN,
    "accompaniment_checkin": WATCHES | ALONG,
}
WRITES = (
    Write("/accompaniment/of/<appointment_id>/answer", {"answer": "accepted"}),
    Write("/accompaniment/<accompaniment_id>/companion", {"who": "own", "asked_alone": "on"}),
    Write("/accompaniment/<accompaniment_id>/card", {"met": "met", "approved": "on"}),
    Write("/accompaniment/<accompaniment_id>/confirmation"),
    Write("/accompaniment/<accompaniment_id>/back", {"attendance": "went"}),
    Write("/accompaniment/<accompaniment_id>/state", {"to": "unavailable"}),
    Write("/accompaniment/<accompaniment_id>/wish", {"language": "fr"}),
    Write(
        "/accompaniment/<accompaniment_id>/check-in",
        {"where": "There", "until": "<watched_until>", "watcher": "<watcher_id>"},
        by="specialist",
        still_closed="whoever is out is looked for, whatever becomes of the file",
        over=True,
    ),
    Write(
        "/accompaniment/<accompaniment_id>/check-out",
        by="specialist",
        still="whoever is out says that they are back",
        when_shut=True,
    ),
    Write(
        "/accompaniment/watch/<check_in_id>",
        {"over": "1"},
        still="where somebody was is wiped",
        when_shut=True,
    ),
)
ROWS = {
    "accompaniment_accompaniment": lambda: {
        "appointment_id": uuid4(),
        "from_at": clock.now(),
        "until_at": clock.now() + timedelta(hours=1),
        "moved_at": "now",
        "moved_by": (who := uuid4()),
        "written_by": who,
        "written_at": "now",
    },
    "accompaniment_card": lambda: {
        "accompaniment_id": uuid4(),
        "words": b"\x01",
        "shown_until": clock.now() + timedelta(days=1),
        "written_by": uuid4(),
        "written_at": "now",
    },
    "accompaniment_wish": lambda: {
        "accompaniment_id": uuid4(),
        "language": "fr",
        "written_by": uuid4(),
        "written_at": "now",
    },
}
ROWS["accompaniment_checkin"] = lambda: {
    "accompaniment_id": uuid4(),
    "companion_id": uuid4(),
    "watcher_id": uuid4(),
    "words": b"\x01",
    "checked_in_at": "now",
}
UNIQUE = {
    "accompaniment_accompaniment": {"appointment_id": str(uuid4())},
    "accompaniment_card": {"accompaniment_id": str(uuid4())},
    "accompaniment_wish": {"accompaniment_id": str(uuid4())},
    "accompaniment_checkin": {"accompaniment_id": str(uuid4())},
}


def companion(by: Worker, name: str = "Sol", **more: str) -> Worker:
    """A colleague who goes along and reads no file, checked and trained."""
    who = cast.worker(by.agency, name, "companion", **more)
    vouched(who, by)
    return who


def vouched(who: Worker, by: Worker) -> None:
    """A colleague of whom somebody wrote down that they may go along."""
    day = clock.today() - timedelta(days=30)
    with ctx.as_worker(by.pk):
        commands.keep_companion(
            worker_id=who.pk,
            kind="peer",
            record_checked_on=day,
            trained_on=day,
            conflicts_said_on=day,
            languages=["fr"],
            gender="",
            is_free=True,
            by=by,
            at=clock.now(),
        )


def chosen(by: Worker, appointment: object, who: Worker, words: str = "A son.") -> Accompaniment:
    """Somebody they chose, with a card they said yes to, and confirmed."""
    at = clock.now()
    with ctx.as_worker(by.pk):
        made = commands.answer(appointment=appointment, state=State.ACCEPTED, by=by, at=at)  # type: ignore[arg-type]
        commands.choose(accompaniment=made, companion_id=who.pk, backup_id=None, is_own=False, by=by, at=at)
        commands.prepare(
            accompaniment=made,
            words={"said": words, "signal": words, "called": words},
            warning=words,
            met="met",
            seat="beside",
            by=by,
            at=at,
        )
        commands.confirm(accompaniment=made, by=by, at=at)
    return made


def _along(scene: Scene, words: str) -> None:
    maya, appointment = scene.people["caseworker"], scene.made["appointment"]
    sol = scene.people["specialist"]
    vouched(sol, maya)
    made = chosen(maya, appointment, sol, words)
    at, starts = clock.now(), clock.now() + timedelta(days=1)
    with ctx.as_worker(maya.pk):
        later = appointments.book(
            id=uuid7(), file_id=appointment.file_id, starts_at=starts, ends_at=starts + timedelta(hours=1),
            words={"alias": words}, by=maya, at=at,
        )  # fmt: skip
        asked = commands.answer(appointment=later, state=State.ACCEPTED, by=maya, at=at)
        commands.choose(
            accompaniment=asked, companion_id=sol.pk, backup_id=None, is_own=False, by=maya, at=at
        )
    watched(scene, made, words)
    scene.ids |= {"accompaniment_id": made.id, "worker_id": scene.ids.get("worker_id", sol.pk)}
    scene.pages["accompaniment:card"] = [{"accompaniment_id": asked.id}]
    scene.pages["accompaniment:companion"] = [{"accompaniment_id": asked.id}]
    scene.pages["accompaniment:seat"] = [{"worker_id": sol.pk}]


def watched(scene: Scene, accompaniment: Accompaniment, words: str) -> None:
    """Maya watches over Sol, who says where they are."""
    maya, sol, at = scene.people["caseworker"], scene.people["specialist"], clock.now()
    with ctx.as_worker(maya.pk):
        check_ins.watch(until_at=at + timedelta(hours=9), by=maya, at=at)
        check_ins.keep_rules(minutes=20, ring=words, instructions=words, by=maya, at=at)
    with ctx.as_worker(sol.pk):
        check_ins.check_in(
            accompaniment=accompaniment, watcher_id=maya.pk, where=words, until_at=at + timedelta(hours=2),
            by=sol, at=at,
        )  # fmt: skip
        row = open_check_in(sol, accompaniment)
    until = f"{clock.local(at + timedelta(hours=1)):%H:%M}"
    scene.ids |= {"check_in_id": row and row.id, "watcher_id": maya.pk, "watched_until": until}


def _goes_along_too(scene: Scene, words: str) -> None:
    """Whoever looks at every page goes along to one, and is there."""
    maya, at = scene.people["caseworker"], clock.now()
    vera = cast.worker(maya.agency, "Vera")
    vouched(maya, vera)
    with ctx.as_worker(vera.pk):
        check_ins.watch(until_at=at + timedelta(hours=9), by=vera, at=at)
    starts = at + timedelta(hours=6)
    with ctx.as_worker(maya.pk):
        another = appointments.book(
            id=uuid7(), file_id=scene.made["file"].id, starts_at=starts, ends_at=starts + timedelta(hours=1),
            words={"alias": words, "where": words}, by=maya, at=at,
        )  # fmt: skip
    made = chosen(maya, another, maya, words)
    with ctx.as_worker(maya.pk):
        commands.move(accompaniment=made, to=State.UNDERWAY, by=maya, at=at)
    scene.pages["accompaniment:going"] = [{"accompaniment_id": made.id}]
    scene.pages["accompaniment:check_in"] = [{"accompaniment_id": made.id}]


def _planned(scene: Scene, words: str) -> None:
    """Sol is free, one day only for an hour; there are two places and a wish."""
    maya, sol, at = scene.people["caseworker"], scene.people["specialist"], clock.now()
    place, other = uuid7(), uuid7()
    with ctx.as_worker(maya.pk):
        for each, name in ((place, words), (other, "The courthouse")):
            availability.name_place(place_id=each, name=name, by=maya)
        availability.keep_ways(minutes={(place, other): 20}, by=maya)
        asked = get_accompaniment(scene.pages["accompaniment:companion"][0]["accompaniment_id"])
        availability.wish(
            accompaniment=asked, place_id=other, language="fr", is_must=True, gender="", by=maya, at=at
        )
        wanted = appointments.book(
            id=uuid7(),
            file_id=asked.file_id,
            starts_at=at + timedelta(days=2),
            ends_at=at + timedelta(days=2, hours=1),
            words={"alias": words},
            by=maya,
            at=at,
        )
        commands.answer(appointment=wanted, state=State.ACCEPTED, by=maya, at=at)
    with ctx.as_worker(sol.pk):
        week = {weekday: [(0, 24 * 60)] for weekday in range(7)}
        availability.keep_week(worker_id=sol.pk, week=week, by=sol, at=at)
        on = clock.day(at) + timedelta(days=9)
        availability.keep_day(worker_id=sol.pk, on=on, spans=[(540, 600)], by=sol, at=at)
    scene.ids["place_id"] = place
    scene.pages["accompaniment:hours"] = [{"worker_id": sol.pk}]
    scene.pages["accompaniment:wish"] = scene.pages["accompaniment:companion"]


def around_a_file(scene: Scene) -> None:
    """Somebody goes along today; somebody is chosen for tomorrow."""
    _along(scene, "A son.")
    _planned(scene, "Our place")


def on_every_page(scene: Scene) -> None:
    """The same, with a very long name."""
    scene.people["specialist"] = companion(scene.people["caseworker"])
    _along(scene, LONG[:60])
    _planned(scene, LONG[:40])
    _goes_along_too(scene, LONG[:60])
