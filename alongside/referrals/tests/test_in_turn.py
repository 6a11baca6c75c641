"""Several agencies for one want, in turn: an order is kept, the next is offered, nothing goes by itself."""

from datetime import timedelta

import psycopg
import pytest
from django.db.utils import ProgrammingError

from alongside.directory import commands as directory
from alongside.kernel import clock, ctx, worklists
from alongside.referrals import commands, queries
from alongside.referrals.models import RankedAgency, Referral
from alongside.referrals.rules import CannotAsk
from alongside.referrals.tests import cast
from tests import databases
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db
NO = {"barriers": [], "wait_band": ""}


@pytest.fixture
@frozen
def scene():
    """A want for which North Shore was asked; in their order Cedar and then Hillcrest; the police beside."""
    maya = cast.worker(cast.agency("Riverside"))
    ines = cast.worker(cast.agency("North Shore", "healthcare", "hospital"), "Ines", "intake")
    noor, esme = (cast.worker(cast.agency(name), name) for name in ("Cedar", "Hillcrest"))
    police = cast.worker(cast.agency("City Police", "criminal-legal", "police"), "Cole", "intake")
    file = cast.file(maya)
    wish = cast.priority(file, maya, need="shelter_tonight")
    asked = cast.request(file, maya, ines.agency, wish)
    found = {"maya": maya, "ines": ines, "noor": noor, "esme": esme, "police": police, "file": file}
    found |= {"wish": wish, "asked": asked}
    for who in (noor, esme):
        rank(found, who)
    return found


def rank(scene, who):
    maya, about = scene["maya"], {"file_id": scene["file"].id, "priority_id": scene["wish"].id}
    with ctx.as_worker(maya.pk):
        commands.rank(**about, to_agency_id=who.agency_id, by=maya, at=clock.now())


def says(who, command, **more):
    with ctx.as_worker(who.pk):
        command(by=who, at=clock.now(), **more)


def next_one(scene, at=None):
    maya = scene["maya"]
    with ctx.as_worker(maya.pk):
        referral = queries.get_referral(maya, scene["asked"].id)
        return queries.next_after(maya, referral, at or clock.now())


@pytest.mark.parametrize(
    ("command", "more", "why"),
    [
        (commands.decline, {"reason": "no-capacity", **NO}, "They said no."),
        (commands.decline, {"reason": "waitlist", **NO}, "They have only a waiting list."),
        (commands.say_yes, {}, ""),
        (commands.say_not_yet, {"possible_from": clock.today() + timedelta(days=9)}, ""),
        (commands.ask_back, {"words": "Which door is better?"}, ""),
    ],
)
def test_the_next_is_offered_after_a_no_and_a_waiting_list_and_not_while_it_is_under_way(
    scene, command, more, why
):
    assert next_one(scene) is None
    says(scene["ines"], command, referral=scene["asked"], **more)

    turn = next_one(scene)

    assert (turn.why, turn.agency) == (why, scene["noor"].agency) if why else turn is None


def test_the_next_is_offered_when_the_term_has_passed_or_the_agreement_ended(scene, superuser):
    assert next_one(scene, clock.now() + timedelta(days=4)).why == "They did not answer within the term."
    with databases.without_triggers():
        superuser.execute(
            "update consent_release set starts_at = now() - interval '9 days', until = now() - interval '1 s'"
        )

    assert next_one(scene).why == "The agreement ended before they answered."


def test_it_is_one_step_and_nothing_goes_by_itself(scene, client):
    maya, noor = scene["maya"], scene["noor"]
    says(scene["ines"], commands.decline, referral=scene["asked"], reason="no-capacity", **NO)
    page = cast.sign_in(client, maya).get(f"/requests/{scene['asked'].id}").content.decode()
    with ctx.as_worker(noor.pk):
        assert not queries.asked_of_us(noor)

    turn = next_one(scene)
    begun = client.post(f"/requests/of/{scene['file'].id}/order/{turn.ranked.id}", {"ask": "1"})

    assert "They said no. Next in their order: Cedar." in page
    assert page.index(">Ask Cedar<") < page.index(">Not now: ask none of them<")
    with ctx.as_worker(maya.pk):
        draft = Referral.objects.get(to_agency_id=noor.agency_id)
        assert (draft.state, draft.priority_id) == ("draft", scene["wish"].id)
        assert draft.release_id != scene["asked"].release_id, "an agreement of its own"
        assert queries.introduction(maya, draft) == "Jo is new here.", "written once"
    assert begun["Location"] == f"/requests/{draft.id}/agreement"
    assert next_one(scene) is None, "one at a time"


def test_an_introduction_that_was_adapted_is_read_back_before_it_goes(scene, client):
    says(scene["ines"], commands.decline, referral=scene["asked"], reason="no-capacity", **NO)
    cast.sign_in(client, scene["maya"])
    at = f"/requests/of/{scene['file'].id}/order/{next_one(scene).ranked.id}"
    draft = client.post(at, {"ask": "1"})["Location"].rsplit("/", 1)[0]

    adapted = client.post(f"{draft}/introduction", {"words": "Jo is new here, with a dog."})
    read_back = client.post(
        f"{draft}/introduction", {"words": "Jo is new here, with a dog.", "approved": "on"}
    )

    assert (adapted.status_code, read_back.status_code) == (422, 302)


