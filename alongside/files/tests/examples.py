"""What the tests of the whole have to know of the files: the file, and how to reach somebody."""

from typing import Any
from uuid import uuid4

from alongside.files import commands
from alongside.files.models import Justification
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from tests.examples import ASKED, COLLEAGUE, CUSTODIAN, KEEPS, LONG, Door, Scene, Write

DOORS: dict[str, Door] = {
    "files:list": ("get", KEEPS),
    "files:json": ("get", KEEPS),
    "files:search": ("post", KEEPS),
    **{f"files:{name}": ("get", CUSTODIAN) for name in ("called", "lead", "closure", "contact", "check")},
    "files:use": ("post", CUSTODIAN),
    "files:justification": ("get", CUSTODIAN | COLLEAGUE),
    "files:justifications": ("get", {"privacy"}),
    "files:review": ("post", {"privacy"}),
    "files:destruction": ("get", CUSTODIAN | COLLEAGUE | {"privacy", "leader"}),
}
NOT_PAGES = {"files:json", "files:search", "files:use", "files:justifications", "files:review"}
READ_ONLY = {"files:list", "files:json", "files:search", "files:justifications"}
SEEN = {
    "files_file": CUSTODIAN | COLLEAGUE | {"privacy"},
    "files_detail": CUSTODIAN | ASKED,
    "files_safecontact": CUSTODIAN | ASKED,
    "files_searchterm": CUSTODIAN,
    "files_justification": {"privacy"},
    "files_hold": CUSTODIAN | {"privacy"},
    "files_destruction": CUSTODIAN | COLLEAGUE | {"privacy", "leader"},
}
LATER = "they may have it destroyed after it was closed"
# Ways of reaching somebody are deleted when the file is closed, and what is not there can't be asked about.
BY_THE_OFFICER = "what the privacy officer reads is not what the file says"
WRITES = (
    Write(
        "/files/<file_id>/justification",
        {"why": "there"},
        by="colleague",
        still="it opens for a reason like any other",
    ),
    Write("/files/justifications/<justification_id>", by="privacy", still=BY_THE_OFFICER),
    Write("/files/<file_id>/called", {"called": "Sam"}),
    Write("/files/<file_id>/lead", {"lead": "<maya>"}),
    Write("/files/<file_id>/closing", {"act": "close"}),
    Write("/files/<file_id>/contacts/new", {"value": "555 0199", "safe": "on"}),
    Write("/files/<file_id>/contacts/<contact_id>", {"value": "555 0199"}),
    Write("/files/<file_id>/contacts/<contact_id>/check", {"answer": "safe"}, gone=True),
    Write("/files/<file_id>/contacts/<contact_id>/use", gone=True),
    Write("/files/destructions/<destruction_id>", {"act": "confirm"}, by="leader", over=True),
    Write("/files/destructions/<destruction_id>", {"act": "undo"}, over=True),
    Write("/files/<file_id>/closing", {"act": "shred", "handle": "<handle>"}, still_closed=LATER),
)


def _written(**columns: Any) -> dict[str, Any]:
    return {"body": b"\x01", "written_by": uuid4(), "written_how": "desk", "written_at": "now", **columns}


ROWS = {
    "files_detail": lambda: _written(kind="called"),
    "files_safecontact": lambda: _written(state="unverified"),
    "files_justification": lambda: {
        "worker_id": uuid4(),
        "why": "there",
        "words": b"\x01",
        "opened_at": "now",
        "until": "tomorrow",
    },
    "files_hold": lambda: {"since": "now", "until": "now", "officer_id": uuid4()},
    "files_destruction": lambda: {"state": "undone", "asked_by": uuid4(), "undone_at": "now"},
}
UNIQUE = {
    "files_file": {"handle": uuid4().hex, "blocked_principals": []},
    "files_detail": {"kind": "another"},
    "files_searchterm": {"term": 2},
}


def around_a_file(scene: Scene) -> None:
    """A file with a safe way to reach somebody, which was held once, and was to be destroyed once."""
    maya = scene.people["caseworker"]
    file = scene.made["file"] = cast.file(maya)
    with ctx.as_worker(maya.pk):
        contact = commands.write_contact(
            file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=clock.now()
        )
    other = scene.made["other"] = cast.worker(maya.agency, "Cyr", on=False)
    with ctx.as_worker(other.pk):
        commands.justify(file=file, why="there", words="The phone rang", by=other, at=clock.now())
        scene.ids["justification_id"] = Justification.objects.get().id
    cast.end(cast.hold(file, scene.people["privacy"]))
    destruction = cast.ask_to_destroy(file, maya)
    with ctx.as_worker(maya.pk):
        commands.undo_destruction(destruction=destruction, by=maya)
    scene.ids |= {"file_id": file.id, "contact_id": contact.id, "handle": file.handle}
    scene.ids |= {"destruction_id": destruction.id}


def on_every_page(scene: Scene) -> None:
    """A file of somebody with a very long name, ways to reach them; and the hospital's own."""
    maya, at = scene.people["caseworker"], clock.now
    file = scene.made["file"] = cast.file(maya, LONG)
    scene.made["their file"] = cast.file(scene.people["hospital"])
    told = {
        "channel": "text",
        "value": "555 0134",
        "when": "weekdays before 3",
        "we_say_we_are": "the library",
    }
    with ctx.as_worker(maya.pk):
        contact = commands.write_contact(file=file, contact_id=None, body=told, safe=True, by=maya, at=at())
        commands.write_contact(file=file, contact_id=None, body={}, safe=False, by=maya, at=at())
        commands.set_languages(file=file, tags=["en", "oj"], words="English is fine", by=maya, at=at())
    destruction = cast.ask_to_destroy(cast.file(maya, ""), maya)
    cast.shut(cast.file(maya, ""), maya)
    scene.ids |= {"file_id": file.id, "contact_id": contact.id, "destruction_id": destruction.id}
