"""What the tests of the whole have to know of the hand-overs."""

from uuid import uuid4

from alongside.handovers import commands
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.plans.tests import cast
from tests.examples import CUSTODIAN, KEEPS, Door, Scene, Write

DOORS: dict[str, Door] = {
    "handovers:new": ("get", KEEPS),
    "handovers:board": ("get", CUSTODIAN),
}
SEEN = {"handovers_handover": CUSTODIAN}
TAKEN = "who takes it over says so; nothing is written of the person"
PLAIN = {"handovers_handover.subject"}  # which capability
WRITES = (Write("/handovers/new", {"to": ""}, over=True), Write("/handovers/<batch_id>", still=TAKEN))
ROWS = {
    "handovers_handover": lambda: {
        "batch_id": uuid4(),
        "given_by": uuid4(),
        "given_at": "now",
        "subject": "plans",
    }
}


def _handed_over(scene: Scene) -> None:
    maya, file, at = scene.people["caseworker"], scene.made["file"], clock.now()
    giver = cast.worker(maya.agency, "Gus")
    with ctx.as_worker(giver.pk):
        plans.add_step(
            file_id=file.id,
            priority_id=None,
            words="Ring the school.",
            worker_id=giver.pk,
            due_on=clock.day(at),
            by=giver,
            at=at,
        )
        notes = {file.id: "They come by at nine."}
        scene.ids["batch_id"] = commands.hand_over(to=maya, notes=notes, by=giver, at=at)


def around_a_file(scene: Scene) -> None:
    """Something due, handed over by a colleague to the caseworker."""
    _handed_over(scene)


def on_every_page(scene: Scene) -> None:
    """The same."""
    _handed_over(scene)
