"""What the tests of the whole have to know of a hub."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from alongside.hub import commands
from alongside.hub.tests import cast
from alongside.kernel import clock, ctx
from tests.examples import CUSTODIAN, Door, Scene, Write

HERE = {"caseworker", "colleague", "companion", "specialist", "barred"}  # of the one agency that is there
KEEPS_FILES = {"caseworker", "colleague", "barred"}  # who does not sit there is told so
NOT_OF_A_FILE = "who sits there and who waits has no file"
DOORS: dict[str, Door] = {
    "hub:hub": ("get", HERE),
    "hub:new": ("get", KEEPS_FILES),
    "hub:later": ("get", KEEPS_FILES),
    **{f"hub:{name}": ("post", HERE) for name in ("sitting", "end", "busy", "next")},
    "hub:desk": ("post", HERE),  # who may not see who waits is told so
    **{f"hub:{name}": ("post", KEEPS_FILES) for name in ("met", "on", "gone")},
    "hub:tonight": ("get", CUSTODIAN),
    "hub:check": ("get", CUSTODIAN),
}
DOORS_IN = (  # the list and who waits, which lead elsewhere
    "alongside/hub/tests/test_day.py::test_who_sits_there_is_seen_by_every_agency_of_the_hub_and_nobody_else",
    "alongside/hub/tests/test_day.py::test_only_who_sits_there_and_keeps_files_sees_who_waits",
)
NOT_PAGES = {f"hub:{name}" for name in ("sitting", "end", "busy", "next", "desk", "met", "on", "gone")}
NOT_PAGES |= {"hub:waiting"}  # shown once for each tap: test_day.py, test_tonight.py
READ_ONLY = {"hub:hub"}
WRITES = (
    *(
        Write(f"/hub/<hub_id>/{path}", sends, still=NOT_OF_A_FILE, when_shut=True)
        for path, sends in {
            "next": {},
            "busy": {"minutes": "10"},
            "desk": {},
            "waiting/new": {"id": str(uuid4())},
            "waiting/<waiting_id>/met": {},
            "waiting/<waiting_id>/on": {},
            "waiting/<waiting_id>/later": {"on": "2090-01-01", "file": "none"},
            "waiting/<other_waiting_id>/gone": {},
            "sitting": {"until": "23:59", "called": "Maya"},
        }.items()
    ),
    Write("/hub/<hub_id>/tonight/<file_id>"),
    Write("/hub/<hub_id>/tonight/<file_id>/check", {"leave": "1"}),
    Write("/hub/<hub_id>/sitting/end", still=NOT_OF_A_FILE, when_shut=True),
)


def around_a_file(scene: Scene) -> None:
    """The caseworker sits at a hub with nobody else's agency; two wait there."""
    maya = scene.people["caseworker"]
    with ctx.as_operator():
        hub = commands.open_hub(name="Station Street", name_fr="Rue de la Gare", agencies=[maya.agency])
    cast.sits(maya, hub)
    waiting, other = (cast.waits(maya, hub, not_while="Not while Kevin is here.") for _ in range(2))
    scene.made["hub"] = hub
    scene.ids |= {"hub_id": hub.id, "waiting_id": waiting.id, "other_waiting_id": other.id}


def on_every_page(scene: Scene) -> None:
    """The same, with somebody of another agency there, and one who is there next."""
    around_a_file(scene)
    maya, hub, at = scene.people["caseworker"], scene.made["hub"], clock.now()
    with ctx.as_worker(maya.pk):
        commands.say_next(hub=hub, next_on=clock.today() + timedelta(days=3), next_for="", by=maya)
        commands.be_busy(until=at + timedelta(minutes=10), by=maya)
