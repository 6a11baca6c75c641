"""Where sentences end, in both languages, and that no word ever gets lost between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.text import sentences

TEXT = st.text(alphabet=st.sampled_from("aB é.!?…»« \n\t🌿1“”’"), max_size=80)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dr. Roy came. She left.", ["Dr. Roy came.", "She left."]),
        ("He said no... but then yes! Really?", ["He said no... but then yes!", "Really?"]),
        ("I paid 3.50 for it. J. Smith paid.", ["I paid 3.50 for it.", "J. Smith paid."]),
        ("“Stop!” she said. “Now.” He went.", ["“Stop!” she said.", "“Now.”", "He went."]),
        (
            "« Oui. » Puis M. Roy est parti, p. ex. à pied. Voilà.",
            ["« Oui. »", "Puis M. Roy est parti, p. ex. à pied.", "Voilà."],
        ),
        ("C’est l’av. Principale. Mme Côté y est.", ["C’est l’av. Principale.", "Mme Côté y est."]),
        ("P01: Yes\nInterviewer: And then?\n\nP01: No.", ["P01: Yes", "Interviewer: And then?", "P01: No."]),
        ("It was I. Then she came.", ["It was I.", "Then she came."]),
        ("ᐊᐃ᙮ ᓄᓇ᙮", ["ᐊᐃ᙮", "ᓄᓇ᙮"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, told):
    assert [text[sentence.start : sentence.end] for sentence in sentences.split(text)] == told


@given(TEXT)
def test_no_letter_is_lost_and_none_is_there_twice(text):
    found = sentences.split(text)

    assert [sentence.number for sentence in found] == list(range(1, len(found) + 1))
    assert all(sentence.end <= following.start for sentence, following in pairwise(found))
    seen = "".join(text[sentence.start : sentence.end] for sentence in found)
    assert "".join(seen.split()) == "".join(text.split())


@given(TEXT, st.data())
def test_numbers_lead_to_words_and_back(text, data):
    found = sentences.split(text)
    if found:
        first = data.draw(st.integers(1, len(found)))
        last = data.draw(st.integers(first, len(found)))
        start, end = sentences.span_of(found, last, first)

        assert sentences.numbers_of(found, start, end) == (first, last)


def test_numbers_that_are_not_there_lead_nowhere():
    found = sentences.split("One. Two.")

    assert sentences.span_of(found, 0, 1) is sentences.span_of(found, 1, 3) is None
