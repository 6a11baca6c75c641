"""What was coded and thought: passages under codes, and memos.

The database shows nobody what a blind reading hides (decision 0016).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from alongside.evidence.models import Coding, Memo, Source, SourceState
from alongside.evidence.queries.codebook import get_code, under
from alongside.evidence.queries.names import id_of, with_names
from alongside.evidence.queries.sources import words_of
from alongside.kernel.seal import unlogged, unseal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.evidence.models import Code, Study


@dataclass(frozen=True)
class OpenMemo:
    """A memo with its words, and who wrote it by name: empty, if the viewer doesn't know them."""

    memo: Memo
    text: str
    who: str = ""


@dataclass(frozen=True)
class Passage:
    """Words under a code: where they stand in which source, who took part, who put them there."""

    coding_id: UUID
    source_id: UUID
    participant_id: UUID | None
    words: str
    start: int
    end: int
    coder_id: UUID
    language: str
    code_id: UUID
    source_name: str = ""
    before: str = ""
    after: str = ""


def passages(viewer: Worker, code: Code | UUID, *, around: int = 0) -> list[Passage]:
    """Return every passage under a code and the codes under it that this viewer may see, by source and place.

    `around`: how many characters of what stands before and after come along.
    """
    code = get_code(viewer, id_of(code))
    return passages_of(viewer, code.study_id, codes=under(viewer, code), around=around)


def passages_of(
    viewer: Worker, study: Study | UUID, *, codes: Iterable[Code] | None = None, around: int = 0
) -> list[Passage]:
    """Return every passage of a study, or of these codes. Three statements, however many there are."""
    codings = Coding.objects.filter(study_id=id_of(study), agency_id=viewer.agency_id)
    if codes is not None:
        codings = codings.filter(code__in=[code.pk for code in codes])
    rows = list(codings)
    there = {
        source.pk: source
        for source in Source.objects.filter(pk__in={row.source_id for row in rows}, state=SourceState.READY)
    }
    texts = {key: words_of(source) for key, source in there.items()}
    order = {
        key: place for place, key in enumerate(sorted(there, key=lambda key: (there[key].brought_in_at, key)))
    }
    rows = sorted(
        (row for row in rows if row.source_id in there),
        key=lambda row: (order[row.source_id], row.start, row.end),
    )
    return [_passage(row, there[row.source_id], texts[row.source_id], around) for row in rows]


def get_passage(viewer: Worker, coding_id: UUID, *, around: int = 0) -> Passage:
    """Return one passage.

    :raises Coding.DoesNotExist: if the viewer may not see it, or its source was taken back
    """
    coding = get_coding(viewer, coding_id)
    return _passage(coding, coding.source, words_of(coding.source), around)


def get_coding(viewer: Worker, coding_id: UUID) -> Coding:
    """Return a coding with its source, code and study.

    :raises Coding.DoesNotExist: if the viewer may not see it, or its source was taken back
    """
    return Coding.objects.select_related("source", "code", "study").get(
        pk=coding_id, agency_id=viewer.agency_id
    )


def codings_in(viewer: Worker, source: Source) -> list[Coding]:
    """Return what is coded in a source as far as this viewer may see it, with codes, by place."""
    return list(
        Coding.objects.filter(source=source, agency_id=viewer.agency_id)
        .select_related("code")
        .order_by("start", "-end", "coded_at")
    )


def memos(viewer: Worker, study: Study | UUID, **about: Any) -> list[OpenMemo]:
    """Return memos of a study, the newest first, opened and with who wrote them.

    `about` names what: `code=`, `source=`, `coding=`.
    """
    found = (
        Memo.objects.filter(study_id=id_of(study), agency_id=viewer.agency_id, **about)
        .select_related("code", "source", "coding__code")
        .order_by("-written_at", "-id")
    )
    return [
        OpenMemo(named.row, _words_of_memo(named.row), named.who)
        for named in with_names(viewer, found, "written_by")
    ]


def get_memo(viewer: Worker, memo_id: UUID) -> OpenMemo:
    """Return one memo, opened.

    :raises Memo.DoesNotExist: if the viewer may not see it
    """
    memo = Memo.objects.select_related("study").get(pk=memo_id, agency_id=viewer.agency_id)
    return OpenMemo(memo, _words_of_memo(memo))


def _words_of_memo(memo: Memo) -> str:
    with unlogged():
        return str(unseal(memo, "words", agency_id=memo.agency_id) or "")


def _passage(coding: Coding, source: Source, text: str, around: int) -> Passage:
    before, after = text[max(0, coding.start - around) : coding.start], text[coding.end : coding.end + around]
    if around and coding.start > around:
        before = "…" + before[before.find(" ") + 1 :]
    if around and coding.end + around < len(text):
        after = after[: after.rfind(" ") + 1].rstrip() + "…"
    return Passage(
        coding.pk,
        source.pk,
        source.participant_id,
        text[coding.start : coding.end],
        coding.start,
        coding.end,
        coding.coded_by,
        source.language,
        coding.code_id,
        source.name,
        before,
        after,
    )
