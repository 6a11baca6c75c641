"""The page of a brief: its parts with what each lacks, its questions, who signed, its editions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from alongside.briefs import rules
from alongside.briefs.edition import inline_markup
from alongside.briefs.models import Kind, State
from alongside.briefs.queries.briefs import answers, chosen, sections
from alongside.briefs.queries.editions import editions
from alongside.briefs.queries.proofs import assembled, contradictions, signers, standing
from alongside.kernel import clock

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief, Section


def task_list(viewer: Worker, brief: Brief, at: str) -> dict[str, Any]:
    """Return what the page of a brief shows.

    Its parts with what each lacks, its questions, who signed, its editions.
    """
    stands = standing(brief)
    own = brief.agency_id == viewer.agency_id
    writes = rules.may_write(viewer) and own
    drafting = brief.state == State.DRAFTING
    made = assembled(viewer, brief, on=clock.today(), base=at) if writes and drafting else None
    document = made.document if made else stands.document if stands and own else None
    return {
        "brief": brief,
        "name": brief.name.of(get_language() or "en") or brief.slug,
        "own": own,
        "writes": writes and drafting,
        "editor": writes,
        "problems": made.problems if made else [],
        "contradictions": contradictions(brief, document, leads=writes) if document else [],
        "parts": _parts(brief) if own else [],
        "standing": stands,
        "answered": len(answers(brief)),
        "questions": len(rules.QUESTIONS),
        "editions": editions(brief),
        "signed": signers(viewer, stands.signatures) if stands else [],
    }


def _parts(brief: Brief) -> list[dict[str, Any]]:
    """Return the parts of a brief by kind, in the order of print; recommendations stand under their group."""
    quotes, tables = chosen(brief)
    by_kind: dict[str, list[Section]] = defaultdict(list)
    for section in sections(brief):
        by_kind[section.kind].append(section)
    rows = {
        kind: [_row(section, quotes[section.pk], tables[section.pk]) for section in by_kind[kind]]
        for kind in Kind.values
    }
    for row in rows["group"]:
        row["under"] = [
            recommendation
            for recommendation in rows["recommendation"]
            if recommendation["section"].parent_id == row["section"].pk
        ]
    kinds = [kind for kind in Kind if kind != Kind.RECOMMENDATION]
    return [
        {
            "kind": kind,
            "rows": rows[kind],
            "once": kind in rules.ONCE,
            "wanting": kind in rules.ONCE and not rows[kind],
        }
        for kind in kinds
    ]


def _row(section: Section, quotes: int, tables: int) -> dict[str, Any]:
    """Return a part as one line.

    How it begins, which languages are there, how many quotes and tables stand in it.
    """
    kept = [
        words
        for words in (section.heading, section.body, section.impact, section.cost.get("words", {}))
        if any(words.values())
    ]
    there = {
        language: bool(kept) and all(words.get(language, "").strip() for words in kept)
        for language in ("en", "fr")
    }
    words = (section.heading if any(section.heading.values()) else section.body) or {}
    language = get_language() or "en"
    said = inline_markup.plain(words.get(language) or words.get("en") or words.get("fr") or "")
    return {
        "section": section,
        "words": said[:140] + ("…" if len(said) > 140 else ""),
        "there": there,
        "under": [],
        "quotes": quotes,
        "tables": tables,
        "holds": section.kind in ("recommendation", "plea"),
    }
