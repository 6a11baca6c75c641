"""Seats: who arranges them, and what holds from the next click on."""

import pytest
from django.test import Client

from alongside.agencies.tests.conftest import came_in, cookie_of, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
WHO = [("ana", 302), ("maya", 409), ("lee", 409), ("pat", 404)]


def confirm(who, superuser):
    """What waits is confirmed by a colleague."""
    (request,) = superuser.execute(
        "select id from agencies_accessrequest where confirmed_at is null"
    ).fetchone()
    return came_in(who).post(f"/account/agency/requests/{request}/confirmation")


@pytest.mark.parametrize(("who", "status"), WHO)
def test_only_an_administrator_of_that_agency_asks_for_another_role(house, superuser, who, status):
    answer = came_in(getattr(house, who)).post(
        f"/account/agency/workers/{house.maya.pk}/role", {"role": "intake"}
    )

    assert answer.status_code == (409 if who == "maya" else status)
    assert superuser.execute("select count(*) from agencies_accessrequest").fetchone() == (
        int(status == 302),
    )
    assert superuser.execute(
        "select role from agencies_worker where id = %s", [house.maya.pk]
    ).fetchone() == ("caseworker",)


@pytest.mark.parametrize(("who", "status"), WHO)
def test_only_an_administrator_of_that_agency_closes_a_seat(house, superuser, who, status):
    answer = came_in(getattr(house, who)).post(f"/account/agency/workers/{house.bo.pk}/leaving")

    assert answer.status_code == status
    assert superuser.execute(
        "select suspended_until is not null, left_at is null from agencies_worker where id = %s",
        [house.bo.pk],
    ).fetchone() == (status == 302, True)


@pytest.mark.parametrize("what", ["role", "leaving", "recovery", "suspension", "return"])
def test_nobody_arranges_their_own_seat(house, what):
    answer = came_in(house.ana).post(f"/account/agency/workers/{house.ana.pk}/{what}", {"role": "leader"})

    assert answer.status_code == 409


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("maya", 404), ("bo", 404), ("pat", 404)])
def test_a_colleagues_seat_is_seen_by_administrators_and_not_by_oneself(house, who, status):
    assert came_in(getattr(house, who)).get(f"/account/agency/workers/{house.bo.pk}").status_code == status


def test_another_role_holds_from_the_next_click_once_a_second_confirmed(house, superuser):
    maya = came_in(house.maya)
    assert maya.get("/account/agency/invitations").status_code == 404
    came_in(house.ana).post(f"/account/agency/workers/{house.maya.pk}/role", {"role": "administrator"})
    assert maya.get("/account/agency/invitations").status_code == 404
    confirm(house.bo, superuser)

    assert maya.get("/account/agency/invitations").status_code == 200


def test_a_worker_who_leaves_is_out_with_their_next_click_everywhere(house):
    phone, laptop = came_in(house.maya), came_in(house.maya)

    came_in(house.ana).post(f"/account/agency/workers/{house.maya.pk}/leaving")

    for client in (phone, laptop):
        assert client.get("/account/me")["Location"] == "/account/sign-in/?next=/account/me"


def test_who_left_is_told_that_they_belong_nowhere(house, superuser):
    came_in(house.ana).post(f"/account/agency/workers/{house.maya.pk}/leaving")
    closed = sign_in(Client(), house.maya)
    confirm(house.bo, superuser)

    answer = sign_in(Client(), house.maya)

    assert (closed.status_code, answer.status_code) == (409, 409)
    assert "closed for now" in closed.content.decode()
    assert "no agency" in answer.content.decode()


def test_an_unknown_role_is_said_at_its_field(house):
    answer = came_in(house.ana).post(f"/account/agency/workers/{house.bo.pk}/role", {"role": "king"})

    assert answer.status_code == 422


