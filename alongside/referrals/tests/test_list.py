"""Requests are found wherever they stand, and what a form lacks is named."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.test import Client
from lxml import html

from alongside.kernel import clock, ctx
from alongside.referrals import commands
from alongside.referrals.tests import cast
from tests.browsing import SCREENS, sign_in
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def scene(live):
    """Maya asked Élan and took it back, asked Élan again, and began to ask Cedar."""
    maya = cast.worker(cast.agency("Riverside"), passphrase=cast.PASSPHRASE)
    elan, cedar = cast.agency("Maison Élan"), cast.agency("Cedar")
    file = cast.file(maya)
    wish = cast.priority(file, maya, need="shelter_tonight")
    over = cast.request(file, maya, elan, wish)
    with ctx.as_worker(maya.pk):
        commands.take_back(referral=over, by=maya, at=clock.now())
    asked, draft = cast.request(file, maya, elan, wish), cast.talked_about(file, maya, cedar, wish)
    return {"maya": maya, "file": file, "asked": asked, "over": over, "draft": draft}


def looked_for(who, words, side="by-us"):
    """Under which heading each request was found."""
    page = cast.sign_in(Client(), who).post(f"/requests/?side={side}", {"words": words})
    found = html.fromstring(page.content)
    return {
        link.get("href").rstrip("/").split("/")[2]: section.xpath("string(h2)")
        for section in found.xpath("//section[ul[@class='cards']]")
        for link in section.xpath(".//h3/a")
    }


@pytest.mark.parametrize("words", ["elan", "ÉLAN", "maison e"])
@pytest.mark.parametrize("side", ["by-us", "drafts"])
def test_a_request_is_found_in_every_tab_whatever_its_accents_and_capitals(scene, words, side):
    found = looked_for(scene["maya"], words, side)

    assert found == {str(scene["asked"].id): "Asked by us", str(scene["over"].id): "Over"}


def test_a_code_name_finds_what_was_begun_too(scene):
    found = looked_for(scene["maya"], scene["file"].handle.upper())

    assert found[str(scene["draft"].id)] == "Drafts"
    assert len(found) == 3
    for nobody in ("Nobody of that name", "\N{SLIGHTLY SMILING FACE}", "…", "\N{COMBINING ACUTE ACCENT}"):
        assert looked_for(scene["maya"], nobody) == {}, nobody


def begin_to_ask(client, file, agency):
    """Begin to ask an agency for somebody; where that leads."""
    return client.post(f"/requests/of/{file.id}/new", {"agency": str(cast.agency(agency).pk)})["Location"]


def test_whoever_looks_for_more_than_is_shown_is_told_so(scene, monkeypatch):
    client = cast.sign_in(Client(), scene["maya"])
    assert "There are more than these" not in cast.words(client.post("/requests/", {"words": "elan"}))

    monkeypatch.setattr(import_module("alongside.referrals.queries.cards"), "ON_A_PAGE", 1)
    for agency in ("Foyer Élan", "Clinique Élan"):
        begin_to_ask(client, scene["file"], agency)

    assert "There are more than these" in cast.words(client.post("/requests/", {"words": "elan"}))


def test_a_draft_goes_on_where_it_was_left(scene):
    client, another = cast.sign_in(Client(), scene["maya"]), cast.file(scene["maya"], "Kit")
    begun = begin_to_ask(client, another, "Blue Door").split("/")[2]
    introduction, agreement = f"/requests/{begun}/introduction", f"/requests/{scene['draft'].id}/agreement"

    def leads_to(page):
        return set(html.fromstring(client.get(page).content).xpath("//main//a/@href"))

    assert {introduction, agreement} <= leads_to("/requests/?side=drafts")
    assert introduction in leads_to(f"/files/{another.id}")
    assert agreement in leads_to(f"/files/{scene['file'].id}")


def lacking(who, address, said=None):
    """What the summary at the top names, and whether each of its links leads to something."""
    response = cast.sign_in(Client(), who).post(address, said or {})
    page = html.fromstring(response.content)
    links = page.xpath("//div[@role='alert']//a")
    assert response.status_code == 422
    assert all(page.xpath("//*[@id=$id]", id=link.get("href")[1:]) for link in links)
    return [item.text_content() for item in page.xpath("//div[@role='alert']//li")]


def test_what_a_question_about_room_lacks_is_named_with_what_to_do(scene):
    assert lacking(scene["maya"], "/requests/capacity/new") == [
        "Day: Choose for which day they are asked, and its month.",
        "Which agencies?: Choose at least one agency.",
        "What kind of service?: Choose what kind of service.",
        "For how many people?: Write a number of people from 1 to 50.",
    ]


@pytest.mark.parametrize("people", ["0", "51", "some"])
def test_a_number_of_people_that_cannot_be_says_which_can(scene, people):
    told = lacking(scene["maya"], "/requests/capacity/new", {"people": people, "day": "3"})

    assert "For how many people?: Write a number of people from 1 to 50." in told
    assert "Month: Choose both the day and the month." in told


def test_an_agreement_to_nothing_says_what_to_tick(scene):
    told = lacking(scene["maya"], f"/requests/{scene['draft'].id}/agreement")

    assert "What they may see: Tick at least one thing they agree to, or press “Not now”." in told


QUOTED = "getComputedStyle(document.querySelector('h3 q')).quotes"


@pytest.mark.costly("a browser with and without JavaScript, in both languages")
def test_only_what_is_true_is_said_without_javascript_and_quotes_are_the_pages(scene, new_page):
    kept, agreement = "text=Kept as you go", f"/requests/{scene['draft'].id}/agreement"
    plain, page = new_page(java_script_enabled=False), new_page(viewport=SCREENS[320])
    for each, said in ((plain, False), (page, True)):
        sign_in(each, scene["maya"])
        each.goto(agreement)
        assert each.locator(kept).is_visible() == said
    page.goto("/requests/")
    assert "“" in page.evaluate(QUOTED)
    page.locator("header summary").click()
    last = page.locator(".panel button").last
    last.scroll_into_view_if_needed()
    bar, end = page.locator(".places").bounding_box(), last.bounding_box()
    assert end["y"] + end["height"] <= bar["y"], "the menu ends above the bar under the thumb"
    page.locator(".panel button[name=language][value=fr]").click()
    page.wait_for_selector("html[lang=fr-CA]")
    assert "«" in page.evaluate(QUOTED), "English words on a French page"
