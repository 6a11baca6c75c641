"""Every step of an import and the full page of figures: readable by everybody at 320 and 1280 px, in both languages; and the whole way without JavaScript."""

from datetime import date

import pytest

from alongside.occupancy import commands
from alongside.occupancy.models import Night
from alongside.occupancy.tests.conftest import LINE, run_jobs, table
from alongside.occupancy.tests.test_figures import LONG, night, there_is
from tests import cast

pytestmark = pytest.mark.django_db
FILE = table(LINE, LINE.replace("9,1", "9,2").replace("01-01", "01-02"))


@pytest.fixture
def signed_in(new_page, client, live, maya):
    def open_page(**options):
        cast.sign_in(client, maya)
        page = new_page(**options)
        page.context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": live}])
        return page

    return open_page


def send(page, content=FILE):
    page.goto("/occupancy/imports")
    page.set_input_files("[name=upload]", {"name": "counts.csv", "mimeType": "text/csv", "buffer": content})
    page.fill("[name=name]", LONG[:200])
    with page.expect_navigation():
        page.click("form[enctype] button")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_step_can_be_read_by_everybody(signed_in, axe, language):
    page, trouble = signed_in(bypass_csp=True, locale=f"{language}-CA"), []

    def look(where):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                trouble.append(f"{where} is wider than {width} px")
            trouble.extend(f"{where} at {width}: {found}" for found in axe(page))

    send(page)
    look("preview")
    page.click("form .button:not(.plain)")
    look("running")
    run_jobs()
    page.reload()
    look("report")
    commands.invent(until=date(2026, 11, 21))
    there_is(*(night("2024-01-01", f"{LONG} {number}", LONG[:99] + str(number)) for number in range(9)), name=LONG[:200])
    for query in ("", "?period=2024", "?period=2026&programmes=emergency"):
        page.goto(f"/occupancy/{query}")
        for summary in page.locator("summary").all():
            summary.click()
        look(f"figures{query}")

    assert not trouble


@pytest.mark.parametrize("scripted", [True, False])
def test_the_whole_way_with_and_without_javascript(signed_in, scripted):
    page = signed_in(java_script_enabled=scripted, viewport={"width": 320, "height": 800})

    send(page)
    page.click("form .button:not(.plain)")
    run_jobs()
    if not scripted:
        page.click("text=Look again")
    page.wait_for_selector("text=10 ≠ 9 + 2")
    page.click("section >> text=The figures")

    page.wait_for_selector("text=On 0 of 1 night no emergency bed or room for women was free")
    assert Night.objects.count() == 1
