"""What may tell who somebody is, as it is said in both languages; and what must not be asked about."""

from __future__ import annotations

import collections
import re
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.text import identifiers, patterns, replacements
from tests.cases import case

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
    "Préfère-t-elle venir jeudi ? Peut-on lui écrire ? Dites-lui de rappeler. Viendrez-vous ?",
    "La confiance aide. Personne n’a rappelé, et c’était long.",
    "Interviewer: And then? P03: Nothing.",
    "In Ontario the police and the Crown talk to each other.",
]


@pytest.mark.parametrize(("text", "words", "kind"), TOLD)
def test_it_is_seen(text, words, kind):
    assert (words, kind) in {
        (text[suggestion.start : suggestion.end], suggestion.kind) for suggestion in identifiers.suggest(text)
    }


CASES = {
    "15-number-with-hard-space": [
        [("807\u00a0555\u00a00100", "phone")],
        [("807\u2011555\u20110100", "phone")],
        [("807\u2013555\u20130100", "phone"), ("807\u00a0555-0100", "phone")],
        [("P7A\u00a01A1", "address")],
        [("M5V\u20111A1", "address")],
        [("le 4\u00a0mars\u00a01999", "date")],
        [("room\u00a0214, 12\u00a0Elm St.", "address")],
    ],
    "16-half-a-number-is-taken": [
        [("123 456 782", "number")],
        [("1234 567 890 AB", "number")],
        [("1234567890AB", "number")],
        [("4520 1234 5678 9010", "number")],
        [("00123 456 7890123", "number")],
    ],
    "17-name-that-opens-a-sentence": [
        [("Xiomara", "name")],
        [("Xiomara", "name")],
        [("Xiomara", "name")],
        [("Oluwaseun", "name")],
        [("Nhung", "name")],
        [("Xiomara", "name")],
        [("Xiomara", "name")],
    ],
}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param(line, told, id=f"{name}-{number}")
        for name, lines in CASES.items()
        for number, (line, told) in enumerate(
            zip(case(f"{name}/transcript.txt").read_text().splitlines(), lines, strict=True)
        )
    ],
)
def test_it_is_seen_whole(line, told):
    found = [(line[each.start : each.end], each.kind) for each in identifiers.suggest(line)]

    assert [each for each in found if each[0] not in ("SIN", "OHIP")] == told


def test_names_are_seen_the_same_in_one_text_as_line_by_line():
    text = case("17-name-that-opens-a-sentence/transcript.txt").read_text()

    assert {text[each.start : each.end] for each in identifiers.suggest(text)} == {
        "Xiomara",
        "Oluwaseun",
        "Nhung",
    }


@given(st.text(alphabet=st.sampled_from("0123456789 \u00a0\u2009-\u2011\u2013"), min_size=1, max_size=40))
def test_blanks_and_hyphens_of_any_kind_are_the_plain_ones(number):
    plain = "".join(" " if each.isspace() else each if each.isdigit() else "-" for each in number)

    assert [each[:2] for each in identifiers.suggest(number)] == [
        each[:2] for each in identifiers.suggest(plain)
    ]


def test_every_blank_and_hyphen_of_unicode_is_known():
    known = identifiers.BLANKS | identifiers.HYPHENS | identifiers.DASHES
    here = [chr(code) for code in range(0x3001) if unicodedata.category(chr(code)) in ("Zs", "Pd")]
    others = "\u058a\u05be\u1400\u1806\u2e17\u2e1a\u2e40\u2e5d"  # of other scripts, or drawn

    assert [each for each in here if ord(each) not in known and each not in " -" + others] == []


@pytest.mark.parametrize("text", UNTOLD)
def test_it_is_left_alone(text):
    assert [text[suggestion.start : suggestion.end] for suggestion in identifiers.suggest(text)] == []


@given(st.text(alphabet=st.sampled_from("aBé Marie’s.,:\n@-0145ᓄ🌿()"), max_size=120))
def test_suggestions_hold_something_and_never_overlap(text):
    found = identifiers.suggest(text, ["Marie’s House"])

    assert all(0 <= suggestion.start < suggestion.end <= len(text) for suggestion in found)
    assert all(suggestion.end <= following.start for suggestion, following in pairwise(found))


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
    suggestion = identifiers.suggest(text)[0]

    assert (
        replacements.suggested(text, suggestion.start, suggestion.end, suggestion.kind, language) == instead
    )


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

    assert seconds(identifiers.suggest, many) < 0.5 + 40 * seconds(identifiers.suggest, few)


def seconds(work, text):
    begun = time.process_time()
    collections.deque(work(text), maxlen=0)
    return time.process_time() - begun


@pytest.mark.parametrize("number", range(len(patterns.COMPILED)))
def test_no_pattern_stands_still_on_its_own_words(number):
    """A page of the very words a pattern waits for: ten times the text takes about ten times as long."""
    pattern = patterns.COMPILED[number][1]
    own = [*dict.fromkeys(re.findall(r"(?<!\\)[A-Za-zÀ-ÿ]{2,}", pattern.pattern)), "1", "A"]

    for word in (" ".join(own), " 1 ".join(own), *(own if len(own) < 60 else own[::7])):
        few, many = ((f"{word} " * (size // (len(word) + 1) + 1))[:size] for size in (2_000, 20_000))
        assert seconds(pattern.finditer, many) < 0.2 + 40 * seconds(pattern.finditer, few), word
