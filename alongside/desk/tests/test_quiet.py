"""Quiet pages: names and words are covered until they are held, on every page there is."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from tests.examples import build
from tests.frozen import frozen
from tests.test_every_page import where

pytestmark = pytest.mark.django_db

# Text that can be seen and is not empty: its own colour, and not that of what it stands in.
SHOWN = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const shown = [];
  while (walker.nextNode()) {
    const style = getComputedStyle(walker.currentNode.parentElement);
    const colour = walker.currentNode.parentElement.closest("svg") ? style.fill : style.color;
    const hidden = walker.currentNode.parentElement.closest(".visually-hidden");
    if (!hidden && colour !== "rgba(0, 0, 0, 0)") shown.push(walker.currentNode.data);
  }
  for (const field of document.querySelectorAll("main :is(input:not([type=hidden]), textarea)"))
    if (getComputedStyle(field).color !== "rgba(0, 0, 0, 0)") shown.push(field.value);
  return shown.join("\\n");
}"""
SEALED = ("Wilhelmina", "Nʔaxʷəlqʷə́wayəɬ", "555 0134", "nobody finds me", "the library")


@pytest.fixture
@frozen
def full(live):
    """A file with everything in it; and what there is beside it."""
    return build("on_every_page")


def covered(client):
    return b'<body class="quiet-page"' in client.get("/day").content


def test_one_tap_covers_every_page_of_the_session_and_one_more_uncovers_them(client, db):
    cast.sign_in(client, cast.worker(cast.agency()))
    assert not covered(client)

    assert client.post("/quiet", {"next": "/files/"})["Location"] == "/files/"
    assert covered(client)
    client.post("/quiet")
    assert not covered(client)


def test_it_leads_nowhere_else(client, db):
    cast.sign_in(client, cast.worker(cast.agency()))

    for said in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:1"):
        assert client.post("/quiet", {"next": said})["Location"] == "/"


def test_a_device_at_an_open_desk_begins_covered_whoever_signs_in(db):
    here, desk = cast.agency(), Client()
    cast.sign_in(desk, cast.worker(here)).post("/quiet", {"device": "1", "next": "/account/me"})
    assert covered(desk)

    cast.sign_in(desk, cast.worker(here, "Priya"))
    assert covered(desk), "a new session"
    desk.post("/quiet")
    assert not covered(desk), "one tap still uncovers it"

    desk.post("/quiet", {"device": "0"})
    cast.sign_in(desk, cast.worker(here, "Sam"))
    assert not covered(desk)


@pytest.mark.costly("every page of casework, in a browser")
@pytest.mark.parametrize("forced", ["none", "active"])
def test_no_page_shows_a_name_or_a_word_while_it_is_quiet(signed_in, full, forced):
    page = signed_in(full.people["caseworker"], forced_colors=forced)
    page.goto("/day")
    with page.expect_response("**/quiet"):
        page.locator("form[data-quiet] button").click()
    told = {}
    for path in where(full) if forced == "none" else (f"/files/{full.ids['file_id']}", "/files/"):
        page.goto(path)
        shown = page.evaluate(SHOWN)
        if seen := [words for words in SEALED if words in shown]:
            told[path] = seen

    assert not told


@pytest.mark.costly("in a browser")
def test_what_is_held_is_read_and_what_is_covered_is_not_printed(signed_in, full, tmp_path):
    page = signed_in(full.people["caseworker"])
    page.goto(f"/files/{full.ids['file_id']}")
    page.locator("form[data-quiet] button").click()
    heading = page.locator("main h1")
    assert heading.evaluate("e => getComputedStyle(e).color") == "rgba(0, 0, 0, 0)"

    heading.hover()
    page.mouse.down()
    assert heading.evaluate("e => getComputedStyle(e).color") != "rgba(0, 0, 0, 0)"
    page.mouse.up()
    assert heading.evaluate("e => getComputedStyle(e).color") == "rgba(0, 0, 0, 0)"

    page.emulate_media(media="print")
    assert page.locator("main").evaluate("e => getComputedStyle(e).visibility") == "hidden"
