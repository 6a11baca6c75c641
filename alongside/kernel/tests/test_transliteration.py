"""Names in any script are found by the Latin letters somebody would type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.transliteration import folded


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Đặng Thu", "dang thu"),
        ("Søren", "soren"),
        ("Þóra", "thora"),
        ("Łukasz", "lukasz"),
        ("Ænea", "aenea"),
        ("Œuvre", "oeuvre"),
        ("ʻOkina", "'okina"),
        ("İstanbul", "istanbul"),
        ("ᐊᓂᔑᓈᐯ", "anishinaape"),
        ("Владимир", "vladimir"),
        ("E\u0301lise’s", "elise's"),
        ("👩 home", " home"),
    ],
)
def test_letters_are_the_plain_ones(text, letters):
    assert folded(text) == letters


@given(st.text(max_size=40))
def test_what_is_folded_stays_as_it_is(text):
    assert folded(text).isascii()
    assert folded(folded(text)) == folded(text)
