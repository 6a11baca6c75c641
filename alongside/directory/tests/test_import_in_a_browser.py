"""Importing a list in a browser: readable by everybody at 320 and 1280 px, in both languages; and the whole way without JavaScript."""

import pytest

from alongside.directory.models import Entry
from alongside.directory.tests import factories
from alongside.directory.tests.test_import_pages import LIST, run_jobs
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(new_page, client, live, maya):
    def open_page(**options):
        cast.sign_in(client, maya)
        page = new_page(**options)
        page.context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": live}])
        return page

    return open_page


def send(page, content=LIST):
    page.goto("/directory/imports")
    page.set_input_files("[name=upload]", {"name": "list.csv", "mimeType": "text/csv", "buffer": content})
    with page.expect_navigation():
        page.click("form[enctype] button")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_step_can_be_read_by_everybody(signed_in, axe, maya, language):
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
    page.goto(f"/directory/entries/{factories.kept(maya, disclosure='area_only', hours='24/7', phone='807-555-0100').pk}")
    look("entry")
    page.goto(f"{page.url}/words")
    look("edit")

    assert not trouble


@pytest.mark.parametrize("scripted", [True, False])
def test_the_whole_way_with_and_without_javascript(signed_in, scripted):
    page = signed_in(java_script_enabled=scripted, viewport={"width": 320, "height": 800})

    send(page)
    assert page.locator("td", has_text="Open door").count() == 1
    page.click("form .button:not(.plain)")
    run_jobs()
    if not scripted:
        page.click("text=Look again")
    page.wait_for_selector("text=There is no name")
    page.click("text=Find a service")
    page.fill("[name=place]", "Kenoar")
    with page.expect_navigation():
        page.click("form.seek button")

    page.wait_for_selector("text=Open door")
    assert Entry.objects.count() == 2
