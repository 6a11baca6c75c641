"""Briefs and their parts, for the agency that writes them and for whoever signs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from alongside.briefs.models import Brief, Check, Edition, Kind, Section, SectionFigure, SectionQuote
from alongside.briefs.rules import may_look

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def briefs(viewer: Worker) -> QuerySet[Brief]:
    """The briefs the viewer may see.

    Those of their agency, and for a data steward those whose proof names them.
    """
    return (
        Brief.objects.select_related("agency").order_by("-begun_at", "-id")
        if may_look(viewer)
        else Brief.objects.none()
    )


def get_brief(viewer: Worker, brief_id: UUID) -> Brief:
    """Return one brief.

    :raises Brief.DoesNotExist: if there is none for this viewer
    """
    found: Brief = briefs(viewer).get(pk=brief_id)
    return found


def sections(brief: Brief) -> list[Section]:
    """Every section of a brief, in the order it was given within its kind."""
    return list(Section.objects.filter(brief=brief).order_by("order", "id"))


def groups(brief: Brief) -> list[tuple[str, str]]:
    """The groups a recommendation can stand in: ids and titles."""
    found = Section.objects.filter(brief=brief, kind=Kind.GROUP).order_by("order", "id")
    return [
        (
            str(group.pk),
            group.heading.get(get_language() or "en")
            or group.heading.get("en")
            or group.heading.get("fr", ""),
        )
        for group in found
    ]


def get_section(viewer: Worker, brief_id: UUID, section_id: UUID) -> Section:
    """Return one section of a brief.

    :raises Section.DoesNotExist: if there is none for this viewer
    """
    found: Section = Section.objects.select_related("brief", "brief__agency").get(
        brief=get_brief(viewer, brief_id), pk=section_id
    )
    return found


def quotes_of(section: Section) -> list[UUID]:
    """The quotes chosen for a section, in order."""
    return list(
        SectionQuote.objects.filter(section=section)
        .order_by("order", "id")
        .values_list("quote_id", flat=True)
    )


def figures_of(section: Section) -> list[SectionFigure]:
    """The tables chosen for a section, in order."""
    return list(SectionFigure.objects.filter(section=section).order_by("order", "id"))


def chosen(brief: Brief) -> tuple[Counter[UUID], Counter[UUID]]:
    """How many quotes and how many tables stand in each section of a brief."""
    quotes = SectionQuote.objects.filter(brief=brief).values_list("section_id", flat=True)
    figures = SectionFigure.objects.filter(brief=brief).values_list("section_id", flat=True)
    return Counter(quotes), Counter(figures)


def chosen_elsewhere(section: Section) -> set[UUID]:
    """The quotes that stand in other sections of the brief."""
    return set(
        SectionQuote.objects.filter(brief_id=section.brief_id)
        .exclude(section=section)
        .values_list("quote_id", flat=True)
    )


def answers(brief: Brief) -> dict[str, Check]:
    """What was answered to the questions before signing, by question."""
    return {check.question: check for check in Check.objects.filter(brief=brief)}


def is_taken(slug: str) -> bool:
    """Whether a brief or an edition that the asker can see has this address.

    Another agency's is refused by the database.
    """
    return Brief.objects.filter(slug=slug).exists() or Edition.objects.filter(slug=slug).exists()
