"""The shared vocabulary and the places of Ontario."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from lxml import html

from alongside.kernel import geography, punctuation, vocabulary
from alongside.kernel.templatetags import alongside as shown

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
HOUSE = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", list(vocabulary.VOCABULARIES))
def test_every_word_is_there_in_both_languages(name):
    assert all(term.en and term.fr for term in vocabulary.VOCABULARIES[name].values())


@pytest.mark.parametrize("name", list(vocabulary.VOCABULARIES))
def test_no_word_has_a_typewriter_s_apostrophe(name):
    assert not [term for term in vocabulary.VOCABULARIES[name].values() if "'" in f"{term.en}{term.fr}"]


def test_labels_follow_the_language_of_the_page():
    with override("fr"):
        assert vocabulary.label("barriers", "full") == "Complet"
        assert str(dict(vocabulary.choices("needs"))["food"]) == "De la nourriture"
    assert vocabulary.label("barriers", "full") == "Full"


def test_every_code_named_by_another_word_is_known():
    for term in vocabulary.SERVICE_TYPES.values():
        assert set(term.mapping["needs"]) <= set(vocabulary.NEEDS)
        assert term.mapping["sector"] in vocabulary.SECTORS
    assert {term.mapping["nature"] for term in vocabulary.BARRIERS.values()} <= set(vocabulary.NATURES)
    assert {term.mapping["recommendation"] for term in vocabulary.NEEDS.values()} <= set(
        vocabulary.RECOMMENDATIONS
    )


def test_needs_and_services_map_to_open_eligibility():
    path = DATA / "openeligibility" / "taxonomy.xml"
    if not path.exists():
        pytest.skip("../shared/data/openeligibility isn't on this machine")
    text = path.read_text().replace('version="2.0"', 'version="1.0"', 1)
    tree = ElementTree.fromstring(text)  # noqa: S314 - a file that lies beside the project
    ids = {element.get("id") for element in tree.iter()}

    named = [
        code
        for each in (vocabulary.NEEDS, vocabulary.SERVICE_TYPES)
        for term in each.values()
        for code in term.mapping["open_eligibility"] + term.mapping.get("situation", [])
    ]

    assert set(named) <= ids


@pytest.mark.parametrize(
    ("place", "division"),
    [
        ("Thunder Bay", "3558"),
        ("st catharines", "3526"),
        ("St. Catharines", "3526"),
        ("Scarborough", "3520"),
        ("Orléans", "3506"),
        ("Hamilton", "3525"),
        ("Sault Ste Marie", "3557"),
        ("Fort Albany", "3556"),
        ("Attawapiskat", "3560"),
        ("Grand Sudbury", "3553"),
        ("", None),
        ("Nowhereville", None),
    ],
)
def test_a_place_lies_in_its_division(place, division):
    assert geography.division_of(place) == division


@pytest.mark.parametrize(
    ("place", "divisions"),
    [("Durham", ["3518", "3542"]), ("Thunder Bya", ["3558"]), ("Sudbury", ["3552", "3553"]), ("qqqqq", [])],
)
def test_whatever_may_be_meant_is_meant(place, divisions):
    assert geography.divisions_meant(place) == divisions


def test_every_division_lies_in_one_coarse_region():
    assert len(geography.DIVISIONS) == 49
    assert sorted(code for codes in geography.DIVISIONS_OF.values() for code in codes) == sorted(
        geography.DIVISIONS
    )
    assert geography.region_of("3558") == "north"


@pytest.mark.parametrize(
    ("label", "inside"),
    [("Housing", "housing"), ("L’aller et le retour", "l’aller et le retour"), ("ID", "ID"), ("", "")],
)
def test_a_label_inside_a_sentence_begins_small_and_an_abbreviation_does_not(label, inside):
    assert punctuation.within(label) == inside


@pytest.mark.parametrize(
    ("words", "dialled"),
    [
        ("Lee, (705) 555-0134, room 12", "7055550134"),
        ("whoever is on, 555-0134", "5550134"),
        ("1-833-900-1010", "18339001010"),
        ("7055550134", "7055550134"),
        ("<b>Lee</b>, 911, 12 Mill Street, 2026-12-01", ""),
    ],
)
def test_a_telephone_number_among_words_can_be_pressed_and_nothing_else_is_believed(words, dialled):
    said = shown.ringable(words)

    assert re.findall(r'href="tel:(\d+)"', said) == ([dialled] if dialled else [])
    assert html.fromstring(f"<p>{said}</p>").text_content() == words


def test_no_page_puts_an_english_colon_between_two_values():
    """What stands outside a sentence is joined as the language of the page joins it."""
    sentence = re.compile(r"\{% blocktranslate.*?endblocktranslate %\}", re.DOTALL)
    pages = {page: sentence.sub("", page.read_text()) for page in HOUSE.rglob("*.html")}

    assert not [page.name for page, text in pages.items() if re.search(r"\}\} ?[:;] ", text)]
