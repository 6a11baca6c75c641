"""The frozen document of an edition.

Everything that is printed, in both languages, as canonical JSON with a checksum.

The anatomy is that of the brief this software came from: context, method, audiences, definitions,
recommendations in groups, each with quotes and what it would change, the plea for money, references. Graded 1
: 3 : 25: key messages on a page, a summary on three, the whole on at most twenty-five.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

FORMAT = "alongside-brief/1"
LANGUAGES = ("en", "fr")
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Text:
    """The same words in both languages."""

    en: str = ""
    fr: str = ""

    def of(self, language: str) -> str:
        """Return them in one language."""
        return self.fr if language == "fr" else self.en

    @property
    def missing(self) -> list[str]:
        """The languages in which nothing is said."""
        return [language for language in LANGUAGES if not self.of(language).strip()]


@dataclass(frozen=True)
class Fact:
    """One line of the method box."""

    label: Text
    value: Text


@dataclass(frozen=True)
class Definition:
    """A term and what is meant by it; where that is from is cited in the words (`^2`)."""

    term: Text
    words: Text


@dataclass(frozen=True)
class Quote:
    """What somebody agreed to have printed, in the words they agreed to."""

    id: str
    words: Text
    attribution: Text
    original: str = "en"  # the language it was said in
    own_words: str = ""  # as it was said, where that is neither English nor French
    paraphrase: bool = False

    def is_translated(self, language: str) -> bool:
        """Whether these are not the words as they were said."""
        return self.original != language


@dataclass(frozen=True)
class Row:
    """One row of a table: what is counted, and how many; nothing where the number is protected."""

    label: Text
    cells: tuple[int | None, ...]
    total: bool = False  # the sum of the rows above: in the table, not in the picture


@dataclass(frozen=True)
class Figure:
    """A picture with its finding for a title, words for who doesn't see it, and the table."""

    code: str
    finding: Text
    spoken: Text
    head: Text
    columns: tuple[Text, ...]
    rows: tuple[Row, ...]
    definition: Text = Text()
    numerator: Text = Text()
    denominator: Text = Text()
    period: Text = Text()
    caveat: Text = Text()
    release: str = ""
    silent: Text = Text()  # rows of which no number is shown
    has_sum: bool = False  # the last column is the sum of those before it

    @property
    def has_protected(self) -> bool:
        """Whether a number in it is not shown."""
        return any(cell is None for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class Recommendation:
    """One recommendation: what should be done, why in people's own words, and what it would change."""

    number: int
    code: str
    statement: Text
    body: Text = Text()
    quotes: tuple[Quote, ...] = ()
    impact: Text = Text()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Group:
    """Recommendations under one organizing category."""

    title: Text
    recommendations: tuple[Recommendation, ...] = ()


@dataclass(frozen=True)
class Cost:
    """What it would cost, as a range in whole dollars a year; of requests, never of a person."""

    low: int
    base: int
    high: int
    words: Text = Text()
    origin: Text = Text()  # whether it was reached from the parameter table, or typed


@dataclass(frozen=True)
class Plea:
    """The unifying concern: money."""

    body: Text = Text()
    quotes: tuple[Quote, ...] = ()
    figures: tuple[Figure, ...] = ()
    cost: Cost | None = None
    ask: Text = Text()


@dataclass(frozen=True)
class Contradiction:
    """That a number stands otherwise elsewhere: where, and what it is there. Read before signing."""

    place: tuple[str, ...]
    words: Text


@dataclass(frozen=True)
class Document:
    """One edition, whole."""

    slug: str
    number: int
    on: str
    title: Text
    agency: Text
    audience: str = "public"
    address: str = ""
    software: str = ""
    contributors: tuple[str, ...] = ()
    key_messages: tuple[Text, ...] = ()
    summary: Text = Text()
    context: Text = Text()
    method: Text = Text()
    method_box: tuple[Fact, ...] = ()
    audiences: tuple[Text, ...] = ()
    definitions: tuple[Definition, ...] = ()
    groups: tuple[Group, ...] = ()
    plea: Plea = Plea()
    references: tuple[Text, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    format: str = FORMAT

    @property
    def recommendations(self) -> list[Recommendation]:
        """All of them, in order."""
        return [recommendation for group in self.groups for recommendation in group.recommendations]

    @property
    def quotes(self) -> list[Quote]:
        """All that is quoted, in the order of print."""
        return [
            *(quote for recommendation in self.recommendations for quote in recommendation.quotes),
            *self.plea.quotes,
        ]

    @property
    def figures(self) -> list[Figure]:
        """All figures, in the order of print."""
        return [
            *(figure for recommendation in self.recommendations for figure in recommendation.figures),
            *self.plea.figures,
        ]


def to_bytes(document: Document) -> bytes:
    """Return the document as canonical JSON.

    Keys sorted, UTF-8, no spaces, nothing that depends on the machine.
    """
    return json.dumps(
        asdict(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def from_bytes(content: bytes) -> Document:
    """Return the document that canonical JSON tells of.

    :raises ValueError: if it is of another format
    """
    told = json.loads(content)
    if told.get("format") != FORMAT:
        raise ValueError(f"not {FORMAT}")
    document: Document = _made(Document, told)
    return document


def checksum(content: bytes) -> str:
    """Return the SHA-256 of something printed or frozen, as sixty-four letters and digits."""
    return hashlib.sha256(content).hexdigest()


def texts(thing: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Text]]:
    """Every bilingual text of a document or of a part of it, with its place: `("groups", "0", "title")`."""
    if isinstance(thing, Text):
        yield place, thing
    elif isinstance(thing, tuple):
        for number, part in enumerate(thing):
            yield from texts(part, (*place, str(number)))
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name), (*place, field.name))


def strings(thing: Any, language: str) -> Iterator[str]:
    """Every word of a document or of a part of it as one language is printed, whatever holds it."""
    if isinstance(thing, Text):
        yield thing.of(language)
    elif isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from strings(part, language)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from strings(getattr(thing, field.name), language)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, told: Any) -> Any:
    """Build dataclasses from what JSON tells; what an older document doesn't tell stays at its default."""
    if told is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(_made(get_args(kind)[0], item) for item in told)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(
            **{
                field.name: _made(hints[field.name], told[field.name])
                for field in fields(kind)
                if field.name in told
            }
        )
    options = [option for option in get_args(kind) if is_dataclass(option)]
    return _made(options[0], told) if options else told
