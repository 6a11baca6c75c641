"""The invented brief written through the same commands that an editor's pages use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alongside.briefs import commands
from alongside.briefs.demo import words
from alongside.briefs.models import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from alongside.agencies.models import Worker
    from alongside.briefs.models import Brief, Section

COST = {"low": 1_850_000, "base": 2_400_000, "high": 3_150_000}


def both(pair: words.Pair) -> dict[str, str]:
    """Return two words as they are kept."""
    return dict(zip(("en", "fr"), pair, strict=True))


def write(*, by: Worker, at: datetime, slug: str = "two-rivers", **facts: Any) -> Brief:
    """Write the whole brief, without its quotes and tables; return it being written."""
    told = {"slug": slug, "title": both(words.TITLE), "contributors": list(words.CONTRIBUTORS)} | facts
    brief = commands.begin(facts=told, by=by, at=at)

    def put(kind: Kind, **parts: Any) -> Section:
        return commands.write(brief=brief, kind=kind, facts=parts, by=by, at=at)

    for message in words.KEY_MESSAGES:
        put(Kind.KEY_MESSAGE, body=both(message))
    put(Kind.SUMMARY, body=both(words.SUMMARY))
    put(Kind.CONTEXT, body=both(words.CONTEXT))
    put(Kind.METHOD, body=both(words.METHOD))
    for audience in words.AUDIENCES:
        put(Kind.AUDIENCE, body=both(audience))
    for term, meaning in words.DEFINITIONS:
        put(Kind.DEFINITION, heading=both(term), body=both(meaning))
    for title, advice in words.GROUPS:
        group = put(Kind.GROUP, heading=both(title))
        for recommendation in advice:
            put(
                Kind.RECOMMENDATION,
                parent_id=group.pk,
                code=recommendation.code,
                heading=both(recommendation.statement),
                impact=both(recommendation.impact),
            )
    put(
        Kind.PLEA,
        body=both(words.PLEA),
        impact=both(words.ASK),
        cost=COST | {"words": both(words.COST_WORDS)},
        code="F",
    )
    for reference in words.REFERENCES:
        put(Kind.REFERENCE, body=both(reference))
    return brief
