"""Coming in with a user name and a passphrase: who gets in, what is said, what it costs, what is kept."""

import re
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client, RequestFactory, override_settings

from alongside.agencies import devices
from alongside.agencies.tests.conftest import PASSPHRASE, attempts, came_in, cookie_of, sign_in
from alongside.kernel.passphrases import Argon2id
from config import settings as product

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    """How often Argon2 was asked to do its work."""
    done = []
    verify, encode = Argon2id.verify, Argon2id.encode
    with (
        patch.object(Argon2id, "verify", lambda self, *a: done.append("work") or verify(self, *a)),
        patch.object(Argon2id, "encode", lambda self, *a: done.append("work") or encode(self, *a)),
    ):
        yield done


def without_token(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|value="[^"]*"', "", response.content.decode())


def test_a_worker_comes_in_with_name_and_passphrase(client, house):
    answer = sign_in(client, house.maya)

    assert answer.status_code == 302
    assert answer["Location"] == "/day"
    assert "Maya" in client.get("/account/me").content.decode()


def test_the_user_name_is_found_in_any_case(client, house):
    answer = client.post(
        "/account/sign-in/", {"login": house.maya.account.username.upper(), "password": PASSPHRASE}
    )

    assert answer.status_code == 302


@pytest.mark.parametrize("where", ["/account/me", "/account/agency", "/account/agency/invitations"])
def test_after_signing_in_one_is_where_one_wanted_to_be(client, house, where):
    asked = client.get(where)

    answer = sign_in(client, house.ana, next=where)

    assert asked["Location"] == f"/account/sign-in/?next={where}"
    assert answer["Location"] == where


def test_next_leads_nowhere_else(client, house):
    assert sign_in(client, house.maya, next="https://elsewhere.example/")["Location"] == "/day"


def test_unknown_name_and_wrong_passphrase_get_the_same_answer(house):
    wrong = sign_in(Client(), house.maya, "not the passphrase at all")
    unknown = Client().post("/account/sign-in/", {"login": "nobody-at-all", "password": PASSPHRASE})

    assert wrong.status_code == unknown.status_code == 422
    assert without_token(wrong) == without_token(unknown)


def test_every_wrong_try_costs_the_same_work(house, work):
    """Counted, not timed.

    One Argon2 for a wrong passphrase, an unknown name, and a name that is closed for a while.
    """
    sign_in(Client(), house.maya, "wrong wrong wrong wrong")
    wrong = len(work)
    Client().post("/account/sign-in/", {"login": "nobody-at-all", "password": PASSPHRASE})
    unknown = len(work) - wrong
    for _ in range(9):
        sign_in(Client(), house.maya, "wrong wrong wrong wrong")
    before = len(work)
    sign_in(Client(), house.maya)

    assert (wrong, unknown, len(work) - before) == (1, 1, 1)


def test_the_tenth_wrong_try_closes_that_name_without_saying_so(house, superuser):
    answers = [sign_in(Client(), house.maya, "wrong wrong wrong wrong") for _ in range(11)]
    right = sign_in(Client(), house.maya)

    assert {without_token(answer) for answer in [*answers, right]} == {without_token(answers[0])}
    assert right.status_code == 422
    assert attempts(superuser, house.maya.account.username)[1] is not None
    assert sign_in(Client(), house.ana).status_code == 302


def test_after_a_quarter_of_an_hour_the_name_is_open_again(house, superuser):
    for _ in range(10):
        sign_in(Client(), house.maya, "wrong wrong wrong wrong")
    superuser.execute("update ctx.attempt set closed_until = clock_timestamp() - interval '1 second'")

    assert sign_in(Client(), house.maya).status_code == 302


def test_trying_on_while_closed_does_not_keep_it_closed_longer(house, superuser):
    for _ in range(10):
        sign_in(Client(), house.maya, "wrong wrong wrong wrong")
    closed = attempts(superuser, house.maya.account.username)
    for _ in range(5):
        sign_in(Client(), house.maya, "wrong wrong wrong wrong")

    assert attempts(superuser, house.maya.account.username) == closed


def test_the_right_passphrase_forgets_the_wrong_tries(house, superuser):
    for _ in range(9):
        sign_in(Client(), house.maya, "wrong wrong wrong wrong")
    sign_in(Client(), house.maya)

    assert attempts(superuser, house.maya.account.username) is None


WRONG = "wrong wrong wrong wrong"
ELSEWHERE = "203.0.113.7"


def close(worker, client=None, tries=10):
    """Try wrong passphrases until trying is closed there."""
    for _ in range(tries):
        sign_in(client or Client(), worker, WRONG)


def test_wrong_tries_elsewhere_shut_nobody_out(house):
    close(house.maya, Client(REMOTE_ADDR=ELSEWHERE))

    assert sign_in(Client(REMOTE_ADDR=ELSEWHERE), house.maya).status_code == 422
    assert sign_in(Client(), house.maya).status_code == 302


