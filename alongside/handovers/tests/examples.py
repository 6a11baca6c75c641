"""What the tests of the whole have to know of the hand-overs."""

from datetime import timedelta
from uuid import uuid4

from alongside.files import commands as files
from alongside.handovers import commands
from alongside.handovers.models import Absence, Transfer
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.plans.tests import cast
from tests import databases
from tests.examples import CUSTODIAN, KEEPS, Door, Scene, Write

ASKS = CUSTODIAN | {"leader"}
DOORS: dict[str, Door] = {
    "handovers:new": ("get", KEEPS),
    "handovers:board": ("get", CUSTODIAN),
    "handovers:mine": ("get", KEEPS),
    "handovers:held": ("get", {"leader"}),
    "handovers:away": ("get", {"leader"}),
    "handovers:back": ("post", {"leader"}),
    "handovers:transfers": ("get", KEEPS | {"leader"}),
    "handovers:transfer": ("get", ASKS),
    "handovers:contact": ("post", ASKS),
    "handovers:continuity": ("get", {"leader"}),
    "handovers:check": ("get", CUSTODIAN),
    "handovers:checked": ("post", CUSTODIAN),
}
NOT_PAGES = {"handovers:contact", "handovers:checked", "handovers:back"}
NOT_PAGES |= {"handovers:continuity", "handovers:away"}  # the leader’s: test_leaving.py, test_away.py
READ_ONLY = {"handovers:transfers", "handovers:continuity", "handovers:contact"}
SEEN = {
    "handovers_handover": CUSTODIAN,
    "handovers_transfer": ASKS,
    "handovers_check": CUSTODIAN,
}
TAKEN = "who takes it over says so; nothing is written of the person"
ANOTHERS = "it is of another file"
DONE = "that they were checked on is only ever said; nothing is written of the person"
STAFF = "it is about a worker; nothing is written of the person"
PLAIN = {"handovers_handover.subject"}  # which capability
TOMORROW = clock.today() + timedelta(days=1)
WRITES = (
    Write("/handovers/new", {"to": ""}, still=ANOTHERS, when_shut=True),
    Write("/handovers/mine", {"only": str(uuid4())}, still=ANOTHERS, when_shut=True),
    Write("/handovers/<batch_id>", still=TAKEN),
    Write("/handovers/held/<holder_id>", by="leader", still=ANOTHERS, when_shut=True),
    Write(
        "/handovers/away",
        {"who": "<maya>", "back_on": f"{TOMORROW:%Y-%m-%d}"},
        by="leader",
        still=STAFF,
        when_shut=True,
    ),
    Write("/handovers/away/<absence_id>", by="leader", still=STAFF, when_shut=True),
    Write("/handovers/transfers/<transfer_id>", {"lead": "<maya>"}, still=ANOTHERS, when_shut=True),
    Write("/handovers/checks/of/<file_id>", {"due_on": f"{TOMORROW:%Y-%m-%d}"}),
    Write("/handovers/checks/<check_id>", still=DONE, when_shut=True),
)
ROWS = {
    "handovers_handover": lambda: {
        "batch_id": uuid4(),
        "given_by": uuid4(),
        "given_at": "now",
        "subject": "plans",
    },
    "handovers_transfer": lambda: {
        "to_id": uuid4(),
        "handle": uuid4().hex,
        "given_at": "now",
        "settled_at": "now",
    },
    "handovers_check": lambda: {
        "worker_id": uuid4(),
        "due_on": "tomorrow",
        "said_by": uuid4(),
        "said_at": "now",
    },
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


def _gone(scene: Scene, *, leaving: bool) -> None:
    """Somebody left who led a file that passed to the caseworker, and perhaps one that passed to nobody."""
    maya, at = scene.people["caseworker"], clock.now()
    gone = cast.worker(maya.agency, "Gil")
    passed, left = cast.file(gone, "Ash"), cast.file(gone, "Kit") if leaving else None
    with ctx.as_worker(gone.pk):
        commands.hand_over_held(whose=gone, takers={passed.id: maya.pk}, leaves=True, by=gone)
        if left:
            files.choose_lead(file=left, lead_id=gone.pk, backup_id=maya.pk, by=gone, at=at)
            commands.say_check(file_id=left.id, due_on=TOMORROW, by=gone, at=at)
    databases.superuser().execute("update agencies_worker set left_at = now() where id = %s", [gone.pk])
    with ctx.as_worker(maya.pk):
        scene.ids["transfer_id"] = Transfer.objects.get(file_id=passed.id).id
    scene.ids["holder_id"] = gone.pk


def _checked(scene: Scene) -> None:
    """The file passed to the caseworker once; and somebody said they would check on the person."""
    maya, file = scene.people["caseworker"], scene.made["file"]
    for to in (maya.pk, None):
        databases.superuser().execute("update files_file set next_lead_id = %s where id = %s", [to, file.id])
    with ctx.as_worker(maya.pk):
        check = commands.say_check(file_id=file.id, due_on=TOMORROW, by=maya, at=clock.now())
    scene.ids["check_id"] = check.id


def _away(scene: Scene) -> None:
    """A colleague is away."""
    maya = scene.people["caseworker"]
    ill = cast.worker(maya.agency, "Ivy")
    with ctx.as_worker(ill.pk):
        commands.say_away(whose=ill, back_on=TOMORROW, by=ill, at=clock.now())
    with ctx.as_worker(maya.pk):
        scene.ids["absence_id"] = Absence.objects.get(worker_id=ill.pk).id


def around_a_file(scene: Scene) -> None:
    """What is due, handed over by a colleague; a check; and a file that passed because somebody left."""
    _handed_over(scene)
    _checked(scene)
    _away(scene)
    _gone(scene, leaving=False)


def on_every_page(scene: Scene) -> None:
    """The same, and what somebody held who left."""
    _handed_over(scene)
    _checked(scene)
    _away(scene)
    _gone(scene, leaving=True)
