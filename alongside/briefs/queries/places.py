"""Where in a brief something stands: its part, and the page where it is mended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse

from alongside.briefs.models import Kind, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alongside.briefs.models import Brief
    from alongside.briefs.rules import Problem

Place = tuple[str, ...]
KINDS = {
    "key_messages": Kind.KEY_MESSAGE,
    "summary": Kind.SUMMARY,
    "context": Kind.CONTEXT,
    "method": Kind.METHOD,
    "audiences": Kind.AUDIENCE,
    "definitions": Kind.DEFINITION,
    "groups": Kind.GROUP,
    "plea": Kind.PLEA,
    "references": Kind.REFERENCE,
}


def sections_of(brief: Brief) -> dict[str, list[Section]]:
    """Return the parts of a brief by kind, in the order of print."""
    found: dict[str, list[Section]] = defaultdict(list)
    for section in Section.objects.filter(brief=brief).order_by("order", "id"):
        found[section.kind].append(section)
    return found


def section_at(sections: Mapping[str, list[Section]], place: Place) -> Section | None:
    """Return the part in which a place of the document is written; None if it is written in no part."""
    kind = KINDS.get(place[0]) if place else None
    if kind is None:
        return None
    there = sections.get(kind, [])
    at = int(place[1]) if len(place) > 1 and place[1].isdigit() else 0
    found = there[at] if at < len(there) else None
    if found and kind == Kind.GROUP and len(place) > 3:
        under = [part for part in sections.get(Kind.RECOMMENDATION, []) if part.parent_id == found.pk]
        return under[int(place[3])] if int(place[3]) < len(under) else None
    return found


def address_of(brief: Brief, sections: Mapping[str, list[Section]], place: Place) -> str:
    """Return the address of the page where a place of the document is mended."""
    if place[:1] in (("title",), ("agency",)):
        return reverse("briefs:about", args=[brief.pk])
    if place[:1] == ("method_box",) and brief.study_id:
        return reverse("evidence:study", args=[brief.study_id])
    section = section_at(sections, place)
    if section:
        page = next((part for part in ("quotes", "figures") if part in place), "section")
        return reverse(f"briefs:{page}", args=[brief.pk, section.pk])
    kind = KINDS.get(place[0]) if place else None
    if kind:
        return reverse("briefs:section_new", args=[brief.pk, kind])
    return reverse("briefs:brief", args=[brief.pk])


def led(
    brief: Brief, problems: Iterable[Problem], sections: Mapping[str, list[Section]] | None = None
) -> list[Problem]:
    """Return problems, each with the address of the page where it is mended."""
    found = list(problems)
    if any(not problem.mended_at for problem in found):
        sections = sections_of(brief) if sections is None else sections
        return [
            problem
            if problem.mended_at
            else replace(problem, mended_at=address_of(brief, sections, problem.at))
            for problem in found
        ]
    return found
