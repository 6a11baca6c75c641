"""No page reads sealed words without a trace, and what did not happen leaves none."""

import pytest

from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.plans.tests import cast
from alongside.trail.models import Entry
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def written():
    """Maya's file with a contact and a promised step."""
    maya = cast.worker(cast.agency("Riverside"))
    file = cast.file(maya)
    wish = cast.priority(file, maya)
    with ctx.as_worker(maya.pk):
        contact = files.write_contact(
            file=file, contact_id=None, body={"value": "555 0134"}, safe=True, by=maya, at=clock.now()
        )
        plans.add_step(
            file_id=file.id,
            priority_id=wish.id,
            words="Ask.",
            worker_id=maya.pk,
            due_on=None,
            by=maya,
            at=clock.now(),
        )
    return {"maya": maya, "file": file, "wish": wish, "contact": contact}


@pytest.fixture
def scene(client, written):
    """A file with a contact and a promised step; Maya signed in.

    The trail so far forgotten by counting from here.
    """
    cast.sign_in(client, written["maya"])
    return written


def _noted(scene):
    with ctx.as_worker(scene["maya"].pk):
        return list(
            Entry.objects.filter(file_id=scene["file"].id).order_by("-at").values_list("action", flat=True)
        )


@pytest.mark.parametrize(
    "address",
    [
        "/day",
        "/files/{file}",
        "/files/{file}/looks",
        "/files/{file}/called",
        "/files/{file}/lead",
        "/files/{file}/closing",
        "/files/{file}/contacts/{contact}",
        "/files/{file}/contacts/{contact}/check",
        "/files/{file}/priorities/{wish}",
        "/files/{file}/priorities/{wish}/steps/new",
        "/requests/of/{file}/blocks",
    ],
)
def test_reading_leaves_one_row(client, scene, address):
    before = len(_noted(scene))
    path = address.format(file=scene["file"].id, contact=scene["contact"].id, wish=scene["wish"].id)

    assert client.get(path).status_code == 200

    assert _noted(scene)[: len(_noted(scene)) - before] == ["files.read"]


def test_a_page_without_sealed_words_leaves_none(client, scene):
    before = len(_noted(scene))

    client.get("/files/")

    assert len(_noted(scene)) == before


def test_what_was_refused_leaves_no_row(client, scene):
    with ctx.as_worker(scene["maya"].pk):
        files.close(file=scene["file"], by=scene["maya"], at=clock.now())
    before = _noted(scene)

    assert client.post(f"/files/{scene['file'].id}/called", {"called": "Sam"}).status_code == 409

    assert _noted(scene) == before
