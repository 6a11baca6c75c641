"""Counts that running text states: how many of what, in English and French, in figures and in words.

A count is a number right beside a word of what is counted. What is not understood whole (a decimal, a share,
a sum of money, a day) is no count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from alongside.briefs.edition import inline_markup
from alongside.briefs.edition.document import Document, Figure, Text, texts

SPACE = r"[ \u00a0\u2009\u202f]"
# What is counted, and the words for it. The first that follows a number is what that number counts.
MEASURES: Mapping[str, Mapping[str, str]] = {
    "requests": {"en": r"requests?|declines?|refusals?|noes", "fr": r"demandes?|refus"},
    "mentions": {"en": r"mentions?", "fr": r"mentions?"},
    "nights": {"en": r"nights?", "fr": r"nuits?|nuitées?"},
    "people": {
        "en": r"people|persons?|participants?|women|workers?|speakers?",
        "fr": r"personnes?|participant(?:e|s|es|·e|·es|·e·s)?|femmes?|intervenant(?:e|s|es|·e·s)?",
    },
    "agencies": {
        "en": r"agency|agencies|organi[sz]ations?|shelters?",
        "fr": r"organismes?|organisations?|refuges?",
    },
    "interviews": {"en": r"interviews?", "fr": r"entretiens?|entrevues?"},
    "calls": {"en": r"calls?", "fr": r"appels?"},
    "recommendations": {"en": r"recommendations?", "fr": r"recommandations?"},
}
# In which units of the tables a measure is counted, the first that is printed before the others.
UNITS = {"requests": ("requests", "questions", "nights"), "mentions": ("mentions",), "nights": ("nights",)}
NOT_BETWEEN = {"en": r"and|or|to|nor|but|for|with", "fr": r"et|ou|à|ni|mais|pour|avec"}
# A time that is none of the half-years that are counted.
ANOTHER_TIME = {
    "en": r"\b(?:a|one|each|every|per|last|this) (?:year|month|week|day)\b",
    "fr": r"\b(?:un|par|chaque|cette|l’|l')\s?(?:an|année|mois|semaine|jour)\b",
}
NO_COUNT = r"(?![\d%]|[.,]\d|{space}?%|{space}?\$|[/–-]\d)"
# Two requests in three, deux demandes sur trois: a share
SHARE_BEFORE = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf))"
    r"\s(?:in|out of|sur)\s(?:every\s|chaque\s)?$",
    re.IGNORECASE,
)
SHARE_AFTER = re.compile(r"\s(?:out of|sur)\b|\sin (?:two|three|four|five|six|ten|\d{1,2})\b", re.IGNORECASE)
# Without one of these, people are not those who took part in the study.
TOOK_PART = re.compile(
    r"took part|interview|talked|spoke|asked|listened|particip|entretien|entrevue|parlé|demandé|rencontré",
    re.IGNORECASE,
)
NOTHING = Text()
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SENTENCE = re.compile(r"(?<=[.!?;])\s+")
PLACES = {"title", "key_messages", "summary", "context", "method", "audiences", "groups", "plea"}


@dataclass(frozen=True)
class Stated:
    """A count as one text states it."""

    place: tuple[str, ...]
    language: str
    number: int
    measure: str
    words: str  # as it is written
    sentence: str


@dataclass(frozen=True)
class Counted:
    """A number that stands elsewhere in the brief: of which rows and columns, over which time.

    None where it is protected.
    """

    number: int | None
    labels: tuple[Text, ...] = ()
    period: Text = NOTHING


def stated(document: Document) -> list[Stated]:
    """Return every count in the running text of a document: not in what is quoted, cited or in a table."""
    found = []
    for place, text in texts(document):
        if place[0] in PLACES and not _is_of_a_part(place):
            for language in ("en", "fr"):
                found += list(stated_in(text.of(language), place, language))
    return found


def stated_in(words: str, place: tuple[str, ...], language: str) -> Iterator[Stated]:
    """Return every count that one text states."""
    for paragraph in inline_markup.paragraphs(words):
        for sentence in SENTENCE.split(inline_markup.plain(paragraph)):
            for match in _pattern(language).finditer(sentence):
                number = number_of(match["number"], language)
                kinds = [kind for kind in MEASURES if match[kind]]
                is_share = SHARE_BEFORE.search(sentence[: match.start()]) or SHARE_AFTER.match(
                    sentence, match.end()
                )
                if number is not None and not is_share:
                    yield Stated(place, language, number, kinds[0], match[0], sentence)


def unlike(document: Document) -> list[tuple[Stated, Stated]]:
    """Return what a text counts in English, each with what it counts instead in French.

    A measure that is counted in one of the languages only is a matter of wording.
    """
    said: dict[tuple[tuple[str, ...], str], dict[str, list[Stated]]] = {}
    for count in stated(document):
        both = said.setdefault((count.place, count.measure), {"en": [], "fr": []})
        both[count.language].append(count)
    return [pair for both in said.values() for pair in _unlike(both["en"], both["fr"])]


def _unlike(one: list[Stated], other: list[Stated]) -> Iterator[tuple[Stated, Stated]]:
    alike = Counter(count.number for count in one) & Counter(count.number for count in other)
    yield from zip(_without(one, alike), _without(other, alike), strict=False)


def _without(counts: list[Stated], alike: Counter[int]) -> list[Stated]:
    left, found = alike.copy(), []
    for count in counts:
        if left[count.number]:
            left[count.number] -= 1
        else:
            found.append(count)
    return found


def counted(figures: list[tuple[Figure, str]]) -> dict[str, list[Counted]]:
    """Return the numbers that tables print, by the unit they are counted in."""
    found: dict[str, list[Counted]] = {}
    for figure, unit in figures:
        for row, (at, column) in product(figure.rows, enumerate(figure.columns)):
            cell = row.cells[at]
            is_sum = at == len(figure.columns) - 1 and (figure.has_sum or len(figure.columns) == 1)
            labels = (*(() if row.total else (row.label,)), *(() if is_sum else (column,)))
            found.setdefault(unit, []).append(Counted(cell, labels, figure.period))
    return found


def otherwise(count: Stated, known: Mapping[str, list[Counted]]) -> Counted | bool:
    """Say how a count stands to what is counted.

    :returns: true if it is one of the numbers counted; the number that contradicts it, if another is counted
        of the same, for the same rows and time; else false: it was typed
    """
    numbers = [one for unit in UNITS.get(count.measure, (count.measure,)) for one in known.get(unit, ())]
    about = [one for one in numbers if _is_named(one, count)]
    if any(one.number == count.number for one in (about or numbers)):
        return True
    if count.measure == "people" and not TOOK_PART.search(count.sentence):
        return False
    if not about:
        is_of_a_row = any(_says(label, count) for one in numbers for label in one.labels)
        about = [] if is_of_a_row else [one for one in numbers if not one.labels]
    same_time = [one for one in about if one.number is not None and _is_of_its_time(one, count)]
    return same_time[0] if same_time else False


def number_of(written: str, language: str) -> int | None:
    """Return which number is written in figures or in words, from two to ninety-nine in words."""
    if written[0].isdigit():
        digits = re.sub(rf"{SPACE}|,", "", written)
        return int(digits) if len(digits) < 12 else None
    return _words(language).get(re.sub(rf"{SPACE}|-", " ", written.casefold()))


def _is_of_a_part(place: tuple[str, ...]) -> bool:
    """Whether a text is somebody's words, a table, or what a cost says of itself."""
    in_a_figure = "figures" in place and place[-1] != "finding"
    return "quotes" in place or in_a_figure or place[-1] in ("origin", "otherwise")


