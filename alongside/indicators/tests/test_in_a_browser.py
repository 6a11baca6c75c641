"""The numbers, empty and full, and the ledger: readable by everybody at 320 and 1280 px, in both languages; and the whole way without JavaScript."""

import os

import pytest
from django.urls import reverse

from alongside.disclosure import commands as disclosure
from alongside.indicators import commands
from alongside.indicators.tests.conftest import HALF
from alongside.kernel import clock, ctx
from tests import cast

pytestmark = pytest.mark.django_db
NUMBERS = f"/numbers/?half={HALF}&for="


@pytest.fixture
def signed_in(new_page, client, live, pool):
    def open_page(role="editor", **options):
        cast.sign_in(client, pool[role])
        page = new_page(**options)
        page.context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": live}])
        return page

    return open_page


def filled(pool):
    with ctx.as_worker(pool["editor"].pk):
        made = [
            commands.prepare(code, HALF, "table", by=pool["editor"], at=clock.now())
            for code in ("need-half", "need-region", "barrier-region", "need-barrier")
        ]
    with ctx.as_worker(pool["leader"].pk):
        disclosure.publish(made[:2], by=pool["leader"], at=clock.now())
    return made


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_can_be_read_by_everybody(signed_in, axe, pool, language):
    page, trouble = signed_in(bypass_csp=True, locale=f"{language}-CA"), []

    def look(where, name):
        page.goto(where)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                trouble.append(f"{where} is wider than {width} px")
            trouble.extend(f"{where} at {width}: {found}" for found in axe(page))
            if "SHOTS" in os.environ:
                page.screenshot(path=f"{os.environ['SHOTS']}/{name}-{language}-{width}.png", full_page=True)

    look(f"{NUMBERS}public", "empty")
    look("/releases/", "ledger-empty")
    made = filled(pool)
    look(f"{NUMBERS}table", "full")
    look("/releases/", "ledger")
    look(reverse("disclosure:release", args=[made[0].pk]), "released")
    look(reverse("disclosure:release", args=[made[3].pk]), "prepared")
    look("/numbers/contribution", "contribution")

    assert not trouble


@pytest.mark.parametrize("scripted", [True, False])
def test_the_whole_way_with_and_without_javascript(signed_in, pool, scripted):
    page = signed_in(java_script_enabled=scripted, viewport={"width": 320, "height": 800})
    page.goto(f"{NUMBERS}funder")
    page.click("#need-half button")
    with page.expect_navigation():
        page.click("text=In the ledger")
    assert page.locator("section button[disabled]").count() == 1  # who prepared it doesn't release it
    where = page.url

    page = signed_in("leader", java_script_enabled=scripted, viewport={"width": 320, "height": 800})
    page.goto(where)
    with page.expect_navigation():
        page.click("section form:first-child button")

    page.wait_for_selector("text=Released. It stays as it is.")
    assert page.locator("text=Release it?").count() == 0
