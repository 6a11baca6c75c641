"""Every page of the evidence, empty and full, with very long names, in both languages and two widths.

And coding with a keyboard and a pointer.
"""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from alongside.evidence import commands, queries
from alongside.evidence.tests.people import asks, brought, code, coded, does, ready, scene
from tests.browsing import press
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
LONG = "Nʔaxʷəlqʷə́wayəɬ-und-Anishinaabekwe-Verschränkungen " * 2


@pytest.fixture
@frozen
def world(live):
    """A study with everything in it, and one with nothing."""
    there = scene()
    there.empty = does(there.luc, commands.open_study, facts={"title": "Nothing yet"})
    facts = {
        "title": LONG,
        "question": LONG,
        "method": LONG * 3,
        "guide": [LONG, "And?"],
        "ethics": "REB 12",
        "note": "More were asked.",
    }
    does(there.ana, commands.rewrite_study, study_id=there.study.pk, facts=facts)
    there.person = does(
        there.ana,
        commands.add_participant,
        study_id=there.study.pk,
        facts={"role": "somebody who left", "speaks_as": "lived", "region": "north"},
    )
    there.source, there.raw = (
        ready(there, participant_id=there.person.pk),
        brought(there, "Marie and Zoé. Marie went to Barrie at 16."),
    )
    there.code = code(
        there, LONG, is_theme=True, definition=LONG, include="this", exclude="that", example="as here"
    )
    under = code(there, "In a person", parent_id=there.code.pk)
    code(there, "Holds others", codable=False)
    there.coding = coded(there, there.source, there.code, "Trust is what helped. [someone] told me")
    coded(there, there.source, under, "I waited three weeks")
    there.theirs = coded(there, there.source, under, "a worker sat with me", by=there.luc)
    there.memo = does(
        there.ana, commands.write_memo, study_id=there.study.pk, words=LONG, coding_id=there.coding.pk
    )
    does(there.ana, commands.rewrite_code, code_id=there.code.pk, facts={"definition": "Otherwise"})
    does(there.ana, commands.merge_codes, code_id=code(there, "Old").pk, into_id=under.pk)
    return there


def where(there):
    """Every page, and whose."""
    named = {
        "study": [there.study.pk, there.empty.pk],
        "study_edit": [there.study.pk],
        "versions": [there.study.pk],
        "participants": [there.study.pk, there.empty.pk],
        "participant": [there.person.pk],
        "bring_in": [there.study.pk],
        "source": [there.source.pk, there.raw.pk],
        "words": [there.raw.pk],
        "withdrawal": [there.source.pk],
        "coding": [there.source.pk],
        "passage": [there.coding.pk, there.theirs.pk],
        "memos": [there.study.pk, there.empty.pk],
        "memo": [there.memo.pk],
        "codebook": [there.study.pk, there.empty.pk],
        "code_new": [there.study.pk],
        "code": [there.code.pk],
        "code_edit": [there.code.pk],
        "theme": [there.code.pk],
    }
    yield reverse("evidence:studies")
    yield reverse("evidence:new")
    yield reverse("evidence:version", args=[there.study.pk, 1])
    yield from (reverse(f"evidence:{name}", args=[id]) for name, ids in named.items() for id in ids)


@pytest.mark.costly("every page of the evidence, in a browser")
@pytest.mark.thorough("looks at every page through axe; the quick lane walks through them in a browser")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_can_be_read_by_everybody(signed_in, look, world, language):
    page = signed_in(world.ana, bypass_csp=True, locale=f"{language}-CA")
    for path in where(world):
        look.at(page, path)
        assert page.locator("h1").count() == 1, path
        assert not re.search(r"Marie|Trust|Nʔax", page.title()), path


def test_words_are_coded_by_pointer_by_keyboard_and_taken_back(signed_in, world):
    page = signed_in(world.ana)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(reverse("evidence:coding", args=[world.source.pk]))

    page.locator("#s7 .s").click(click_count=3)
    expect(page.locator("#chosen q")).to_have_text(re.compile(".{21,}", re.DOTALL))
    expect(page.locator("#id_code")).to_be_focused()
    page.keyboard.type("in a per")
    page.keyboard.press("Enter")
    page.get_by_text("In a person: sentence 7.").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_code"
    page.keyboard.type("4-5 Waiting")
    page.get_by_role("button", name="As a new code").click()
    page.get_by_text("Waiting: sentences 4 to 5.").wait_for()
    page.get_by_role("button", name="Undo the last").click()
    page.get_by_text("Taken back: Waiting.").wait_for()

    words = [
        (coding.code.name, coding.start, coding.end)
        for coding in asks(world.ana, queries.codings_in, world.source)
        if coding.coded_by == world.ana.pk
    ]
    assert ("In a person", 171, 200) in words
    assert "Waiting" not in {name for name, _, _ in words}
    assert not [message for message in said if "Content Security Policy" in message]


def test_letters_that_javascript_counts_twice_are_counted_once(signed_in, world):
    source = ready(world, "A 🌿 grew. 🌿🌿 Then trust grew too.")
    page = signed_in(world.ana)
    page.goto(reverse("evidence:coding", args=[source.pk]))

    page.locator("#s2 .s").dblclick(position={"x": 70, "y": 12})
    expect(page.locator("#chosen q")).to_have_text(re.compile(r"\w\w"))
    chosen = page.locator("#chosen q").inner_text()
    page.keyboard.type("in a per")
    page.keyboard.press("Enter")
    page.locator("#s2 .under a").wait_for()

    coding = asks(world.ana, queries.codings_in, source)[0]
    assert asks(world.ana, queries.get_passage, coding.pk).words == chosen
    assert chosen.isalpha()


@pytest.mark.costly("a dozen pages, in a browser")
def test_everything_can_be_done_without_javascript(signed_in, world):
    page = signed_in(world.ana, java_script_enabled=False)
    page.goto(reverse("evidence:words", args=[world.raw.pk]))
    while page.locator(".decide button[value=replace]").count():
        press(page, ".decide button[value=replace]")
    page.locator("input[name=read]").check()
    press(page, page.get_by_role("button", name="Destroy the text"))
    page.get_by_label("Code", exact=True).fill("1-2 A first code")
    press(page, page.get_by_role("button", name="As a new code"))

    assert "A first code: sentences 1 to 2." in page.locator(".kept").inner_text()
