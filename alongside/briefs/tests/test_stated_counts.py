"""Every count in the text is one that is counted, or is marked as typed, or contradicts what is counted.

And no brief is signed before what contradicts was on the page.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, replace

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.agencies.tests import cast
from alongside.briefs import queries
from alongside.briefs.demo import numbers
from alongside.briefs.edition import stated_counts
from alongside.briefs.edition.document import Document, Figure, Row, Text, from_bytes
from alongside.briefs.models import Section
from alongside.briefs.queries import counts
from alongside.briefs.tests.conftest import BASE, asked, do, written
from alongside.indicators import commands as indicators
from alongside.kernel import clock, ctx
from tests.frozen import frozen

BLANK = Document("plain", 1, "2026-11-29", Text("Plain", "Simple"), Text("Riverside", "Riverside"))
SHELTER = Text("a place to sleep", "un endroit où dormir")
TABLE = Figure(
    "need-half-2026-H1",
    Text(),
    Text(),
    Text(),
    (Text("How many", "Combien"),),
    (
        Row(SHELTER, (120,)),
        Row(Text("an interpreter", "un interprète"), (None,)),
        Row(Text("All together", "En tout"), (412,), total=True),
    ),
    period=Text("January to June 2026", "Janvier à juin 2026"),
)


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "There were 1,204 unanswered requests.", [(1204, "requests")]),
        ("en", "We asked thirty-one people and **12** agencies.", [(31, "people"), (12, "agencies")]),
        ("en", "412 of the requests, and forty calls", [(412, "requests"), (40, "calls")]),
        ("fr", "1\u202f204 demandes et 1\u00a0204 refus, 1 204 nuits",
         [(1204, "requests"), (1204, "requests"), (1204, "nights")]),
        ("fr", "Trente et une personnes, soixante et onze refus, quatre-vingt-dix-neuf nuits",
         [(31, "people"), (71, "requests"), (99, "nights")]),
        ("fr", "12 de ces organismes", [(12, "agencies")]),
        # what is not understood whole is no count
        ("en", "3.5 requests, 40% requests, $400 requests, 2026-11-29 requests, 1/3 requests", []),
        ("fr", "3,5 demandes, 40\u00a0% demandes, 40\u00a0$ demandes, 24/7 demandes", []),
        ("en", "Two requests in three, three out of four requests", []),
        ("fr", "Deux demandes sur trois", []),
        ("en", "One request, two towns and requests", []),
        ("fr", "Une demande ; deux villes et des demandes", []),
        ("en", "Cited^12 requests", []),
    ],
)  # fmt: skip
def test_what_is_a_count_is_read_in_both_languages(language, words, found):
    read = stated_counts.stated_in(words, ("summary",), language)

    assert [(count.number, count.measure) for count in read] == found


def compared(text: Text) -> Document:
    document = replace(BLANK, summary=text)
    return counts.compared(document, counts.known(document, [(TABLE, "requests")], None), [])


def told(document: Document) -> tuple[list[str], list[str]]:
    """What was marked as typed and what contradicts, in English."""
    typed = [fact.value.en for fact in document.method_box]
    return typed, [found.words.en for found in document.contradictions]


@pytest.mark.parametrize(
    ("text", "typed", "contradicts"),
    [
        (Text("412 requests came to nothing.", "412 demandes sont restées sans réponse."), 0, 0),
        (Text("120 requests were for a place to sleep.", ""), 0, 0),
        (Text("118 requests were for a place to sleep.", ""), 0, 1),
        (Text("", "118 demandes visaient un endroit où dormir."), 0, 1),
        (Text("410 requests came to nothing.", "410 demandes sont restées sans réponse."), 0, 1),
        (Text("410 requests came to nothing in 2024.", ""), 1, 0),
        (Text("410 requests came to nothing in one year.", ""), 1, 0),
        (Text("410 requests in 2026 came to nothing.", ""), 0, 1),
        (Text("7 requests were for an interpreter.", ""), 1, 0),  # that number is protected
        (Text("Forty calls for one bed.", "Quarante appels pour un lit."), 1, 0),
        (Text("412 requests, and 410 requests.", ""), 0, 1),
        (Text("Forty calls for one bed.", "Quatorze appels pour un lit."), 1, 1),
        (
            Text("Forty calls, then six.", "Il y a eu quarante tentatives."),
            1,
            0,
        ),  # one of them counts no calls
        (Text("Six calls and 40 calls.", "40 appels, puis six appels."), 1, 0),
        (Text("Six calls and 40 calls.", "40 appels, puis quarante appels."), 1, 1),
    ],
)
def test_a_count_is_counted_or_typed_or_contradicts(text, typed, contradicts):
    marked, wrong = told(compared(text))

    assert (len(marked), len(wrong)) == (typed, contradicts)


@given(st.lists(st.integers(2, 99), max_size=4), st.lists(st.integers(2, 99), max_size=4))
def test_two_languages_count_the_same_or_are_told_of(english, french):
    text = Text(
        " ".join(f"There were {number} calls." for number in english),
        " ".join(f"Il y a eu {number} appels." for number in french),
    )

    pairs = stated_counts.unlike(replace(BLANK, summary=text))

    only = Counter(english) - Counter(french), Counter(french) - Counter(english)
    assert len(pairs) == min(side.total() for side in only)
    assert all(one.number in only[0] and other.number in only[1] for one, other in pairs)


numerals = st.one_of(
    st.integers(0, 999_999).map(lambda n: (n, f"{n:,}")),
    st.integers(0, 999_999).map(lambda n: (n, f"{n:,}".replace(",", "\u202f"))),
    st.sampled_from(sorted(stated_counts._words("en").items())).map(lambda pair: (pair[1], pair[0])),
)
sentences = st.lists(
    st.tuples(
        numerals,
        st.sampled_from(["requests", "unmet requests", "calls", "people", "mentions"]),
        st.sampled_from(["", " for a place to sleep", " for an interpreter", " in 2024", " in 2026"]),
    ),
    max_size=6,
)


@given(sentences)
def test_no_count_is_passed_over(said):
    text = " ".join(f"We saw {words} {what}{where}." for (_number, words), what, where in said)

    document = compared(Text(text, ""))

    typed, wrong = told(document)
    for (number, words), what, _where in said:
        is_counted = "requests" in what and number in (120, 412)
        is_marked = f"{words} {what}" in " ".join(typed)
        alike = {spelt for (other, spelt), _what, _where in said if other == number}  # told once a number
        is_contradicted = any(f"“{spelt} " in " ".join(wrong) for spelt in alike)
        assert is_counted or is_marked or is_contradicted
    assert compared(Text(text, "")) == document


@pytest.mark.parametrize("words", ["1 " * 60_000, "twenty " * 20_000, "1,234" * 20_000, "2 " + "a-" * 60_000])
def test_no_text_takes_long_to_read(words, processor_seconds):
    with processor_seconds() as taken:
        for language in ("en", "fr"):
            list(stated_counts.stated_in(words, ("summary",), language))

    assert taken() < 3


@pytest.fixture
def processor_seconds():
    from contextlib import contextmanager
    from time import process_time

    @contextmanager
    def measured():
        began = process_time()
        yield lambda: process_time() - began

    return measured


@pytest.fixture
@frozen
def proof(house):
    """A brief in proof whose summary says another number than the table beneath it."""
    at, half = clock.now(), numbers.half_before(clock.now())
    callers = [
        (cast.worker(agency, "Maya"), cast.worker(agency, "Lou", "leader"))
        for agency in (cast.agency(f"Desk {n}") for n in range(3))
    ]
    numbers.count([caller for caller, _leader in callers], [leader for _caller, leader in callers], at)
    with ctx.as_worker(house.esme.pk):
        release = indicators.prepare("need-half", half, "public", by=house.esme, at=at)
    house.brief = written(house.esme, half=half)
    house.plea, house.summary = asked(
        house.esme,
        lambda: [Section.objects.get(brief=house.brief, kind=kind) for kind in ("plea", "summary")],
    )
    finding = {"en": "What was missing", "fr": "Ce qui manquait"}
    do("choose_figures", house.esme, section=house.plea, figures=[(release.pk, finding)])
    house.wrong = "We counted 77,777 requests."
    facts = {"body": {"en": house.wrong, "fr": "Nous avons compté 77\u00a0777 demandes."}}
    do("write", house.esme, brief=house.brief, kind="summary", section_id=house.summary.pk, facts=facts)
    return house


def pages_of(there, who) -> dict[str, str]:
    client = cast.sign_in(Client(), who)
    addresses = {
        "brief": reverse("briefs:brief", args=[there.brief.pk]),
        "proof": reverse("briefs:proof", args=[there.brief.pk]),
        "section": reverse("briefs:section", args=[there.brief.pk, there.summary.pk]),
        "plea": reverse("briefs:section", args=[there.brief.pk, there.plea.pk]),
    }
    return {name: client.get(address).content.decode() for name, address in addresses.items()}


@pytest.mark.django_db
def test_what_contradicts_is_on_the_page_while_it_is_written_and_leads_to_where_it_is_mended(proof):
    pages = pages_of(proof, proof.esme)

    for name in ("brief", "proof", "section"):
        assert "“77,777 requests”" in pages[name], name
    assert "“77,777 requests”" not in pages["plea"]
    mended = reverse("briefs:section", args=[proof.brief.pk, proof.summary.pk])
    for name in ("brief", "proof"):
        found = pages[name].partition('id="contradictions"')[2].partition("</section>")[0]
        assert f'<a href="{mended}">Summary</a>' in found


@pytest.mark.django_db
def test_nobody_signs_before_what_contradicts_was_on_the_page(proof):
    do("prove", proof.esme, brief=proof.brief, base=BASE)

    for who in (proof.esme, proof.kofi, proof.ruth, proof.noor):
        page = pages_of(proof, who)["proof"]
        before, button, _after = page.partition("I have read it and sign")
        assert button
        assert "“77,777 requests”" in before
        standing = asked(who, queries.standing, proof.brief)
        for found in standing.document.contradictions:
            assert page_has(before, found.words.en)
        assert ("/sections/" in before) is (who.role == "editor"), "only who writes is led to the part"


def page_has(page: str, words: str) -> bool:
    from django.utils.html import escape

    return escape(words) in page or words in page


@pytest.mark.django_db
def test_what_was_typed_says_so_in_print(proof):
    checksum = do("prove", proof.esme, brief=proof.brief, base=BASE).checksum
    document = asked(proof.esme, queries.standing, proof.brief).document

    (fact,) = [fact for fact in document.method_box if fact.label.en == "Numbers typed in the text"]
    assert "Forty calls" in fact.value.en
    assert "Quarante appels" in fact.value.fr
    printed = cast.sign_in(Client(), proof.ruth).get(f"/briefs/{proof.brief.pk}/proof?language=fr")
    article = printed.content.decode().partition('class="edition-frame"')[2]
    assert "Quarante appels" in re.sub(r"<[^>]+>", "", article.partition("Nombres saisis dans le texte")[2])
    do("sign", proof.esme, brief=proof.brief, checksum=checksum)


@pytest.mark.django_db
def test_every_problem_leads_to_the_page_where_it_is_mended(house):
    with ctx.as_worker(house.esme.pk):
        brief = do("begin", house.esme, facts={"slug": "empty", "half": "", "audience": "public"})
    client = cast.sign_in(Client(), house.esme)
    do("write", house.esme, brief=brief, kind="context", facts={"body": {"en": "Cites nothing.^9"}})
    do("write", house.esme, brief=brief, kind="group", facts={"heading": {"en": "Only English"}})

    problems = client.get(f"/briefs/{brief.pk}/proof").context["problems"]

    assert len(problems) > 8
    for problem in problems:
        assert client.get(problem.mended_at).status_code == 200, problem
    assert len({problem.mended_at for problem in problems}) > 5


def test_a_document_of_an_edition_before_has_no_contradictions():
    told = json.dumps(asdict(BLANK) | {"contradictions": None})
    older = {name: part for name, part in json.loads(told).items() if name != "contradictions"}

    assert from_bytes(json.dumps(older).encode()) == BLANK
