"""Every page of the quotes, of exchanging and of comparing, in both languages, at 1280 and 320 px.

Nothing that WCAG 2.2 AA forbids, nothing wider than the screen.
"""

from __future__ import annotations

import pytest

from alongside.evidence.tests import people as evidence
from alongside.evidence.tests.test_exchange import brought
from alongside.evidence.tests.test_exchange_pages import two_codings
from alongside.kernel import clock, ctx
from alongside.quotes import commands
from alongside.quotes.tests import stage
from tests.browsing import press
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
LONG = "Donaudampfschifffahrtsgesellschaftskapitaensmuetze " * 12


@pytest.fixture
@frozen
def full(live):
    """A study with a quote on every list, long words among them; a study that is empty.

    One that was exchanged and read by two.
    """
    there = stage.study()
    fresh, shown = (
        stage.collected(there, LONG),
        stage.shown(there, stage.collected(there, "Nobody came.\nI waited.")),
    )
    agreed = stage.printable(
        there, attribution="role_region", name_en="A mother " * 11, name_fr="Une mère " * 11, region="north"
    )
    stage.thought_over(there, agreed, "could", ["dates", "small"], reasons=LONG, their_choice=True)
    for _n in range(2):
        stage.printable(there, "Quatre fois, et encore.")
    with ctx.as_worker(there.noor.pk):
        commands.translate(
            quote=agreed,
            language="fr",
            words="On me l’a demandé quatre fois.",
            translator="certified",
            by=there.noor,
            at=clock.now(),
        )
        commands.set_terms(
            quote=shown,
            by=there.noor,
            attribution="lived",
            audiences=["funder", "public"],
            until="2027-05-01",
            may_translate=True,
        )
        commands.withdraw(quote=stage.collected(there, "Gone."), by=there.noor, at=clock.now())
    other = evidence.scene()
    exchange = brought(other)
    compared = two_codings(evidence_of(other))
    return there, {"fresh": fresh, "shown": shown, "agreed": agreed}, other, exchange, compared


def evidence_of(other):
    """A second study of the same agency, whose one source two people read."""
    other.empty = other.study
    other.study = evidence.does(other.ana, evidence.commands.open_study, facts={"title": "Two read it"})
    return other


def of_quotes(there, quotes):
    yield "/quotes/"
    for state in ("", "?state=agreed", "?state=over", "?state=ask"):
        yield f"/quotes/studies/{there.study.id}{state}"
    yield f"/quotes/studies/{there.study.id}/new"
    for quote in quotes.values():
        yield f"/quotes/{quote.id}"
        yield from (
            f"/quotes/{quote.id}/{name}"
            for name in ("wording", "recognition", "translation", "sheet", "showing")
        )
    yield from (
        f"/quotes/{quotes['shown'].id}/{name}"
        for name in ("answer", "attribution", "readers", "until", "agreement")
    )


def of_evidence(other, exchange, compared):
    yield f"/evidence/studies/{other.empty.pk}/exchange"
    yield f"/evidence/exchanges/{exchange.pk}"
    yield f"/evidence/sources/{compared.pk}/comparison"
    yield f"/quotes/studies/{other.study.pk}"


@pytest.mark.costly("every page of quotes, in a browser")
@pytest.mark.thorough("looks at every page through axe; the quick lane walks through them in a browser")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_can_be_read_by_everybody(signed_in, look, full, language):
    there, quotes, other, exchange, compared = full
    for who, paths in (
        (there.ana, of_quotes(there, quotes)),
        (other.luc, of_evidence(other, exchange, compared)),
    ):
        page = signed_in(who, bypass_csp=True, locale=f"{language}-CA")
        for path in paths:
            look.at(page, path)
            assert page.locator("h1").count() == 1, path


@pytest.mark.costly("a dozen pages, in a browser")
def test_without_javascript_a_quote_goes_all_the_way(signed_in, full):
    there, _quotes, _other, _exchange, _compared = full
    page = signed_in(there.noor, java_script_enabled=False, viewport={"width": 320, "height": 700})
    page.goto(f"/quotes/studies/{there.study.id}/new")
    page.get_by_label("What did they say?").fill("They asked me again.")
    page.get_by_label("From their own experience").check()
    press(page, page.get_by_role("button", name="Collect it"))
    press(page, page.get_by_role("link", name="Show them the exact words"))
    assert page.locator(".said-words").inner_text().strip() == "They asked me again."
    press(page, page.get_by_role("link", name="They have seen it"))
    page.get_by_label("Read aloud to them").check()
    page.get_by_label("I did").check()
    press(page, page.get_by_role("button", name="Next: what they said"))
    page.get_by_label("Yes, with these words").check()
    press(page, page.get_by_role("button", name="Next"))
    page.get_by_label("“A person with lived experience”").check()
    press(page, page.get_by_role("button", name="Next: who may read it"))
    page.get_by_label("Anybody: the brief is public").check()
    press(page, page.get_by_role("button", name="Next: until when"))
    press(page, page.get_by_role("button", name="Next: read it back"))
    press(page, page.get_by_role("button", name="They agree"))
    assert "What they agreed to" in page.content()
    press(page, page.get_by_role("link", name="Think it over"))
    page.get_by_label("No, I don’t think so").check()
    press(page, page.get_by_role("button", name="Keep this"))
    assert "They asked me again." in [quote.words["en"] for quote in stage.publishable(there)]
    press(page, page.get_by_role("button", name="They take it back"))
    assert "They asked me again." not in [quote.words["en"] for quote in stage.publishable(there)]
