"""Bringing a source in, seeing to its identifying words, taking it back.

A raw text lives from the first to the second of these, and no longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.evidence import queries, rules
from alongside.evidence.models import Coding, Decision, Identifier, Mentioned, Source, SourceState, Study
from alongside.evidence.text import documents
from alongside.kernel.commands import order_effect
from alongside.kernel.ids import uuid7
from alongside.kernel.seal import keyring, seal, unlogged, unseal
from alongside.text import identifiers
from alongside.text.offsets import Edit, Remap, applied
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


class Brought(NamedTuple):
    """A coding that comes along with a text.

    Which code, from where to where in the text as it was handed over (code points).
    """

    code_id: UUID
    start: int
    end: int
    guid: UUID | None = None


@transaction.atomic
def bring_in(
    *,
    study_id: UUID,
    name: str,
    text: str,
    kind: str = "interview",
    language: str = "",
    collected_on: date | None = None,
    participant_id: UUID | None = None,
    guid: UUID | None = None,
    codings: Iterable[Brought] = (),
    by: Worker,
    at: datetime,
) -> Source:
    """Bring a text into a study, sealed under a key of its own.

    What may tell who somebody is is suggested at once, and decided later by a human.

    Codings that come along wait, sealed, until that is done. A name that looks like somebody's becomes a
    number.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotBringIn: if there is nothing to read in it, or too much
    """
    study = Study.objects.select_for_update().get(pk=study_id)
    rules.check_can_write(study)
    documents.check_size(text)
    form = documents.in_one_form(text)
    text, remap = applied(text, form), Remap(form)
    documents.check_size(text)
    source = Source(
        id=uuid7(),
        study=study,
        agency_id=study.agency_id,
        participant_id=participant_id,
        kind=kind,
        language=language,
        guid=guid,
    )
    source.name, source.collected_on = _harmless(study, name, by), collected_on
    source.brought_in_by, source.brought_in_at = by.pk, at
    keyring().make(source.file_id, source.agency_id)
    source.raw = seal(source, "raw", text, agency_id=source.agency_id)
    waiting = [
        [str(coding.code_id), *span, str(coding.guid or "")]
        for coding in codings
        if (span := remap.span(coding.start, coding.end))
    ]
    source.waiting = seal(source, "waiting", waiting, agency_id=source.agency_id) if waiting else None
    source.save(force_insert=True)
    suggested = identifiers.suggest(text, queries.agencies(by))
    Identifier.objects.bulk_create(
        Identifier(
            source=source,
            agency_id=source.agency_id,
            start=suggestion.start,
            end=suggestion.end,
            kind=suggestion.kind,
        )
        for suggestion in suggested
    )
    note("evidence.source_brought_in", custodian_id=by.agency_id, item_id=source.pk, item_kind="source")
    return source


@transaction.atomic
def decide(
    *,
    source_id: UUID,
    identifier_ids: Iterable[UUID],
    decision: str,
    words: str = "",
    by: Worker,
    at: datetime,
) -> int:
    """Keep or replace these identifying words, or leave them undecided again.

    Return how many identifiers it was.

    :raises rules.CannotMove: if the source's words are seen to already
    """
    source = _received(source_id)
    chosen = list(Identifier.objects.filter(source=source, pk__in=list(identifier_ids)))
    for identifier in chosen:
        identifier.decision = decision
        identifier.replacement = (
            seal(identifier, "replacement", words, agency_id=source.agency_id)
            if decision == Decision.REPLACE
            else None
        )
        identifier.resolved_by, identifier.resolved_at = (by.pk, at) if decision else (None, None)
    Identifier.objects.bulk_update(chosen, ["decision", "replacement", "resolved_by", "resolved_at"])
    note(
        "evidence.words_decided",
        custodian_id=by.agency_id,
        item_id=source.pk,
        item_kind="source",
        count=len(chosen),
    )
    return len(chosen)


@transaction.atomic
def mark_by_hand(*, source_id: UUID, words: str, by: Worker, at: datetime) -> list[Identifier]:
    """Mark more words, wherever they stand in the text.

    A suggestion that overlaps gives way to what a human marked.

    :raises rules.CannotMove: if the source's words are seen to already
    :raises rules.CannotSay: if they don't stand in the text
    """
    source = _received(source_id)
    with unlogged():
        raw = str(unseal(source, "raw", agency_id=source.agency_id))
    places = _places_of(words, raw)
    if not places:
        raise rules.CannotSay(_("These words don’t stand in the text as you wrote them. Copy them from it."))
    inside = [
        identifier
        for identifier in Identifier.objects.filter(source=source)
        if any(identifier.start < end and start < identifier.end for start, end in places)
    ]
    Identifier.objects.filter(pk__in=[identifier.pk for identifier in inside]).delete()
    return Identifier.objects.bulk_create(
        Identifier(source=source, agency_id=source.agency_id, start=start, end=end, kind=Mentioned.BY_HAND)
        for start, end in places
    )


@transaction.atomic
def finish(*, source_id: UUID, by: Worker, at: datetime) -> Source:
    """Make the clean text, seal it, and destroy the raw one. Codings that came along find their places in it.

    :raises rules.CannotMove: if it is done already
    :raises rules.CannotFinish: if some words are not decided
    """
    source = _received(source_id)
    found = list(Identifier.objects.select_for_update().filter(source=source))
    rules.check_can_finish(source, found)
    with unlogged():
        raw = str(unseal(source, "raw", agency_id=source.agency_id))
        waiting = unseal(source, "waiting", agency_id=source.agency_id) or []
        edits = [
            Edit(
                identifier.start,
                identifier.end,
                str(unseal(identifier, "replacement", agency_id=identifier.agency_id) or ""),
            )
            for identifier in found
            if identifier.decision == Decision.REPLACE
        ]
    source.body = seal(source, "body", applied(raw, edits), agency_id=source.agency_id)
    source.raw = source.waiting = None
    source.state, source.cleaned_by, source.cleaned_at = SourceState.READY, by.pk, at
    source.save(update_fields=["body", "raw", "waiting", "state", "cleaned_by", "cleaned_at"])
    Identifier.objects.filter(
        source=source, decision=Decision.KEEP
    ).delete()  # what stays is nobody's secret, and where it stood would tell which words were looked at
    _place(source, waiting, Remap(edits), by, at)
    note("evidence.source_cleaned", custodian_id=by.agency_id, item_id=source.pk, item_kind="source")
    return source


@transaction.atomic
def withdraw(*, source_id: UUID, by: Worker, at: datetime) -> Source:
    """Take a source back, because whoever spoke says so.

    Its key is destroyed, and what was coded in it is on no page again.

    :raises rules.CannotMove: if it was taken back already
    """
    source = Source.objects.select_for_update().get(pk=source_id)
    rules.check_can_move_source(source, SourceState.WITHDRAWN)
    Identifier.objects.filter(source=source).delete()
    source.raw = source.waiting = source.body = None
    source.state, source.withdrawn_by, source.withdrawn_at = SourceState.WITHDRAWN, by.pk, at
    source.save(update_fields=["raw", "waiting", "body", "state", "withdrawn_by", "withdrawn_at"])
    note("evidence.source_withdrawn", custodian_id=by.agency_id, item_id=source.pk, item_kind="source")
    order_effect("evidence.destroy_key", about=source.file_id, agency_id=source.agency_id)
    return source


@transaction.atomic
def describe_source(
    *,
    source_id: UUID,
    participant_id: UUID | None,
    name: str,
    language: str,
    collected_on: date | None,
    by: Worker,
    at: datetime,
) -> Source:
    """Write anew what is known about a source.

    Whose it is (by code), what it is called, its language, its day.

    :raises rules.CannotWrite: if the study is closed
    """
    source = Source.objects.select_for_update().select_related("study").get(pk=source_id)
    rules.check_can_write(source.study)
    source.participant_id, source.language, source.collected_on = participant_id, language, collected_on
    if name != source.name:
        source.name = _harmless(source.study, name, by)
    source.save(update_fields=["participant", "name", "language", "collected_on"])
    note("evidence.source_described", custodian_id=by.agency_id, item_id=source.pk, item_kind="source")
    return source


def _received(source_id: UUID) -> Source:
    source = Source.objects.select_for_update(of=("self",)).select_related("study").get(pk=source_id)
    rules.check_can_write(source.study)
    rules.check_can_move_source(source, SourceState.READY)
    return source


def _harmless(study: Study, name: str, by: Worker) -> str:
    """The name somebody gave a source, or a number where it says more than that.

    An interview with Marie becomes interview 3.
    """
    name = " ".join(name.split())[:200]
    plain = name.replace("_", " ").rsplit(".", 1)[0]
    if name and not any(
        suggestion.kind not in ("date", "number")
        for suggestion in identifiers.suggest(plain, queries.agencies(by))
    ):
        return name
    return _("Source %(number)s") % {"number": Source.objects.filter(study=study).count() + 1}


def _places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Where these words stand as words, whatever the case and however the lines break."""
    pieces = [piece for piece in words.split() if piece]
    return identifiers.places_of(pieces, text) if pieces else []


def _place(source: Source, waiting: list[list[str | int]], remap: Remap, by: Worker, at: datetime) -> None:
    placed = [(row, remap.span(int(row[1]), int(row[2]))) for row in waiting]
    Coding.objects.bulk_create(
        Coding(
            study_id=source.study_id,
            source=source,
            agency_id=source.agency_id,
            code_id=UUID(str(code)),
            start=span[0],
            end=span[1],
            coded_by=by.pk,
            coded_at=at,
            guid=UUID(str(guid)) if guid else None,
        )
        for (code, _start, _end, guid), span in placed
        if span
    )
