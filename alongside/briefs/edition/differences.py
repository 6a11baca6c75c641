"""What changed from one edition to the next, by place: words and numbers, added, removed, changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from alongside.briefs.edition import inline_markup

if TYPE_CHECKING:
    from alongside.briefs.edition.document import Document, Figure, Quote, Text

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
SAME = "same"
Place = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One place of an edition that is not as it was."""

    place: Place
    kind: str
    before: str = ""
    after: str = ""

    @property
    def runs(self) -> list[tuple[str, str]]:
        """The words in runs: the same, added, removed."""
        return runs(self.before, self.after)

    @property
    def label(self) -> str:
        """Where it is, in the reader's words."""
        return " · ".join(_said(part) for part in self.place)


def changes(before: Document, after: Document, language: str) -> list[Change]:
    """Return what an edition adds, leaves out and says otherwise than an earlier one, as printed."""
    was, now = dict(_places(before, language)), dict(_places(after, language))
    found = []
    for place in _in_order(list(was), list(now)):
        if place not in was:
            found.append(Change(place, ADDED, "", now[place]))
        elif place not in now:
            found.append(Change(place, REMOVED, was[place], ""))
        elif was[place] != now[place]:
            found.append(Change(place, CHANGED, was[place], now[place]))
    return found


def runs(before: str, after: str) -> list[tuple[str, str]]:
    """Return two texts as one, in runs of words that are the same, removed or added."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(new[k:m])))
            continue
        found += [(REMOVED, "".join(old[i:j]))] if j > i else []
        found += [(ADDED, "".join(new[k:m]))] if m > k else []
    return found


def _in_order(was: list[Place], now: list[Place]) -> list[Place]:
    """The places of both, those that are gone where they used to stand."""
    found: list[Place] = []
    for kind, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        found += was[i:j] if kind != "insert" else []
        found += now[k:m] if kind not in ("equal", "delete") else []
    return list(dict.fromkeys(found))


def _places(document: Document, language: str) -> Iterator[tuple[Place, str]]:
    def say(text: Text) -> str:
        return text.of(language)

    yield ("title",), say(document.title)
    yield from ((("contributors", name), name) for name in document.contributors)
    yield from (
        (("key_messages", str(number)), say(message))
        for number, message in enumerate(document.key_messages, 1)
    )
    yield from ((("audiences", say(audience)), say(audience)) for audience in document.audiences)
    for name in ("summary", "context", "method"):
        yield from _prose((name,), say(getattr(document, name)))
    yield from ((("method_box", say(fact.label)), say(fact.value)) for fact in document.method_box)
    yield from (
        (("definitions", say(definition.term)), say(definition.words)) for definition in document.definitions
    )
    for group in document.groups:
        yield ("groups", say(group.title)), say(group.title)
        for recommendation in group.recommendations:
            place = ("recommendations", recommendation.code or str(recommendation.number))
            yield (*place, "statement"), say(recommendation.statement)
            yield from _prose((*place, "body"), say(recommendation.body))
            yield from _quotes(place, recommendation.quotes, language)
            yield from _prose((*place, "impact"), say(recommendation.impact))
            yield from _figures(place, recommendation.figures, language)
    yield from _plea(document, language)
    yield from ((("references", say(reference)), say(reference)) for reference in document.references)


def _plea(document: Document, language: str) -> Iterator[tuple[Place, str]]:
    plea, place = document.plea, ("plea",)
    yield from _prose((*place, "body"), plea.body.of(language))
    yield from _quotes(place, plea.quotes, language)
    if plea.cost:
        for name in ("low", "base", "high"):
            yield (*place, "cost", name), inline_markup.money(getattr(plea.cost, name), language)
        yield from _prose((*place, "cost"), plea.cost.words.of(language))
    yield from _figures(place, plea.figures, language)
    yield from _prose((*place, "ask"), plea.ask.of(language))


def _prose(place: Place, words: str) -> Iterator[tuple[Place, str]]:
    yield from (
        ((*place, str(number)), paragraph)
        for number, paragraph in enumerate(inline_markup.paragraphs(words), 1)
    )


def _quotes(place: Place, quotes: tuple[Quote, ...], language: str) -> Iterator[tuple[Place, str]]:
    for quote in quotes:
        by = quote.attribution.of(language)
        yield (
            (*place, "quote", quote.id),
            f"{quote.words.of(language)} — {by}" if by else quote.words.of(language),
        )


def _figures(place: Place, figures: tuple[Figure, ...], language: str) -> Iterator[tuple[Place, str]]:
    for figure in figures:
        where = (*place, "figure", figure.code)
        yield (*where, "finding"), figure.finding.of(language)
        for name in ("definition", "numerator", "denominator", "period", "caveat", "silent"):
            if words := getattr(figure, name).of(language):
                yield (*where, name), words
        for row in figure.rows:
            for column, cell in zip(figure.columns, row.cells, strict=True):
                said = _("protected") if cell is None else inline_markup.count(cell, language)
                yield (*where, row.label.of(language), column.of(language)), said


def _said(part: str) -> str:
    """Say one step of a place; what is no word of ours (a term, a row) stands as it is."""
    names = {
        "title": _("Title"),
        "contributors": _("Contributors"),
        "key_messages": _("Key messages"),
        "audiences": _("For whom this is"),
        "summary": _("Summary"),
        "context": _("Context"),
        "method": _("Method"),
        "method_box": _("How this was made"),
        "definitions": _("Definitions"),
        "groups": _("Groups"),
        "recommendations": _("Recommendation"),
        "statement": _("Statement"),
        "body": _("Text"),
        "impact": _("Impact"),
        "quote": _("Quote"),
        "figure": _("Figure"),
        "finding": _("Finding"),
        "definition": _("What is counted"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "period": _("Period"),
        "caveat": _("To mind"),
        "silent": _("No number is shown of"),
        "plea": _("What it takes"),
        "cost": _("What it would cost"),
        "low": _("Low"),
        "base": _("Middle"),
        "high": _("High"),
        "ask": _("What we ask"),
        "references": _("References"),
    }
    return names.get(part, part)
