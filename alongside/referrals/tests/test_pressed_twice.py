"""Whatever is pressed twice is done once; what two say at once is both seen, and one of them chooses."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from alongside.referrals import commands, queries
from alongside.referrals.models import CapacityRequest, Message, Referral, ReferralIntake
from alongside.referrals.tests import cast
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
SOON = clock.today() + timedelta(days=6)
ON = {"day": str(SOON.day), "month": str(SOON.month)}


@pytest.fixture
@frozen
def scene():
    """A request that was sent, one that was answered with a yes, a draft, and a question about room."""
    maya, ines = cast.worker(cast.agency("Riverside")), cast.worker(cast.agency("North Shore"), "Ines")
    file = cast.file(maya)
    wish = cast.priority(file, maya)
    asked, agreed = (cast.request(file, maya, ines.agency, wish) for _ in range(2))
    with ctx.as_worker(ines.pk):
        commands.say_yes(referral=agreed, by=ines, at=clock.now())
    with ctx.as_worker(maya.pk):
        draft = commands.draft(file_id=file.id, to_agency_id=ines.agency_id, by=maya, at=clock.now())
        (room,) = commands.ask_for_capacity(
            to_agency_ids=[ines.agency_id],
            need="shelter_tonight",
            day=SOON,
            people=2,
            languages=[],
            by=maya,
            at=clock.now(),
        )
    return SimpleNamespace(
        maya=maya, ines=ines, file=file, asked=asked, agreed=agreed, draft=draft, room=room
    )


THEIRS = {
    "yes": ("asked", "acceptance", {}),
    "yes, with when": ("asked", "acceptance", ON | {"hour": "14:00", "ask_for": "Rosa"}),
    "more about the yes": ("agreed", "acceptance", ON | {"hour": "14:00"}),
    "not yet": ("asked", "not-yet", ON),
    "a question": ("asked", "question", {"words": "Which door is better?"}),
    "a message": ("asked", "messages", {"words": "The side door is open."}),
    "no": ("asked", "refusal", {"reason": "no-capacity"}),
    "under way": ("agreed", "progress", {"to": "in-progress"}),
    "done": ("agreed", "progress", {"to": "completed"}),
    "came to nothing": ("agreed", "progress", {"to": "failed"}),
}
OURS = {
    "it worked": ("agreed", "outcome", {"outcome": "worked", "sure": "1"}),
    "our message": ("asked", "messages", {"words": "Thank you."}),
    "taken back": ("asked", "taking-back", {}),
    "a mistake": ("asked", "mistake", {}),
    "thrown away": ("draft", "taking-back", {"from_list": "1"}),
}


def stands(superuser):
    """How many of everything there is that an act leaves, and how each request stands."""
    acts = "trail_entry where action like 'referrals.%' and action <> 'referrals.read'"
    counted = [
        superuser.execute(f"select count(*) from {rows}").fetchone()
        for rows in (*(model._meta.db_table for model in (Message, Gap, ReferralIntake)), acts)
    ]
    return counted, superuser.execute(
        "select id, state, possible_from, reason, outcome, heard_from_at, moved_at from referrals_referral"
        " order by id"
    ).fetchall()


@pytest.mark.parametrize("name", [*THEIRS, *OURS])
def test_what_is_pressed_twice_is_done_once(scene, superuser, name):
    which, address, sends = (THEIRS | OURS)[name]
    client = cast.sign_in(Client(), scene.ines if name in THEIRS else scene.maya)
    path = f"/requests/{getattr(scene, which).id}/{address}"

    first = client.post(path, sends)
    once = stands(superuser)
    second = client.post(path, sends)

    assert (first.status_code, second.status_code) == (302, 302)
    assert stands(superuser) == once


@pytest.mark.parametrize(
    "sends", [{"state": "yes"}, {"state": "not-yet", **ON}, {"state": "no", "reason": "waitlist"}]
)
def test_a_question_about_room_is_answered_once_too(scene, superuser, sends):
    client = cast.sign_in(Client(), scene.ines)

    first = client.post(f"/requests/capacity/{scene.room.pk}", sends)
    once = stands(superuser)
    second = client.post(f"/requests/capacity/{scene.room.pk}", sends)

    assert (first.status_code, second.status_code) == (302, 302)
    assert stands(superuser) == once
    with ctx.as_worker(scene.ines.pk):
        assert CapacityRequest.objects.get().state == sends["state"]


def test_sending_twice_sends_once_and_leads_to_the_request(scene):
    asked = cast.talked_about(scene.file, scene.maya, scene.ines.agency)
    client = cast.sign_in(Client(), scene.maya)

    answers = [cast.agree(client, f"/requests/{asked.id}") for _ in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"/requests/{asked.id}")
    ] * 2


def test_several_agencies_are_asked_about_room_once_whatever_is_repeated(scene):
    noor = cast.worker(cast.agency("Cedar"), "Noor")
    client = cast.sign_in(Client(), scene.maya)
    sends = {"need": "shelter_tonight", "people": "3", "languages": ["pa", "pa"], **ON}
    to = [str(each) for each in (noor.agency_id, scene.ines.agency_id)]

    answers = [client.post("/requests/capacity/new", sends | {"to_agency_ids": [*to, *to]}) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    with ctx.as_worker(scene.maya.pk):
        asked = CapacityRequest.objects.filter(people=3)
        assert sorted(str(each.to_agency_id) for each in asked) == sorted(to)
        assert {*map(tuple, asked.values_list("languages", flat=True))} == {("pa",)}


@pytest.mark.parametrize("which", ["anew", "for somebody"])
def test_a_draft_is_begun_once_and_keeps_what_was_written_in_it(scene, which):
    if which == "for somebody":
        with ctx.as_worker(scene.ines.pk):
            commands.answer_capacity(asked=scene.room, state="yes", by=scene.ines, at=clock.now())
    address, sends = {
        "anew": (f"/requests/{scene.asked.id}/renewal", {}),
        "for somebody": (f"/requests/capacity/{scene.room.pk}/somebody", {"file": str(scene.file.id)}),
    }[which]
    client = cast.sign_in(Client(), scene.maya)

    client.post(address, sends)
    with ctx.as_worker(scene.maya.pk):
        begun = Referral.objects.filter(state="draft").latest("id")
        many = Referral.objects.count()
    client.post(f"/requests/{begun.id}/introduction", {"words": "Jo has a dog.", "approved": "on"})
    assert client.post(address, sends).status_code == 302

    with ctx.as_worker(scene.maya.pk):
        assert Referral.objects.count() == many
        assert queries.introduction(scene.maya, queries.get_referral(scene.maya, begun.id)) == "Jo has a dog."


@pytest.mark.parametrize("late", ["yes", "not yet", "a question", "a message", "no", "under way"])
def test_whoever_answers_after_a_colleague_s_no_is_told_so(scene, late):
    omar = cast.worker(scene.ines.agency, "Omar")
    _which, address, sends = THEIRS[late]
    with ctx.as_worker(scene.ines.pk):
        no = {"reason": "no-capacity", "barriers": [], "wait_band": ""}
        commands.decline(referral=scene.asked, **no, by=scene.ines, at=clock.now())

    client = cast.sign_in(Client(), omar)
    answer = client.post(f"/requests/{scene.asked.id}/{address}", sends)

    if late == "no":
        assert answer["Location"] == "/requests/?side=of-us"
    else:
        assert answer.status_code == 409
        assert "Your agency has said no to this meanwhile" in answer.content.decode()


def test_two_who_answer_at_once_are_both_heard_and_one_chooses(scene):
    omar = cast.worker(scene.ines.agency, "Omar")
    path = f"/requests/{scene.asked.id}"
    one, other = (cast.sign_in(Client(), who) for who in (scene.ines, omar))
    versions = [
        client.get(path).content.decode().split('name="version" value="')[1].split('"')[0]
        for client in (one, other)
    ]

    one.post(f"{path}/acceptance", ON | {"hour": "14:00", "ask_for": "Rosa", "version": versions[0]})
    late = other.post(f"{path}/acceptance", ON | {"hour": "15:00", "version": versions[1]})

    assert late.status_code == 422
    assert "Somebody changed this while you were writing" in late.content.decode()
    with ctx.as_worker(scene.maya.pk):
        assert queries.yes_of(scene.maya, scene.asked).hour == time(14)
    shown = late.context["request"].version
    sent = other.post(f"{path}/acceptance", ON | {"hour": "15:00", "ask_for": "Rosa", "version": shown})
    assert sent.status_code == 302
    with ctx.as_worker(scene.maya.pk):
        yes = queries.yes_of(scene.maya, scene.asked)
    assert (yes.hour, yes.ask_for) == (time(15), "Rosa")


def test_a_draft_that_was_thrown_away_is_put_back_as_it_was_and_nothing_else_is(scene):
    client = cast.sign_in(Client(), scene.maya)
    client.post(f"/requests/{scene.draft.id}/taking-back", {"from_list": "1"})
    drafts = client.get("/requests/?side=drafts").content.decode()
    assert "Thrown away today" in drafts
    assert f"/requests/{scene.draft.id}/putting-back" in client.get("/day").content.decode(), "on My day too"

    back = client.post(f"/requests/{scene.draft.id}/putting-back")
    client.post(f"/requests/{scene.asked.id}/taking-back")
    refused = client.post(f"/requests/{scene.asked.id}/putting-back")

    assert (back.status_code, refused.status_code) == (302, 409)
    with ctx.as_worker(scene.maya.pk):
        states = dict(Referral.objects.values_list("id", "state"))
    assert (states[scene.draft.id], states[scene.asked.id]) == ("draft", "cancelled")


def test_a_no_leads_to_the_side_where_it_stands(scene):
    client = cast.sign_in(Client(), scene.ines)

    said = client.post(f"/requests/{scene.asked.id}/refusal", {"reason": "not-a-fit"}, follow=True)

    assert said.redirect_chain[-1][0] == "/requests/?side=of-us"
    assert "We said no" in said.content.decode()
