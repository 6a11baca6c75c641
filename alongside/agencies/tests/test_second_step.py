"""The second step: an authenticator app, recovery codes, and what they mean for the session."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from alongside.agencies.tests.conftest import PASSPHRASE, came_in, cookie_of, sign_in

pytestmark = pytest.mark.django_db


def digits(secret, steps=0):
    """Six digits of this half minute or a later one.

    Never an earlier one, which a half minute that ends meanwhile makes too old.
    """
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def add_app(client):
    """Set up an authenticator app; give back its secret and the recovery codes that came with it."""
    page = client.get("/account/me/authenticator").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    answer = client.post("/account/me/authenticator", {"code": digits(secret)})
    assert answer.status_code == 302, answer.content.decode()
    codes = re.findall(r"<code>(.+?)</code>", client.get(answer["Location"]).content.decode())
    return secret, [re.sub(r"\D", "", re.sub(r"<[^>]+>", "", code)) for code in codes]


@pytest.fixture
def with_app(house):
    client = came_in(house.maya)
    secret, codes = add_app(client)
    return client, secret, codes


def assurance(superuser, client):
    return superuser.execute(
        (
            "select assurance from ctx.session where token_hash = "
            "sha256(convert_to(%s, 'UTF8')) and ended_at is null"
        ),
        [cookie_of(client)],
    ).fetchone()


def test_the_page_shows_the_secret_as_letters_and_as_a_picture_of_our_own(house):
    page = came_in(house.maya).get("/account/me/authenticator").content.decode()

    assert "<svg" in page
    assert "data:image" not in page
    assert re.search(r"<code>([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>", page)


def test_a_wrong_first_code_is_said_and_the_secret_stays(house):
    client = came_in(house.maya)
    first = re.search(r"<code>(.+?)</code>", client.get("/account/me/authenticator").content.decode())[1]

    answer = client.post("/account/me/authenticator", {"code": "000000"})

    assert answer.status_code == 422
    assert first in answer.content.decode()


def test_with_an_app_the_passphrase_alone_lets_nobody_in(with_app, house):
    client = Client()
    answer = sign_in(client, house.maya)

    assert answer["Location"] == "/account/sign-in/second-step"
    assert client.get("/account/me").status_code == 302


def test_with_its_code_the_session_counts_as_two_factors(with_app, house, superuser):
    client = Client()
    sign_in(client, house.maya)
    answer = client.post("/account/sign-in/second-step", {"code": digits(with_app[1], 1)})

    assert answer["Location"] == "/day"
    assert assurance(superuser, client) == (2,)


def test_a_session_with_a_passphrase_alone_counts_as_one_factor(house, superuser):
    assert assurance(superuser, came_in(house.maya)) == (1,)


def test_setting_up_an_app_makes_the_session_count_as_two(with_app, superuser):
    assert assurance(superuser, with_app[0]) == (2,)


def test_a_code_is_good_once(with_app, house):
    _, secret, _ = with_app
    code = digits(secret, 1)
    for client, status in ((Client(), 302), (Client(), 422)):
        sign_in(client, house.maya)
        assert client.post("/account/sign-in/second-step", {"code": code}).status_code == status


def test_ten_wrong_codes_close_the_second_step_for_a_while(with_app, house):
    client = Client()
    sign_in(client, house.maya)
    for _ in range(10):
        assert client.post("/account/sign-in/second-step", {"code": "123"}).status_code == 422

    assert client.post("/account/sign-in/second-step", {"code": digits(with_app[1], 1)}).status_code == 422


def test_recovery_codes_have_at_least_80_bits_and_are_shown_once(with_app):
    client, _, codes = with_app

    again = client.get("/account/me/recovery-codes").content.decode()

    assert len(codes) == 10
    assert {len(code) for code in codes} == {25}  # 25 digits: 83 bits
    assert not any(code[:5] in again for code in codes)


def test_a_recovery_code_lets_in_once(with_app, house, superuser):
    code = with_app[2][3]
    spaced = " ".join(code[i : i + 5] for i in range(0, 25, 5))
    for client, status in ((Client(), 302), (Client(), 422)):
        sign_in(client, house.maya)
        assert client.post("/account/sign-in/second-step", {"code": spaced}).status_code == status


def test_new_recovery_codes_make_the_old_ones_useless(with_app, house):
    client, _, codes = with_app
    answer = client.post("/account/me/recovery-codes/new")
    assert answer["Location"] == "/account/me/recovery-codes"
    other = Client()
    sign_in(other, house.maya)

    assert other.post("/account/sign-in/second-step", {"code": codes[0]}).status_code == 422


def test_secrets_are_sealed_where_they_are_kept(with_app, superuser):
    _, secret, codes = with_app
    kept = str(superuser.execute("select data::text from mfa_authenticator").fetchall())

    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_the_secret_of_an_app_that_is_being_set_up_waits_sealed(house, superuser):
    client = came_in(house.maya)
    secret = re.search(r"<code>(.+?)</code>", client.get("/account/me/authenticator").content.decode())[
        1
    ].replace(" ", "")

    assert client.session["mfa.totp.secret"] != secret


def test_removing_the_app_leaves_the_passphrase(with_app, house):
    client, _, _ = with_app
    assert client.post("/account/me/authenticator/removal").status_code == 302

    assert sign_in(Client(), house.maya)["Location"] == "/day"


@pytest.mark.parametrize(
    "path",
    [
        "/account/me/passphrase",
        "/account/me/authenticator",
        "/account/me/passkeys/new",
        "/account/me/recovery-codes/new",
        "/account/agency/invitations",
    ],
)
def test_what_changes_who_comes_in_asks_once_more(client, house, path):
    sign_in(client, house.ana)

    asked = client.get(path)

    assert asked.status_code == 302
    assert asked["Location"].startswith("/account/me/again?next=")
    answer = client.post(asked["Location"], {"password": PASSPHRASE, "next": path})
    assert answer["Location"] == path
    assert client.get(path).status_code in (200, 404) or path.endswith("new")


def test_asking_once_more_takes_only_the_right_passphrase(client, house):
    sign_in(client, house.maya)

    assert client.post("/account/me/again", {"password": "something else altogether"}).status_code == 422


def test_another_workers_passkey_is_not_there(house, superuser):
    superuser.execute(
        (
            "insert into mfa_authenticator (user_id, type, data, created_at) values (%s, 'webauthn', "
            '\'{"name": "k"}\', now())'
        ),
        [house.ana.account_id],
    )
    (pk,) = superuser.execute("select id from mfa_authenticator").fetchone()
    client = came_in(house.maya)

    assert client.get(f"/account/me/passkeys/{pk}").status_code == 404
    assert client.post(f"/account/me/passkeys/{pk}/removal").status_code == 404


@pytest.mark.parametrize(
    "credential",
    [
        "[]",
        "5",
        '{"a": 1}',
        '{"response": {"userHandle": "bm8"}}',
        "not json",
        '{"id": null, "response": null}',
    ],
)
def test_odd_passkeys_are_answered_like_wrong_ones(client, house, credential):
    answer = client.post("/account/sign-in/passkey", {"credential": credential})
    adding = came_in(house.maya).post("/account/me/passkeys/new", {"credential": credential, "name": "x"})

    assert (answer.status_code, answer["Location"]) == (302, "/account/sign-in/")
    assert adding.status_code == 422


def test_where_a_second_step_is_required_nothing_else_is_open_before(house, settings):
    settings.SECOND_STEP_REQUIRED = True
    client = came_in(house.maya)

    assert client.get("/day")["Location"] == "/account/me/second-step"
    add_app(client)
    assert client.get("/day").status_code == 200