def test_the_person_stops_it_and_nobody_else_is_offered(scene, client):
    says(scene["ines"], commands.decline, referral=scene["asked"], reason="no-capacity", **NO)
    at = f"/requests/of/{scene['file'].id}/order/{next_one(scene).ranked.id}"

    answer = cast.sign_in(client, scene["maya"]).post(at, {"not_now": "1"})

    assert answer.status_code == 302
    assert next_one(scene) is None
    assert client.post(at, {"ask": "1"}).status_code == 409


def test_whoever_the_person_does_not_want_is_passed_over(scene):
    says(scene["ines"], commands.decline, referral=scene["asked"], reason="no-capacity", **NO)
    against = f"agency:{scene['noor'].agency_id}"
    says(scene["maya"], commands.block, file_id=scene["file"].id, against=against, item_id=None)

    assert next_one(scene).agency == scene["esme"].agency
    with ctx.as_worker(scene["maya"].pk):
        order = queries.order_of(scene["maya"], scene["file"].id, scene["wish"].id)
    assert [each.agency for each in order] == [scene["esme"].agency]


def test_the_order_is_changed_and_shown_on_the_page_of_whom_to_ask(scene, client):
    maya, file = scene["maya"], scene["file"]
    with ctx.as_worker(maya.pk):
        directory.keep(by=maya, at=clock.now(), name="Beds", needs=["shelter_tonight"])
    cast.sign_in(client, maya)
    with ctx.as_worker(maya.pk):
        _cedar, hillcrest = queries.order_of(maya, file.id, scene["wish"].id)

    earlier = client.post(f"/requests/of/{file.id}/order/{hillcrest.ranked.id}", {"earlier": "1"})
    page = client.get(earlier["Location"]).content.decode()
    client.post(f"/requests/of/{file.id}/order/{hillcrest.ranked.id}", {"out": "1"})

    assert page.index("<strong>Hillcrest") < page.index("<strong>Cedar")
    with ctx.as_worker(maya.pk):
        assert [str(each.agency) for each in queries.order_of(maya, file.id, scene["wish"].id)] == ["Cedar"]


def test_it_stands_in_the_day_of_who_hears_of_the_file(scene):
    says(scene["ines"], commands.decline, referral=scene["asked"], reason="waitlist", **NO)

    for who, items in (("maya", 1), ("ines", 0), ("noor", 0)):
        with ctx.as_worker(scene[who].pk):
            found = [each for each in worklists.items(scene[who], clock.now()) if "order" in each.words]
        assert len(found) == items


def test_police_never_stand_in_a_list_of_several(scene, client):
    with pytest.raises(CannotAsk):
        rank(scene, scene["police"])
    facts = {"file_id": scene["file"].id, "agency_id": scene["maya"].agency_id, "rank": 7}
    facts |= {"priority_id": scene["wish"].id, "written_by": scene["maya"].pk, "written_at": clock.now()}
    with ctx.as_worker(scene["maya"].pk), pytest.raises(ProgrammingError):
        RankedAgency(**facts, to_agency_id=scene["police"].agency_id).save(force_insert=True)


def test_no_agency_but_the_files_own_sees_a_line_of_it(scene):
    for who, lines in (("maya", 2), ("ines", 0), ("noor", 0), ("police", 0)):
        with acting(scene[who].pk) as app:
            assert app.execute("select count(*) from referrals_rankedagency").fetchone() == (lines,)


def test_by_sql_nobody_writes_an_order_in_the_name_of_another(scene):
    file, maya, noor = scene["file"], scene["maya"], scene["noor"]
    ranked = (
        "insert into referrals_rankedagency (id, file_id, agency_id, blocked_principals, priority_id,"
        " to_agency_id, rank, written_by, written_at)"
        " values (gen_random_uuid(), %s, %s, '{}', %s, %s, 9, %s, now())"
    )
    line = [file.id, maya.agency_id, scene["wish"].id, scene["ines"].agency_id]
    with acting(maya.pk) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(ranked, [*line, noor.pk])
    with acting(maya.pk) as app:
        assert app.execute(ranked, [*line, maya.pk]).rowcount == 1


def test_whoever_asks_second_is_led_to_what_was_begun_and_taking_out_twice_is_done_once(scene, client):
    maya, priya = scene["maya"], cast.worker(scene["maya"].agency, "Priya")
    with ctx.as_worker(maya.pk):
        cedar, hillcrest = queries.order_of(maya, scene["file"].id, scene["wish"].id)
    ask, out = (f"/requests/of/{scene['file'].id}/order/{each.ranked.id}" for each in (cedar, hillcrest))

    begun = [cast.sign_in(client, who).post(ask, {"ask": "1"})["Location"] for who in (maya, priya, maya)]
    taken_out = [client.post(out, {"out": "1"}) for _ in range(2)]
    too_late = [client.post(ask, {"out": "1"}), client.post(ask, {"earlier": "1"})]
    not_there = client.post(out, {"ask": "1"})

    assert len({where.split("/")[2] for where in begun}) == 1
    whom = f"/requests/of/{scene['file'].id}/whom?about={scene['wish'].id}"
    assert [each["Location"] for each in taken_out] == [whom] * 2
    assert [each.status_code for each in (*too_late, not_there)] == [409] * 3
    assert "They were asked meanwhile" in too_late[0].content.decode()
    with ctx.as_worker(maya.pk):
        assert Referral.objects.filter(to_agency_id=cedar.agency.pk).count() == 1
