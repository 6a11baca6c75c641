"""What an agency asks another before there is anybody to name: codes and numbers, gone with the day."""

from datetime import timedelta

import psycopg
import pytest

from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from alongside.referrals import commands, queries
from alongside.referrals.models import CapacityRequest
from alongside.referrals.rules import CannotAsk, CannotMove, CannotTell
from alongside.referrals.tests import cast
from tests import databases
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene():
    """An open desk, a shelter that it asks for three people, and an agency never asked."""
    maya = cast.worker(cast.agency("Riverside"))
    dev = cast.worker(cast.agency("Lakeside", kind="shelter"), "Dev", "intake")
    file = cast.file(maya)
    found = {"maya": maya, "dev": dev, "noor": cast.worker(cast.agency("Hillcrest"), "Noor"), "file": file}
    with ctx.as_worker(maya.pk):
        found["asked"] = ask(maya, dev)
    return found


def ask(by, to, days=4):
    facts = {"need": "shelter_tonight", "people": 3, "languages": ["pa"]}
    day = clock.today() + timedelta(days=days)
    (asked,) = commands.ask_for_capacity(
        to_agency_ids=[to.agency_id], day=day, by=by, at=clock.now(), **facts
    )
    return asked


def answer(scene, state, who="dev", **more):
    worker = scene[who]
    with ctx.as_worker(worker.pk):
        asked = queries.get_capacity(worker, scene["asked"].pk)
        return commands.answer_capacity(asked=asked, state=state, by=worker, at=clock.now(), **more)


def lists(who):
    with ctx.as_worker(who.pk):
        return len(queries.capacity_asked_by_us(who)), len(queries.capacity_asked_of_us(who))


def test_both_sides_list_it_and_nobody_else(scene):
    assert [lists(scene[who]) for who in ("maya", "dev", "noor")] == [(1, 0), (0, 1), (0, 0)]


def test_there_is_no_room_in_it_for_a_word_about_anybody():
    plain = {field.name for field in CapacityRequest._meta.fields if field.get_internal_type() == "TextField"}
    free = {field.name for field in CapacityRequest._meta.fields if field.get_internal_type() == "CharField"}

    assert not plain
    assert free == {"need", "state", "reason"}


def test_it_lapses_by_itself_for_both(scene, superuser):
    with databases.without_triggers():
        superuser.execute("update referrals_capacityrequest set lapses_at = now() - interval '1 second'")

    assert [lists(scene[who]) for who in ("maya", "dev")] == [(0, 0), (0, 0)]
    with pytest.raises(CapacityRequest.DoesNotExist):
        answer(scene, "yes")


def test_a_no_is_a_gap_as_elsewhere(scene):
    with pytest.raises(CannotMove):
        answer(scene, "no")
    answer(scene, "no", reason="no-capacity")

    with ctx.as_worker(scene["maya"].pk):
        gap = Gap.objects.get()
    assert (gap.need, gap.reason, gap.asked_agency_id) == (
        "shelter_tonight",
        "no-capacity",
        scene["dev"].agency_id,
    )


def test_not_yet_is_no_gap_and_may_become_a_yes(scene):
    with pytest.raises(CannotTell):
        answer(scene, "not-yet")
    answer(scene, "not-yet", possible_from=clock.today() + timedelta(days=2))
    answer(scene, "yes")

    with ctx.as_worker(scene["maya"].pk):
        assert queries.get_capacity(scene["maya"], scene["asked"].pk).state == "yes"
        assert not Gap.objects.exists()
    with pytest.raises(CannotMove):
        answer(scene, "no", reason="no-capacity")


def test_only_who_was_asked_answers(scene):
    with pytest.raises(CannotMove):
        answer(scene, "yes", who="maya")
    with pytest.raises(CapacityRequest.DoesNotExist):
        answer(scene, "yes", who="noor")
    with acting(scene["dev"].pk) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("update referrals_capacityrequest set people = 4")


