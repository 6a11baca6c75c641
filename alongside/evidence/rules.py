"""What may be done in a study, and when: each `check_can_…` is pure and refuses in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.evidence.models import MOVES_OF_SOURCE, MOVES_OF_STUDY, SourceState, StudyState
from alongside.evidence.text.documents import CannotBringIn as CannotBringIn
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.evidence.models import BlindCoding, Code, Coding, Identifier, Memo, Source, Study

TAKEN_BACK = _("This source was taken back: there are no words in it any more.")


class CannotWrite(Refusal):
    """The study is closed."""


class CannotMove(Refusal):
    """A study or a source can't go there from where it stands."""


class CannotTakeOut(Refusal):
    """Not everything could go along just now."""


class CannotFinish(Refusal):
    """The identifying words of a source are not all decided."""


class CannotCode(Refusal):
    """A passage can't stand under a code."""


class CannotArrange(Refusal):
    """A code can't be moved, merged or brought back like that."""


class CannotRead(Refusal):
    """A blind coding can't begin or end."""


class CannotSay(Refusal):
    """Words are missing, or are somebody else's."""


def check_can_write(study: Study) -> None:
    """In an open study anything may be written, in a closed one nothing.

    :raises CannotWrite: if it is closed
    """
    if study.state != StudyState.OPEN:
        raise CannotWrite(_("This study is closed. Open it again to go on."))


def check_can_move_study(study: Study, to: StudyState) -> None:
    """A study is closed and opened again.

    :raises CannotMove: if it stands there already
    """
    if to not in MOVES_OF_STUDY[StudyState(study.state)]:
        raise CannotMove(_("That has happened already. Look at it once more."))


def check_can_move_source(source: Source, to: SourceState) -> None:
    """A source goes forward only.

    Once its words are seen to the raw text is gone, once it is taken back all of it is.

    :raises CannotMove: if it stands there already, or beyond
    """
    if to not in MOVES_OF_SOURCE[SourceState(source.state)]:
        raise CannotMove(
            _("That can’t follow from where this source stands now. Look at it once more: it may have moved.")
        )


def check_can_finish(source: Source, identifiers: Iterable[Identifier]) -> None:
    """Every identifying word was decided by a human before anything is coded (practice.md 6).

    :raises CannotMove: if it is not waiting for that
    :raises CannotFinish: if some are left
    """
    check_can_move_source(source, SourceState.READY)
    if any(not identifier.decision for identifier in identifiers):
        raise CannotFinish(_("Some words are not decided yet. Keep or replace each of them first."))


def check_can_code(code: Code, source: Source, start: int, end: int, length: int) -> None:
    """Only what is ready may be coded, with a code that stands, on words that are there.

    :raises CannotCode: in plain words
    """
    if source.state == SourceState.WITHDRAWN:
        raise CannotCode(TAKEN_BACK)
    if source.state != SourceState.READY:
        raise CannotCode(
            _(
                "Identifying words come first: this source can be coded once each of them is decided."
                " Go on with them."
            )
        )
    if code.retired_at or not code.codable:
        raise CannotCode(
            _("This code is put away or only holds others. Choose another, or bring it back in the codebook.")
        )
    if code.study_id != source.study_id:
        raise CannotCode(_("This code belongs to another study. Choose one of this study."))
    if not 0 <= start < end <= length:
        raise CannotCode(_("Choose some words first."))


def check_is_mine(thing: Coding | Memo, by: Worker) -> None:
    """A coding or a memo is taken away by whoever made it.

    :raises CannotSay: if somebody else did
    """
    made_by = getattr(thing, "coded_by", None) or getattr(thing, "written_by", None)
    if made_by != by.pk:
        raise CannotSay(_("Somebody else made this. Talk it over with them: they can take it away."))


def check_can_place(code: Code, under: Code | None, parents: Mapping[UUID, UUID | None]) -> None:
    """A code goes under another code of its study that stands, never under itself or what is under it.

    :raises CannotArrange: in plain words
    """
    if under is None:
        return
    if under.study_id != code.study_id or under.retired_at:
        raise CannotArrange(
            _("It can only go under a code of this study that isn’t put away. Choose another.")
        )
    above: UUID | None = under.pk
    while above is not None:
        if above == code.pk:
            raise CannotArrange(
                _("A code can’t go under itself, or under a code that is under it. Choose another.")
            )
        above = parents.get(above)


def check_can_merge(
    code: Code, into: Code, parents: Mapping[UUID, UUID | None], blind_codings: Iterable[BlindCoding]
) -> None:
    """A code goes into another that stands, while nobody reads blind.

    What they mark now can't be seen, so it couldn't come along.

    :raises CannotArrange: in plain words
    """
    if code.pk == into.pk:
        raise CannotArrange(_("Choose another code to merge it into."))
    if code.retired_at:
        raise CannotArrange(_("This code is put away already. Look at the codebook."))
    check_can_place(code, into, parents)
    if not into.codable:
        raise CannotArrange(
            _("That code only holds others: no passage can stand under it. Choose one below it.")
        )
    check_nobody_reads_blind(blind_codings)


def check_nobody_reads_blind(blind_codings: Iterable[BlindCoding]) -> None:
    """The codebook's codes stay while somebody codes blind with them.

    :raises CannotArrange: if somebody does
    """
    if any(coding.blind and not coding.finished_at for coding in blind_codings):
        raise CannotArrange(
            _(
                "Somebody is reading blind in this study. Merge or put away codes once they have finished."
                " Wait, or ask them."
            )
        )


def check_can_begin_blind(source: Source, mine: Iterable[BlindCoding], codings: int) -> None:
    """A second coder begins before having marked anything in the source, and once.

    :raises CannotRead: in plain words
    """
    if source.state == SourceState.WITHDRAWN:
        raise CannotRead(TAKEN_BACK)
    if source.state != SourceState.READY:
        raise CannotRead(
            _(
                "Identifying words come first: this source can be read once each of them is decided."
                " Go on with them."
            )
        )
    if any(mine):
        raise CannotRead(_("You have read this source as a second coder already. Choose another source."))
    if codings:
        raise CannotRead(
            _(
                "You have marked passages in this source already. Somebody who hasn’t can read it blind."
                " Ask a colleague."
            )
        )