def _is_named(one: Counted, count: Stated) -> bool:
    """Whether the sentence names every row and column that this number is of."""
    return bool(one.labels) and all(_says(label, count) for label in one.labels)


def _says(label: Text, count: Stated) -> bool:
    said = label.of(count.language).casefold().strip()
    return bool(said) and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", count.sentence.casefold()) is not None


def _is_of_its_time(one: Counted, count: Stated) -> bool:
    sentence, period = count.sentence, one.period.of(count.language)
    years = set(YEAR.findall(sentence))
    if period and years and not years & set(YEAR.findall(period)):
        return False
    return not (period and re.search(ANOTHER_TIME[count.language], sentence, re.IGNORECASE))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    kinds = "|".join(rf"(?P<{kind}>{words[language]})" for kind, words in MEASURES.items())
    any_kind = "|".join(words[language] for words in MEASURES.values())
    in_words = "|".join(
        re.escape(word).replace(r"\ ", rf"(?:-|{SPACE})")
        for word in sorted(_words(language), key=len, reverse=True)
    )
    figures = rf"(?:\d{{1,3}}(?:(?:{SPACE}|,)\d{{3}})+|\d{{1,11}})" + NO_COUNT.replace("{space}", SPACE)
    between = rf"(?!(?:{NOT_BETWEEN[language]})\b)[^\W\d]+(?:[-’'][^\W\d]+)*"
    of_these = {"en": r"of (?:the|these|those|all)", "fr": r"(?:de ces|des|de)"}[language]
    return re.compile(
        rf"(?<![\w$.,/–-])(?P<number>{figures}|{in_words})(?:{SPACE}{of_these})?"
        rf"(?:{SPACE}(?!(?:{any_kind})\b){between})?{SPACE}(?:{kinds})\b",
        re.IGNORECASE,
    )


@cache
def _words(language: str) -> dict[str, int]:
    """Return numbers in words, joined by spaces: one is an article and no count."""
    found = {}
    for number in range(2, 100):
        for word in _in_english(number) if language == "en" else _in_french(number):
            found[word] = number
    return found


ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()
UNITÉS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix_sept "
    "dix_huit dix_neuf"
).split()
DIZAINES = "- - vingt trente quarante cinquante soixante soixante quatre_vingt quatre_vingt".split()


def _in_english(number: int) -> list[str]:
    if number < 20:
        return [ONES[number]]
    ten, one = divmod(number, 10)
    return [f"{TENS[ten]} {ONES[one]}" if one else TENS[ten]]


def _in_french(number: int) -> list[str]:
    ten, one = divmod(number, 10)
    if ten in (7, 9):  # soixante-dix, quatre-vingt-onze
        one += 10
    if number < 20:
        said = [UNITÉS[number]]
    elif number == 80:
        said = ["quatre_vingts"]
    elif one == 0:
        said = [DIZAINES[ten]]
    elif ten == 7 and one == 11:
        said = ["soixante et onze"]
    elif one == 1 and ten < 8:
        said = [f"{DIZAINES[ten]} et un", f"{DIZAINES[ten]} et une"]
    elif one == 1:
        said = [f"{DIZAINES[ten]} un", f"{DIZAINES[ten]} une"]
    else:
        said = [f"{DIZAINES[ten]} {UNITÉS[one]}"]
    return [word.replace("_", " ") for word in said]
