"""The main job, end to end, in a real browser.

A file opened with nothing, another agency asked with the person's agreement, and the loop closed.

Walked in both languages, with and without JavaScript, at 320 and 1280 px, with the whole directory of the
Ministry of Health where it lies beside the project.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from alongside.agencies.tests import cast
from alongside.directory import commands as directory
from alongside.directory.tests import factories
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from alongside.trail.models import Entry as TrailEntry
from tests import lanes
from tests.browsing import SCREENS, fits, press, sign_in
from tests.frozen import frozen

pytestmark = pytest.mark.django_db

ONTARIO = Path(__file__).resolve().parents[4] / "shared/data/ontario/health_service_provider_locations.csv"
SOON = clock.today() + timedelta(days=5)
WISH = {
    "en": "A place where nobody finds me, and Biscuit can come.",
    "fr": "Un endroit où personne ne me trouve, avec Biscuit.",
}


@pytest.fixture
@frozen
def people(live):
    """Maya at an open desk, Ines at a shelter that can be asked, and the real directory around them."""
    desk = cast.agency("Riverside Open Desk")
    shelter = cast.agency(
        "North Shore House", "community", "shelter", face="North Shore", face_fr="Rive-Nord"
    )
    maya = cast.worker(desk, "Maya", passphrase=cast.PASSPHRASE)
    ines = cast.worker(shelter, "Ines", "intake", passphrase=cast.PASSPHRASE)
    factories.kept(ines, "North Shore beds", community="Thunder Bay", languages=["en", "fr"])
    return maya, ines


def open_a_file(page, language):
    """Somebody's here: a file with nothing in it, then what they want."""
    press(page, "form[action='/files/'] button")
    fits(page)
    file_page = page.url
    press(page, "a[href$='/priorities/new']")
    page.fill("textarea[name=statement]", WISH[language])
    page.check("input[name=pace][value=now]")
    page.select_option("select[name=need]", "shelter_tonight")
    fits(page)
    press(page, "main form button.button")
    assert page.url == file_page
    assert WISH[language] in page.locator("#plan").inner_text()
    return file_page


def whom_to_ask(page):
    """From the first want, the one agency that can be asked here."""
    page.locator("#plan .do summary").first.click()
    press(page, "#plan form[action$='/seeking'] button")
    fits(page)
    press(page, "form[action$='/new'] button")
    fits(page)


def agree(page):
    """Everything on the one page of small steps."""
    for box in page.locator("input[name=items]").all():
        box.check()
    said = {"length": "30", "purpose": "answer", "capacity": "self", "method": "oral-witnessed"}
    for name, value in (said | {"others_present": "alone"}).items():
        page.check(f"input[name={name}][value='{value}']")
    page.check("input[name=explained]")
    fits(page)
    press(page, "main form button.button")


def ask(page):
    """Find whom to ask for the first want, write the introduction, agree, read it back, send: four pages."""
    whom_to_ask(page)
    page.fill("textarea[name=words]", "They sleep lightly, and Biscuit is a small dog.")
    page.check("input[name=approved]")
    fits(page)
    press(page, "main form button.button")
    assert page.locator("input[name=items]:checked").count() == 0, "nothing is ever pre-ticked"
    agree(page)
    assert "Biscuit" in page.locator(".readback").inner_text()
    fits(page)
    press(page, "button[name=agree]")
    return page.url


