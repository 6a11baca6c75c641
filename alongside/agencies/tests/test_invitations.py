"""How somebody comes into an agency: two administrators, one code, one seat."""

import re
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from alongside.agencies.tests.conftest import PASSPHRASE, came_in, sign_in
from alongside.trail.models import Entry  # noqa: F401 - the table is looked at by name
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
NEW = {"username": "Quiet-Harbour", "passphrase": "seven kites above town", "again": "seven kites above town"}


def invite(client, name="Noor", role="caseworker", **more):
    return client.post(
        "/account/agency/invitations", {"id": str(uuid4()), "name": name, "role": role, **more}
    )


def code_in(response):
    return re.search(r"<code>([0-9A-Z-]{19})</code>", response.content.decode())[1]


def confirmed_code(house, **more):
    """Ana invites, Bo confirms: the code that is handed over."""
    id = str(uuid4())
    assert invite(came_in(house.ana), id=id, **more).status_code == 302
    return code_in(came_in(house.bo).post(f"/account/agency/requests/{id}/confirmation"))


@pytest.fixture
@frozen
def waiting(house, superuser):
    """Ana invited Noor; the id of the invitation."""
    assert invite(came_in(house.ana)).status_code == 302
    return superuser.execute("select id from agencies_accessrequest").fetchone()[0]


@pytest.fixture
@frozen
def code(house, waiting):
    """Bo confirmed it, and has the code."""
    return code_in(came_in(house.bo).post(f"/account/agency/requests/{waiting}/confirmation"))


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 302), ("bo", 302), ("maya", 404), ("lee", 404), ("sam", 404)]
)
def test_only_administrators_invite(house, superuser, who, status):
    answer = invite(came_in(getattr(house, who)))

    assert answer.status_code == status
    assert superuser.execute("select count(*) from agencies_accessrequest").fetchone() == (
        1 if status == 302 else 0,
    )


@pytest.mark.parametrize(
    ("who", "status", "open_"),
    [("ana", 409, False), ("bo", 200, True), ("maya", 404, False), ("pat", 404, False)],
)
def test_only_a_second_administrator_confirms(house, waiting, superuser, who, status, open_):
    answer = came_in(getattr(house, who)).post(f"/account/agency/requests/{waiting}/confirmation")

    assert answer.status_code == status
    assert superuser.execute("select code_hash is not null from agencies_accessrequest").fetchone() == (
        open_,
    )


def test_a_lone_administrator_is_led_to_the_operator_who_confirms(house, client, superuser, capsys):
    pat, slug = came_in(house.pat), house.police.slug
    page = pat.get("/account/agency/invitations").content.decode()
    invited = pat.post(
        "/account/agency/invitations", {"id": str(uuid4()), "name": "Noor", "role": "intake"}, follow=True
    )
    (waits,) = superuser.execute("select id from agencies_accessrequest").fetchone()

    call_command("worker_confirm", agency=slug)
    listed = capsys.readouterr().out
    call_command("worker_confirm", agency=slug, request=str(waits))
    code = capsys.readouterr().out.splitlines()[0]

    assert "Whoever runs Alongside" in page
    assert "Whoever runs Alongside" in invited.content.decode()
    assert f"{waits}  Noor: seat intake, asked by Pat" in listed
    assert client.post("/account/invitation", {"code": code, **NEW}).status_code == 302
    assert superuser.execute("select vouched_by from agencies_worker where name = 'Noor'").fetchone() == ([],)
    for mistake in ({"agency": "nowhere"}, {"agency": slug, "request": str(waits)}):
        with pytest.raises(CommandError):
            call_command("worker_confirm", **mistake)


def test_the_code_has_80_bits_and_is_not_kept(code, superuser):
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert code not in str(superuser.execute("select * from agencies_accessrequest").fetchall())


def test_sending_the_form_twice_invites_once(house):
    client, same = came_in(house.ana), str(uuid4())
    assert invite(client, id=same).status_code == 302

    assert invite(client, id=same).status_code == 409


def test_with_the_code_somebody_takes_the_seat_and_is_in(client, house, code):
    shown = client.post("/account/invitation", {"code": code.lower().replace("-", " ")}).content.decode()
    answer = client.post("/account/invitation", {"code": code, **NEW})

    assert "Cedar Place" in shown
    assert "Noor" in shown
    assert answer["Location"] == "/account/me/second-step"
    assert "quiet-harbour" in client.get("/account/me").content.decode()
    assert (
        client.get("/account/me/authenticator").status_code == 200
    )  # a second step can be added at once, without the passphrase again


def test_a_code_is_good_once(house, code):
    Client().post("/account/invitation", {"code": code, **NEW})
    other = Client()

    assert other.post("/account/invitation", {"code": code}).status_code == 422
    assert other.post("/account/invitation", {"code": code, **NEW, "username": "another"}).status_code == 422


