"""Amounts: what is typed is understood whole or not at all, and reads back as it was said."""

from contextlib import suppress

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import money

CENTS = st.integers(0, 10**11 - 1)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("40", 4000),
        ("12.5", 1250),
        ("12,50", 1250),
        (" $12.50 ", 1250),
        ("12,50\u00a0$", 1250),
        ("1234.50", 123450),
        ("1 234,50", 123450),
        ("1\u202f234\u00a0$", 123400),
        ("1,234.50", 123450),
        ("0.05", 5),
        ("007", 700),
    ],
)
def test_a_point_a_comma_and_a_dollar_sign_are_understood(typed, cents):
    assert money.read(typed) == cents


@pytest.mark.parametrize("typed", ["12.345", "1,234", "1.234", "1,234,567", "0.001", "1 234,567"])
def test_three_digits_after_a_mark_are_two_things_and_so_none(typed):
    with pytest.raises(money.NotAnAmount, match="Two digits"):
        money.read(typed)


@pytest.mark.parametrize(
    "typed", ["", "$", "ten", "-5", "1e3", "12.", ".5", "1 23", "12,50.1", "٣", "½", "∞"]
)
def test_what_is_no_amount_is_said_to_be_none(typed):
    with pytest.raises(money.NotAnAmount, match="such as 40"):
        money.read(typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_an_amount_or_is_refused(typed):
    with suppress(money.NotAnAmount):
        assert 0 <= money.read(typed) < 10**11


@given(CENTS, st.sampled_from(["en-ca", "fr-ca"]))
def test_what_is_said_or_put_into_a_field_reads_back_the_same(cents, language):
    with translation.override(language):
        assert money.read(money.said(cents)) == cents
        assert money.read(money.typed(cents)) == cents


@pytest.mark.parametrize(
    ("language", "said"),
    [("en-ca", "$1,234.50"), ("fr-ca", "1\u00a0234,50\u00a0$"), ("fr", "1\u00a0234,50\u00a0$")],
)
def test_each_language_writes_it_as_it_does_in_canada(language, said):
    with translation.override(language):
        assert money.said(123450) == said
        assert money.said(-123450) == f"−{said}"
