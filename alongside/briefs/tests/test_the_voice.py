"""From a transcript to a signed edition, in a real browser with the keyboard alone.

Once with the pages in English and once in French.
"""

from __future__ import annotations

import re

import pytest
from django.test import Client

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


def to_a_theme(one, language):
    """A study, somebody who took part, what they said; cleaned, and two sentences of it under a new theme."""
    one.press("a[href='/evidence/']")
    one.press("a[href='/evidence/new']")
    one.write("[name=title]", "The same face")
    one.write("[name=question]", "What makes somebody come back?")
    one.press("main form .button")
    study = one.page.url.rsplit("/", 1)[-1]
    one.press("a[href$='/participants']")
    one.choose("[name=speaks_as]", "lived")
    one.press("main form .button")
    one.page.goto(f"/evidence/studies/{study}")
    one.press("a[href$='/sources/new']")
    one.write("[name=text]", SAID[language])
    one.choose("main [name=language]", language)
    one.press("main form .button")
    while one.page.locator("button[name=decision][value=replace]").count():
        one.go_to("button[name=decision][value=replace]")
        with one.page.expect_response(lambda answer: answer.request.method == "POST"):
            one.page.keyboard.press("Enter")
        one.page.wait_for_timeout(150)
    one.choose("#finish [name=read]", "1")
    one.press("#finish button")
    assert "555" not in one.page.inner_text("#talk")
    one.write("#id_code", "Same face")
    one.write("#id_first", "2")
    one.write("#id_last", "3")
    one.go_to("#coder button[name=new]")
    with one.page.expect_response(lambda answer: answer.request.method == "POST"):
        one.page.keyboard.press("Enter")
    one.page.wait_for_selector("a[href*='/evidence/passages/']")
    return study


def to_an_agreement(one, other, language):
    """The passage made a quote, thought over, shown, agreed to and translated.

    The translation is checked by somebody else.
    """
    one.press("a[href*='/evidence/passages/']")
    one.press("form[action^='/quotes/passages/'] button")
    quote = one.page.url
    one.press("a[href$='/recognition']")
    one.choose("[name=answer]", "no")
    one.press("main form .button")
    one.press("a[href$='/sheet']")
    assert PRINTED[language] in one.page.inner_text("main")
    one.press("a[href$='/showing']")
    one.choose("[name=way]", "paper")
    one.choose("[name=shown_by_role]", "me")
    one.press("main form .button")
    one.choose("[name=answer]", "yes")
    one.press("main form .button")
    one.choose("[name=attribution]", "lived")
    one.press("main form .button")
    one.choose("[name=audiences][value=public]", "public")
    one.choose("[name=may_translate]", "on")
    one.press("main form .button")
    one.press("main form .button")
    one.press("main form .button")
    one.press("a[href$='/translation']")
    target = "fr" if language == "en" else "en"
    one.choose("main [name=language]", target)
    one.write("[name=words]", PRINTED[target])
    one.choose("[name=translator]", "us")
    one.press("main form .button")
    other.page.goto(quote)
    other.press("form[action$='/check'] button")


def written(one):
    """A brief, part by part."""
    one.press("a[href='/briefs/']")
    one.press("a[href='/briefs/new']")
    both(one, "title", "The same face", "Le même visage")
    one.write("[name=slug]", "same-face")
    study = one.page.locator("[name=study_id] option").nth(1).get_attribute("value")
    one.choose("[name=study_id]", study)
    one.press("main form .button")
    brief = one.page.url
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
        one.page.goto(brief)
        one.press(f"a[href$='/sections/new/{kind}']")
        for name, words in texts.items():
            both(one, name, *words)
        one.press("main form .button")
    one.page.goto(brief)
    one.press("a[href$='/quotes']")
    one.choose("[name=quote]", "")
    one.press("main form .button")
    one.page.goto(brief)
    one.press("a[href$='/about']")
    one.write("[name=balance_reason]", "One voice is all there is in this test.")
    one.press("main form .button")
    one.press("a[href$='/checks']")
    for question in one.page.evaluate(
        "[...document.querySelectorAll('[name$=_answer][value=yes]')].map(e => e.name)"
    ):
        one.choose(f"[name={question}]", "yes")
    one.press("main form .button.button:not(.plain)")
    return brief


def both(one, name, english, french):
    """A text in both languages."""
    one.write(f"[name={name}_en]", english)
    one.write(f"[name={name}_fr]", french)


@pytest.mark.thorough(
    "some two hundred keys and pages; the quick lane codes a text, takes a quote all the way, and publishes "
    "an edition, each by itself"
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_a_transcript_to_a_signed_edition_with_the_keyboard_alone(new_page, live, office, language):
    one, other = (hands(new_page, live, office[name], language) for name in ("esme", "kofi"))

    to_a_theme(one, language)
    to_an_agreement(one, other, language)
    brief = written(one)
    one.page.goto(f"{brief}/proof")
    one.press("form[action$='/proof'] button, main form:not([action]) button")
    for signer in (one, other):
        signer.page.goto(f"{brief}/proof")
        signer.press("form[action$='/signatures'] button")
    one.page.goto(f"{brief}/proof")
    one.press("form[action$='/editions'] button")

    assert one.page.url.endswith("/briefs/same-face/1")
    stranger = new_page(locale=f"{language}-CA")
    for tongue in ("en", "fr"):
        stranger.goto(f"/briefs/same-face/1?language={tongue}")
        assert PRINTED[tongue] in re.sub(r"\s+", " ", stranger.inner_text("main"))
        assert stranger.request.get(f"/briefs/same-face/1/{tongue}.pdf").body().startswith(b"%PDF")
