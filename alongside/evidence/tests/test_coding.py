"""Coding through the pages: in one line, by fields, by selection; with and without JavaScript.

Taken back, and on to the next.
"""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.evidence import commands, queries
from alongside.evidence.models import Code
from alongside.evidence.tests.people import asks, code, coded, does, ready, scene, text_of
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
@frozen
def to_code():
    """A source that can be coded, and two codes."""
    there = scene()
    there.source, there.trust, there.wait = ready(there), code(there, "Trust"), code(there, "Waiting alone")
    there.page = reverse("evidence:coding", args=[there.source.pk])
    there.text = text_of(there.ana, there.source)
    return there


@pytest.fixture
def work(to_code):
    """A source that can be coded, two codes, and an editor at the page."""
    to_code.client = cast.sign_in(Client(), to_code.ana)
    return to_code


def there_is(work):
    """What is coded, by code and words."""
    return [
        (coding.code.name, work.text[coding.start : coding.end])
        for coding in asks(work.ana, queries.codings_in, work.source)
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"code": "2 trust"}, ("Trust", "Trust is what helped.")),
        ({"code": "4-5 WAIT"}, ("Waiting alone", "I waited three weeks.\nNobody called me back.")),
        (
            {"first": "5", "last": "4", "code": "alone"},
            ("Waiting alone", "I waited three weeks.\nNobody called me back."),
        ),
        ({"first": "2", "code": "trust", "words": "what  Helped"}, ("Trust", "what helped")),
        ({"start": "26", "end": "31", "code": "trust"}, ("Trust", "Trust")),
    ],
)
def test_a_passage_is_put_under_a_code_in_one_step(work, said, told):
    answer = work.client.post(work.page, said)

    assert answer.status_code == 302
    assert re.search(r"#s\d+$", answer.headers["Location"])
    assert there_is(work) == [told]


def test_a_button_of_a_code_is_enough(work):
    work.client.post(work.page, {"first": "2", "code_id": str(work.wait.pk)})

    assert there_is(work) == [("Waiting alone", "Trust is what helped.")]


def test_a_new_code_is_made_in_the_same_step(work):
    work.client.post(work.page, {"code": "6 A worker who stays", "new": "1"})

    assert there_is(work) == [("A worker who stays", "Then a worker sat with me, all night.")]
    assert [theme.name for theme in asks(work.ana, queries.themes, work.study)] == [
        "Trust",
        "Waiting alone",
        "A worker who stays",
    ]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"code": "2 trsut"}, "Make “trsut” a new code"),
        ({"code": "2 t"}, None),
        ({"code": "99 trust"}, "no such words"),
        ({"code": "trust"}, "Select some words"),
        ({"code": "2"}, "Select some words"),
        ({"first": "2"}, "Say which code"),
        ({"first": "2", "code": "trust", "words": "nobody said"}, "no such words"),
        ({"start": "0", "end": "99999", "code": "trust"}, "Choose some words"),
    ],
)
def test_what_is_not_clear_is_asked_and_nothing_typed_is_lost(work, said, asked):
    answer = work.client.post(work.page, said)

    if asked is None:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    text = answer.content.decode()
    assert asked in text
    assert all(f'value="{value}"' in text for value in said.values())
    assert there_is(work) == []


