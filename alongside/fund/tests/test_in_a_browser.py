"""The fund at 320 px, in both languages, without JavaScript: from a pot to a receipt."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest

from alongside.files.tests import cast as files
from alongside.fund.tests import cast
from alongside.kernel import clock
from tests.browsing import fits, press
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
WORDS = {
    "en-CA": {"ask": "Ask", "approve": "Approve $22.50", "paid": "It is paid", "keep": "Keep the receipt"},
    "fr-CA": {
        "ask": "Demander",
        "approve": "Approuver 22,50\u00a0$",
        "paid": "C’est payé",
        "keep": "Garder le reçu",
    },
}


@pytest.fixture
@frozen
def there(live):
    """Maya asks, Ruth leads."""
    here = files.agency("Riverside")
    maya = files.worker(here, passphrase=files.PASSPHRASE)
    ruth = files.worker(here, "Ruth", "leader", passphrase=files.PASSPHRASE)
    return SimpleNamespace(maya=maya, ruth=ruth)


@pytest.fixture
def signed(new_page):
    """Somebody's page."""

    def sign_in(who, **how):
        page = new_page(viewport={"width": 320, "height": 720}, **how)
        page.goto("/account/sign-in/")
        page.fill("[name=login]", who.account.username)
        page.fill("[name=password]", files.PASSPHRASE)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda address: "sign-in" not in address)
        return page

    return sign_in


@pytest.mark.costly("a whole way in a browser, with two people signed in")
@pytest.mark.parametrize("locale", WORDS)
def test_from_a_pot_to_a_receipt_at_320_without_javascript(there, signed, locale):
    said, how = WORDS[locale], {"locale": locale, "java_script_enabled": False}
    leader, maya = signed(there.ruth, **how), signed(there.maya, **how)
    _a_pot(leader)

    maya.goto("/fund/")
    press(maya, "main a[href='/fund/new']")
    maya.select_option("[name=kind]", "taxi")
    maya.fill("[name=amount]", "22,50")
    maya.check("[name=payee][value=seller]")
    fits(maya)
    press(maya, maya.locator("main").get_by_role("button", name=said["ask"], exact=True))
    leader.goto("/day")
    press(leader, f"main .day a[href='{re.sub('^https?://[^/]+', '', maya.url)}']")
    fits(leader)
    press(leader, leader.get_by_role("button", name=said["approve"]))

    maya.reload()
    press(maya, maya.get_by_role("button", name=said["paid"]))
    maya.fill("[name=number]", "a-17")
    press(maya, maya.get_by_role("button", name=said["keep"]))
    fits(maya)
    assert "A-17" in maya.locator("main").inner_text()


def _a_pot(leader):
    leader.goto("/fund/limits")
    leader.fill("[name=leader]", "100")
    press(leader, "main form button.button:not(.second)")
    leader.goto("/fund/pots/new")
    leader.fill("[name=name]", "Winter")
    leader.fill("[name=ends_on]", (clock.today() + timedelta(days=30)).isoformat())
    leader.fill("[name=granted]", "100")
    fits(leader)
    press(leader, "main form button.button")
    fits(leader)


@pytest.mark.costly("every page of the leader in a browser, at two widths")
def test_the_leader_s_pages_can_be_read_by_everybody(there, signed_in, look):
    pot = cast.pot(there.ruth)
    asked = cast.asked(there.maya, pot)
    page = signed_in(there.ruth, bypass_csp=True)

    for address in ("pots/new", f"pots/{pot.id}", f"pots/{pot.id}/change", "limits", "waiting", asked.id):
        look.at(page, f"/fund/{address}")
