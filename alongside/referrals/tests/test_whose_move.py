"""Whose move it is says every page alike, and each side reads where a request stands in its own words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from alongside.kernel import clock, ctx
from alongside.referrals import commands
from alongside.referrals.tests import cast
from alongside.referrals.tests.test_capacity import ask as ask_for_room
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """Maya asked North Shore about somebody; the hospital has said nothing yet."""
    maya = cast.worker(cast.agency("Riverside"))
    ines = cast.worker(cast.agency("North Shore", "healthcare", "hospital"), "Ines", "intake")
    file = cast.file(maya)
    wish = cast.priority(file, maya, need="shelter_tonight")
    return {
        "maya": maya,
        "ines": ines,
        "file": file,
        "wish": wish,
        "asked": cast.request(file, maya, ines.agency, wish),
    }


def read(who, *addresses):
    client = cast.sign_in(Client(), who)
    return "\n".join(client.get(address).content.decode() for address in addresses)


def says(who, command, **more):
    with ctx.as_worker(who.pk):
        return command(by=who, at=clock.now(), **more)


def lapse(superuser, asked):
    superuser.execute(
        "update referrals_referral set answer_by = now() - interval '1 hour' where id = %s", [asked.id]
    )


def test_what_waits_for_our_answer_to_a_question_never_says_that_they_are_late(scene, superuser):
    maya, ines, asked = scene["maya"], scene["ines"], scene["asked"]
    says(ines, commands.ask_back, referral=asked, words="Which door is better?")
    lapse(superuser, asked)
    cast.sign_in(Client(), maya).post(f"/requests/{asked.id}/noted")
    pages = ("/day", "/requests/?side=by-us", f"/requests/{asked.id}", f"/files/{scene['file'].id}")

    day, cards, request, file = (read(maya, page) for page in pages)

    for page in (day, cards, request, file):
        assert not [
            late
            for late in ("Ring them", "not answered", "; call them", "should have", "Late")
            if late in page
        ]
    assert "they ask something before they answer" in day
    assert "Your move" in cards
    assert "Their move" not in cards
    assert "wait for our answer" in request
    assert "waits for our answer to a question" in file


def test_the_same_on_the_other_side_and_it_turns_with_the_reply(scene):
    maya, ines, asked = scene["maya"], scene["ines"], scene["asked"]
    says(ines, commands.ask_back, referral=asked, words="Which door is better?")

    day, cards = read(ines, "/day"), read(ines, "/requests/?side=of-us")
    says(maya, commands.write, referral=asked, words="The one at the back.")

    assert "It comes back here when they answer" in day
    assert "They wait for us" not in day
    assert "We asked something back" in cards
    assert "Their move" in cards
    assert "They wait for us" in read(ines, "/day")
    assert "something before they answer" not in read(maya, "/day")


def test_a_lapse_in_an_order_is_one_line_the_one_that_acts(scene, superuser):
    maya, noor = scene["maya"], cast.worker(cast.agency("Cedar"), "Noor")
    lapse(superuser, scene["asked"])
    assert "has not answered" in read(maya, "/day")

    about = {"file_id": scene["file"].id, "priority_id": scene["wish"].id}
    says(maya, commands.rank, to_agency_id=noor.agency_id, **about)

    day = read(maya, "/day")
    assert "Next in the order of" in day
    assert "has not answered" not in day


def test_a_question_that_waits_for_us_makes_way_for_nobody(scene, superuser):
    maya, noor = scene["maya"], cast.worker(cast.agency("Cedar"), "Noor")
    about = {"file_id": scene["file"].id, "priority_id": scene["wish"].id}
    says(maya, commands.rank, to_agency_id=noor.agency_id, **about)
    says(scene["ines"], commands.ask_back, referral=scene["asked"], words="Which door is better?")

    lapse(superuser, scene["asked"])

    assert "Next in the order of" not in read(maya, "/day")


def test_each_side_reads_where_it_stands_in_its_own_words(scene):
    asked, ours, theirs = scene["asked"], "/requests/?side=by-us", "/requests/?side=of-us"
    page = f"/requests/{asked.id}"
    assert "Asks us, not yet answered" in read(scene["ines"], page)
    assert "Asked, not yet answered" in read(scene["maya"], page)

    says(scene["ines"], commands.accept, referral=asked)

    for address in (page, theirs):
        assert "We said yes" in read(scene["ines"], address)
        assert "They said yes" not in read(scene["ines"], address)
    for address in (page, ours):
        assert "They said yes" in read(scene["maya"], address)


def test_after_a_no_nobody_is_asked_whether_it_worked(scene):
    asked = scene["asked"]
    says(scene["ines"], commands.decline, referral=asked, reason="no-capacity", barriers=[], wait_band="")
    client = cast.sign_in(Client(), scene["maya"])

    page = client.get(f"/requests/{asked.id}").content.decode()
    refused = client.post(f"/requests/{asked.id}/outcome", {"outcome": "worked"})

    assert "They chose otherwise" in page
    assert "It worked" not in page
    assert refused.status_code == 409
    assert "it can’t have worked" in refused.content.decode()


@pytest.fixture
def room(scene):
    """Maya asked a shelter what it has; there a caseworker, an intake worker and a companion."""
    shelter = cast.agency("Lakeside", kind="shelter")
    found = {role: cast.worker(shelter, role.title(), role) for role in ("intake", "companion")}
    with ctx.as_worker(scene["maya"].pk):
        found["asked"] = ask_for_room(scene["maya"], found["intake"])
    return found


def test_what_is_asked_for_nobody_yet_stands_on_the_day_of_whoever_may_answer(scene, room):
    assert "asks what we have" in read(room["intake"], "/day")
    assert f"/requests/capacity/{room['asked'].pk}" in read(room["intake"], "/day")
    for who in (room["companion"], scene["ines"], scene["maya"]):
        assert "asks what we have" not in read(who, "/day"), who


@pytest.mark.parametrize(
    ("state", "more", "told"),
    [
        ("yes", {}, "They could"),
        ("no", {"reason": "no-capacity"}, "They can’t"),
        ("not-yet", {"possible_from": clock.today() + timedelta(days=2)}, "Not yet"),
    ],
)
def test_its_answer_stands_on_the_day_of_whoever_asked(scene, room, state, more, told):
    says(room["intake"], commands.answer_capacity, asked=room["asked"], state=state, **more)

    day = read(scene["maya"], "/day")

    assert "answered what they have" in day
    assert told in day
    assert "asks what we have" not in read(room["intake"], "/day")


def test_who_answered_reads_it_as_said_by_us(scene, room):
    says(room["intake"], commands.answer_capacity, asked=room["asked"], state="yes")

    for address in (f"/requests/capacity/{room['asked'].pk}", "/requests/"):
        assert "We said that we could" in read(room["intake"], address)
        assert "They could" in read(scene["maya"], address)


def test_once_we_answered_their_question_they_have_the_time_they_had_left(scene, superuser):
    maya, ines, asked = scene["maya"], scene["ines"], scene["asked"]
    says(ines, commands.ask_back, referral=asked, words="Which door is better?")
    lapse(superuser, asked)

    cast.sign_in(Client(), maya).post(f"/requests/{asked.id}/messages", {"words": "The side door."})

    [(left,)] = superuser.execute("select answer_by - now() from referrals_referral").fetchall()
    assert timedelta(hours=23) < left < timedelta(days=4)
    for page in (read(maya, "/day"), read(maya, f"/requests/{asked.id}")):
        assert "within the term" not in page
        assert "has not answered" not in page


ENDS_A_YES = [("outcome", {"outcome": "worked"}), ("taking-back", {}), ("mistake", {})]


@pytest.mark.parametrize(("at", "sends"), ENDS_A_YES)
def test_what_ends_a_yes_is_asked_once_more_and_then_said(scene, superuser, at, sends):
    maya, ines, asked = scene["maya"], scene["ines"], scene["asked"]
    says(ines, commands.say_yes, referral=asked, on=clock.today() + timedelta(days=4), ask_for="Rosa")
    client = cast.sign_in(Client(), maya)

    first = client.post(f"/requests/{asked.id}/{at}", sends).content.decode()
    after_first = superuser.execute("select ended_at from consent_release").fetchall()
    answer = client.post(f"/requests/{asked.id}/{at}", sends | {"sure": "1"}, follow=True)

    assert "The day they gave is still to come" in first
    assert "Rosa" in first
    assert after_first == [(None,)]
    [(ended,)] = superuser.execute("select ended_at from consent_release").fetchall()
    assert ended is not None
    assert "They see nothing" in answer.content.decode()


def test_what_ends_nothing_is_not_asked_again_and_says_that_it_is_kept(scene):
    maya, ines, asked = scene["maya"], scene["ines"], scene["asked"]
    says(ines, commands.say_yes, referral=asked)
    client = cast.sign_in(Client(), maya)

    answer = client.post(f"/requests/{asked.id}/outcome", {"outcome": "not-said"}, follow=True)

    assert "Kept." in answer.content.decode()


def test_what_they_said_worked_is_nobodys_move(scene):
    maya, ines, asked = scene["maya"], scene["ines"], scene["asked"]
    says(ines, commands.say_yes, referral=asked)
    says(maya, commands.record_outcome, referral=asked, outcome="worked")

    assert "Your move" not in read(maya, "/requests/?side=by-us")


def test_a_time_without_a_day_is_asked_for_its_day(scene):
    ines, asked = scene["ines"], scene["asked"]

    answer = cast.sign_in(Client(), ines).post(f"/requests/{asked.id}/acceptance", {"hour": "14:00"})

    assert answer.status_code == 422
    assert "A time needs its day" in answer.content.decode()