def test_several_that_could_be_meant_are_offered(work):
    code(work, "Trust in oneself")
    code(work, "Trusting a worker")

    answer = work.client.post(work.page, {"code": "2 trusti"})
    assert answer.status_code == 302
    answer = work.client.post(work.page, {"code": "3 in"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count('name="code_id"') > len(asks(work.ana, queries.themes, work.study))


def test_htmx_answers_with_the_page_as_it_will_be_reloaded(work):
    swapped = work.client.post(work.page, {"code": "2-3 trust"}, headers=HTMX)
    reloaded = work.client.get(work.page)

    def part(answer):
        return re.search(
            r'<section class="sheet reading".*?</section>', answer.content.decode(), re.DOTALL
        ).group()

    assert swapped.status_code == 200
    assert part(swapped) == part(reloaded)
    assert "Trust: sentences 2 to 3." in swapped.content.decode()
    assert b"coding.js" not in swapped.content


def test_the_last_is_taken_back_and_then_the_one_before(work):
    for line in ("2 trust", "3 wait"):
        work.client.post(work.page, {"code": line})
    undo = reverse("evidence:undo", args=[work.source.pk])

    work.client.post(undo)
    assert [name for name, _ in there_is(work)] == ["Trust"]
    work.client.post(undo)
    assert there_is(work) == []
    assert work.client.post(undo, headers=HTMX).status_code == 200


def test_one_takes_back_ones_own_only(work):
    coded(work, work.source, work.trust, "Trust is what helped")
    cast.sign_in(Client(), work.luc).post(reverse("evidence:undo", args=[work.source.pk]))

    assert len(there_is(work)) == 1


def test_saying_the_same_twice_is_saying_it_once(work):
    for _ in range(2):
        work.client.post(work.page, {"code": "2 trust"})

    assert len(there_is(work)) == 1


@pytest.mark.parametrize(("after", "leads"), [(0, "#s1"), (1, "#s4"), (3, "#s4"), ("x", "#s1")])
def test_next_goes_to_what_no_passage_touches(work, after, leads):
    work.client.post(work.page, {"code": "2-3 trust"})

    answer = work.client.get(reverse("evidence:uncoded", args=[work.source.pk]), {"after": after})
    assert answer.headers["Location"].endswith(leads)


def test_overlapping_passages_stand_in_lanes_of_their_own(work):
    for line in ("2-4 trust", "3-6 wait", "5 trust"):
        work.client.post(work.page, {"code": line})
    talk = work.client.get(work.page).context["talk"]
    bars = {row.number: sorted(bar.x for bar in row.bars) for row in talk.rows}

    assert bars == {1: [], 2: [0], 3: [0, 9], 4: [0, 9], 5: [0, 9], 6: [9], 7: []}
    assert {
        row.number: [label.coding.code.name for label in row.labels] for row in talk.rows if row.labels
    } == {
        2: ["Trust"],
        3: ["Waiting alone"],
        5: ["Trust"],
    }
    assert max(piece.depth for row in talk.rows for piece in row.pieces) == 2


def test_a_memo_on_a_passage_stays_when_the_passage_goes(work):
    coding = coded(work, work.source, work.trust, "Trust is what helped")
    page = reverse("evidence:passage", args=[coding.pk])
    work.client.post(page, {"words": "Said before the question was done."})
    assert "Said before the question" in work.client.get(page).content.decode()

    work.client.post(page, {"take_away": "1"})
    memos = asks(work.ana, queries.memos, work.study)
    assert [(memo.text, memo.memo.coding, memo.memo.source_id) for memo in memos] == [
        ("Said before the question was done.", None, work.source.pk)
    ]


def test_somebody_elses_memo_stays_as_it_is(work):
    memo = does(work.ana, commands.write_memo, study_id=work.study.pk, words="Mine.")

    answer = cast.sign_in(Client(), work.luc).post(
        reverse("evidence:memo", args=[memo.pk]), {"words": "Yours."}
    )
    assert answer.status_code == 409


def test_all_passages_of_a_theme_stand_on_one_page_with_what_is_around_them(work):
    under = code(work, "In a person", parent_id=work.trust.pk)
    coded(work, work.source, work.trust, "Trust is what helped")
    coded(work, work.source, under, "a worker sat with me")
    text = work.client.get(reverse("evidence:theme", args=[work.trust.pk])).content.decode()

    for words in (
        "Trust is what helped",
        "a worker sat with me",
        "Nobody called me back",
        "In a person",
        "all night",
    ):
        assert words in text
    assert not re.search(r"\b2 (passages|codings)|\d+ ?%", text)


def test_asking_a_page_costs_the_same_however_much_is_coded(work):
    def asked(*address):
        with CaptureQueriesContext(connection) as found:
            assert work.client.get(reverse(f"evidence:{address[0]}", args=[address[1]])).status_code == 200
        return len(found)

    coded(work, work.source, work.trust, "Trust")
    does(work.ana, commands.write_memo, study_id=work.study.pk, words="A thought", source_id=work.source.pk)
    pages = [
        ("coding", work.source.pk),
        ("theme", work.trust.pk),
        ("codebook", work.study.pk),
        ("study", work.study.pk),
        ("passages_csv", work.study.pk),
        ("source", work.source.pk),
    ]
    few = {page: asked(*page) for page in pages}
    for number in range(12):
        more = code(work, f"Code {number}", parent_id=work.trust.pk)
        coded(work, work.source, more, "I waited three weeks")
        coded(work, ready(work), work.trust, "Nobody called me back")
        does(
            work.ana, commands.write_memo, study_id=work.study.pk, words="A thought", source_id=work.source.pk
        )

    assert {page: asked(*page) for page in pages} == few


def test_csv_opens_as_a_table_and_nothing_in_it_is_a_formula(work):
    does(
        work.ana,
        commands.make_code,
        study_id=work.study.pk,
        facts={"name": "=1+1", "definition": "-x"},
        example="+",
    )
    coded(work, work.source, Code(pk=work.trust.pk), "Trust is what helped")
    book = work.client.get(reverse("evidence:codebook_csv", args=[work.study.pk])).content.decode()
    passages = work.client.get(reverse("evidence:passages_csv", args=[work.study.pk])).content.decode()

    assert book.startswith("\ufeff")
    assert "'=1+1" in book
    assert "'-x" in book
    assert "Trust is what helped" in passages