@pytest.mark.costly("the main path, by two people in two browsers")
@lanes.variants(
    "language, javascript, width", product(("en", "fr"), (True, False), SCREENS), quick=[("fr", False, 320)]
)
def test_the_path(new_page, people, language, javascript, width):
    maya, ines = people
    if ONTARIO.exists() and (language, javascript, width) == ("en", True, 1280):
        directory.import_file(
            content=ONTARIO.read_bytes(), source_name="Ministry of Health", mapping="ontario-health-providers"
        )
    options = {"viewport": SCREENS[width], "java_script_enabled": javascript, "locale": f"{language}-CA"}
    desk, shelter = new_page(**options), new_page(**options)
    sign_in(desk, maya)
    assert desk.locator("html").get_attribute("lang") == f"{language}-CA"
    file_page = open_a_file(desk, language)
    request_page = ask(desk)

    sign_in(shelter, ines)
    press(shelter, "a[href^='/requests/0']")
    theirs = shelter.url
    assert "Biscuit is a small dog" in shelter.locator("main").inner_text()
    assert WISH[language] in shelter.locator("main").inner_text()
    fits(shelter)
    shelter.select_option("select[name=day] >> nth=0", str(SOON.day))
    shelter.select_option("select[name=month] >> nth=0", str(SOON.month))
    shelter.fill("input[name=ask_for]", "Rosa")
    press(shelter, "form[action$='/acceptance'] button")
    own_file = shelter.locator("a[href^='/files/0']").first.get_attribute("href")
    press(shelter, "button[value=completed]")
    shelter.goto(own_file)
    assert "Riverside Open Desk" in shelter.locator(".around").inner_text()
    fits(shelter)

    desk.goto(file_page)
    assert ("Rive-Nord" if language == "fr" else "North Shore") in desk.locator(".around").inner_text()
    desk.goto(request_page)
    assert "Rosa" in desk.locator(".answer").inner_text(), "a yes with a date and a name"
    fits(desk)
    press(desk, "button[value=worked]")
    desk.goto(file_page)
    assert desk.locator("form[action$='/end']").count() == 0, "their word has ended it"

    shelter.goto(theirs)
    assert WISH[language] not in shelter.content()
    absent = shelter.goto(theirs.replace(theirs[-12:], "000000000000"))
    assert absent.status == shelter.goto(theirs).status == 404
    shelter.goto(own_file)
    assert "Riverside" not in shelter.locator(".around").inner_text()
    with ctx.as_worker(maya.pk):
        done = set(TrailEntry.objects.filter(custodian_id=maya.agency_id).values_list("action", flat=True))
    assert {
        "files.opened",
        "plans.priority_added",
        "consent.given",
        "referrals.requested",
        "referrals.read",
        "referrals.accepted",
        "consent.ended",
    } <= done


@pytest.mark.costly("the main path, by two people in two browsers")
def test_a_no_comes_back_with_its_barrier_and_becomes_a_gap(page, new_page, people):
    maya, ines = people
    sign_in(page, maya)
    open_a_file(page, "en")
    request_page = ask(page)
    shelter = new_page(viewport=SCREENS[320])
    sign_in(shelter, ines)
    press(shelter, "a[href^='/requests/0']")
    press(shelter, "a[href$='/refusal']")

    press(shelter, "main form button.button")
    assert shelter.locator("[role=alert] li").count() >= 1, "a no without a reason is not taken"
    shelter.check("input[name=reason][value=not-a-fit]")
    shelter.locator("main details summary").click()
    shelter.check("input[name=barriers][value=pets]")
    press(shelter, "main form button.button")

    page.goto("/day")
    assert "an answer came back" in page.locator("main").inner_text()
    assert "North Shore" not in page.locator("main").inner_text(), "whose answer it is opens with the file"
    page.goto(request_page)
    assert "Pets" in page.locator("main").inner_text()
    with ctx.as_worker(maya.pk):
        assert [gap.barriers for gap in Gap.objects.all()] == [["pets"]]


@pytest.mark.costly("the main path, by two people in two browsers")
def test_an_open_tab_shows_nothing_after_the_person_said_not_them(new_page, people):
    maya, ines = people
    desk, shelter = new_page(), new_page()
    sign_in(desk, maya)
    file_page = open_a_file(desk, "en")
    ask(desk)
    sign_in(shelter, ines)
    press(shelter, "a[href^='/requests/0']")

    desk.goto(file_page)
    press(desk, "form[action$='/end'] button")

    press(shelter, "form[action$='/acceptance'] button")
    assert shelter.locator("h1").inner_text() == "There is nothing here"
    shelter.go_back()
    shelter.wait_for_timeout(300)
    assert "Biscuit" not in shelter.content()


@pytest.mark.costly("three requests one after the other, in a browser")
@lanes.variants(
    "language, javascript, width", product(("en", "fr"), (True, False), SCREENS), quick=[("fr", False, 320)]
)
def test_asking_takes_four_pages_and_again_three(new_page, people, language, javascript, width):
    """docs/daily-jobs.md. Pages are those on which something is asked, from the want to what went."""
    maya, _ines = people
    page = new_page(viewport=SCREENS[width], java_script_enabled=javascript, locale=f"{language}-CA")
    sign_in(page, maya)
    file_page = open_a_file(page, language)
    assert pages_of(page, lambda: ask(page)) == ["whom", "introduction", "agreement", "check"]

    page.goto(file_page)
    assert pages_of(page, lambda: ask_again(page)) == ["whom", "agreement", "check"]

    police()
    page.goto(file_page)
    asked = pages_of(page, lambda: ask_police(page))
    assert asked == ["whom", "whom", "passing-on", "introduction", "agreement", "check"], "never short"


