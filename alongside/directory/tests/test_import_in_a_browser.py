"""Importing a list in a browser: readable by everybody at 320 and 1280 px, in both languages.

And the whole way without JavaScript.
"""

import pytest

from alongside.directory.models import Entry
from alongside.directory.tests import factories
from alongside.directory.tests.test_import_pages import LIST, run_jobs
from tests.browsing import press

pytestmark = pytest.mark.django_db


def send(page, content=LIST):
    page.goto("/directory/imports")
    page.set_input_files("[name=upload]", {"name": "list.csv", "mimeType": "text/csv", "buffer": content})
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
    entry = factories.kept(maya, disclosure="area_only", hours="24/7", phone="807-555-0100")
    page.goto(f"/directory/entries/{entry.pk}")
    look(page, "entry")
    page.goto(f"{page.url}/words")
    look(page, "edit")


@pytest.mark.costly("a whole import, in a browser")
@pytest.mark.parametrize("scripted", [True, False])
def test_the_whole_way_with_and_without_javascript(signed_in, maya, scripted):
    page = signed_in(maya, java_script_enabled=scripted, viewport={"width": 320, "height": 800})

    send(page)
    assert page.locator("td", has_text="Open door").count() == 1
    page.click("form .button:not(.plain)")
    run_jobs()
    if not scripted:
        page.click("text=Look again")
    page.wait_for_selector("text=There is no name")
    page.click("text=Find a service")
    page.fill("[name=place]", "Kenoar")
    press(page, "form.seek button")

    page.wait_for_selector("text=Open door")
    assert Entry.objects.count() == 2
