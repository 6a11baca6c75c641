"""Whatever is done in whatever order.

No edition prints a quote that was taken back, lacks a signature or a language, and none ever changes.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from django.db import Error
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alongside.briefs import queries
from alongside.briefs.edition.document import checksum, from_bytes
from alongside.briefs.models import Edition, Section, Signature
from alongside.briefs.queries import completeness
from alongside.briefs.tests.conftest import BASE, again, asked, do, written
from alongside.evidence import commands as evidence
from alongside.kernel import clock, ctx
from alongside.kernel.refusal import Refusal
from alongside.quotes import commands as quotes
from alongside.quotes import queries as quotables
from tests.frozen import frozen
from tests.lanes import often

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
VERBS = (
    "prove",
    "esme",
    "kofi",
    "ruth",
    "publish",
    "take_back",
    "withdraw",
    "reword",
    "rewrite",
    "half",
    "whole",
    "choose",
)
FULL = ("prove", "esme", "ruth", "publish")
SAID = ("They asked me the same thing four times.", "On m’a demandé quatre fois la même chose.")


@pytest.fixture
@frozen
def study(house):
    """A study of the house."""
    with ctx.as_worker(house.esme.pk):
        return evidence.open_study(facts={"title": "What was missing"}, by=house.esme, at=clock.now())


def quoted(house, study):
    """A quote that may be printed in both languages."""
    at = clock.now()
    with ctx.as_worker(house.esme.pk):
        quote = quotes.collect(study_id=study.pk, words=SAID[0], language="en", by=house.esme, at=at)
        quotes.show(
            quote=quote,
            digest=quotables.digest_of(quote, SAID[0]),
            way="paper",
            shown_by_role="me",
            by=house.esme,
            at=at,
        )
        until = (clock.today() + timedelta(days=300)).isoformat()
        quotes.set_terms(
            quote=quote,
            by=house.esme,
            attribution="lived",
            audiences=["public"],
            may_translate=True,
            until=until,
        )
        quotes.agree(quote=quote, by=house.esme, at=at)
        quotes.think_over(
            quote=quote, answer="no", traces=[], reasons="", their_choice=False, by=house.esme, at=at
        )
        translated = quotes.translate(
            quote=quote, language="fr", words=SAID[1], translator="certified", by=house.esme, at=at
        )
    with ctx.as_worker(house.kofi.pk):
        quotes.check_translation(translation=translated, by=house.kofi, at=at)
    return quote


class World:
    """One brief with one quote in it, and every move there is."""

    def __init__(self, house, study) -> None:
        self.house, self.quote = house, quoted(house, study)
        self.brief = written(
            house.esme,
            slug=f"w-{secrets.token_hex(4)}",
            study_id=study.pk,
            balance_reason="One voice is enough here.",
        )
        self.part = asked(
            house.esme, lambda: Section.objects.filter(brief=self.brief, kind="recommendation").first()
        )
        self.choose()

    def choose(self):
        do("choose_quotes", self.house.esme, section=self.part, quote_ids=[self.quote.pk])

    def prove(self):
        do("prove", self.house.esme, brief=self.brief, base=BASE)

    def sign(self, who):
        standing = asked(who, lambda: queries.standing(again(self.brief)))
        do("sign", who, brief=self.brief, checksum=standing.proof.checksum if standing else "")

    def publish(self):
        do("publish", self.house.esme, brief=self.brief)

    def take_back(self):
        do("take_back", self.house.kofi, brief=self.brief)

    def withdraw(self):
        with ctx.as_worker(self.house.kofi.pk):
            quotes.withdraw(quote=self.quote, by=self.house.kofi, at=clock.now())

    def reword(self):
        with ctx.as_worker(self.house.kofi.pk):
            quotes.reword(
                quote=self.quote,
                kind="edited",
                words=f"Other words {secrets.token_hex(2)}.",
                by=self.house.kofi,
                at=clock.now(),
            )

    def rewrite(self):
        words = {"en": f"So it is {secrets.token_hex(2)}.", "fr": "C’est ainsi."}
        do("write", self.house.esme, brief=self.brief, kind="context", facts={"body": words})

    def half(self):
        do(
            "write",
            self.house.esme,
            brief=self.brief,
            kind="context",
            facts={"body": {"en": "Only in English."}},
        )

    def whole(self):
        do(
            "write",
            self.house.esme,
            brief=self.brief,
            kind="context",
            facts={"body": {"en": "Both.", "fr": "Les deux."}},
        )

    def go(self, verb):
        """Try a move; whether it was made."""
        try:
            self.sign(getattr(self.house, verb)) if hasattr(self.house, verb) else getattr(self, verb)()
        except (Refusal, Error):
            return False
        return True

    def editions(self):
        """Every edition there is, by number: its bytes."""
        return asked(
            self.house.esme,
            lambda: {edition.number: edition for edition in Edition.objects.filter(brief=self.brief)},
        )

    def standing(self):
        """Whether the quote may be printed now."""
        ids = {self.quote.pk}
        return asked(
            self.house.esme,
            lambda: bool(quotables.standing(self.house.esme, ids, audience="public", on=clock.today())),
        )


def sound(world, edition):
    """Whether an edition may have been printed as it is."""
    document = from_bytes(bytes(edition.document))
    signed = asked(
        world.house.esme, lambda: list(Signature.objects.filter(brief=world.brief, checksum=edition.checksum))
    )
    assert checksum(bytes(edition.document)) == edition.checksum
    assert len({signature.signed_by_id for signature in signed}) >= 2
    assert "editor" in {signature.role for signature in signed}
    assert not completeness.problems(document)
    assert not document.quotes or world.standing()


@pytest.mark.costly("typesets what each story comes to")
@given(st.lists(st.sampled_from(VERBS), min_size=3, max_size=9))
@example([*FULL, "take_back", "withdraw", *FULL])
@example(["prove", "esme", "ruth", "withdraw", "publish"])
@example(["prove", "esme", "ruth", "reword", "publish", "take_back", *FULL])
@example(["prove", "esme", "publish", "ruth", "publish"])
@example(["half", *FULL, "whole", *FULL, "take_back", "rewrite", *FULL])
@settings(
    max_examples=often(quick=3, thorough=12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_sequence_prints_what_may_not_be_printed(house, study, verbs):
    world, kept = World(house, study), {}
    for verb in verbs:
        world.go(verb)
        there = world.editions()
        for number, edition in there.items():
            if number in kept:
                assert bytes(edition.document) == kept[number][0]
                assert bytes(edition.pdf_fr) == kept[number][1]
            else:
                sound(world, edition)
                kept[number] = (bytes(edition.document), bytes(edition.pdf_fr))


def test_the_way_through_is_there(house, study):
    world = World(house, study)

    assert [world.go(verb) for verb in FULL] == [True] * 4
    assert world.editions()[1].quotes == [world.quote.pk]
    assert SAID[0] in bytes(world.editions()[1].document).decode()


def test_a_quote_taken_back_after_signing_is_printed_nowhere(house, study):
    world = World(house, study)
    for verb in ("prove", "esme", "ruth", "withdraw"):
        assert world.go(verb)

    assert not world.go("publish")
    assert not world.editions()
    told = asked(
        house.esme,
        lambda: queries.proof_shown(house.esme, queries.get_brief(house.esme, world.brief.pk), BASE, "en"),
    )
    assert [problem.place for problem in told["problems"]] == ["Quotes"]
    assert world.go("take_back")
    assert not world.go("prove")  # it has to be taken out first
