"""The numbers, empty and full, and the ledger: readable by everybody at 320 and 1280 px, in both languages.

And the whole way without JavaScript.
"""

import pytest
from django.urls import reverse

from alongside.disclosure import commands as disclosure
from alongside.indicators import commands
from alongside.indicators.tests.conftest import HALF
from alongside.kernel import clock, ctx
from tests.browsing import press

pytestmark = pytest.mark.django_db
NUMBERS = f"/numbers/?half={HALF}&for="


def filled(pool):
    with ctx.as_worker(pool["editor"].pk):
        made = [
            commands.prepare(code, HALF, "table", by=pool["editor"], at=clock.now())
            for code in ("need-half", "need-region", "barrier-region", "need-barrier")
        ]
    with ctx.as_worker(pool["leader"].pk):
        disclosure.publish(made[:2], by=pool["leader"], at=clock.now())
    return made


@pytest.mark.costly("every page of the numbers, in a browser")
@pytest.mark.thorough("looks at every page through axe; the quick lane walks through them in a browser")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_can_be_read_by_everybody(signed_in, look, pool, language):
    page = signed_in(pool["editor"], bypass_csp=True, locale=f"{language}-CA")
    look.at(page, f"{NUMBERS}public", "/releases/")  # empty
    made = filled(pool)
    look.at(
        page,
        f"{NUMBERS}table",
        "/releases/",
        *(reverse("disclosure:release", args=[made[place].pk]) for place in (0, 3)),
    )
    look.at(page, "/numbers/contribution")


@pytest.mark.costly("prepares and protects tables, in a browser")
@pytest.mark.parametrize("scripted", [True, False])
def test_the_whole_way_with_and_without_javascript(signed_in, pool, scripted):
    page = signed_in(pool["editor"], java_script_enabled=scripted, viewport={"width": 320, "height": 800})
    page.goto(f"{NUMBERS}funder")
    page.click("#need-half button")
    press(page, "text=In the ledger")
    assert page.locator("section button[disabled]").count() == 1  # who prepared it doesn't release it
    where = page.url

    page = signed_in(pool["leader"], java_script_enabled=scripted, viewport={"width": 320, "height": 800})
    page.goto(where)
    press(page, "section form:first-child button")

    page.wait_for_selector("text=Released. It stays as it is.")
    assert page.locator("text=Release it?").count() == 0
