"""Every page of signing in and of one's agency, looked at.

WCAG 2.2 AA, 320 and 1280 px, both languages, and without JavaScript.
"""

import pytest

from alongside.agencies.tests.conftest import PASSPHRASE, came_in
from alongside.agencies.tests.test_invitations import confirmed_code, invite
from tests import lanes
from tests.browsing import press

pytestmark = pytest.mark.django_db


def type_in(page, **words):
    for name, value in words.items():
        page.fill(f"[name={name}]", value)
    press(page, ".sheet button")


@pytest.mark.costly("every page of signing in and of one’s agency, in a browser")
@lanes.variants("language", [("en-CA",), ("fr-CA",)], quick=[("en-CA",)])
def test_every_page_can_be_read_by_everybody(new_page, house, look, language):
    invite(came_in(house.ana), name="Noor")
    page = new_page(locale=language, bypass_csp=True)

    def see(*addresses):
        look.at(page, *addresses) if addresses else look(page)
        assert page.evaluate("document.documentElement.lang") == language

    see("/account/recovery")
    see("/account/invitation")
    see("/account/sign-in/")
    type_in(page, login="nobody", password="wrong wrong wrong wrong")
    see()
    type_in(page, login=house.bo.account.username, password=PASSPHRASE)
    see("/account/me/second-step")
    see("/account/agency")
    see("/account/me/authenticator")
    type_in(page, password=PASSPHRASE)
    see()
    for address in (
        "/account/me",
        "/account/me/passphrase",
        "/account/me/passkeys/new",
        "/account/agency/left",
        f"/account/agency/workers/{house.maya.pk}",
    ):
        see(address)
    see("/account/agency/invitations")
    type_in(page, name="Lou")
    see()
    press(page, "form[action$=confirmation] button")
    see()
    code = page.inner_text(".handed code")
    page.goto("/account/me")
    press(page, "main header button.second")
    page.goto("/account/invitation")
    type_in(page, code=code)
    see()
    assert look.seen == 17


@pytest.mark.costly("the whole way in, in a browser, with passphrases as slow as they are")
def test_the_whole_way_in_works_without_javascript(new_page, house, client):
    """An invitation, a new account, an authenticator app offered, out and in again."""
    code = confirmed_code(house, role="intake")
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto("/account/invitation")
    type_in(page, code=code)
    type_in(
        page, username="quiet-harbour", passphrase="seven kites above town", again="seven kites above town"
    )
    assert "One more lock" in page.inner_text("main")
    page.click("text=An authenticator app")
    assert page.locator(".picture svg").is_visible()
    page.goto("/account/me")
    page.click("main >> text=Sign out")
    page.goto("/account/sign-in/")
    type_in(page, login="quiet-harbour", password="seven kites above town")

    assert page.url.endswith("/day")


def test_what_is_typed_is_kept_two_seconds_later_and_comes_back(new_page, house, superuser):
    page = new_page()
    page.goto("/account/sign-in/")
    type_in(page, login=house.ana.account.username, password=PASSPHRASE)
    page.goto("/account/agency")

    with page.expect_response("**/drafts"):
        page.fill("[name=name_fr]", "La maison qui écoute")
    superuser.execute("update ctx.session set seen_at = seen_at - interval '16 minutes'")
    page.goto("/account/agency")
    type_in(page, login=house.ana.account.username, password=PASSPHRASE)

    assert page.input_value("[name=name_fr]") == "La maison qui écoute"
    assert page.locator("text=You were writing this before").is_visible()


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        (
            {"login": "x", "password": "y"},
            "Ce nom d’utilisateur et cette phrase de passe ne vont pas ensemble",
        ),
        ({"login": "", "password": ""}, "Ce champ est obligatoire"),
    ],
)
def test_errors_are_said_in_the_language_of_the_page(client, db, posted, said):
    client.cookies["lang"] = "fr"

    assert said in client.post("/account/sign-in/", posted).content.decode()


@pytest.mark.parametrize(
    ("passphrase", "said"), [("court", "15 caract"), ("quiet-harbour-q", "trop semblable")]
)
def test_weak_passphrases_are_refused_in_french_too(client, house, passphrase, said):
    code = confirmed_code(house, role="intake")
    client.cookies["lang"] = "fr"
    answer = client.post(
        "/account/invitation",
        {"code": code, "username": "quiet-harbour", "passphrase": passphrase, "again": passphrase},
    )

    assert said in answer.content.decode()
