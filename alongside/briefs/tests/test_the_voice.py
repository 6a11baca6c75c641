"""From a transcript to a signed edition, in a real browser with the keyboard alone.

Once with the pages in English and once in French.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from alongside.agencies.tests import cast
from tests.keyboard import Hands

pytestmark = pytest.mark.django_db
SAID = {
    "en": (
        "My phone is 555 0134. I came back on the second day because the "
        "same worker was at the desk. Nobody asked me to begin again."
    ),
    "fr": (
        "Mon numéro est le 555 0134. Je suis revenue le deuxième jour parce que la même personne était à "
        "l’accueil. Personne ne m’a demandé de recommencer."
    ),
}
PRINTED = {
    "en": (
        "I came back on the second day because the same worker "
        "was at the desk. Nobody asked me to begin again."
    ),
    "fr": (
        "Je suis revenue le deuxième jour parce que la même personne "
        "était à l’accueil. Personne ne m’a demandé de recommencer."
    ),
}


@pytest.fixture
def office(db):
    office = cast.agency("Riverside")
    return {
        name: cast.worker(office, name.capitalize(), role)
        for name, role in (("esme", "editor"), ("kofi", "editor"))
    }


def hands(new_page, live, worker, language):
    """Somebody signed in, at their first page."""
    client = cast.sign_in(Client(), worker)
    page = new_page(locale=f"{language}-CA", viewport={"width": 1280, "height": 900})
    page.context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": live}])
    page.goto("/")
    return Hands(page)


def to_a_theme(editor, language):
    """A study, somebody who took part, what they said; cleaned, and two sentences of it under a new theme."""
    editor.press("a[href='/evidence/']")
    editor.press("a[href='/evidence/new']")
    editor.write("[name=title]", "The same face")
    editor.write("[name=question]", "What makes somebody come back?")
    editor.press("main form .button")
    study = editor.page.url.rsplit("/", 1)[-1]
    editor.press("a[href$='/participants']")
    editor.choose("[name=speaks_as]", "lived")
    editor.press("main form .button")
    editor.page.goto(f"/evidence/studies/{study}")
    editor.press("a[href$='/sources/new']")
    editor.write("[name=text]", SAID[language])
    editor.choose("main [name=language]", language)
    editor.press("main form .button")
    replaced = editor.page.locator("button[name=decision][value=replace]")
    while left := replaced.count():
        editor.go_to("button[name=decision][value=replace]")
        editor.page.keyboard.press("Enter")
        expect(replaced).not_to_have_count(left)
    editor.choose("#finish [name=read]", "1")
    editor.press("#finish button")
    assert "555" not in editor.page.inner_text("#talk")
    editor.write("#id_code", "Same face")
    editor.write("#id_first", "2")
    editor.write("#id_last", "3")
    editor.go_to("#coder button[name=new]")
    with editor.page.expect_response(lambda answer: answer.request.method == "POST"):
        editor.page.keyboard.press("Enter")
    editor.page.wait_for_selector("a[href*='/evidence/passages/']")
    return study


def to_an_agreement(editor, other, language):
    """The passage made a quote, thought over, shown, agreed to and translated.

    The translation is checked by somebody else.
    """
    editor.press("a[href*='/evidence/passages/']")
    editor.press("form[action^='/quotes/passages/'] button")
    quote = editor.page.url
    editor.press("a[href$='/recognition']")
    editor.choose("[name=answer]", "no")
    editor.press("main form .button")
    editor.press("a[href$='/sheet']")
    assert PRINTED[language] in editor.page.inner_text("main")
    editor.press("a[href$='/showing']")
    editor.choose("[name=way]", "paper")
    editor.choose("[name=shown_by_role]", "me")
    editor.press("main form .button")
    editor.choose("[name=answer]", "yes")
    editor.press("main form .button")
    editor.choose("[name=attribution]", "lived")
    editor.press("main form .button")
    editor.choose("[name=audiences][value=public]", "public")
    editor.choose("[name=may_translate]", "on")
    editor.press("main form .button")
    editor.press("main form .button")
    editor.press("main form .button")
    editor.press("a[href$='/translation']")
    target = "fr" if language == "en" else "en"
    editor.choose("main [name=language]", target)
    editor.write("[name=words]", PRINTED[target])
    editor.choose("[name=translator]", "us")
    editor.press("main form .button")
    other.page.goto(quote)
    other.press("form[action$='/check'] button")


def written(editor):
    """A brief, part by part."""
    editor.unfold("details.more summary")
    editor.press("a[href='/briefs/']")
    editor.press("a[href='/briefs/new']")
    both(editor, "title", "The same face", "Le même visage")
    editor.write("[name=slug]", "same-face")
    study = editor.page.locator("[name=study_id] option").nth(1).get_attribute("value")
    editor.choose("[name=study_id]", study)
    editor.press("main form .button")
    brief = editor.page.url
    parts = (
        ("key_message", {"body": ("People stay.", "Les gens restent.")}),
        ("summary", {"body": ("In short.", "En bref.")}),
        ("context", {"body": ("Why it matters.", "Pourquoi c’est important.")}),
        ("method", {"body": ("How it was asked.", "Comment on a demandé.")}),
        ("audience", {"body": ("Funders", "Bailleurs de fonds")}),
        ("group", {"heading": ("Meet people as they are", "Accueillir les gens comme ils sont")}),
        (
            "recommendation",
            {
                "heading": ("Keep the same worker.", "Gardez la même personne."),
                "impact": ("People come back.", "Les gens reviennent."),
            },
        ),
    )
    for kind, texts in parts:
        editor.page.goto(brief)
        editor.press(f"a[href$='/sections/new/{kind}']")
        for name, words in texts.items():
            both(editor, name, *words)
        editor.press("main form .button")
    editor.page.goto(brief)
    editor.press("a[href$='/quotes']")
    editor.choose("[name=quote]", "")
    editor.press("main form .button")
    editor.page.goto(brief)
    editor.press("a[href$='/about']")
    editor.write("[name=balance_reason]", "One voice is all there is in this test.")
    editor.press("main form .button")
    editor.press("a[href$='/checks']")
    for question in editor.page.evaluate(
        "[...document.querySelectorAll('[name$=_answer][value=yes]')].map(e => e.name)"
    ):
        editor.choose(f"[name={question}]", "no" if question == "recognise_answer" else "yes")
    editor.press("main form .button.button:not(.plain)")
    return brief


def both(editor, name, english, french):
    """A text in both languages."""
    editor.write(f"[name={name}_en]", english)
    editor.write(f"[name={name}_fr]", french)


@pytest.mark.thorough(
    "some two hundred keys and pages; the quick lane codes a text, takes a quote all the way, and publishes "
    "an edition, each by itself"
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_a_transcript_to_a_signed_edition_with_the_keyboard_alone(new_page, live, office, language):
    esme, kofi = (hands(new_page, live, office[name], language) for name in ("esme", "kofi"))

    to_a_theme(esme, language)
    to_an_agreement(esme, kofi, language)
    brief = written(esme)
    esme.page.goto(f"{brief}/proof")
    esme.press("form[action$='/proof'] button, main form:not([action]) button")
    for signer in (esme, kofi):
        signer.page.goto(f"{brief}/proof")
        signer.press("form[action$='/signatures'] button")
    esme.page.goto(f"{brief}/proof")
    esme.press("form[action$='/editions'] button")

    assert esme.page.url.endswith("/briefs/same-face/1")
    stranger = new_page(locale=f"{language}-CA")
    for tongue in ("en", "fr"):
        stranger.goto(f"/briefs/same-face/1?language={tongue}")
        assert PRINTED[tongue] in re.sub(r"\s+", " ", stranger.inner_text("main"))
        assert stranger.request.get(f"/briefs/same-face/1/{tongue}.pdf").body().startswith(b"%PDF")
