"""The night, in a real browser.

From "I need a bed tonight for someone with a dog and no ID" to a held bed and an arrival; and the other
ending, a gap.

Walked in both languages, with and without JavaScript, at 320 and 1280 px, by the two people who meet only
through it.
"""

from __future__ import annotations

import re

import pytest

from alongside.agencies.tests import cast
from alongside.beds.models import Count, Request, State
from alongside.beds.tests.conftest import count, offering, rule
from alongside.gaps.models import Gap
from alongside.kernel import ctx
from tests import lanes
from tests.browsing import SCREENS, fits, press, sign_in
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
WAYS = [("en", True, 320), ("en", False, 320), ("fr", True, 1280), ("fr", False, 320)]
SAID = {
    "en": {"dog": "A dog, a cat or another animal", "not": "Not a fit"},
    "fr": {"dog": "Un chien, un chat ou un autre animal", "not": "Ça ne convient pas"},
}


@pytest.fixture
@frozen
def people(live, superuser):
    """Maya at an open desk; Ines in a house that welcomes dogs and asks for no ID.

    A second house that takes no animals.
    """
    desk = cast.agency("Riverside Open Desk")
    shelter = cast.agency(
        "North Shore House", "community", "shelter", face="North Shore", face_fr="Rive-Nord"
    )
    other = cast.agency("Lakeside Emergency Shelter", "community", "shelter")
    maya = cast.worker(desk, "Maya", passphrase=cast.PASSPHRASE)
    ines = cast.worker(shelter, "Ines", "intake", passphrase=cast.PASSPHRASE)
    lena = cast.worker(other, "Lena", "intake")
    rooms = offering(
        ines, name="North Shore House, rooms", face="Rooms by the water", face_fr="Rooms by the water"
    )
    beds = offering(lena, name="Lakeside beds")
    rule(rooms, ines, pets="clears", identification="clears")
    rule(beds, lena, pets="stops")
    count(rooms, ines, actual=3, occupied=1)
    superuser.execute("update beds_count set counted_at = counted_at - interval '1 hour'")
    return maya, ines


def look(page, language):
    """Say a dog and no ID, and look."""
    page.goto("/beds/?region=")
    if not page.locator("input[type=checkbox][name=them][value=pets]").is_visible():
        page.locator("details:has(input[name=them]) > summary").click()
    page.check("input[type=checkbox][name=them][value=pets]")
    page.check("input[name=them][value=identification]")
    fits(page)
    press(page, "form[role=search] button.button")
    assert SAID[language]["dog"] in page.inner_text("form[role=search]")
    assert "Rooms by the water" in page.inner_text("section[aria-labelledby=fits]")
    assert "Lakeside beds" in page.inner_text("section[aria-labelledby=stops]")
    fits(page)


def ask(page):
    """Ask the place that fits, after one more look at what it will read."""
    press(page, "section[aria-labelledby=fits] form[action='/beds/new'] button")
    fits(page)
    press(page, "main button[value=ask]")
    fits(page)
    return page.url


def go(page, path):
    """Look at a page again."""
    page.goto(path)
    fits(page)


@pytest.mark.costly("the whole night, by two people in two browsers")
@lanes.variants("language, javascript, width", WAYS, quick=[("fr", True, 1280)])
def test_the_night(new_page, people, language, javascript, width):
    maya, ines = people
    options = {"viewport": SCREENS[width], "java_script_enabled": javascript, "locale": f"{language}-CA"}
    desk, shelter = new_page(**options), new_page(**options)
    sign_in(desk, maya)
    sign_in(shelter, ines)
    look(desk, language)
    asked = ask(desk)

    go(shelter, "/beds/board")
    press(shelter, "main a[href*='/beds/requests/0']")
    assert SAID[language]["dog"] in shelter.inner_text("main")
    fits(shelter)
    press(shelter, "form[action$='/holding'] button.button")
    token = shelter.inner_text(".token")
    fits(shelter)

    go(desk, asked)
    assert desk.inner_text(".token") == token
    assert re.fullmatch(r"[A-Z0-9]{5}", token)
    press(desk, "button[formaction$='/yes']")
    press(desk, "button[formaction$='/way']")
    fits(desk)
    go(shelter, "/beds/board")
    assert token in shelter.inner_text("main")
    press(shelter, "main a[href*='/beds/requests/0']")
    press(shelter, "button[formaction$='/arrival']")
    fits(shelter)

    with ctx.as_worker(ines.pk):
        assert Request.objects.get().state == State.ARRIVED
        assert Count.objects.order_by("-number").first().occupied == 2


@pytest.mark.costly("the whole night, by two people in two browsers")
@lanes.variants("language, javascript, width", WAYS, quick=[("en", False, 320)])
def test_the_other_ending_is_a_gap(new_page, people, language, javascript, width):
    maya, ines = people
    options = {"viewport": SCREENS[width], "java_script_enabled": javascript, "locale": f"{language}-CA"}
    desk, shelter = new_page(**options), new_page(**options)
    sign_in(desk, maya)
    sign_in(shelter, ines)
    look(desk, language)
    asked = ask(desk)

    go(shelter, "/beds/board")
    press(shelter, "main a[href*='/beds/requests/0']")
    press(shelter, "a[href$='/refusal']")  # the first tap
    fits(shelter)
    press(shelter, "button[value=not-a-fit]")  # the second
    go(desk, asked)
    assert SAID[language]["not"] in desk.inner_text("#now")
    press(desk, "#now a.button")
    assert desk.locator("input[type=checkbox][name=them][value=pets]").is_checked()
    press(desk, "form[action='/beds/nothing'] button")
    fits(desk)

    with ctx.as_worker(maya.pk):
        assert sorted(Gap.objects.values_list("reason", "need")) == [
            ("not-a-fit", "shelter_tonight"),
            ("nothing-fits", "shelter_tonight"),
        ]
        assert "pets" in Gap.objects.get(reason="nothing-fits").barriers
