"""Coding: passages under codes, memos, and reading blind as a second coder."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.evidence import queries, rules
from alongside.evidence.models import BlindCoding, Code, Coding, Memo, Source, Study
from alongside.kernel.ids import uuid7
from alongside.kernel.seal import seal
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def code_passage(
    *,
    source_id: UUID,
    code_id: UUID,
    start: int,
    end: int,
    by: Worker,
    at: datetime,
    guid: UUID | None = None,
) -> Coding:
    """Put a passage under a code, in code points of the clean text. Saying the same twice is saying it once.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotCode: if the source is not ready, the code is put away, or there are no such words
    """
    source = Source.objects.select_for_update(of=("self",)).select_related("study").get(pk=source_id)
    rules.check_can_write(source.study)
    code = Code.objects.get(pk=code_id)
    rules.check_can_code(code, source, start, end, len(queries.words_of(source)))
    already = Coding.objects.filter(source=source, code=code, start=start, end=end, coded_by=by.pk).first()
    if already:
        return already
    coding = Coding.objects.create(
        study_id=source.study_id,
        source=source,
        code=code,
        agency_id=source.agency_id,
        start=start,
        end=end,
        coded_by=by.pk,
        coded_at=at,
        guid=guid,
    )
    note("evidence.coded", custodian_id=by.agency_id, item_id=coding.pk, item_kind="coding")
    return coding


@transaction.atomic
def uncode(*, coding_id: UUID, by: Worker, at: datetime) -> Coding:
    """Take a passage away from a code again. Memos on it stay, on the source.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotSay: if somebody else put it there
    """
    coding = Coding.objects.select_related("study", "code").get(pk=coding_id)
    rules.check_can_write(coding.study)
    rules.check_is_mine(coding, by)
    Memo.objects.filter(coding=coding).update(coding=None)
    Coding.objects.filter(pk=coding.pk).delete()
    note("evidence.uncoded", custodian_id=by.agency_id, item_id=coding.pk, item_kind="coding")
    return coding


@transaction.atomic
def undo_coding(*, source_id: UUID, by: Worker, at: datetime) -> Coding | None:
    """Take back what this worker coded last in a source; again and again, until nothing of theirs is left.

    None if nothing is.

    :raises rules.CannotWrite: if the study is closed
    """
    last = Coding.objects.filter(source_id=source_id, coded_by=by.pk).order_by("-coded_at", "-id").first()
    return uncode(coding_id=last.pk, by=by, at=at) if last else None


@transaction.atomic
def write_memo(
    *,
    study_id: UUID,
    words: str,
    by: Worker,
    at: datetime,
    code_id: UUID | None = None,
    source_id: UUID | None = None,
    coding_id: UUID | None = None,
    guid: UUID | None = None,
) -> Memo:
    """Write down a thought about a study, or about one code, source or coding of it.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotSay: if there are no words
    """
    study = Study.objects.get(pk=study_id)
    rules.check_can_write(study)
    _check_words(words)
    memo = Memo(
        id=uuid7(), study=study, agency_id=study.agency_id, written_by=by.pk, written_at=at, guid=guid
    )
    memo.code = Code.objects.get(pk=code_id, study=study) if code_id else None
    memo.coding = (
        Coding.objects.select_related("source").get(pk=coding_id, study=study) if coding_id else None
    )
    memo.source = (
        memo.coding.source
        if memo.coding
        else Source.objects.get(pk=source_id, study=study)
        if source_id
        else None
    )
    memo.words = seal(memo, "words", words.strip(), agency_id=memo.agency_id)
    memo.save(force_insert=True)
    note("evidence.memo_written", custodian_id=by.agency_id, item_id=memo.pk, item_kind="memo")
    return memo


@transaction.atomic
def rewrite_memo(*, memo_id: UUID, words: str, by: Worker, at: datetime) -> Memo | None:
    """Write one's own memo in new words, or with none, take it away.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotSay: if it is somebody else's
    """
    memo = Memo.objects.select_for_update(of=("self",)).select_related("study").get(pk=memo_id)
    rules.check_can_write(memo.study)
    rules.check_is_mine(memo, by)
    if not words.strip():
        Memo.objects.filter(pk=memo.pk).delete()
        note("evidence.memo_taken_away", custodian_id=by.agency_id, item_id=memo.pk, item_kind="memo")
        return None
    memo.words = seal(memo, "words", words.strip(), agency_id=memo.agency_id)
    memo.save(update_fields=["words"])
    note("evidence.memo_written", custodian_id=by.agency_id, item_id=memo.pk, item_kind="memo")
    return memo


@transaction.atomic
def begin_blind_coding(*, source_id: UUID, by: Worker, at: datetime) -> BlindCoding:
    """Begin to read a source as a second coder.

    Until it is finished neither sees the other's marks, whatever page they ask.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotRead: if something was marked there by this worker already, or it was read before
    """
    source = Source.objects.select_related("study").get(pk=source_id)
    rules.check_can_write(Study.objects.select_for_update().get(pk=source.study_id))
    mine = BlindCoding.objects.filter(source=source, coder=by.pk)
    rules.check_can_begin_blind(source, mine, Coding.objects.filter(source=source, coded_by=by.pk).count())
    blind_coding = BlindCoding.objects.create(
        source=source, agency_id=source.agency_id, coder=by.pk, blind=True, begun_at=at
    )
    note("evidence.reading_begun", custodian_id=by.agency_id, item_id=source.pk, item_kind="source")
    return blind_coding


@transaction.atomic
def finish_blind_coding(*, source_id: UUID, by: Worker, at: datetime) -> BlindCoding:
    """Finish a blind reading: from now on the two lie side by side. There is no way back into it.

    :raises rules.CannotRead: if none is open
    """
    blind_coding = (
        BlindCoding.objects.select_for_update()
        .filter(source_id=source_id, coder=by.pk, blind=True, finished_at=None)
        .first()
    )
    if blind_coding is None:
        raise rules.CannotRead(_("You are not reading this blind."))
    blind_coding.finished_at = at
    blind_coding.save(update_fields=["finished_at"])
    note("evidence.reading_finished", custodian_id=by.agency_id, item_id=source_id, item_kind="source")
    return blind_coding


def _check_words(words: str) -> None:
    if not words.strip():
        raise rules.CannotSay(_("Write down something first."))