FACTS = {
    "name": "Cedar House",
    "name_fr": "Maison du Cèdre",
    "face": "Cedar Place",
    "face_fr": "",
    "kind": "shelter",
    "regime": "none",
    "division": "3506",
}


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("maya", 409), ("lee", 409)])
def test_an_administrator_says_what_the_agency_is_and_a_second_reads_it(house, superuser, who, status):
    answer = came_in(getattr(house, who)).post("/account/agency", FACTS)
    if status == 302:
        confirm(house.bo, superuser)

    assert answer.status_code == status
    assert superuser.execute(
        "select name_fr, division from agencies_agency where id = %s", [house.cedar.pk]
    ).fetchone() == (("Maison du Cèdre", "3506") if status == 302 else ("", "3558"))


def test_the_sector_can_not_be_changed(house, superuser):
    came_in(house.pat).post("/account/agency", {**FACTS, "sector": "community"})

    assert superuser.execute(
        "select sector from agencies_agency where id = %s", [house.police.pk]
    ).fetchone() == ("criminal-legal",)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"kind": "castle"}, {"division": "9999"}, {"face": "x" * 101}]
)
def test_wrong_facts_are_said_and_everything_typed_is_kept(house, wrong):
    answer = came_in(house.ana).post("/account/agency", {**FACTS, "name_fr": "Ce qui est écrit", **wrong})

    assert answer.status_code == 422
    assert "Ce qui est écrit" in answer.content.decode()


def test_everybody_sees_the_plain_facts_of_their_own_agency(house):
    maya = came_in(house.maya).get("/account/agency").content.decode()
    sam = came_in(house.sam).get("/account/agency").content.decode()

    assert "Cedar Place" in maya
    assert "Invite somebody" not in maya
    assert "can’t search, list or browse" in sam
    assert "Maya" not in sam


def test_sessions_are_listed_with_this_one_marked_and_one_can_be_ended(house):
    here, there = came_in(house.maya), came_in(house.maya)
    page = here.get("/account/me").content.decode()
    other = page.split("/account/me/sessions/")[1].split('"')[0]

    answer = here.post(f"/account/me/sessions/{other}")

    assert page.count("This one") == 1
    assert answer.status_code == 302
    assert there.get("/account/me").status_code == 302
    assert here.get("/account/me").status_code == 200


def test_all_sessions_can_be_ended_at_once(house):
    here, there = came_in(house.maya), came_in(house.maya)

    here.post("/account/me/sessions")

    assert {client.get("/account/me").status_code for client in (here, there)} == {302}


def test_nobody_ends_somebody_elses_session(house, superuser):
    maya, ana = came_in(house.maya), came_in(house.ana)
    (theirs,) = superuser.execute(
        "select id from ctx.session where account = %s", [house.maya.account_id]
    ).fetchone()

    ana.post(f"/account/me/sessions/{theirs}")

    assert maya.get("/account/me").status_code == 200


def test_another_passphrase_ends_the_other_sessions_and_keeps_this_one(house):
    here, there = came_in(house.maya), came_in(house.maya)
    cookie = cookie_of(here)

    answer = here.post(
        "/account/me/passphrase", {"passphrase": "nine lamps in the fog", "again": "nine lamps in the fog"}
    )

    assert answer["Location"] == "/account/me"
    assert here.get("/account/me").status_code == 200
    assert there.get("/account/me").status_code == 302
    assert cookie_of(here) != cookie
    assert sign_in(Client(), house.maya, "nine lamps in the fog").status_code == 302


def test_a_session_ends_after_twelve_hours_whatever_happens(house, superuser):
    client = came_in(house.maya)
    lasts = (
        "select until - opened_at between interval '11:59:59' and interval '12:00:01', idle from ctx.session"
    )
    assert superuser.execute(lasts).fetchone()[0] is True
    here = client.post(
        "/account/me/passphrase", {"passphrase": "nine lamps in the fog", "again": "nine lamps in the fog"}
    )
    assert here.status_code == 302
    assert superuser.execute(lasts).fetchone()[0] is True  # a new cookie gives no new twelve hours
    superuser.execute("update ctx.session set until = clock_timestamp()")

    assert client.get("/account/me").status_code == 302
