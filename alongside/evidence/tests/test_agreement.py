"""Agreement by the textbook: Krippendorff 2011 and Cohen 1960, and what can't be said."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.evidence.text import agreement

BINARY = ["0100000010", "1110010000"]
LETTERS = ["aabbdcccedda", "babbbccceddd"]
NUMBERS = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]


def units(rows, kind=str):
    return [[None if value == "." else kind(value) for value in row] for row in rows]


@pytest.mark.parametrize(
    ("rows", "kind", "level", "told"),
    [
        (BINARY, str, "nominal", 0.095),
        (LETTERS, str, "nominal", 0.692),
        (NUMBERS, int, "nominal", 0.743),
        (NUMBERS, int, "ordinal", 0.815),
        (NUMBERS, int, "interval", 0.849),
        (NUMBERS, int, "ratio", 0.797),
    ],
)
def test_alpha_is_that_of_the_paper(rows, kind, level, told):
    assert round(agreement.alpha(units(rows, kind), level), 3) == told


THREE = [".....3412113 3.3".replace(" ", ""), "1.213343.......", "..21344.21133.4"]


def test_alpha_of_three_who_did_not_read_everything_is_that_of_the_paper():
    """Krippendorff 2011: three coders, fifteen units, four values, half of them missing."""
    read = [
        (
            [(0, 1)],
            {coder: {value: [(0, 1)]} for coder, value in zip("ABC", unit, strict=True) if value != "."},
        )
        for unit in zip(*THREE, strict=True)
    ]

    assert round(agreement.alpha(units(THREE)), 3) == round(agreement.over_sources(read), 3) == 0.691
    assert round(agreement.alpha(units(THREE, int), "interval"), 3) == 0.811


def test_of_one_coder_and_of_nobody_there_is_no_agreement():
    assert agreement.over_sources([]) is None
    assert agreement.over_sources([([(0, 1), (1, 2)], {"A": {"rent": [(0, 1)]}})]) is None
    assert (
        agreement.over_sources([([(0, 1)], {"A": {"rent": [(0, 1)]}}), ([(0, 1)], {"B": {}})]) is None
    )  # never the same one


def test_kappa_is_that_of_the_paper():
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    pairs = [(a, b) for a, row in enumerate(table) for b, n in enumerate(row) for _ in range(n)]

    assert round(agreement.kappa([a for a, _ in pairs], [b for _, b in pairs]), 3) == 0.492


@pytest.mark.parametrize(
    "rows", [["0000", "0000"], ["1111", "1111"], ["", ""], ["01..", "..01"], ["11.0", "11.."]]
)
def test_where_nothing_varies_nothing_can_be_said(rows):
    assert agreement.alpha(units(rows)) is None
    assert agreement.kappa(*units(rows)) is None


def test_two_who_never_differ_and_two_who_always_do():
    assert agreement.alpha(units(["0101", "0101"])) == 1
    assert agreement.kappa(*units(["0101", "0101"])) == 1
    assert agreement.alpha(units(["0101", "1010"])) < 0
    assert agreement.kappa(*units(["0101", "1010"])) == -1


def test_what_somebody_has_not_read_is_missing_and_not_a_no():
    sentences = [(0, 10), (10, 20), (20, 30), (30, 40)]
    ana, noor = {"rent": [(0, 5)], "trust": [(12, 15)]}, {"rent": [(3, 8)], "trust": [(10, 11)]}

    assert agreement.overall(sentences, [ana, noor, None]) == agreement.overall(sentences, [ana, noor]) == 1
    assert agreement.overall(sentences, [ana, noor, {}]) < 1


def test_codings_are_laid_side_by_side_where_they_part_first():
    sentences = [(0, 10), (10, 20), (20, 30)]
    ana, noor = {"rent": [(0, 5), (10, 12)], "trust": [(29, 30)]}, {"rent": [(9, 11)], "bed": [(0, 30)]}

    found = agreement.code_agreements(sentences, ana, noor)

    told = [(row.code, row.both, row.first_only, row.second_only, row.neither) for row in found]
    assert told == [("bed", 0, 0, 3, 0), ("trust", 0, 1, 0, 2), ("rent", 2, 0, 0, 1)]
    assert found[2].alpha == found[2].kappa == 1


def test_a_passage_that_ends_where_a_sentence_begins_does_not_touch_it():
    assert agreement.touched([(0, 10), (10, 20)], [(0, 10)]) == [1, 0]
    assert agreement.touched([(0, 10), (10, 20)], [(9, 11)]) == [1, 1]


def test_characters_are_harder_on_edges_than_sentences():
    assert agreement.of_characters(10, [(0, 5)], [(0, 5)]) == 1
    assert 0 < agreement.of_characters(10, [(0, 5)], [(0, 4)]) < 1
    assert agreement.of_characters(10, [], []) is None


@given(st.lists(st.tuples(st.sampled_from("ab."), st.sampled_from("ab.")), min_size=1, max_size=30))
def test_agreement_is_the_same_from_either_side_and_never_past_one(pairs):
    first, second = units([[a for a, _ in pairs], [b for _, b in pairs]])

    for measure in (lambda a, b: agreement.alpha([a, b]), agreement.kappa):
        there, back = measure(first, second), measure(second, first)
        assert (there is None and back is None) or (
            math.isclose(there, back) and -1 <= there <= 1 and not math.isnan(there)
        )
