"""Two workers write down how to reach the person: the safer of what they say stands until somebody chose."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.files import commands, queries
from alongside.files.models import SafeContact
from alongside.kernel import clock, ctx
from tests.editors import page_of

pytestmark = pytest.mark.django_db
BODY = queries.REACH | {
    "channel": "text",
    "value": "705 555 0134",
    "voicemail": True,
    "do_not": "the old phone",
}


@pytest.fixture
def two(db):
    """A way that is safe today, and its page in the browsers of two who lead the file in turn."""
    maya = cast.worker(cast.agency("Riverside"), "Maya")
    with ctx.as_worker(maya.pk):
        file = commands.open(by=maya, at=clock.now())
        contact = commands.write_contact(
            file=file, contact_id=None, body=BODY, safe=True, by=maya, at=clock.now()
        )
    path = reverse("files:contact", args=[file.pk, contact.id])
    one, other = (cast.sign_in(Client(), maya) for _ in range(2))
    return one, other, path, maya, file, contact


def stands(maya, file, contact):
    with ctx.as_worker(maya.pk):
        reach = queries.get_contact(maya, file, contact.id)
    return reach.contact.state, reach.body


def sent(client, path, page, **changed):
    return client.post(path, page.fields | changed)


def test_a_no_is_never_overwritten_by_an_older_page(two):
    one, other, path, maya, file, contact = two
    older = page_of(other.get(path), path)
    fields = {name: value for name, value in older.fields.items() if name != "voicemail"}

    one.post(path, fields)
    sent(other, path, older, when="after 6", safe="on")

    state, body = stands(maya, file, contact)
    assert (body["voicemail"], body["when"], state) == (False, "after 6", SafeContact.State.OK)


def test_between_two_numbers_the_way_rests_until_somebody_chose(two):
    one, other, path, maya, file, contact = two
    older = page_of(other.get(path), path)

    sent(one, path, older, value="705 555 0111", safe="on")
    asked = sent(other, path, older, value="705 555 0122", safe="on")
    resting, body = stands(maya, file, contact)
    used = one.post(reverse("files:use", args=[file.pk, contact.id]))
    sent(other, path, page_of(asked, path), safe="on")

    assert asked.status_code == 422
    assert "705 555 0111" in asked.content.decode()
    assert "705 555 0122" in asked.content.decode()
    assert (resting, body["value"]) == (SafeContact.State.SUSPENDED, "705 555 0111")
    assert used.status_code == 409
    assert stands(maya, file, contact)[0] == SafeContact.State.OK
    assert stands(maya, file, contact)[1]["value"] == "705 555 0122"


def test_what_either_says_never_to_use_is_kept_meanwhile(two):
    one, other, path, maya, file, contact = two
    older = page_of(other.get(path), path)

    sent(one, path, older, do_not="the old phone, Sam")
    sent(other, path, older, do_not="the library line")

    kept = stands(maya, file, contact)[1]["do_not"]
    assert "Sam" in kept
    assert "the library line" in kept


@pytest.mark.parametrize("answer", ["never", "pause"])
def test_an_older_page_does_not_bring_a_stopped_way_back(two, answer):
    one, other, path, maya, file, contact = two
    older = page_of(other.get(path), path)
    one.post(reverse("files:check", args=[file.pk, contact.id]), {"answer": answer})

    asked = sent(other, path, older, when="after 6", safe="on")
    stopped = stands(maya, file, contact)[0]
    sent(other, path, page_of(asked, path), safe="on")

    assert asked.status_code == 422
    assert stopped == {"never": SafeContact.State.REVOKED, "pause": SafeContact.State.SUSPENDED}[answer]
    assert (
        stands(maya, file, contact)[0] == SafeContact.State.OK
    )  # they changed their mind, and somebody said so


def test_nobody_calls_safe_what_was_written_anew_under_their_hands(two):
    one, other, path, maya, file, contact = two
    check = reverse("files:check", args=[file.pk, contact.id])
    older = page_of(other.get(check), check)
    sent(one, path, page_of(one.get(path), path), value="705 555 0199")

    answer = other.post(check, {"version": older.fields["version"], "answer": "safe"}, follow=True)

    assert "somebody wrote this anew" in answer.content.decode()
    assert stands(maya, file, contact)[0] == SafeContact.State.UNVERIFIED


def test_of_two_pauses_the_longer_holds(two):
    one, other, _path, maya, file, contact = two
    check = reverse("files:check", args=[file.pk, contact.id])
    older = page_of(other.get(check), check).fields["version"]
    far, near = (str(clock.today() + timedelta(days=days)) for days in (20, 5))

    one.post(check, {"version": older, "answer": "pause", "until": far})
    other.post(check, {"version": older, "answer": "pause", "until": near})
    with ctx.as_worker(maya.pk):
        unseen = str(queries.get_contact(maya, file, contact.id).contact.stop_until)
    other.post(
        check,
        {"version": page_of(other.get(check), check).fields["version"], "answer": "pause", "until": near},
    )
    with ctx.as_worker(maya.pk):
        seen = str(queries.get_contact(maya, file, contact.id).contact.stop_until)

    assert (unseen, seen) == (far, near)


def test_a_way_that_was_opened_again_meanwhile_is_no_conflict(two):
    one, other, path, maya, file, contact = two
    one.post(reverse("files:check", args=[file.pk, contact.id]), {"answer": "pause"})
    older = page_of(other.get(path), path)
    one.post(reverse("files:check", args=[file.pk, contact.id]), {"answer": "safe"})

    answer = sent(other, path, older, when="after 6")

    assert answer.status_code == 302
    assert stands(maya, file, contact)[1]["when"] == "after 6"
