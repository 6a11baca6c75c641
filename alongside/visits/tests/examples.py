"""What the tests of the whole have to know of the open desk."""

from uuid import uuid4

from alongside.gaps.tests.examples import WHO_LOOKS
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.visits import commands
from tests.examples import CUSTODIAN, KEEPS, Door, Scene, Write

OF_THE_DESK = "it is a count of the desk, with nobody in it"
DOORS: dict[str, Door] = {
    "visits:new": ("get", KEEPS),
    "visits:told": ("get", KEEPS),
    "visits:figures": ("get", WHO_LOOKS),
    "visits:length": ("post", CUSTODIAN),
    "visits:undo": ("post", CUSTODIAN),
    "visits:file": ("get", CUSTODIAN),
    "visits:no_file": ("post", CUSTODIAN),
    "visits:attached": ("post", CUSTODIAN),
    "visits:note": ("get", CUSTODIAN),
}
NOT_PAGES = {"visits:length", "visits:undo", "visits:no_file", "visits:attached"}
READ_ONLY = {"visits:figures"}
SEEN = {"visits_visitnote": CUSTODIAN}
WRITES = (
    Write("/visits/", {"topic": "housing", "id": str(uuid4())}, still=OF_THE_DESK, when_shut=True),
    Write("/visits/<visit_id>/length", {"length": "short"}, still=OF_THE_DESK, when_shut=True),
    Write("/visits/<visit_id>/file", {"new": "1"}, still="a file of its own is opened", when_shut=True),
    Write("/visits/<visit_id>/no-file", still="it is remembered in the session alone", when_shut=True),
    Write("/visits/told", {"id": str(uuid4())}, still=OF_THE_DESK, when_shut=True),
    Write("/visits/<visit_id>/of/<file_id>/attached"),
    Write("/visits/<visit_id>/of/<file_id>", {"done": "Rang.", "meant": "1"}),
    Write("/visits/<visit_id>/undo", over=True),
)
ROWS = {
    "visits_visitnote": lambda: {
        "visit_id": uuid4(),
        "words": b"\x01",
        "written_by": uuid4(),
        "written_at": "now",
    }
}


UNIQUE = {"visits_visitnote": {"visit_id": str(uuid4())}}


def _came_by(scene: Scene) -> None:
    maya, file, at = scene.people["caseworker"], scene.made["file"], clock.now()
    with ctx.as_worker(maya.pk):
        told, counted = (commands.record(visit_id=uuid7(), topic="housing", by=maya, at=at) for _ in range(2))
        commands.write(
            visit=told,
            file_id=file.id,
            done="Rang the landlord.",
            next_step="Go along on Friday.",
            said="",
            by=maya,
            at=at,
        )
    scene.ids["visit_id"] = counted.id


def around_a_file(scene: Scene) -> None:
    """Somebody came by twice: once it was written down, once it was only counted."""
    _came_by(scene)


def on_every_page(scene: Scene) -> None:
    """The same."""
    _came_by(scene)