@pytest.mark.parametrize("name", ["maya", "ana"])
def test_a_device_is_known_to_whom_it_let_in_and_counts_for_itself(house, name):
    """Ten wrong tries at the next desk, behind the same address, close nothing here."""
    here = came_in(house.maya)
    here.post("/account/session")
    close(getattr(house, name))

    assert sign_in(here, getattr(house, name)).status_code == (302 if name == "maya" else 422)


def test_a_known_device_that_tries_too_often_is_closed(house):
    here = came_in(house.maya)
    here.post("/account/session")
    close(house.maya, here)

    assert sign_in(here, house.maya).status_code == 422
    assert sign_in(Client(), house.maya).status_code == 302


@pytest.mark.parametrize("made_up", ["", ".", "x.y", "é.é", "x" * 5000, f"x.{'0' * 64}"])
def test_a_made_up_device_is_none(house, made_up):
    stranger = Client()
    stranger.cookies["d"] = made_up
    close(house.maya, stranger)

    assert sign_in(Client(), house.maya).status_code == 422


def test_many_wrong_tries_do_not_shut_out_who_has_a_passkey(house, superuser):
    superuser.execute(
        "insert into mfa_authenticator (user_id, type, data, created_at) "
        'values (%s, \'webauthn\', \'{"name": "x", "credential": {}}\', now())',
        [house.maya.account_id],
    )
    close(house.maya)

    assert sign_in(Client(), house.maya)["Location"] == "/account/sign-in/second-step"
    assert sign_in(Client(), house.maya, WRONG).status_code == 422


@pytest.mark.parametrize(
    ("https", "sent", "where"),
    [
        (False, "198.51.100.1", "127.0.0.1"),
        (True, "198.51.100.1", "198.51.100.1"),
        (True, "192.0.2.1, 198.51.100.1", "198.51.100.1"),
        (True, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (True, "no address", ""),
        (True, "", "127.0.0.1"),
    ],
)
def test_behind_a_proxy_the_address_is_what_the_proxy_appended(settings, https, sent, where):
    settings.HTTPS = https
    request = RequestFactory().get("/", headers={"x-forwarded-for": sent} if sent else {})

    assert devices.network_of(request.META) == where


def test_wrong_tries_are_kept_without_the_name(house, superuser):
    sign_in(Client(), house.maya, "wrong wrong wrong wrong")

    kept = superuser.execute("select key::text from ctx.attempt").fetchall()
    assert house.maya.account.username not in str(kept)
    assert len(kept) == 1


def test_the_product_keeps_the_passphrase_as_argon2id_with_46_mib_and_signs_in_by_it(
    client, house, superuser
):
    with override_settings(PASSWORD_HASHERS=product.PASSWORD_HASHERS):
        superuser.execute("update agencies_account set password = %s", [make_password(PASSPHRASE)])
        answer = sign_in(client, house.maya)

    (kept,) = superuser.execute(
        "select password from agencies_account where id = %s", [house.maya.account_id]
    ).fetchone()
    assert kept.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
    assert answer["Location"] == "/day"


def test_the_cookie_is_never_stored(house, superuser):
    """Not in the session's row, not in the context's, nowhere: every table is looked through."""
    client = came_in(house.maya)
    client.post("/account/agency/invitations", {"name": "x"})
    tables = superuser.execute(
        "select schemaname || '.' || tablename from pg_tables where schemaname in ('public', 'ctx')"
    ).fetchall()
    found = [
        t
        for (t,) in tables
        if superuser.execute(
            f"select 1 from {t} x where x::text like %s", [f"%{cookie_of(client)}%"]
        ).fetchone()
    ]

    session_data = [row[0] for row in superuser.execute("select session_data from django_session").fetchall()]
    assert found == []
    assert session_data
    assert all(cookie_of(client) not in str(client.session.decode(data)) for data in session_data)


def test_the_cookie_is_strict_closed_to_scripts_and_gone_with_the_browser(client, house):
    sign_in(client, house.maya)

    cookie = client.cookies["s"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (
        True,
        "Strict",
        "",
        "",
    )


def test_the_session_cookie_changes_when_one_signs_in(client, house):
    client.get("/account/sign-in/second-step")
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["s"] = before = session.session_key
    sign_in(client, house.maya)

    assert cookie_of(client) != before


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "password/reset/",
        "email/",
        "confirm-email/",
        "login/",
        "login/code/",
        "2fa/",
        "password/set/",
    ],
)
def test_what_allauth_has_beside_this_does_not_exist(client, house, path):
    assert client.get(f"/account/{path}").status_code == 404
    assert came_in(house.maya).get(f"/account/{path}").status_code == 404


def test_a_post_from_another_site_is_refused(house):
    client = came_in(house.ana)

    answer = client.post("/account/me/sessions", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert client.get("/account/me").status_code == 200


def test_signing_out_ends_the_session_on_the_server(house):
    client = came_in(house.maya)
    cookie = cookie_of(client)
    client.post("/account/session")
    client.cookies["s"] = cookie

    assert client.get("/account/me").status_code == 302
