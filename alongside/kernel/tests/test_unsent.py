"""A button that was pressed when the session had gone idle: not done, told, and one press away."""

from uuid import uuid4

import pytest
from django.test import Client
from lxml import html

from alongside.agencies.tests.conftest import came_in, cookie_of, house, passphrase_hash, sign_in  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
WAITING = "from agencies_accessrequest where what = 'seat' and withdrawn_at is null"
TOLD = "Not done: you had been signed out"


def gone_idle(superuser):
    superuser.execute("update ctx.session set seen_at = seen_at - interval '16 minutes'")


@pytest.fixture
def invited(house, superuser):
    """An invitation that Ana made and can withdraw."""
    client = came_in(house.ana)
    client.post("/account/me/again", {"password": "four geese over the lake"})
    client.post(
        "/account/agency/invitations", {"id": str(uuid4()), "name": "New Comer", "role": "caseworker"}
    )
    [(invitation,)] = superuser.execute(
        "select id from agencies_accessrequest where what = 'seat'"
    ).fetchall()
    return client, f"/account/agency/requests/{invitation}/withdrawal", "/account/agency"


def left(superuser):
    return superuser.execute(
        "select count(*) from agencies_accessrequest where what = 'seat' and withdrawn_at is null"
    ).fetchone()


def told_on(page):
    return html.fromstring(page.content).xpath("//section[@aria-labelledby='unsent']")


def test_a_button_pressed_too_late_is_told_where_it_stood_and_done_with_one_press(invited, house, superuser):
    client, address, page = invited
    gone_idle(superuser)

    late = client.post(address, headers={"Referer": f"http://testserver{page}?q=1"})
    back = sign_in(client, house.ana)
    [told] = told_on(client.get(back["Location"]))
    undone = left(superuser)
    [form] = told.xpath(".//form[contains(@action, 'withdrawal')]")
    client.post("/account/me/again", {"password": "four geese over the lake"})
    done = client.post(form.get("action"), dict(form.fields))

    assert late["Location"] == "/account/sign-in/"
    assert back["Location"] == f"{page}?q=1"
    assert TOLD in told.text_content()
    assert "Take it back" in told.text_content()
    assert undone == (1,)
    assert done.status_code == 302
    assert left(superuser) == (0,)
    assert not told_on(client.get(page))
    assert superuser.execute("select count(*) from kernel_draft").fetchone() == (0,)


def test_another_account_in_the_same_browser_sees_nothing_of_it(invited, house, superuser):
    client, address, page = invited
    gone_idle(superuser)
    client.post(address, headers={"Referer": f"http://testserver{page}"})

    back = sign_in(client, house.bo)

    assert back["Location"] == "/day"
    assert not told_on(client.get(page))


def test_it_can_be_left_undone(invited, house, superuser):
    client, address, page = invited
    gone_idle(superuser)
    client.post(address, headers={"Referer": f"http://testserver{page}"})
    sign_in(client, house.ana)

    client.post("/unsent")

    assert not told_on(client.get(page))
    assert left(superuser) == (1,)


def test_what_can_no_longer_be_pressed_is_told_so(invited, house, superuser):
    client, address, page = invited
    gone_idle(superuser)
    client.post(address, headers={"Referer": f"http://testserver{page}"})
    superuser.execute("update agencies_accessrequest set withdrawn_at = now()")

    back = sign_in(client, house.ana)
    [told] = told_on(client.get(back["Location"]))

    assert "can no longer be pressed" in told.text_content()
    assert not told.xpath(".//form[contains(@action, 'withdrawal')]")


def test_two_windows_are_both_told(invited, house, superuser):
    client, address, page = invited
    gone_idle(superuser)
    client.post(address, headers={"Referer": f"http://testserver{page}"})
    client.post(f"/account/agency/workers/{house.maya.pk}/role", headers={"Referer": "http://testserver/day"})

    sign_in(client, house.ana)
    [told] = told_on(client.get(page))

    assert told.xpath(f".//form[@action='{address}']")
    assert told.xpath(".//a[@href='/day']")


@pytest.mark.parametrize(
    "said", ["https://elsewhere.example/files/", "http://testserver/no/such/page", "javascript:alert(1)", ""]
)
def test_a_made_up_page_leads_nowhere_else_and_nobody_meets_a_bare_405(invited, house, superuser, said):
    client, address, _page = invited
    gone_idle(superuser)
    client.post(address, headers={"Referer": said})

    back = sign_in(client, house.ana)
    landed = client.get(back["Location"], follow=True)

    assert back["Location"] == address
    assert landed.status_code == 200
    assert told_on(landed)


def test_a_forged_press_is_not_kept(invited, house, superuser):
    client, address, page = invited
    forger = Client(enforce_csrf_checks=True)
    forger.cookies["s"] = cookie_of(client)
    gone_idle(superuser)

    forger.post(address, headers={"Referer": f"http://testserver{page}"})

    assert superuser.execute("select count(*) from kernel_draft").fetchone() == (0,)


def test_what_saves_itself_in_the_background_is_no_press(invited, house, superuser):
    client, _address, page = invited
    gone_idle(superuser)
    client.post("/drafts", {"name": "Cedar", "draft_of": page})

    sign_in(client, house.ana)

    assert not told_on(client.get(page))


def test_leaving_signing_out_and_signing_in_forget_which_session_went_idle(invited, house, superuser):
    for ends in (
        lambda client: client.get("/exit"),
        lambda client: client.post("/account/session"),
        lambda client: sign_in(client, house.bo),
    ):
        client = came_in(house.ana)
        gone_idle(superuser)
        client.get("/day")
        token = client.cookies["i"].value
        ends(client)

        assert not client.cookies["i"].value
        assert superuser.execute(
            "select ended_at is not null from ctx.session where token_hash = sha256(%s)", [token.encode()]
        ).fetchone() == (True,)


def test_a_page_that_is_not_there_any_more_still_tells_what_was_not_done(invited, house, superuser):
    client, address, _page = invited
    gone_idle(superuser)
    shut = f"/files/{uuid4()}"
    client.post(address, headers={"Referer": f"http://testserver{shut}"})

    back = sign_in(client, house.ana)
    answer = client.get(back["Location"])

    assert back["Location"] == shut
    assert answer.status_code == 404
    assert told_on(answer)
    assert client.post("/unsent").status_code == 302
    assert not told_on(client.get(shut))
