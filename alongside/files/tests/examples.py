"""What the tests of the whole have to know of the files: the file, and how to reach somebody."""

from typing import Any
from uuid import uuid4

from alongside.files import commands
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from tests.examples import ASKED, CUSTODIAN, KEEPS, LONG, Door, Scene, Write

DOORS: dict[str, Door] = {
    "files:list": ("get", KEEPS),
    "files:json": ("get", KEEPS),
    "files:search": ("post", KEEPS),
    **{f"files:{name}": ("get", CUSTODIAN) for name in ("called", "lead", "closure", "contact", "check")},
    "files:use": ("post", CUSTODIAN),
}
NOT_PAGES = {"files:json", "files:search", "files:use"}
READ_ONLY = {"files:list", "files:json", "files:search"}
SEEN = {
    "files_file": CUSTODIAN | {"privacy"},
    "files_detail": CUSTODIAN | ASKED,
    "files_safecontact": CUSTODIAN | ASKED,
    "files_searchterm": CUSTODIAN,
}
OVER = "they may have it destroyed after it was closed; again, it finishes what stopped half way"
# Ways of reaching somebody are deleted when the file is closed, and what is not there can't be asked about.
WRITES = (
    Write("/files/<file_id>/called", {"called": "Sam"}),
    Write("/files/<file_id>/lead", {"lead": "<maya>"}),
    Write("/files/<file_id>/closing", {"act": "close"}),
    Write("/files/<file_id>/contacts/new", {"value": "555 0199", "safe": "on"}),
    Write("/files/<file_id>/contacts/<contact_id>", {"value": "555 0199"}),
    Write("/files/<file_id>/contacts/<contact_id>/check", {"answer": "safe"}, gone=True),
    Write("/files/<file_id>/contacts/<contact_id>/use", gone=True),
    Write("/files/<file_id>/closing", {"act": "shred", "handle": "<handle>"}, still=OVER),
)


def _written(**columns: Any) -> dict[str, Any]:
    return {"body": b"\x01", "written_by": uuid4(), "written_how": "desk", "written_at": "now", **columns}


ROWS = {
    "files_detail": lambda: _written(kind="called"),
    "files_safecontact": lambda: _written(state="unverified"),
}
UNIQUE = {
    "files_file": {"handle": uuid4().hex, "blocked_principals": []},
    "files_detail": {"kind": "another"},
    "files_searchterm": {"term": 2},
}


def around_a_file(scene: Scene) -> None:
    """A file with a safe way to reach somebody."""
    maya = scene.people["caseworker"]
    file = scene.made["file"] = cast.file(maya)
    with ctx.as_worker(maya.pk):
        contact = commands.write_contact(
            file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=clock.now()
        )
    scene.ids |= {"file_id": file.id, "contact_id": contact.id, "handle": file.handle}


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
    scene.ids |= {"file_id": file.id, "contact_id": contact.id}
