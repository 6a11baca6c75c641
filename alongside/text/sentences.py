"""Where sentences begin and end, so that a passage can be named by number.

Pure; English and French; positions are code points.

A line is never joined to the next. Nothing is guessed beyond full stops, question and exclamation marks and
what usually stands around them: whoever wants half a sentence selects it or types its words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import NamedTuple

SHORT = frozenset(
    """mr mrs ms mx dr prof rev hon st ste mt sgt cst det insp capt lt col gen jr sr vs etc approx dept apt no
        nos vol pp ed fig ext tel ave blvd rd hwy jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed
        thu fri e.g i.e a.m p.m cf al m mm mme mmes mlle mlles me dre pr prof p.ex c.-à-d env tél av boul ch
        art chap éd janv févr avr juill déc n.b p.-ex app no. nº""".split()
)
END = re.compile(r"[.!?…᙮]+(?:[”\"’'»)\]]|[ \u00a0\u202f]»)*(?=\s|$)")
WORD_BEFORE = re.compile(r"[\w.\-’']+$")
OPENING = "“\"‘'«(—–-¿¡ \u00a0\u202f"


class Sentence(NamedTuple):
    """One sentence: its number, from 1, and where it stands."""

    number: int
    start: int
    end: int


def split(text: str) -> list[Sentence]:
    """Return the sentences of a text in order. Together they hold every character that can be seen."""
    found, start = [], 0
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _ends(text, line.start(), line.end()):
            found.append((start, end))
            start = end
    trimmed = (_trimmed(text, start, end) for start, end in found)
    return [
        Sentence(number, *span)
        for number, span in enumerate((span for span in trimmed if span[0] < span[1]), start=1)
    ]


def span_of(sentences: list[Sentence], first: int, last: int) -> tuple[int, int] | None:
    """Return from where to where sentences `first` to `last` stand, or None if there are no such numbers."""
    first, last = min(first, last), max(first, last)
    if not 1 <= first <= last <= len(sentences):
        return None
    return sentences[first - 1].start, sentences[last - 1].end


def numbers_of(sentences: list[Sentence], start: int, end: int) -> tuple[int, int]:
    """Return the numbers of the first and the last sentence that a passage touches; 0 if there is none."""
    first = bisect_right(sentences, start, key=_begins)
    if first and sentences[first - 1].end <= start:
        first += 1
    last = bisect_right(sentences, end - 1, key=_begins)
    return (max(1, min(first, last)), last) if last else (0, 0)


def _begins(sentence: Sentence) -> int:
    return sentence.start


def _ends(text: str, start: int, end: int) -> list[int]:
    ends = [match.end() for match in END.finditer(text, start, end) if _is_an_end(text, match, start, end)]
    return ends if ends and ends[-1] == end else [*ends, end]


def _is_an_end(text: str, match: re.Match[str], start: int, end: int) -> bool:
    after = text[match.end() : end].lstrip(OPENING + "\t")
    if not after:
        return True
    if after[0].islower():
        return False
    if match.group()[0] != "." or match.group()[:2] == "..":
        return True
    word = WORD_BEFORE.search(text, max(start, match.start() - 40), match.start())
    if word is None:
        return True
    before = unicodedata.normalize("NFC", word.group()).casefold().strip("’'-")
    return not (before in SHORT or before.rsplit("’", 1)[-1] in SHORT or _is_initial(word.group()))


def _is_initial(word: str) -> bool:
    """`J.` in “J. Tremblay”, and not the “I.” nor the “A.” of an answer of its own; `U.S.` too."""
    return (len(word) == 1 and word.isupper() and word not in "IYÀ") or bool(
        re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word)
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
