"""What may tell who somebody is, as it is said in both languages; and what must not be asked about."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.text import identifiers, replacements

TOLD = [
    ("I went with Marie-Ève to see it.", "Marie-Ève", "name"),
    ("then kahente came; my name is kahente.", "kahente", "name"),
    ("We met Nokomis Whiteduck there.", "Whiteduck", "name"),
    ("She is Ts̓msyen like me.", "Ts̓msyen", "name"),
    ("and ᓄᓇᕗᑦ was with her", "ᓄᓇᕗᑦ", "name"),
    ("Constable O’Brien drove.", "O’Brien", "name"),
    ("J’ai parlé à Zoé hier.", "Zoé", "name"),
    ("Je m’appelle annick.", "annick", "name"),
    ("JEN: I was there.", "JEN", "name"),
    ("so jennifer told them", "jennifer", "name"),
    ("Keisha said no.", "Keisha", "name"),
    ("I lived in Barrie for years.", "Barrie", "place"),
    ("he drove me to barrie that night", "barrie", "place"),
    ("J’habitais à Hawkesbury alors.", "Hawkesbury", "place"),
    ("at the Sunset Motel again", "Sunset Motel", "place"),
    ("de l’Hôpital Montfort après", "Hôpital Montfort", "place"),
    ("near the Wikwemikong First Nation", "Wikwemikong First Nation", "place"),
    ("call 705-555-0134 now", "705-555-0134", "phone"),
    ("at (416) 555 0199 ext. 4 please", "(416) 555 0199 ext. 4", "phone"),
    (
        "four one six five five five zero one nine nine",
        "four one six five five five zero one nine nine",
        "phone",
    ),
    ("write jen.b@example.org", "jen.b@example.org", "email"),
    ("he is @dark_tony on there", "@dark_tony", "email"),
    ("on snapchat he was dark_tony99 then", "dark_tony99", "email"),
    ("see https://example.org/ad/4 for it", "https://example.org/ad/4", "email"),
    ("at 123 Queen Street East, unit 4 then", "123 Queen Street East, unit 4", "address"),
    ("au 45, rue Principale avec lui", "45, rue Principale", "address"),
    ("it was K1A 0B1 I think", "K1A 0B1", "address"),
    ("along highway 401 at night", "highway 401", "address"),
    ("his plate was ABCD 123 then", "ABCD 123", "number"),
    ("my health card 1234-567-890-AB was", "1234-567-890-AB", "number"),
    ("in March 2021 it began", "March 2021", "date"),
    ("le 3 mai 2018 au soir", "le 3 mai 2018", "date"),
    ("on 2021-03-14 he", "2021-03-14", "date"),
    ("it was 2019 by then", "2019", "date"),
    ("I was 16 when he came", "16", "age"),
    ("a sixteen-year-old girl", "sixteen-year-old", "age"),
    ("J’avais 14 ans alors.", "14 ans", "age"),
    ("the nurse in Moosonee knew", "nurse", "rare"),
    ("la mairesse de Kapuskasing savait", "mairesse", "rare"),
    ("I was the only survivor there", "the only survivor there", "rare"),
]
UNTOLD = [
    "Trust is what helped. Waiting takes long, and housing is hard.",
    "I told them on Monday, in English, that I can’t. It was Christmas.",
    "Nobody called me back. They said we may come in the spring.",
    "She paid 2000 dollars and 45 % of it went to him; it took 3 weeks, at 9:45.",
    "La confiance aide. Personne n’a rappelé, et c’était long.",
    "Interviewer: And then? P03: Nothing.",
    "In Ontario the police and the Crown talk to each other.",
]


@pytest.mark.parametrize(("text", "words", "kind"), TOLD)
def test_it_is_seen(text, words, kind):
    assert (words, kind) in {(text[one.start : one.end], one.kind) for one in identifiers.suggest(text)}


@pytest.mark.parametrize("text", UNTOLD)
def test_it_is_left_alone(text):
    assert [text[one.start : one.end] for one in identifiers.suggest(text)] == []


@given(st.text(alphabet=st.sampled_from("aBé Marie’s.,:\n@-0145ᓄ🌿()"), max_size=120))
def test_suggestions_hold_something_and_never_overlap(text):
    found = identifiers.suggest(text, ["Marie’s House"])

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("text", "language", "instead"),
    [
        ("my friend Marie came", "en", "[a friend]"),
        ("ma sœur Marie est là", "fr", "[quelqu’un de la famille]"),
        ("my caseworker Fatima", "en", "[a worker]"),
        ("I saw Marie there", "en", "[somebody]"),
        ("we were in Barrie", "en", "[a town]"),
        ("J’avais 14 ans.", "fr", "[à l’adolescence]"),
        ("I was 16 when", "en", "[in their teens]"),
    ],
)
def test_a_neutral_word_is_offered_in_the_language_of_the_text(text, language, instead):
    one = identifiers.suggest(text)[0]

    assert replacements.suggested(text, one.start, one.end, one.kind, language) == instead


def test_it_says_what_it_cannot_see():
    assert len(identifiers.BLIND_SPOTS) >= 5


@pytest.mark.parametrize(
    "nasty",
    [
        "A ",
        "4 ",
        "4",
        "Marie de la ",
        "a@",
        "Sunset of the ",
        "one two ",
        ".",
        "my name is ",
        "@",
        "e\u0301",
        "d’",
    ],
)
def test_no_text_makes_it_stand_still(nasty):
    """Twice the text takes about twice as long.

    A pattern that goes back over and over would take a hundred times.
    """
    few, many = (nasty * (size // len(nasty)) for size in (4_000, 40_000))

    def seconds(text):
        begun = time.perf_counter()
        identifiers.suggest(text)
        return time.perf_counter() - begun

    assert seconds(many) < 0.5 + 40 * seconds(few)
