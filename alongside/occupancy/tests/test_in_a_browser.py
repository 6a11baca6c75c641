"""Every step of an import and the full page of figures.

Readable by everybody at 320 and 1280 px, in both languages; and the whole way without JavaScript.
"""

from datetime import date

import pytest

from alongside.occupancy import commands
from alongside.occupancy.models import Night
from alongside.occupancy.tests.conftest import LINE, run_jobs, table
from alongside.occupancy.tests.test_figures import LONG, night, there_is
from tests.browsing import press

pytestmark = pytest.mark.django_db
FILE = table(LINE, LINE.replace("9,1", "9,2").replace("01-01", "01-02"))


def send(page, content=FILE):
    page.goto("/occupancy/imports")
    page.set_input_files("[name=upload]", {"name": "counts.csv", "mimeType": "text/csv", "buffer": content})
    page.fill("[name=name]", LONG[:200])
    press(page, "form[enctype] button")


@pytest.mark.costly("every step of an import, in a browser")
@pytest.mark.thorough("looks at every page through axe; the quick lane walks through them in a browser")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_step_can_be_read_by_everybody(signed_in, look, maya, language):
    page = signed_in(maya, bypass_csp=True, locale=f"{language}-CA")
    send(page)
    look(page, "preview")
    page.click("form .button:not(.plain)")
    look(page, "running")
    run_jobs()
    page.reload()
    look(page, "report")
    commands.invent(until=date(2026, 11, 21))
    there_is(
        *(night("2024-01-01", f"{LONG} {number}", LONG[:99] + str(number)) for number in range(9)),
        name=LONG[:200],
    )
    for query in ("", "?period=2024", "?period=2026&programmes=emergency"):
        page.goto(f"/occupancy/{query}")
        for summary in page.locator("summary").all():
            summary.click()
        look(page, f"figures{query}")


@pytest.mark.parametrize("scripted", [True, False])
def test_the_whole_way_with_and_without_javascript(signed_in, maya, scripted):
    page = signed_in(maya, java_script_enabled=scripted, viewport={"width": 320, "height": 800})

    send(page)
    page.click("form .button:not(.plain)")
    run_jobs()
    if not scripted:
        page.click("text=Look again")
    page.wait_for_selector("text=10 ≠ 9 + 2")
    page.click("section >> text=The figures")

    page.wait_for_selector("text=On 0 of 1 night no emergency bed or room for women was free")
    assert Night.objects.count() == 1
