"""What the tests of the whole have to know of consent."""

from collections.abc import Callable, Iterator
from uuid import uuid4

from alongside.consent import commands, queries
from alongside.kernel import clock
from tests.examples import ASKED, CUSTODIAN, Scene

SEEN = {
    "consent_release": CUSTODIAN | ASKED,
    "consent_releaseditem": CUSTODIAN | ASKED,
    "consent_block": CUSTODIAN | {"privacy"},  # a recusal
}
PLAIN = {"consent_block.against", "consent_release.signed_page"}
UNIQUE = {
    "consent_releaseditem": {"item_id": str(uuid4())},
    "consent_release": {
        "state": "offered",
        "given_at": None,
        "given_by": None,
        "given_how": "",
        "ended_at": None,
        "ended_by": None,
        "ended_how": "",
    },
}
HEARD = ("*",)


def tries(scene: Scene) -> Iterator[Callable[[], object]]:
    """Offer and give an agreement."""
    maya, file_id, draft = scene.people["caseworker"], scene.ids["file_id"], scene.made["draft"]
    agency_id, at = maya.agency_id, clock.now()
    yield lambda: commands.offer(file_id=file_id, to_agency_id=agency_id, to_role="", by=maya, at=at)
    yield lambda: commands.give(release=queries.get_release(maya, file_id, draft.release_id), by=maya, at=at)
