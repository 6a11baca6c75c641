"""Leaving is an ending like any: no reason; what is open ends or goes on; coming back asks nothing again."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from lxml import html

from alongside.appointments import commands as appointments
from alongside.files.tests import cast
from alongside.handovers import commands as handovers
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.plans import commands as plans
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there():
    """Maya leads a file in which something is promised, an appointment is booked, and a check was said."""
    maya, at = cast.worker(cast.agency("Riverside")), clock.now()
    there = SimpleNamespace(maya=maya, file=cast.file(maya, "Jo"))
    with ctx.as_worker(maya.pk):
        today = clock.today()
        step = {"priority_id": None, "words": "Ring the school", "worker_id": maya.pk, "due_on": today}
        plans.add_step(file_id=there.file.id, **step, by=maya, at=at)
        handovers.say_check(file_id=there.file.id, due_on=today, by=maya, at=at)
        starts = at + timedelta(days=2)
        appointments.book(
            id=uuid7(),
            file_id=there.file.id,
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            words={"alias": "The library"},
            by=maya,
            at=at,
        )
    return there


def leaving(there):
    return cast.sign_in(Client(), there.maya), f"/files/{there.file.id}/leaving"


def states(superuser):
    (state,) = superuser.execute("select state from appointments_appointment").fetchone()
    (done,) = superuser.execute("select done_at is not null from handovers_check").fetchone()
    (closed,) = superuser.execute("select closed_at is not null from files_file").fetchone()
    return state, done, closed


def test_what_is_open_is_listed_and_nothing_of_it_is_ticked(there):
    client, path = leaving(there)
    page = html.fromstring(client.get(path).content)
    boxes = page.xpath("//input[@name='goes_on']")

    assert len(boxes) == 2
    assert not [box for box in boxes if box.get("checked")]
    assert not page.xpath("//main//textarea | //main//select"), "nobody asks why"


def test_what_is_not_to_go_on_ends_and_the_file_closes(there, superuser):
    client, path = leaving(there)
    assert client.post(path).status_code == 302

    assert states(superuser) == ("cancelled", True, True)
    assert "Ring the school" not in cast.words(client.get("/day"))


def test_what_they_want_goes_on(there, superuser):
    client, path = leaving(there)
    keys = html.fromstring(client.get(path).content).xpath("//input[@name='goes_on']/@value")
    client.post(path, {"goes_on": [key for key in keys if key.startswith("appointments")]})

    assert states(superuser) == ("booked", True, True)


def test_coming_back_opens_the_same_file_and_asks_nothing_again(there, superuser):
    client, path = leaving(there)
    client.post(path)
    assert client.post(path).status_code == 409, "closed already"
    client.post(f"/files/{there.file.id}/closing", {"act": "reopen"})

    page = cast.words(client.get(f"/files/{there.file.id}"))
    assert "Jo" in page
    assert "Ring the school" in page
