"""What a quote is collected from: a coded passage, and what in it may tell who somebody is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from alongside.evidence import queries as evidence
from alongside.quotes.models import OVER, Quote

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def taken_from(viewer: Worker, coding_id: UUID) -> Quote | None:
    """Return the quote that was made of this passage already, unless that is over."""
    return (
        Quote.objects.filter(agency_id=viewer.agency_id, passage_id=coding_id).exclude(state__in=OVER).first()
    )


def passage_as_quote(viewer: Worker, coding_id: UUID) -> dict[str, Any]:
    """Return a coded passage as what a quote is collected from.

    Its words as they stand in the clean text, its theme, its speaker.
    """
    coding = evidence.get_coding(viewer, coding_id)
    passage = evidence.get_passage(viewer, coding_id)
    theme = coding.code
    while theme.parent_id:
        theme = evidence.get_code(viewer, theme.parent_id)
    speaker = evidence.get_participant(viewer, passage.participant_id) if passage.participant_id else None
    return {
        "study_id": coding.study_id,
        "words": passage.words,
        "language": passage.language or "en",
        "theme_id": theme.pk,
        "source_id": passage.source_id,
        "participant_id": passage.participant_id,
        "passage_id": coding_id,
        "lived": speaker is None or speaker.speaks_as == "lived",
    }


def identifying_pieces(viewer: Worker, words: str) -> list[dict[str, Any]]:
    """Return what in these words may tell who somebody is, as the same suggestions as for a source.

    Pieces of text, some of them marked.
    """
    pieces, at = [], 0
    for identifier in evidence.suggested_identifiers(viewer, words):
        pieces += [
            {"words": words[at : identifier.start], "kind": ""},
            {"words": words[identifier.start : identifier.end], "kind": identifier.kind},
        ]
        at = identifier.end
    pieces.append({"words": words[at:], "kind": ""})
    return [piece for piece in pieces if piece["words"]]