@pytest.mark.parametrize(
    "spoil", ["until = now() - interval '1 second'", "withdrawn_at = now()", "code_hash = null"]
)
def test_an_old_or_withdrawn_code_opens_nothing(client, code, superuser, spoil):
    superuser.execute(f"update agencies_accessrequest set {spoil}")

    answer = client.post("/account/invitation", {"code": code, **NEW})

    assert answer.status_code == 422
    assert superuser.execute(
        "select count(*) from agencies_account where username = 'quiet-harbour'"
    ).fetchone() == (0,)


def test_an_unknown_code_is_said_at_its_field_and_kept(client, db):
    answer = client.post("/account/invitation", {"code": "0000-0000-0000-0000"})

    assert answer.status_code == 422
    assert 'value="0000-0000-0000-0000"' in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"passphrase": "too short", "again": "too short"}, "15"),
        ({"again": "seven kites above towns"}, "same passphrase twice"),
        ({"username": "ab"}, "at least 3"),
        ({"passphrase": "quiet-harbour-quiet", "again": "quiet-harbour-quiet"}, "similar"),
    ],
)
def test_a_weak_or_mistyped_passphrase_is_said_and_the_name_is_kept(client, house, code, wrong, said):
    answer = client.post("/account/invitation", {"code": code, **NEW, **wrong})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "kites" not in answer.content.decode()


def test_a_taken_user_name_is_said(client, house, code):
    answer = client.post(
        "/account/invitation", {"code": code, **NEW, "username": house.maya.account.username.upper()}
    )

    assert answer.status_code == 422
    assert "taken" in answer.content.decode()


def test_who_left_one_agency_comes_into_another_with_the_same_account(client, house, code, superuser):
    ours = {"login": house.sam.account.username, "password": PASSPHRASE}
    still = client.post("/account/invitation", {"code": code, **ours})
    came_in(house.pat).post(f"/account/agency/workers/{house.sam.pk}/leaving")
    closed = client.post("/account/invitation", {"code": code, **ours})
    (leaving,) = superuser.execute(
        "select id from agencies_accessrequest where worker_id is not null"
    ).fetchone()
    call_command("worker_confirm", agency=house.police.slug, request=str(leaving))

    answer = client.post("/account/invitation", {"code": code, **ours})

    assert (still.status_code, closed.status_code) == (409, 409)
    assert answer["Location"] == "/account/sign-in/"
    sign_in(client, house.sam)
    assert "Cedar Place" in client.get("/account/me").content.decode()


def test_the_seat_with_an_account_needs_its_passphrase(client, house, code):
    answer = client.post(
        "/account/invitation",
        {"code": code, "login": house.sam.account.username, "password": "wrong wrong wrong"},
    )

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("who", "status", "gone"),
    [("ana", 302, True), ("bo", 302, True), ("maya", 409, False), ("pat", 404, False)],
)
def test_an_administrator_takes_an_invitation_back(house, waiting, superuser, who, status, gone):
    answer = came_in(getattr(house, who)).post(f"/account/agency/requests/{waiting}/withdrawal")

    assert answer.status_code in (status, 404 if status == 409 else status)
    assert superuser.execute("select withdrawn_at is not null from agencies_accessrequest").fetchone() == (
        gone,
    )


def test_inviting_confirming_and_joining_stand_on_the_trail(client, house, code, superuser):
    client.post("/account/invitation", {"code": code, **NEW})

    actions = superuser.execute(
        "select action, worker_id from trail_entry where action like 'agencies.%' order by at"
    ).fetchall()
    assert [action for action, _ in actions] == [
        "agencies.invited",
        "agencies.invitation-confirmed",
        "agencies.joined",
    ]
    assert [worker for _, worker in actions][:2] == [house.ana.pk, house.bo.pk]


def test_the_operator_invites_an_agencys_first_administrator(client, db, capsys):
    call_command("agency_add", slug="harbour", name="Harbour", sector="healthcare", kind="hospital")
    call_command("worker_invite", agency="harbour", role="administrator", name="Ines")
    code = capsys.readouterr().out.splitlines()[-3]

    assert client.post("/account/invitation", {"code": code, **NEW}).status_code == 302
    assert "Invite somebody" in client.get("/account/agency").content.decode()


def test_the_operators_mistakes_are_answered_in_words(db):
    with pytest.raises(CommandError, match="no agency 'nowhere'"):
        call_command("worker_invite", agency="nowhere", role="intake", name="X")
    with pytest.raises(CommandError, match="letters, digits"):
        call_command("agency_add", slug="no good", name="X", sector="community", kind="shelter")