def pages_of(page, walk):
    """The pages a walk leads over, by the last word of their addresses; the one it ends on is none."""
    seen = []

    def note(frame):
        if frame == page.main_frame:
            seen.append(frame.url.partition("?")[0].rstrip("/").rsplit("/", 1)[-1])

    page.on("framenavigated", note)
    walk()
    page.remove_listener("framenavigated", note)
    return seen[:-1]


def ask_again(page):
    """The introduction is there already: whom, what they may see, read back."""
    whom_to_ask(page)
    agree(page)
    assert "Biscuit" in page.locator(".readback").inner_text()
    press(page, "button[name=agree]")


def police():
    """A police service that can be asked here."""
    return cast.agency("Two Rivers Police", "criminal-legal", "police")


def ask_police(page):
    """By name; what they must pass on is said aloud first."""
    page.locator("#plan .do summary").first.click()
    press(page, "#plan form[action$='/seeking'] button")
    page.fill("input[name=words]", "two rivers pol")
    press(page, "form[role=search] button")
    press(page, "form[action$='/new'] button")
    page.check("input[name=explained]")
    press(page, "main form button.button")
    page.check("input[name=approved]")
    press(page, "main form button.button")
    assert page.locator("input[name=explained]").count() == 0, "it was said on its own page"
    for box in page.locator("input[name=items]").all():
        box.check()
    said = {"length": "7", "purpose": "answer", "capacity": "self", "method": "oral-witnessed"}
    for name, value in (said | {"others_present": "alone"}).items():
        page.check(f"input[name={name}][value='{value}']")
    press(page, "main form button.button")
    press(page, "button[name=agree]")


def walked(page, *steps):
    """Press one thing after the other, each on the page that came of the one before. How many it took.

    A step that is a dictionary is what is written or chosen before the next press.
    """
    presses = 0
    for step in steps:
        if isinstance(step, dict):
            for name, value in step.items():
                field = page.locator(f"[name={name}]").first
                if field.evaluate("field => field.tagName") == "SELECT":
                    field.select_option(value)
                else:
                    field.fill(value)
        elif step.endswith(("summary", "label")):
            page.locator(step).first.click()
            presses += 1
        else:
            press(page, step)
            presses += 1
    return presses


@pytest.mark.costly("four answers, in a browser")
@lanes.variants(
    "language, javascript, width", product(("en", "fr"), (True, False), SCREENS), quick=[("fr", False, 320)]
)
def test_an_answer_takes_two_or_three_taps(new_page, people, language, javascript, width):
    """docs/daily-jobs.md. From My day, which is where one is when one has signed in."""
    maya, ines = people
    options = {"viewport": SCREENS[width], "java_script_enabled": javascript, "locale": f"{language}-CA"}
    desk, shelter = new_page(**options), new_page(**options)
    sign_in(desk, maya)
    file_page = open_a_file(desk, language)
    request_page = ask(desk)
    sign_in(shelter, ines)

    open_it = "main li.next a.button"
    question = ("main a[href$='/question']", {"words": "Is it a large dog?"}, "main form button.button")
    assert walked(shelter, open_it, *question) == 3, "a question back"
    desk.goto(request_page)
    back = ({"words": "A small one."}, "form[action$='/messages'] button")
    assert walked(desk, *back) == 1, "its answer, on the request itself"
    assert "large dog" in desk.locator(".thread").inner_text()

    shelter.goto("/day")
    yes = (
        {"day": str(SOON.day), "month": str(SOON.month), "ask_for": "Rosa"},
        "form[action$='/acceptance'] button",
    )
    assert walked(shelter, open_it, *yes) == 2, "a yes with a day and a name"
    desk.goto(request_page)
    assert "Rosa" in desk.locator(".answer").inner_text()

    desk.goto(file_page)
    ask_again(desk)
    shelter.goto("/day")
    no = (
        "input[value=no-capacity] >> xpath=ancestor::label",
        "form[action$='/refusal'] button",
    )
    assert walked(shelter, open_it, *no) == 3, "a no: opened, its reason, told"
