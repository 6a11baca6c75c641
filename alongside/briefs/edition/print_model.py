"""A document in one language, in the order of print.

What the page for paper and the page for screens are both made from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alongside.briefs.edition import charts, inline_markup
from alongside.briefs.edition.document import checksum, to_bytes
from alongside.briefs.edition.labels import citation, labels, said_on

if TYPE_CHECKING:
    from alongside.briefs.edition.document import Document, Figure, Plea, Quote, Recommendation, Text

LONG = 900  # letters; a shorter quote stays on one page


def tell(
    document: Document, language: str, *, plain: Callable[[str], str], run: Callable[[str], Any]
) -> dict[str, Any]:
    """Return everything that is printed in one language.

    `plain` prints words without marks, `run` a paragraph with them.
    """
    return _Teller(language, plain, run).document(document)


@dataclass(frozen=True)
class _Teller:
    language: str
    print_plain: Callable[[str], str]
    run: Callable[[str], Any]

    def document(self, document: Document) -> dict[str, Any]:
        return {
            "language": self.language,
            "labels": labels(self.language),
            "title": self.plain(document.title) or labels(self.language)["kind"],
            "agency": self.plain(document.agency),
            "contributors": [self.print_plain(contributor) for contributor in document.contributors],
            "number": document.number,
            "on": said_on(document, self.language),
            "day": [int(part) for part in document.on.split("-")],
            "key_messages": [
                self.run(key_message.of(self.language)) for key_message in document.key_messages
            ],
            "summary": self.prose(document.summary),
            "context": self.prose(document.context),
            "method": self.prose(document.method),
            "method_box": [[self.plain(fact.label), self.plain(fact.value)] for fact in document.method_box],
            "audiences": [self.plain(audience) for audience in document.audiences],
            "definitions": [
                [self.plain(definition.term), self.prose(definition.words)]
                for definition in document.definitions
            ],
            "groups": [
                {
                    "title": self.plain(group.title) or labels(self.language)["recommendations"],
                    "recommendations": [
                        self.recommendation(recommendation) for recommendation in group.recommendations
                    ],
                }
                for group in document.groups
            ],
            "plea": self.plea(document.plea),
            "references": [self.run(reference.of(self.language)) for reference in document.references],
            "cite": self.print_plain(citation(document, self.language)),
            "software": document.software,
            "checksum": checksum(to_bytes(document)),
        }

    def plain(self, text: Text) -> str:
        return self.print_plain(inline_markup.plain(text.of(self.language)))

    def prose(self, text: Text) -> list[Any]:
        return [self.run(paragraph) for paragraph in inline_markup.paragraphs(text.of(self.language))]

    def recommendation(self, recommendation: Recommendation) -> dict[str, Any]:
        return {
            "number": recommendation.number,
            "code": recommendation.code,
            "statement": self.run(recommendation.statement.of(self.language)),
            "plain": self.plain(recommendation.statement),
            "body": self.prose(recommendation.body),
            "quotes": [self.quote(quote) for quote in recommendation.quotes],
            "impact": self.prose(recommendation.impact),
            "figures": [self.figure(figure) for figure in recommendation.figures],
        }

    def plea(self, plea: Plea) -> dict[str, Any]:
        cost = plea.cost
        told: dict[str, Any] = {
            "body": self.prose(plea.body),
            "quotes": [self.quote(quote) for quote in plea.quotes],
            "figures": [self.figure(figure) for figure in plea.figures],
            "cost": [
                inline_markup.money(amount, self.language) for amount in (cost.low, cost.base, cost.high)
            ]
            if cost
            else [],
            "cost_words": [*self.prose(cost.words), *self.prose(cost.origin)] if cost else [],
            "ask": self.prose(plea.ask),
        }
        return {**told, "there": any(told.values())}

    def quote(self, quote: Quote) -> dict[str, Any]:
        said = labels(self.language)
        marks = [said["translated"]] if quote.is_translated(self.language) else []
        marks += [said["paraphrase"]] if quote.paraphrase else []
        return {
            "words": self.prose(quote.words),
            "long": len(quote.words.of(self.language)) > LONG,
            "marked": not quote.paraphrase,
            "by": ", ".join(part for part in [self.plain(quote.attribution), *marks] if part),
            "own": self.print_plain(quote.own_words),
            "own_language": quote.original.split("-")[0][:3],
        }

    def figure(self, figure: Figure) -> dict[str, Any]:
        said = labels(self.language)
        shown = [
            [
                said["protected"] if cell is None else inline_markup.count(cell, self.language)
                for cell in row.cells
            ]
            for row in figure.rows
        ]
        return {
            "code": figure.code,
            "finding": self.plain(figure.finding),
            "spoken": self.plain(figure.spoken) or self.plain(figure.finding),
            "svg": charts.svg(figure, self.language, self.print_plain),
            "pages": charts.pages(figure, self.language, self.print_plain),
            "head": [self.plain(figure.head), *(self.plain(column) for column in figure.columns)],
            "rows": [[self.plain(row.label), *cells] for row, cells in zip(figure.rows, shown, strict=True)],
            "notes": [*self._notes(figure, said), *([said["protected_why"]] if figure.has_protected else [])],
        }

    def _notes(self, figure: Figure, said: Mapping[str, str]) -> list[str]:
        told = [
            (name, self.plain(getattr(figure, name)))
            for name in ("definition", "numerator", "denominator", "period", "caveat", "silent")
        ]
        colon = "\u00a0:" if self.language == "fr" else ":"
        return [f"{said[name]}{colon} {words}" for name, words in told if words]
