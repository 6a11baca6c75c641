"""Whatever is replaced in a text, what stands around it stays under its code.

By a thousand texts nobody would think of.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.text.offsets import Edit, Remap, applied, in_order, without_overlaps


@st.composite
def edited(draw):
    """A text, and edits in it that don't overlap."""
    text = draw(st.text(alphabet="abc é🌿𝒳\n", min_size=1, max_size=50))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    return text, [Edit(start, end, draw(st.text(alphabet="xy[𝒵]", max_size=4))) for start, end in spans]


@given(edited(), st.data())
def test_words_that_no_edit_touches_are_found_again(given_text, data):
    text, edits = given_text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new, span = applied(text, edits), Remap(edits).span(start, end)

    touched = [edit for edit in edits if edit.start < end and start < edit.end]
    if start < end and not touched:
        assert span is not None
        assert new[span[0] : span[1]] == text[start:end]
    if span is None:
        assert start == end or "".join(edit.words for edit in touched) == ""


@given(edited(), st.data())
def test_a_passage_takes_in_all_that_stands_for_what_it_touched(given_text, data):
    text, edits = given_text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Remap(edits).span(start, end)

    kept = [edit for edit in edits if edit.start < end and start < edit.end and edit.words]
    if kept:
        assert span is not None
        words = applied(text, edits)[span[0] : span[1]]
        at = 0
        for edit in in_order(kept):
            at = words.index(edit.words, at) + len(edit.words)


@given(edited())
def test_the_order_of_passages_stays(given_text):
    text, edits = given_text
    remap = Remap(edits)
    spans = [remap.span(at, at + 1) for at in range(len(text))]

    there = [span for span in spans if span]
    assert there == sorted(there)
    assert all(0 <= start < end <= len(applied(text, edits)) for start, end in there)


@pytest.mark.parametrize("edits", [[Edit(0, 0, "x")], [Edit(0, 3, "x"), Edit(2, 4, "y")]])
def test_edits_that_hold_nothing_or_overlap_are_refused(edits):
    with pytest.raises(ValueError, match="Edits"):
        in_order(edits)


def test_stretches_that_overlap_are_one():
    assert without_overlaps([(5, 9), (0, 3), (2, 4), (9, 10)]) == [(0, 4), (5, 9), (9, 10)]
