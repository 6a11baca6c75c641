"""What in a text may tell who somebody is: suggested here by simple means, decided by a human.

Pure: no database, no network, no model.

It reads capitals and what stands around them, lists of places and of given names, and the shapes of numbers.
It errs towards asking once too often, and it cannot see what `BLIND_SPOTS` says: whoever decides reads the
whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from alongside.kernel import geography
from alongside.kernel.transliteration import folded
from alongside.text import patterns
from alongside.text.lexicon import (
    ALSO_WORDS,
    COARSE,
    ELSEWHERE,
    GIVEN,
    NOT_NAMES,
    OPENERS,
    PARTICLES,
    RELATIONS,
    ROLES,
    SPEAKERS,
    TITLES,
    ordinary_words,
)

BLIND_SPOTS = [
    _("a nickname, or a name in small letters that nobody uses as a name"),
    _("somebody described rather than named: “the one who ran the gym”"),
    _("an event that was in the news, or that everybody in town knows"),
    _("a turn of phrase that is only theirs"),
    _("facts that tell nothing alone and everything together"),
    _("a place outside Ontario that is in none of our lists"),
]
LETTER = r"[^\W\d_]"
WORD = re.compile(
    rf"{LETTER}[{chr(0x0300)}-{chr(0x036F)}]*"
    rf"(?:[’'ʼ`\-.{chr(0x200C)}{chr(0x200D)}]?(?:{LETTER}|[{chr(0x0300)}-{chr(0x036F)}ʔʷ]))*"
)
CALLED = re.compile(
    r"\b(?:(?:my|her|his|their|your) (?:\w+ )?names?(?: is|’s|'s| was)|(?:named|called|goes by|went by|"
    r"go by)|(?:je|j’|j'|tu|il|elle|iel|qui) ?(?:m’|m'|t’|t'|s’|s')appell?(?:e|ait|ent)|(?:mon|ton|son|leur) "
    r"(?:pré)?nom (?:est|c’est|c'est|était)|nommée?|surnommée?)\s+",
    re.IGNORECASE,
)
SPEAKER = re.compile(rf"^[ \t]{{0,20}}((?:{LETTER}[\w.’'\-]{{0,30}}[ \t]?){{1,3}}):", re.MULTILINE)
HOUSES = (
    r"Shelter|Centre|Center|House|Home|Hospital|Clinic|School|College|University|Church|Mosque|Temple|"
    r"Foundation|Society|Motel|Hotel|Inn|Bar|Pub|Lodge|Reserve|Nation|Mall|Plaza|Park|Station|Collegiate|"
    r"Academy|Detention Centre|Courthouse|Police(?: Service)?|Services|Court"
)
HOUSE = re.compile(
    rf"\b(?:(?:[A-ZÀ-Þ][\w’'\-.]{{0,40}}|of|the|&|"
    rf"and)\s{{1,3}}){{0,4}}[A-ZÀ-Þ][\w’'\-.]{{0,40}}\s{{1,3}}(?:{HOUSES})\b"
)
MAISON = re.compile(
    r"\b(?:Centre|Maison|Hôpital|École|Collège|Université|Hôtel|Refuge|Clinique|Église|Foyer|Auberge|"
    r"Palais de justice|Motel|Résidence|Bar|Cégep)(?:\s+(?:de|du|des|d’|d'|la|le|les|l’|l'|pour|et|aux?|"
    r"en))*\s*[A-ZÀ-Þ][\w’'\-.]*(?:\s+(?:(?:de|du|des|la|le)\s+)?[A-ZÀ-Þ][\w’'\-.]*){0,3}"
)
UNIQUE = re.compile(
    r"\b(?:the (?:only|first|youngest|oldest|last)(?: \w+){1,3}|(?:la seule|le seul|la première|le premier|"
    r"la plus jeune|le plus jeune|l’unique|l'unique)(?: \w+){1,3}|(?:my|her|his|their) (?:twin|triplets?)s?|"
    r"(?:mes|ses|leurs) (?:jumeaux|jumelles|triplés))\b",
    re.IGNORECASE,
)
TOWARDS = re.compile(
    r"\b(?:in|from|to|near|around|at|outside|through|à|au|de|vers|dans|près de|chez)\s+$", re.IGNORECASE
)
ELIDED = re.compile(r"(?:[dljmnstc]|qu)[’'](?=[^\W\d_])", re.IGNORECASE)
JOINED = re.compile(
    rf"[ \t]|\.[ \t]|[ \t](?:(?:{'|'.join(re.escape(word) for word in sorted(PARTICLES))})[ \t])+"
)
NO_PERSON = re.compile(
    r"\w{3,}ing|\w{4,}(?:tions?|sions?|ments?|ness|it(?:y|ies)|ships?|hood|ism[es]?|ally|edly|eurs)"
)
# A French verb before its pronoun: “Préfère-t-elle”, “Peut-on”, “Dites-lui”.
ASKING = re.compile(
    r"-(?:je|tu|t-il|t-elle|t-on|il|elle|on|nous|vous|ils|elles|ce|moi|toi|lui|leur|la|les?|y|en)$"
)
NAMES = GIVEN | ALSO_WORDS
LONGEST_RUN = 6  # words of one name
FAR = 90  # characters between what somebody does and the place that makes it rare


class Suggestion(NamedTuple):
    """From `start` to `end` stands what may tell who somebody is, of this kind."""

    start: int
    end: int
    kind: str


# One character for one, so that places stay: every blank is a blank, every hyphen one. A dash between words
# parts them, and is left alone where names are looked for.
BLANKS = dict.fromkeys(
    [0x00A0, 0x115F, 0x1160, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000, 0x3164, 0xFFA0],
    " ",
)
HYPHENS = dict.fromkeys([0x00AD, 0x2010, 0x2011], "-")
# What is not seen at all: between two figures it parts nothing that is read.
UNSEEN = re.compile(
    "[\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
DASHES = dict.fromkeys([*range(0x2012, 0x2016), 0x2212, 0x2E3A, 0x2E3B, 0xFE58, 0xFE63, 0xFF0D], "-")


def suggest(text: str, agencies: Iterable[str] = ()) -> list[Suggestion]:
    """Return what a human should decide about, by place; no two overlap.

    `agencies`: names known here, in any language.
    """
    if not UNSEEN.search(text):
        return _suggest(text, agencies)
    places = [place for place, letter in enumerate(text) if not UNSEEN.match(letter)]
    return [
        Suggestion(places[each.start], places[each.end - 1] + 1, each.kind)
        for each in _suggest(UNSEEN.sub("", text), agencies)
    ]


def seen(words: str) -> str:
    """Return words as they are read: without what is not seen, every blank a blank."""
    return " ".join(UNSEEN.sub("", words).translate(BLANKS).split())


def _suggest(text: str, agencies: Iterable[str]) -> list[Suggestion]:
    found: list[Suggestion] = []
    taken = bytearray(len(text))
    text = text.translate(BLANKS | HYPHENS)
    finders: list[Callable[[str], Iterable[tuple[int, int, str]]]] = [
        lambda all_: patterns.find(all_.translate(DASHES)),
        lambda all_: _agencies(all_, agencies),
        _houses,
        _capitals,
        _called,
    ]
    for finder in finders:
        for start, end, kind in finder(text):
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Suggestion(start, end, kind))
    for start, end, kind in _rare(text, found):
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            found.append(Suggestion(start, end, kind))
    return sorted(found)


def alike(words: str) -> str:
    """What makes two marks the same decision: the words without case, accents and a possessive ending."""
    return re.sub(r"(?:['’]s?)$", "", " ".join(folded(words).split()))


def places_of(pieces: list[str], text: str) -> list[tuple[int, int]]:
    """Where these words stand in a text, as words.

    Whatever the case, and wherever the line breaks between them.
    """
    wanted = re.compile(
        r"(?<!\w)" + r"\s+".join(re.escape(piece) for piece in pieces) + r"(?!\w)", re.IGNORECASE
    )
    found = [match.span() for match in wanted.finditer(text)]
    if found:
        return found
    inside = re.compile(
        r"\s+".join(re.escape(piece) for piece in pieces), re.IGNORECASE
    )  # part of a word, if that is what was chosen
    return [match.span() for match in inside.finditer(text)]


def _agencies(text: str, agencies: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    for name in sorted({name.strip() for name in agencies if len(name.strip()) > 3}, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            yield match.start(), match.end(), "place"


def _houses(text: str) -> Iterator[tuple[int, int, str]]:
    for match in HOUSE.finditer(text):
        words = match.group().split(" ")
        while words and folded(words[0]) in OPENERS:
            words = words[1:]
        if len(words) > 1:
            yield match.end() - len(" ".join(words)), match.end(), "place"
    for match in MAISON.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip(".-")), "place"


class _Capital(NamedTuple):
    start: int
    end: int
    word: str
    opens: bool


def _capitals(text: str) -> Iterator[tuple[int, int, str]]:
    """Runs of words with capitals, in two passes.

    What is a name in the middle of a sentence is one at its beginning too.
    """
    runs = list(_runs(text))
    small = {folded(match.group()) for match in WORD.finditer(text) if match.group()[0].islower()}
    sure = {
        folded(capital.word)
        for run in runs
        for capital in run
        if not capital.opens and folded(capital.word) not in NOT_NAMES
    }
    for run in runs:
        yield from _told_of(text, run, sure, small)
    yield from _speakers(text)
    yield from _small(text)


def _told_of(
    text: str, run: list[_Capital], sure: set[str], small: set[str]
) -> Iterator[tuple[int, int, str]]:
    while run and _is_no_name(text, run, sure, small):
        run = run[1:]
    while run and folded(run[-1].word) in NOT_NAMES:
        run = run[:-1]
    if not run:
        return
    start, end = run[0].start, run[-1].end
    words = text[start:end]
    if folded(words) in COARSE or all(folded(capital.word) in NOT_NAMES for capital in run):
        return
    if is_a_place(words):
        yield start, end, "place"
    elif len(run) > 1 and is_a_place(run[-1].word) and folded(run[-1].word) not in NAMES:
        yield run[0].start, run[-2].end, "name"
        yield run[-1].start, end, "place"
    else:
        yield start, end, "name"


def _is_no_name(text: str, run: list[_Capital], sure: set[str], small: set[str]) -> bool:
    """Whether the first word of a run is no part of a name.

    It opens a sentence and is used like any other word.
    """
    first = run[0]
    word = folded(first.word)
    if word in NOT_NAMES or (word in TITLES and len(run) > 1):
        return True
    if len(word) == 1 and text[first.end : first.end + 1].isdigit():  # P03, who takes part
        return True
    if not first.opens or word in ELSEWHERE or any(part in GIVEN for part in re.split(r"[-.]", word)):
        return False
    if word in OPENERS or word in small or ASKING.search(word):
        return True
    if word in sure or len(run) > 1 or is_a_place(first.word):
        return False
    return word in ordinary_words() or bool(NO_PERSON.fullmatch(word))


def _runs(text: str) -> Iterator[list[_Capital]]:
    run: list[_Capital] = []
    for match in WORD.finditer(text):
        word = match.group().rstrip(".-’'")
        start = match.start()
        if elided := ELIDED.match(word):
            if word[elided.end()].islower():
                word = word.casefold()
            elif word[0].islower() or _opens(text, start):
                start, word = start + elided.end(), word[elided.end() :]
        between = text[run[-1].end : start] if run else ""
        if run and (len(run) == LONGEST_RUN or not JOINED.fullmatch(between)):
            yield run
            run = []
        if not _is_capital(word):
            if run and word not in PARTICLES:
                yield run
                run = []
            continue
        if run and between.startswith(".") and len(run[-1].word) > 2 and folded(run[-1].word) not in TITLES:
            yield run
            run = []
        word = re.sub(r"[’'][sS]$", "", word)
        run.append(_Capital(start, start + len(word), word, _opens(text, start) and not run))
    if run:
        yield run


def _is_capital(word: str) -> bool:
    """A capital letter, or a letter of a script that has none (syllabics)."""
    first = word[0]
    return first.isupper() or (first.isalpha() and not first.islower() and first.upper() == first.lower())


def _opens(text: str, start: int) -> bool:
    before = (
        text[:start].rstrip(" \t“\"«‘'(\u00a0—–-[")
        if start < 400
        else text[start - 400 : start].rstrip(" \t“\"«‘'(\u00a0—–-[")
    )
    return not before or before[-1] in ".!?…:\n;"


def _speakers(text: str) -> Iterator[tuple[int, int, str]]:
    for match in SPEAKER.finditer(text):
        said = match.group(1).strip()
        if (
            _is_capital(said)
            and not re.fullmatch(r"[A-Z]?\d*", said)
            and not all(folded(word.strip(".")) in SPEAKERS | OPENERS for word in said.split())
        ):
            yield match.start(1), match.start(1) + len(said), "name"


def _small(text: str) -> Iterator[tuple[int, int, str]]:
    """Given names and places that nobody wrote with a capital."""
    for match in WORD.finditer(text):
        word = re.sub(r"[’'][sS]$", "", match.group().rstrip(".-’'"))
        if not word[0].islower() or len(word) < 3:
            continue
        key = folded(word)
        if key in GIVEN and key not in ALSO_WORDS and key not in OPENERS:
            yield match.start(), match.start() + len(word), "name"
        elif (
            len(key) > 4
            and key not in OPENERS
            and TOWARDS.search(text[max(0, match.start() - 12) : match.start()])
            and _is_town(word)
        ):
            yield match.start(), match.start() + len(word), "place"


def _called(text: str) -> Iterator[tuple[int, int, str]]:
    for cue in CALLED.finditer(text):
        match = WORD.match(text, cue.end())
        if match and folded(match.group()) not in OPENERS | NOT_NAMES:
            yield match.start(), match.start() + len(match.group().rstrip(".-’'")), "name"


def _rare(text: str, found: list[Suggestion]) -> Iterator[tuple[int, int, str]]:
    for match in UNIQUE.finditer(text):
        yield match.start(), match.end(), "rare"
    places = sorted(place for place in found if place.kind == "place")
    starts = [place.start for place in places]
    for match in WORD.finditer(text) if places else ():
        if folded(match.group()) in ROLES:
            near = places[
                bisect_left(starts, match.start() - 2 * FAR) : bisect_left(starts, match.end() + FAR + 1)
            ]
            if any(_is_near(text, match.start(), match.end(), place) for place in near):
                yield match.start(), match.end(), "rare"


def _is_near(text: str, start: int, end: int, place: Suggestion) -> bool:
    between = text[end : place.start] if end <= place.start else text[place.end : start]
    return len(between) <= FAR and not re.search(r"[.!?\n]", between)


def _is_town(words: str) -> bool:
    return (
        geography.division_of.__wrapped__(words) is not None
    )  # past its cache: nothing of a text stays in memory


def is_a_place(words: str) -> bool:
    """Whether a word or some words are the name of a place we know.

    Ontario's from `geography`, some others from our own list.
    """
    return _is_town(words) or folded(words) in ELSEWHERE


def relation_before(text: str, start: int) -> str:
    """Return as what somebody is spoken of just before their name.

    A friend, family, a worker, a trafficker, or nothing.
    """
    before = [folded(word) for word in re.findall(r"[\w’'\-]+", text[max(0, start - 40) : start])][-3:]
    return next(
        (relation for word in reversed(before) for relation, words in RELATIONS.items() if word in words), ""
    )
