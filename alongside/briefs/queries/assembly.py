"""A brief put together.

Its sections, the quotes as they may be printed on that day, the tables as they were protected, the method
box.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.briefs.edition.document import (
    Contradiction,
    Cost,
    Definition,
    Document,
    Figure,
    Group,
    Plea,
    Quote,
    Recommendation,
    Text,
)
from alongside.briefs.models import Kind, Section, SectionFigure, SectionQuote, words_of
from alongside.briefs.queries import choices, completeness, counts, figures, method, places
from alongside.briefs.rules import Problem
from alongside.disclosure import queries as disclosure
from alongside.indicators import queries as indicators
from alongside.quotes import queries as quotes

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief
    from alongside.disclosure.models import Release
    from alongside.quotes.queries import Quotable


@dataclass
class Assembled:
    """A brief as it would be printed, and what keeps it from being printed."""

    document: Document
    problems: list[Problem] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)


def assemble(viewer: Worker, brief: Brief, *, number: int, on: date, address: str) -> Assembled:
    """Put a brief together as it would be printed on this day, for a viewer who may read its quotes."""
    return _Assembly(viewer, brief, on).made(number, address)


class _Assembly:
    def __init__(self, viewer: Worker, brief: Brief, on: date) -> None:
        self.viewer, self.brief, self.on = viewer, brief, on
        self.sections = places.sections_of(brief)
        may = (
            quotes.publishable(viewer, brief.study_id, audience=brief.audience, on=on)
            if brief.study_id
            else []
        )
        self.may = {quote.id: quote for quote in may}
        self.chosen: dict[UUID, list[SectionQuote]] = defaultdict(list)
        for choice in SectionQuote.objects.filter(brief=brief).order_by("order", "id"):
            self.chosen[choice.section_id].append(choice)
        self.tables: dict[UUID, list[SectionFigure]] = defaultdict(list)
        for table in SectionFigure.objects.filter(brief=brief).order_by("order", "id"):
            self.tables[table.section_id].append(table)
        spoken = Counter(
            speaker
            for choices in self.chosen.values()
            for choice in choices
            if choice.quote_id in self.may
            for speaker in self.may[choice.quote_id].speakers
        )
        self.speaks_twice = any(count > 1 for count in spoken.values())
        self.problems: list[Problem] = []
        self.contradictions: list[Contradiction] = []
        self.counted: list[tuple[Figure, str]] = []
        self.printed: list[Quotable] = []
        self.releases: list[Release] = []

    def made(self, number: int, address: str) -> Assembled:
        brief, done = self.brief, method.of_study(self.viewer, self.brief)
        document = Document(
            slug=brief.slug,
            number=number,
            on=self.on.isoformat(),
            title=brief.name,
            agency=Text(brief.agency.name, brief.agency.name_fr or brief.agency.name),
            audience=brief.audience,
            address=address,
            software=f"Alongside {_version()}",
            contributors=tuple(brief.contributors),
            key_messages=tuple(words_of(section.body) for section in self.sections[Kind.KEY_MESSAGE]),
            summary=self._once(Kind.SUMMARY),
            context=self._once(Kind.CONTEXT),
            method=self._once(Kind.METHOD),
            audiences=tuple(words_of(section.body) for section in self.sections[Kind.AUDIENCE]),
            definitions=tuple(
                Definition(words_of(section.heading), words_of(section.body))
                for section in self.sections[Kind.DEFINITION]
            ),
            groups=self._groups(),
            plea=self._plea(),
            method_box=method.facts(brief, done, self.releases),  # after the tables it tells of
            references=tuple(words_of(section.body) for section in self.sections[Kind.REFERENCE]),
        )
        known = counts.known(document, self.counted, done)
        document = counts.compared(document, known, self.contradictions)
        unbalanced = [
            str(imbalance.words)
            for imbalance in quotes.balance({quote.id: quote for quote in self.printed}.values())
        ]
        found = [*completeness.problems(document), *method.problems(done), *self.problems]
        if unbalanced and not brief.balance_reason.strip():
            about = reverse("briefs:about", args=[brief.pk])
            found += [Problem(_("Quotes"), words, mended_at=about) for words in unbalanced]
        found += [Problem(_("Quotes"), _joined(quote)) for quote in quotes.joined(self.printed)]
        return Assembled(document, places.led(brief, found, self.sections), unbalanced, self.releases)

    def _once(self, kind: Kind) -> Text:
        return words_of(self.sections[kind][0].body) if self.sections[kind] else Text()

    def _groups(self) -> tuple[Group, ...]:
        under: dict[Any, list[Section]] = defaultdict(list)
        for section in self.sections[Kind.RECOMMENDATION]:
            under[section.parent_id].append(section)
        made, number = [], 0
        for group in self.sections[Kind.GROUP]:
            advice = []
            for section in under[group.pk]:
                number += 1
                place = _("Recommendation %(number)s") % {"number": number}
                advice.append(
                    Recommendation(
                        number,
                        section.code,
                        words_of(section.heading),
                        words_of(section.body),
                        self._quotes(section, place),
                        words_of(section.impact),
                        self._figures(section, place),
                    )
                )
            made.append(Group(words_of(group.heading), tuple(advice)))
        return tuple(made)

    def _plea(self) -> Plea:
        if not self.sections[Kind.PLEA]:
            return Plea()
        section, place = self.sections[Kind.PLEA][0], _("What it takes")
        kept = section.cost
        cost = (
            self._cost(kept["low"], kept["base"], kept["high"], words_of(kept.get("words", {})))
            if kept.get("base") is not None
            else None
        )
        return Plea(
            words_of(section.body),
            self._quotes(section, place),
            self._figures(section, place),
            cost,
            words_of(section.impact),
        )

    def _cost(self, low: int, base: int, high: int, words: Text) -> Cost:
        """Say of a range of cost where it is from; where the parameter table says otherwise, note that."""
        priced = choices.priced(self.viewer, self.brief, Kind.PLEA)
        halves = [indicators.money(Decimal(amount) / 2) for amount in (low, base, high)]
        if priced and halves == [priced.low, priced.base, priced.high]:
            origin = figures.in_both(
                lambda: (
                    _("Reached from the parameter table and the protected counts of %(half)s; a year is two.")
                    % {"half": disclosure.half_said(self.brief.half)}
                )
            )
            return Cost(low, base, high, words, origin)
        if priced:
            said = figures.in_both(lambda: self._not_as_priced(low, high))
            self.contradictions.append(Contradiction(("plea", "cost"), said))
        typed = figures.in_both(
            lambda: _("Typed by whoever wrote this, not reached from the parameter table.")
        )
        return Cost(low, base, high, words, typed)

    def _not_as_priced(self, low: int, high: int) -> str:
        """Say that a range is not the parameter table's, each amount as the language writes it."""
        priced = choices.priced(self.viewer, self.brief, Kind.PLEA)
        return _(
            "The range of cost is not what the parameter table comes to: half of it is %(low)s to %(high)s, "
            "and the table says %(least)s to %(most)s for the half-year. Take those over, or say in the text "
            "why yours are others."
        ) % {
            "low": indicators.money(Decimal(low) / 2),
            "high": indicators.money(Decimal(high) / 2),
            "least": priced.low,
            "most": priced.high,
        }

    def _quotes(self, section: Section, place: str) -> tuple[Quote, ...]:
        found = []
        for chosen in self.chosen[section.pk]:
            may = self.may.get(chosen.quote_id)
            if may is None:
                self.problems.append(
                    Problem(
                        place,
                        _("A quote may no longer be printed. Take it out."),
                        mended_at=self._page("quotes", section),
                    )
                )
                continue
            self.printed.append(may)
            found.append(_as_printed(self.brief, may))
        if self.speaks_twice:  # else the order in which people were asked joins what one of them said
            found.sort(key=lambda quote: quote.id)
        return tuple(found)

    def _figures(self, section: Section, place: str) -> tuple[Figure, ...]:
        found = []
        for chosen in self.tables[section.pk]:
            release = figures.release_of(self.viewer, chosen.release_id)
            if release is None or release.audience != self.brief.audience:
                self.problems.append(
                    Problem(
                        place,
                        _("A table is no longer there for these readers. Take it out."),
                        mended_at=self._page("figures", section),
                    )
                )
                continue
            if release.stewarded and not self.brief.concerns_indigenous:
                self.problems.append(
                    Problem(
                        place,
                        _(
                            "This table says something about Indigenous people. Name the data steward who "
                            "signs."
                        ),
                        mended_at=reverse("briefs:about", args=[self.brief.pk]),
                    )
                )
            self.releases.append(release)
            found.append(figures.figure_of(release, words_of(chosen.finding)))
            self.counted.append((found[-1], release.unit))
        return tuple(found)

    def _page(self, name: str, section: Section) -> str:
        return reverse(f"briefs:{name}", args=[self.brief.pk, section.pk])


@cache
def _version() -> str:
    told: str = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["project"]["version"]
    return told


def _joined(quote: Quotable) -> str:
    """Say that two quotes can be told to be of one speaker, and what mends it."""
    return _(
        "Two quotes can be told to be of one speaker: fewer than three people could stand under "
        "“%(attribution)s”, in the language they were said in. Take one of the two out, or ask the speaker "
        "what else should stand there."
    ) % {"attribution": quote.attribution.get(get_language() or "en", "") or _("nothing")}


def _as_printed(brief: Brief, quote: Quotable) -> Quote:
    """Return a quote as it is printed; its own id bears the moment it was collected, so it gets another."""
    said = quote.words
    own = said.get(quote.original, "") if quote.original not in ("en", "fr") else ""
    return Quote(
        sha256(f"{brief.pk}/{quote.id}".encode()).hexdigest()[:32],
        Text(said.get("en", ""), said.get("fr", "")),
        Text(quote.attribution.get("en", ""), quote.attribution.get("fr", "")),
        quote.original,
        own,
        quote.paraphrase,
    )
