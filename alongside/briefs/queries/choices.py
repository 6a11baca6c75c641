"""What can be chosen for a brief and its parts: studies, half-years, quotes, tables, stewards."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from alongside.agencies import queries as agencies
from alongside.briefs.edition.document import LANGUAGES, Text
from alongside.briefs.models import Kind
from alongside.briefs.queries import figures
from alongside.briefs.queries.briefs import chosen_elsewhere, figures_of, quotes_of
from alongside.disclosure import queries as disclosure
from alongside.evidence import queries as evidence
from alongside.indicators import queries as indicators
from alongside.kernel import clock
from alongside.quotes import queries as quotes

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief, Section
    from alongside.quotes.queries import Quotable


def studies(viewer: Worker) -> list[tuple[str, str]]:
    """The studies a brief can print: ids and titles."""
    return [(str(study.pk), study.now.title) for study in evidence.studies(viewer)]


def halves(today: date | None = None) -> list[tuple[str, str]]:
    """The last six half-years, newest first: codes and words."""
    day = today or clock.today()
    last = day.year * 2 + (day.month > 6)
    codes = [f"{number // 2}-H{number % 2 + 1}" for number in range(last, last - 6, -1)]
    return [(code, disclosure.half_said(code)) for code in codes]


def quotable(viewer: Worker, section: Section) -> list[Quotable]:
    """The quotes that may stand in a section of this brief today."""
    brief = section.brief
    return (
        quotes.publishable(viewer, brief.study_id, audience=brief.audience, on=clock.today())
        if brief.study_id
        else []
    )


def themes(viewer: Worker, brief: Brief) -> dict[UUID, str]:
    """What the themes of a brief's study are called."""
    return (
        {theme.pk: theme.name for theme in evidence.themes(viewer, brief.study_id)} if brief.study_id else {}
    )


def offered(viewer: Worker, section: Section) -> list[tuple[str, str]]:
    """The tables that may stand in a section of this brief: ids and what each is of."""
    return [
        (str(release.pk), figures.title_of(release)) for release in figures.offered(viewer, section.brief)
    ]


def first_findings(viewer: Worker, section: Section) -> dict[str, Text]:
    """What each table that may stand in a section says most of all, in both languages."""
    return {
        str(release.pk): figures.finding_of(release) for release in figures.offered(viewer, section.brief)
    }


def stewards(viewer: Worker) -> list[tuple[str, str]]:
    """The agencies whose data steward can be asked to sign: ids and names."""
    return [(str(agency.pk), str(agency)) for agency in (viewer.agency, *agencies.other_agencies(viewer))]


def choice_of_quotes(viewer: Worker, section: Section) -> dict[str, Any]:
    """Return the quotes that may stand in a part, by theme, and how often their speakers are quoted.

    Counted is how often elsewhere in the brief.
    """
    chosen, elsewhere = quotes_of(section), chosen_elsewhere(section)
    quotables = quotable(viewer, section)
    names = themes(viewer, section.brief)
    spoken: dict[UUID, int] = defaultdict(int)
    for quote in quotables:
        spoken[quote.speaker_id] += quote.id in elsewhere
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for quote in sorted(
        quotables, key=lambda quote: chosen.index(quote.id) if quote.id in chosen else len(chosen)
    ):
        lacks = [language for language in ("en", "fr") if not quote.words.get(language)]
        rows[names.get(quote.theme_id, "") if quote.theme_id else ""].append(
            {
                "quote": quote,
                "chosen": quote.id in chosen,
                "elsewhere": quote.id in elsewhere,
                "spoken": spoken[quote.speaker_id],
                "lacks": lacks,
            }
        )
    gone = [quote_id for quote_id in chosen if quote_id not in {quotable.id for quotable in quotables}]
    return {"section": section, "brief": section.brief, "themes": sorted(rows.items()), "gone": len(gone)}


def priced(viewer: Worker, brief: Brief, kind: str) -> Any:
    """Return what the parameter table and the protected counts come to, for whoever writes what it takes.

    Nothing elsewhere.
    """
    return (
        indicators.range_of(viewer, brief.half, brief.audience) if kind == Kind.PLEA and brief.half else None
    )


def findings_of(viewer: Worker, section: Section) -> dict[str, Any]:
    """Return the tables that stand in a part and their findings, as a form is filled with them.

    A first finding for each other.
    """
    told: dict[str, Any] = {}
    for release_id, finding in first_findings(viewer, section).items():
        told |= {f"{release_id}_finding_{language}": finding.of(language) for language in LANGUAGES}
    for figure in figures_of(section):
        told[f"chosen_{figure.release_id}"] = True
        told |= {
            f"{figure.release_id}_finding_{language}": figure.finding.get(language, "")
            for language in LANGUAGES
        }
    return told
