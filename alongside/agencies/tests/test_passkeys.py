"""Passkeys, from enrolling one to signing in with it alone.

In a real browser, with a virtual authenticator and under the whole security policy.
"""

import pytest

from alongside.agencies.tests.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(new_page, live):
    """A page at the name `localhost`: passkeys belong to names."""
    page = new_page(base_url=live.replace("127.0.0.1", "localhost"), viewport={"width": 320, "height": 700})
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


def come_in(page, worker):
    page.goto("/account/sign-in/")
    page.fill("[name=login]", worker.account.username)
    page.fill("[name=password]", PASSPHRASE)
    page.click(".sheet button")
    page.wait_for_url("**/day")


def add_passkey(page):
    page.goto("/account/me/passkeys/new")
    page.fill("[name=password]", PASSPHRASE)
    page.click(".sheet button")
    page.fill("[name=name]", "Old laptop")
    page.click("text=Make the passkey")
    page.wait_for_url("**/account/me/recovery-codes")
    assert page.locator(".codes li").count() == 10


def sign_out(page):
    page.goto("/account/me")
    page.click("main >> text=Sign out")
    page.wait_for_url(lambda url: url.endswith("/"))


def assurances(superuser):
    return [
        a for (a,) in superuser.execute("select assurance from ctx.session where ended_at is null").fetchall()
    ]


@pytest.mark.costly("a passkey in a browser")
def test_a_passkey_is_added_and_then_signs_in_alone(page, house, superuser):
    come_in(page, house.maya)
    add_passkey(page)
    assert assurances(superuser) == [2]
    sign_out(page)
    assert assurances(superuser) == []

    page.goto("/account/sign-in/")
    page.click("text=Sign in with a passkey")
    page.wait_for_url("**/day")

    assert assurances(superuser) == [2]
    page.goto("/account/me")
    assert "Old laptop" in page.inner_text("main")


@pytest.mark.costly("a passkey in a browser")
def test_a_passkey_is_the_second_step_after_the_passphrase(page, house, superuser):
    come_in(page, house.maya)
    add_passkey(page)
    sign_out(page)
    page.goto("/account/sign-in/")
    page.fill("[name=login]", house.maya.account.username)
    page.fill("[name=password]", PASSPHRASE)
    page.click(".sheet button")
    page.wait_for_url("**/second-step")

    page.click("text=Use a passkey")
    page.wait_for_url("**/day")

    assert assurances(superuser) == [2]


@pytest.mark.costly("a passkey in a browser")
def test_a_passkey_proves_once_more_that_it_is_still_you(page, house):
    come_in(page, house.maya)
    add_passkey(page)
    sign_out(page)
    page.goto("/account/sign-in/")
    page.click("text=Sign in with a passkey")
    page.wait_for_url("**/day")

    page.goto("/account/me/passphrase")
    page.click("text=Use a passkey instead")
    page.click("text=Use a passkey")
    page.wait_for_url("**/account/me/passphrase")

    assert page.locator("[name=again]").is_visible()


@pytest.mark.thorough("the quick lane adds a passkey, signs in by it, and proves again with it")
def test_a_passkey_is_renamed_and_removed(page, house, superuser):
    come_in(page, house.maya)
    add_passkey(page)
    page.goto("/account/me")
    page.click("text=Rename")
    page.fill("[name=name]", "Grey laptop")
    page.click("text=Save")
    assert "Grey laptop" in page.inner_text("main")

    page.click("text=Remove")
    page.click("text=Remove it")

    assert "None yet" in page.inner_text("main")
    assert superuser.execute("select count(*) from mfa_authenticator").fetchone() == (0,)


def test_without_javascript_no_passkey_is_offered_and_another_way_is(new_page, house):
    page = new_page(java_script_enabled=False)
    come_in(page, house.maya)
    page.goto("/account/me/passkeys/new")
    page.fill("[name=password]", PASSPHRASE)
    page.click(".sheet button")

    assert page.locator("text=Make the passkey").is_hidden()
    assert page.locator("text=Set up an authenticator app").is_visible()
