"""What keeps a document from being signed, place by place.

Words missing in a language, parts missing, citations that lead nowhere, own words no font can print, too many
pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.briefs.edition import document as frozen
from alongside.briefs.edition import font_coverage, inline_markup
from alongside.briefs.edition.pdf import LIMITS
from alongside.briefs.rules import Problem
from alongside.kernel import vocabulary

if TYPE_CHECKING:
    from alongside.briefs.edition.document import Document

BEGINNING = 60  # letters by which a quote is known again
OPTIONAL = {
    "body",
    "definition",
    "numerator",
    "denominator",
    "period",
    "caveat",
    "spoken",
    "silent",
    "attribution",
    "origin",
}  # empty in both languages is no gap; in one it is


def problems(document: Document) -> list[Problem]:
    """Return everything that is missing or wrong in the document itself."""
    return [*_parts(document), *_languages(document), *_citations(document), *_own_words(document)]


def too_long(pages: dict[str, dict[str, int]]) -> list[Problem]:
    """Return which grades take more pages than they may, by language."""
    grades = {"key_messages": _("Key messages"), "summary": _("Summary"), "full": _("The whole brief")}
    languages = {"en": _("English"), "fr": _("French")}
    return [
        Problem(
            grades[grade],
            ngettext(
                "%(language)s takes %(pages)s pages; it may take %(most)s page.",
                "%(language)s takes %(pages)s pages; it may take %(most)s pages.",
                most,
            )
            % {"language": languages[language], "pages": taken[grade], "most": most},
        )
        for language, taken in pages.items()
        for grade, most in LIMITS.items()
        if taken.get(grade, 0) > most
    ]


def _parts(document: Document) -> Iterator[Problem]:
    there = (
        (_("Key messages"), "key_messages", document.key_messages),
        (_("Recommendations"), "groups", document.recommendations),
        (_("For whom this is"), "audiences", document.audiences),
    )
    yield from (
        Problem(said, _("There are none yet."), at=(place,)) for said, place, parts in there if not parts
    )
    yield from (
        Problem(group.title.of("en"), _("This group has no recommendation yet."), at=("groups", str(number)))
        for number, group in enumerate(document.groups)
        if not group.recommendations
    )


def _languages(document: Document) -> Iterator[Problem]:
    for place, text in frozen.texts(document):
        missing = text.missing
        if not missing or (len(missing) == 2 and (place[-1] in OPTIONAL or _is_unused(document, place))):
            continue
        words = {"en": _("English is missing."), "fr": _("French is missing.")}.get(
            "".join(missing), _("Nothing is written yet.")
        )
        yield Problem(place_of(document, place), words, at=place)


def _is_unused(document: Document, place: tuple[str, ...]) -> bool:
    """Whether a part is simply not there: a brief may do without a plea, and a plea without a cost."""
    return place[0] == "plea" and not any(
        text.of("en") or text.of("fr") for _place, text in frozen.texts(document.plea)
    )


def _citations(document: Document) -> Iterator[Problem]:
    there = len(document.references)
    for place, text in frozen.texts(document):
        for language in frozen.LANGUAGES:
            lost = [number for number in inline_markup.cited(text.of(language)) if not 1 <= number <= there]
            if lost:
                yield Problem(
                    place_of(document, place),
                    _("It cites reference %(number)s, which is not there.") % {"number": lost[0]},
                    at=place,
                )
                break


def _own_words(document: Document) -> Iterator[Problem]:
    for quote in document.quotes:
        if font_coverage.unshown(quote.own_words):
            language = vocabulary.label("languages", quote.original)
            yield Problem(
                _("Quote"),
                _(
                    "What was said in %(language)s has letters that no font here can print: "
                    "“%(words)s”. Take this quote out until they can be."
                )
                % {"language": language, "words": _beginning(quote.own_words)},
            )


def _beginning(words: str) -> str:
    return words if len(words) <= BEGINNING else words[: BEGINNING - 1] + "…"


def place_of(document: Document, place: tuple[str, ...]) -> str:
    """Say where in the brief something is, in the reader's words."""
    names = {
        "title": _("Title"),
        "agency": _("Agency"),
        "key_messages": _("Key messages"),
        "summary": _("Summary"),
        "context": _("Context"),
        "method": _("Method"),
        "method_box": _("How this was made"),
        "audiences": _("For whom this is"),
        "definitions": _("Definitions"),
        "groups": _("Group"),
        "plea": _("What it takes"),
        "references": _("References"),
        "recommendations": _("Recommendation"),
        "statement": _("Statement"),
        "body": _("Text"),
        "impact": _("Impact"),
        "quotes": _("Quote"),
        "figures": _("Figure"),
        "ask": _("What we ask"),
        "cost": _("What it would cost"),
        "term": _("Term"),
        "words": _("Text"),
        "attribution": _("Who speaks"),
        "finding": _("Finding"),
        "label": _("Label"),
        "value": _("Value"),
        "head": _("Heading"),
        "columns": _("Column"),
        "rows": _("Row"),
        "spoken": _("Alternative text"),
    }
    steps = list(place)
    if steps[0] == "groups" and len(steps) > 3:
        number = document.groups[int(steps[1])].recommendations[int(steps[3])].number
        steps = ["recommendations", str(number - 1), *steps[4:]]
    said: list[str] = []
    for step in steps:
        if step.isdigit() and said:
            said[-1] += f" {int(step) + 1}"
        else:
            said.append(names.get(step, step))
    return " · ".join(said)
