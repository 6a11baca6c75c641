""" "I know this person: not me": a worker shuts a file to themselves."""

import pytest
from django.test import Client

from alongside.consent.models import Block
from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.referrals import commands
from alongside.referrals.tests import cast
from tests.databases import without_triggers
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """A file that Maya leads, her colleague Ana, and a privacy officer."""
    desk = cast.agency("Riverside")
    maya, ana = (cast.worker(desk, name) for name in ("Maya", "Ana"))
    return {
        "maya": maya,
        "ana": ana,
        "wei": cast.worker(desk, "Wei", "privacy-officer"),
        "file": cast.file(maya),
    }


def not_me(scene, who, **sends):
    client = cast.sign_in(Client(), scene[who])
    return client, client.post(f"/requests/of/{scene['file'].id}/not-me", sends)


def test_it_is_shut_at_once_and_their_worker_learns_only_that_somebody_else_is_needed(scene):
    ana, answer = not_me(scene, "ana")

    assert "shut to you" in ana.get(answer["Location"]).content.decode()
    assert ana.get(f"/files/{scene['file'].id}").status_code == 404
    assert scene["file"].handle not in ana.get("/files/").content.decode()
    maya = cast.sign_in(Client(), scene["maya"])
    day = cast.words(maya.get("/day"))
    assert "needs somebody else" in day
    blocks = maya.get(f"/requests/of/{scene['file'].id}/blocks").content.decode()
    told = cast.words(maya.get(f"/files/{scene['file'].id}"))
    assert "Not them (1)" not in told
    assert all("Ana" not in text for text in (day, told))
    assert "/lifted" not in blocks
    with ctx.as_worker(scene["maya"].pk):
        assert not Block.objects.exists()
        files.choose_lead(
            file=scene["file"], lead_id=scene["maya"].pk, backup_id=None, by=scene["maya"], at=clock.now()
        )
    assert "needs somebody else" not in maya.get("/day").content.decode()


def test_their_lead_leads_no_more(scene):
    not_me(scene, "maya")

    ana = cast.sign_in(Client(), scene["ana"])
    assert scene["file"].handle in ana.get("/day").content.decode()
    assert "Maya" not in cast.words(ana.get(f"/files/{scene['file'].id}"))


def test_a_slip_is_taken_back_within_ten_minutes_by_oneself_alone(scene):
    ana, _answer = not_me(scene, "ana")
    not_me(scene, "maya", back="1")
    assert ana.get(f"/files/{scene['file'].id}").status_code == 404

    not_me(scene, "ana", back="1")
    assert ana.get(f"/files/{scene['file'].id}").status_code == 200

    not_me(scene, "ana")
    with without_triggers() as past:
        past.execute("update consent_block set set_at = set_at - interval '11 minutes'")
    not_me(scene, "ana", back="1")
    assert ana.get(f"/files/{scene['file'].id}").status_code == 404


def test_the_privacy_officer_sees_who_and_opens_it_again(scene):
    ana, _answer = not_me(scene, "ana")
    wei = cast.sign_in(Client(), scene["wei"])
    seen = wei.get("/requests/not-me").content.decode()
    assert "Ana" in seen
    assert scene["file"].handle in seen
    assert cast.sign_in(Client(), scene["maya"]).get("/requests/not-me").status_code == 404
    with ctx.as_worker(scene["wei"].pk):
        one = Block.objects.get()
    assert cast.sign_in(Client(), scene["maya"]).post(f"/requests/not-me/{one.id}/lifted").status_code == 404

    wei.post(f"/requests/not-me/{one.id}/lifted")

    assert ana.get(f"/files/{scene['file'].id}").status_code == 200
    assert "Ana" not in cast.words(wei.get("/requests/not-me"))


def test_a_not_them_that_the_person_said_is_not_the_officer_s_to_lift(scene):
    with ctx.as_worker(scene["maya"].pk):
        commands.block(
            file_id=scene["file"].pk,
            against=f"worker:{scene['ana'].pk}",
            item_id=None,
            by=scene["maya"],
            at=clock.now(),
        )

    with ctx.as_worker(scene["wei"].pk):
        assert not Block.objects.exists()
