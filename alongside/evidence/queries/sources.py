"""What people said: the sources of a study, their words, and what in them may tell who somebody is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from alongside.agencies.queries import other_agencies
from alongside.evidence.models import Identifier, Source, SourceState, StudyVersion
from alongside.evidence.queries.names import id_of
from alongside.evidence.text.layout import IdentifyingWords
from alongside.kernel.queries import being_destroyed
from alongside.kernel.seal import unlogged, unseal
from alongside.text import identifiers

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from alongside.agencies.models import Worker
    from alongside.evidence.models import Study


def sources(viewer: Worker, study: Study | UUID) -> QuerySet[Source]:
    """Return a study's sources in the order in which they came, those that were taken back apart."""
    found = Source.objects.filter(study_id=id_of(study), agency_id=viewer.agency_id).exclude(
        state=SourceState.WITHDRAWN
    )
    return found.select_related("participant").defer("raw", "body", "waiting")


def uncleaned(viewer: Worker) -> list[tuple[Source, str]]:
    """Return the agency's texts that nobody has cleaned yet, oldest first, each with its study's title."""
    found = Source.objects.filter(agency_id=viewer.agency_id, state=SourceState.RECEIVED, study__state="open")
    waiting = list(
        found.select_related("study").defer("raw", "body", "waiting").order_by("brought_in_at")[:20]
    )
    titles = StudyVersion.objects.filter(study__in={source.study_id for source in waiting}).order_by("number")
    named = dict(titles.values_list("study_id", "title"))
    return [(source, named[source.study_id]) for source in waiting]


def withdrawn(viewer: Worker, study: Study | UUID) -> dict[str, int]:
    """Return how many sources of a study were taken back, and of how many the key is still to go."""
    taken_back = Source.objects.filter(
        study_id=id_of(study), agency_id=viewer.agency_id, state=SourceState.WITHDRAWN
    ).values_list("id", flat=True)
    return {"withdrawn": len(taken_back), "being_destroyed": len(being_destroyed(*taken_back))}


def get_source(viewer: Worker, source_id: UUID) -> Source:
    """Return a source that is there.

    :raises Source.DoesNotExist: if the viewer may not see it, or it was taken back
    """
    there = Source.objects.exclude(state=SourceState.WITHDRAWN).select_related("study", "participant")
    return there.get(pk=source_id, agency_id=viewer.agency_id)


def words_of(source: Source) -> str:
    """Return the clean text of a source; the raw one while it waits for that.

    Whoever shows it notes the reading.
    """
    with unlogged():
        return str(
            unseal(source, "body" if source.state == SourceState.READY else "raw", agency_id=source.agency_id)
            or ""
        )


def identifiers_of(source: Source) -> list[IdentifyingWords]:
    """Return the identifying words of a source by place, each with what stands there instead."""
    return [
        IdentifyingWords(
            mark.pk, mark.start, mark.end, mark.kind, mark.get_kind_display(), mark.decision, _instead(mark)
        )
        for mark in Identifier.objects.filter(source=source)
    ]


def _instead(identifier: Identifier) -> str:
    with unlogged():
        return (
            str(unseal(identifier, "replacement", agency_id=identifier.agency_id) or "")
            if identifier.replacement
            else ""
        )


def suggested_identifiers(viewer: Worker, words: str) -> list[identifiers.Suggestion]:
    """Return what in these words may tell who somebody is, suggested as in a source.

    For words that are to be printed.
    """
    return identifiers.suggest(words, agencies(viewer))


def agencies(viewer: Worker) -> list[str]:
    """Return what the agencies of this installation are called, in every way they are."""
    return [
        name
        for agency in (viewer.agency, *other_agencies(viewer))
        for name in (agency.name, agency.name_fr, agency.face, agency.face_fr)
        if name
    ]
