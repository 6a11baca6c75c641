"""How a text is laid out: numbered sentences with a margin of bars, one bar a passage.

And words to decide about, alike ones together. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from alongside.text import replacements, sentences
from alongside.text.identifiers import alike

if TYPE_CHECKING:
    from alongside.evidence.models import Coding
    from alongside.text.sentences import Sentence

PART = 150  # sentences on a page
LANE = 9  # how wide a bar is with the space after it
CONTEXT = 34


class Piece(NamedTuple):
    """Some words of a sentence: where they begin, and how many passages they are in (two stands for more)."""

    at: int
    words: str
    depth: int


class Bar(NamedTuple):
    """A stretch of a passage beside one sentence.

    Which lane, which colour, whether it begins or ends here.
    """

    x: int
    colour: str
    begins: bool
    ends: bool


class Label(NamedTuple):
    """A passage named where it begins: its code, its sentences, whether it is one's own."""

    coding: Coding
    first: int
    last: int
    mine: bool


@dataclass
class Row:
    """One sentence as it is shown."""

    number: int
    opens: bool
    pieces: list[Piece]
    bars: list[Bar] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


@dataclass
class Talk:
    """A text laid out: its rows, how wide the margin is, and which part of how many this is."""

    rows: list[Row]
    width: int
    part: int
    parts: int
    length: int


@dataclass(frozen=True)
class IdentifyingWords:
    """Where identifying words stand, what was decided about them, and what stands there instead."""

    pk: UUID
    start: int
    end: int
    kind: str
    said_kind: str
    decision: str
    instead: str


@dataclass
class Group:
    """Words to decide about together because they are alike."""

    key: str
    words: str
    kind: str
    identifiers: list[IdentifyingWords]
    suggested: str
    offered: list[str]
    places: list[tuple[IdentifyingWords, str, str]]

    @property
    def decision(self) -> str:
        """What was decided, if the same for all of them; else nothing."""
        decided = {(identifier.decision, identifier.instead) for identifier in self.identifiers}
        return self.identifiers[0].decision if len(decided) == 1 else ""

    @property
    def instead(self) -> str:
        """What stands there instead."""
        return self.identifiers[0].instead


def talk(text: str, codings: Sequence[Coding], me: UUID, part: int = 1) -> Talk:
    """Lay out one part of a text with what is coded in it."""
    all_ = sentences.split(text)
    parts = max(1, -(-len(all_) // PART))
    part = min(max(1, part), parts)
    shown = all_[(part - 1) * PART : part * PART]
    placed = [(coding, *sentences.numbers_of(all_, coding.start, coding.end)) for coding in codings]
    lanes = _lanes(placed)
    here = [
        coded for coded in placed if shown and coded[1] <= shown[-1].number and coded[2] >= shown[0].number
    ]
    rows = [_row(text, sentence, here, lanes, me, shown[0].number) for sentence in shown]
    return Talk(
        rows,
        LANE * (1 + max((lanes[coding.pk] for coding, _, _ in here), default=-1)),
        part,
        parts,
        len(all_),
    )


def next_uncoded(text: str, codings: Iterable[Coding], after: int) -> int | None:
    """Return the number of the next sentence that no passage touches, or None if there is none."""
    all_ = sentences.split(text)
    taken = {
        number
        for coding in codings
        for first, last in [sentences.numbers_of(all_, coding.start, coding.end)]
        for number in range(first, last + 1)
    }
    return next(
        (sentence.number for sentence in all_ if sentence.number > after and sentence.number not in taken),
        None,
    )


def part_of(number: int) -> int:
    """Return on which part of a text a sentence is shown."""
    return (max(1, number) - 1) // PART + 1


def groups(text: str, identifiers: Iterable[IdentifyingWords], language: str) -> list[Group]:
    """Return the words to decide about, alike ones together, undecided ones first, then by place."""
    found: dict[str, list[IdentifyingWords]] = {}
    for identifier in identifiers:
        found.setdefault(f"{identifier.kind}:{alike(text[identifier.start : identifier.end])}", []).append(
            identifier
        )
    made = [_group(text, key, alike_ones, language) for key, alike_ones in found.items()]
    return sorted(
        made,
        key=lambda group: (
            all(identifier.decision for identifier in group.identifiers),
            group.identifiers[0].start,
        ),
    )


def marked(
    text: str, identifiers: Sequence[IdentifyingWords]
) -> list[list[tuple[str, IdentifyingWords | None]]]:
    """Return a raw text line by line, each in pieces with the identifier that stands on it."""
    pieces: list[tuple[str, IdentifyingWords | None]] = []
    at = 0
    for identifier in identifiers:
        if identifier.start < at:
            continue
        pieces += [(text[at : identifier.start], None), (text[identifier.start : identifier.end], identifier)]
        at = identifier.end
    lines: list[list[tuple[str, IdentifyingWords | None]]] = [[]]
    for words, stands in [*pieces, (text[at:], None)]:
        first, *more = words.split("\n") if stands is None else [words]
        lines[-1].append((first, stands))
        lines += [[(line, None)] for line in more]
    return [line for line in ([piece for piece in line if piece[0]] for line in lines) if line]


def _row(
    text: str,
    sentence: Sentence,
    here: Sequence[tuple[Coding, int, int]],
    lanes: dict[UUID, int],
    me: UUID,
    top: int,
) -> Row:
    before = text[: sentence.start].rstrip(" \t")
    row = Row(
        sentence.number,
        not before or before[-1] == "\n",
        _pieces(text, sentence, [coding for coding, _, _ in here]),
    )
    for coding, first, last in here:
        if first <= sentence.number <= last:
            row.bars.append(
                Bar(
                    lanes[coding.pk] * LANE,
                    coding.code.colour or "#5a6366",
                    first == sentence.number,
                    last == sentence.number,
                )
            )
            if sentence.number == max(first, top):
                row.labels.append(Label(coding, first, last, coding.coded_by == me))
    return row


def _pieces(text: str, sentence: Sentence, codings: Sequence[Coding]) -> list[Piece]:
    inside = [
        (max(coding.start, sentence.start), min(coding.end, sentence.end))
        for coding in codings
        if coding.start < sentence.end and sentence.start < coding.end
    ]
    edges = sorted({sentence.start, sentence.end, *(edge for span in inside for edge in span)})
    return [
        Piece(start, text[start:end], min(2, sum(first <= start and end <= last for first, last in inside)))
        for start, end in pairwise(edges)
    ]


def _lanes(placed: Sequence[tuple[Coding, int, int]]) -> dict[UUID, int]:
    """The first lane that is free all along a passage, so that bars stay where they are from part to part."""
    ends: list[int] = []
    lanes = {}
    for coding, first, last in sorted(placed, key=lambda coded: (coded[1], -coded[2], coded[0].pk)):
        lane = next((place for place, end in enumerate(ends) if end < first), len(ends))
        ends[lane : lane + 1] = [last]
        lanes[coding.pk] = lane
    return lanes


def _group(text: str, key: str, identifiers: list[IdentifyingWords], language: str) -> Group:
    first = identifiers[0]
    places = [
        (
            identifier,
            text[max(0, identifier.start - CONTEXT) : identifier.start].replace("\n", " "),
            text[identifier.end : identifier.end + CONTEXT].replace("\n", " "),
        )
        for identifier in identifiers
    ]
    suggested = replacements.suggested(text, first.start, first.end, first.kind, language)
    return Group(
        key,
        text[first.start : first.end],
        first.kind,
        identifiers,
        suggested,
        replacements.offered(first.kind, language),
        places,
    )