def test_one_does_not_ask_oneself(scene):
    with pytest.raises(CannotAsk), ctx.as_worker(scene["maya"].pk):
        ask(scene["maya"], scene["maya"])


def test_from_a_yes_a_request_for_somebody_begins(scene, client):
    maya, file = scene["maya"], scene["file"]
    wish = cast.priority(file, maya, need="shelter_tonight")
    path = f"/requests/capacity/{scene['asked'].pk}"
    cast.sign_in(client, maya)
    refused = client.post(f"{path}/somebody", {"file": str(file.id)})
    answer(scene, "yes")

    begun = client.post(f"{path}/somebody", {"file": str(file.id)})

    assert (refused.status_code, begun.status_code) == (409, 302)
    with ctx.as_worker(maya.pk):
        (draft,) = queries.of_file(maya, file.id)
    assert (draft.state, draft.to_agency_id, draft.priority_id) == ("draft", scene["dev"].agency_id, wish.id)
    with ctx.as_worker(scene["dev"].pk):
        assert list(queries.asked_of_us(scene["dev"])) == []


def test_the_pages_ask_and_answer(scene, client):
    on = clock.today() + timedelta(days=3)
    said = {"to_agency_ids": str(scene["dev"].agency_id), "need": "housing", "people": "2", "languages": "pa"}
    cast.sign_in(client, scene["maya"])

    lacking = client.post("/requests/capacity/new", said)
    asked = client.post("/requests/capacity/new", said | {"day": str(on.day), "month": str(on.month)})
    cast.sign_in(client, scene["dev"])
    client.post(asked["Location"], {"state": "no", "reason": "no-capacity"})

    assert (lacking.status_code, asked.status_code) == (422, 302)
    assert "No room just now" in client.get(asked["Location"]).content.decode()
    assert "Punjabi" in client.get("/requests/").content.decode()


def test_several_are_asked_at_once_and_whoever_can_is_picked(scene, client):
    maya, file, on = scene["maya"], scene["file"], clock.today() + timedelta(days=3)
    to = [str(scene[who].agency_id) for who in ("dev", "noor")]
    said = {"to_agency_ids": to, "need": "shelter_tonight", "people": "2", "day": str(on.day)}
    asked = cast.sign_in(client, maya).post("/requests/capacity/new", said | {"month": str(on.month)})
    with ctx.as_worker(maya.pk):
        first = queries.get_capacity(maya, asked["Location"].rsplit("/", 1)[1])
        (other,) = queries.asked_at_once(maya, first)
    answers = scene["dev"] if other.to_agency_id == scene["dev"].agency_id else scene["noor"]
    with ctx.as_worker(answers.pk):
        commands.answer_capacity(asked=other, state="yes", by=answers, at=clock.now())

    page = client.get(asked["Location"]).content.decode()
    begun = client.post(f"/requests/capacity/{other.pk}/somebody", {"file": str(file.id)})

    assert f"/requests/capacity/{other.pk}" in page
    assert begun.status_code == 302
    with ctx.as_worker(maya.pk):
        (draft,) = queries.of_file(maya, file.id)
    assert (draft.state, draft.to_agency_id) == ("draft", other.to_agency_id), "nothing goes by itself"
    assert (
        "same go" not in cast.sign_in(client, answers).get(f"/requests/capacity/{other.pk}").content.decode()
    )


def test_police_are_in_no_list_of_several(scene, client):
    police = cast.worker(cast.agency("City Police", "criminal-legal", "police"), "Cole", "intake")

    page = cast.sign_in(client, scene["maya"]).get("/requests/capacity/new").content.decode()

    assert "Lakeside" in page
    assert "City Police" not in page
    assert " checked" not in page, "nothing is chosen beforehand"
    with pytest.raises(CannotAsk), ctx.as_worker(scene["maya"].pk):
        ask(scene["maya"], police)
