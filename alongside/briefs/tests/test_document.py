"""The frozen document.

Nothing is lost on the way to canonical JSON and back, and the same document has the same checksum everywhere.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.briefs.demo import invented
from alongside.briefs.edition import differences, inline_markup
from alongside.briefs.edition.document import (
    Cost,
    Definition,
    Document,
    Figure,
    Group,
    Plea,
    Quote,
    Recommendation,
    Row,
    Text,
    checksum,
    from_bytes,
    texts,
    to_bytes,
)
from alongside.briefs.queries import completeness
from tests.lanes import often

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
TEXTS = st.builds(Text, WORDS, WORDS)
QUOTES = st.builds(Quote, WORDS, TEXTS, TEXTS, st.sampled_from(["en", "fr", "oj"]), WORDS, st.booleans())
ROWS = st.builds(Row, TEXTS, st.tuples(st.none() | st.integers(0, 10**6)))
FIGURES = st.builds(
    Figure, WORDS, TEXTS, TEXTS, TEXTS, st.tuples(TEXTS), st.lists(ROWS, max_size=3).map(tuple), caveat=TEXTS
)
ADVICE = st.builds(
    Recommendation,
    st.integers(1, 99),
    WORDS,
    TEXTS,
    TEXTS,
    st.lists(QUOTES, max_size=2).map(tuple),
    TEXTS,
    st.lists(FIGURES, max_size=1).map(tuple),
)
DOCUMENTS = st.builds(
    Document,
    WORDS,
    st.integers(1, 99),
    st.just("2026-07-15"),
    TEXTS,
    TEXTS,
    key_messages=st.lists(TEXTS, max_size=2).map(tuple),
    definitions=st.lists(st.builds(Definition, TEXTS, TEXTS), max_size=2).map(tuple),
    groups=st.lists(st.builds(Group, TEXTS, st.lists(ADVICE, max_size=2).map(tuple)), max_size=2).map(tuple),
    plea=st.builds(
        Plea, TEXTS, cost=st.none() | st.builds(Cost, st.integers(), st.integers(), st.integers(), TEXTS)
    ),
    references=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(DOCUMENTS)
@settings(max_examples=often(quick=15, thorough=60), deadline=None)
def test_a_document_comes_back_as_it_was(document):
    assert from_bytes(to_bytes(document)) == document


def test_the_json_is_canonical():
    content = to_bytes(invented.document())

    assert (
        content
        == json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
    assert checksum(content) == checksum(to_bytes(invented.document()))
    assert "\u00a0".encode() in content  # as it is, not as an escape


def test_any_change_changes_the_checksum():
    document = invented.document()

    assert checksum(to_bytes(replace(document, context=Text("Other.", "Autre.")))) != checksum(
        to_bytes(document)
    )


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="alongside-brief/1"):
        from_bytes(b'{"format": "alongside-brief/9"}')


def test_what_an_older_document_does_not_tell_stays_empty():
    told = json.loads(to_bytes(invented.document()))
    del told["method_box"], told["plea"]["cost"]

    assert from_bytes(json.dumps(told).encode()).plea.cost is None


def test_every_text_has_its_place():
    places = dict(texts(invented.document()))

    assert places["title",].fr.startswith("Quarante")
    assert places["groups", "0", "recommendations", "1", "impact"].missing == []


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Plain.", ["text"]),
        (
            "So it is.^1 And^{2,3} so **on** it goes",
            ["text", "cite", "text", "cite", "text", "strong", "text"],
        ),
        ("2 ** 3 and a^b stay, ^x too", ["text"]),
        ("", []),
        ("^12", ["cite"]),
    ],
)
def test_marks_in_words(words, kinds):
    assert [piece.kind for piece in inline_markup.pieces(words)] == kinds


@given(st.text(max_size=60))
def test_nothing_but_marks_is_taken_out_of_words(words):
    kept = "".join(piece.text for piece in inline_markup.pieces(words))

    assert [letter for letter in kept if letter not in "^*{},0123456789 \t\n"] == [
        letter for letter in words if letter not in "^*{},0123456789 \t\n"
    ] or any(piece.kind == "cite" for piece in inline_markup.pieces(words))


def test_citations_and_paragraphs_and_numbers():
    assert inline_markup.cited("a^1,2 b^{3, 4}") == [1, 2, 3, 4]
    assert inline_markup.paragraphs("one\r\n\r\ntwo\n \nthree\nstill three") == [
        "one",
        "two",
        "three\nstill three",
    ]
    assert inline_markup.money(1234567, "fr") == "1\u00a0234\u00a0567\u00a0$"
    assert inline_markup.money(1234567, "en") == "$1,234,567"


def test_what_changed_from_one_edition_to_the_next():
    before = invented.document()
    first = before.groups[0].recommendations[0]
    figure = replace(
        first.figures[0],
        rows=(replace(first.figures[0].rows[0], cells=(1240, 1500)), *first.figures[0].rows[1:]),
    )
    later = replace(
        first, quotes=first.quotes[1:], figures=(figure,), impact=Text("Nobody waits.", first.impact.fr)
    )
    group = replace(before.groups[0], recommendations=(later, *before.groups[0].recommendations[1:]))
    after = replace(
        before, groups=(group, before.groups[1]), audiences=(*before.audiences, Text("You", "Vous"))
    )

    found = {change.place: change for change in differences.changes(before, after, "en")}

    assert [change.kind for change in found.values()] == ["added", "removed", "changed", "changed"]
    assert found["recommendations", "R1", "quote", "quote-1"].after == ""
    assert found[
        "recommendations", "R1", "figure", "need", "Shelter tonight", "January to June 2026"
    ].runs == [
        ("removed", "1,415"),
        ("added", "1,500"),
    ]
    assert len(differences.changes(before, after, "fr")) == 3  # the impact was only changed in English


def test_an_edition_is_not_different_from_itself():
    assert not differences.changes(invented.document(), invented.document(number=2), "en")


def test_a_figure_that_shows_every_number_and_a_quote_under_which_nothing_stands_are_whole():
    document = invented.document()
    first = document.recommendations[0].quotes[0]
    group = replace(
        document.groups[0],
        recommendations=(
            replace(document.recommendations[0], quotes=(replace(first, attribution=Text()),)),
            *document.groups[0].recommendations[1:],
        ),
    )

    assert document.figures
    assert not any(figure.silent.en for figure in document.figures)
    assert completeness.problems(replace(document, groups=(group, *document.groups[1:]))) == []
