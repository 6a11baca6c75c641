"""The codebook: codes made, rewritten, moved, merged, put away and brought back.

Each change stays, with who, when, before and after.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.evidence import rules
from alongside.evidence.models import BlindCoding, Change, Code, CodeChange, Coding, Study
from alongside.kernel.ids import uuid7
from alongside.kernel.seal import seal, unlogged, unseal
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


WORDS = ("name", "definition", "include", "exclude")
FACTS = (*WORDS, "colour", "codable", "is_theme")
COLOURS = (
    "#1d5f55",
    "#2f5d9b",
    "#7a4b8c",
    "#9a3b26",
    "#8a5a00",
    "#4f6b1e",
    "#a03a6b",
    "#1f6f8b",
    "#6b4e2e",
    "#5b5aa8",
    "#3d7a4a",
    "#8c3f3f",
)


@transaction.atomic
def make_code(
    *,
    study_id: UUID,
    facts: dict[str, Any],
    example: str = "",
    parent_id: UUID | None = None,
    guid: UUID | None = None,
    by: Worker,
    at: datetime,
) -> Code:
    """Make a code, under another one or at the top. `facts`: any of `FACTS`; a name is enough.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotArrange: if the one above is put away or of another study, or if there is one of that
        name
    """
    study = _locked(study_id)
    rules.check_can_write(study)
    facts = facts | {"name": " ".join(facts["name"].split())}
    _check_name(study_id, facts["name"], parent_id)
    code = Code(
        id=uuid7(), study=study, agency_id=study.agency_id, guid=guid, made_by=by.pk, made_at=at, **facts
    )
    above = Code.objects.get(pk=parent_id, study=study) if parent_id else None
    rules.check_can_place(code, above, {})
    codes = Code.objects.filter(study=study)
    code.parent, code.rank = above, (codes.filter(parent=above).aggregate(last=Max("rank"))["last"] or 0) + 1
    code.colour = code.colour or COLOURS[codes.count() % len(COLOURS)]
    code.example = seal(code, "example", example, agency_id=code.agency_id) if example else None
    code.save(force_insert=True)
    _changed(code, Change.MADE, {}, _facts(code), by, at)
    note("evidence.code_made", custodian_id=by.agency_id, item_id=code.pk, item_kind="code")
    return code


@transaction.atomic
def rewrite_code(
    *, code_id: UUID, facts: dict[str, Any], example: str | None = None, by: Worker, at: datetime
) -> Code:
    """Write anew what a code is called and means. `example` of None stays as it was.

    :raises rules.CannotWrite: if the study is closed
    """
    code = _code(code_id)
    before = _facts(code)
    for name, value in facts.items():
        setattr(code, name, value)
    _check_name(code.study_id, code.name, code.parent_id, code.pk)
    after = _facts(code)
    fields = list(facts)
    if example is not None:
        with unlogged():
            same = (unseal(code, "example", agency_id=code.agency_id) or "") == example
        if not same:
            code.example = seal(code, "example", example, agency_id=code.agency_id) if example else None
            after, fields = after | {"example": "changed"}, [*fields, "example"]
    if before == after:
        return code
    code.save(update_fields=fields)
    _changed(code, Change.REWRITTEN, *_different(before, after), by, at)
    note("evidence.code_rewritten", custodian_id=by.agency_id, item_id=code.pk, item_kind="code")
    return code


@transaction.atomic
def move_code(
    *, code_id: UUID, parent_id: UUID | None, before_id: UUID | None = None, by: Worker, at: datetime
) -> Code:
    """Put a code under another one or at the top, before one of those there, or at their end.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotArrange: if it would go under itself, or under one that is put away
    """
    code = _code(code_id)
    above = Code.objects.get(pk=parent_id) if parent_id else None
    rules.check_can_place(code, above, _parents(code.study_id))
    stood = _place_of(code)
    others = list(Code.objects.filter(study_id=code.study_id, parent=above).exclude(pk=code.pk))
    at_rank = next((index for index, other in enumerate(others) if other.pk == before_id), len(others))
    code.parent = above
    others.insert(at_rank, code)
    for rank, sibling in enumerate(others, start=1):
        sibling.rank = rank
    Code.objects.bulk_update(others, ["parent", "rank"])
    if stood != _place_of(code):
        _changed(code, Change.MOVED, stood, _place_of(code), by, at)
        note("evidence.code_moved", custodian_id=by.agency_id, item_id=code.pk, item_kind="code")
    return code


@transaction.atomic
def merge_codes(*, code_id: UUID, into_id: UUID, by: Worker, at: datetime) -> Code:
    """Merge a code into another: its passages, its memos and the codes under it go there.

    It is put away, and can be brought back with all of it.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotArrange: if the other is put away or under it, or while somebody reads blind
    """
    code = _code(code_id)
    into = Code.objects.select_for_update().get(pk=into_id)
    rules.check_can_merge(
        code, into, _parents(code.study_id), BlindCoding.objects.filter(source__study_id=code.study_id)
    )
    stood = _place_of(code)
    moved = list(Coding.objects.filter(code=code).values_list("pk", flat=True))
    children = list(Code.objects.filter(parent=code).values_list("pk", flat=True))
    Coding.objects.filter(pk__in=moved).update(code=into)
    Code.objects.filter(pk__in=children).update(parent=into)
    code.merged_into, code.retired_by, code.retired_at = into, by.pk, at
    code.save(update_fields=["merged_into", "retired_by", "retired_at"])
    taken = {
        "codings": [str(coding_id) for coding_id in moved],
        "children": [str(child_id) for child_id in children],
    }
    _changed(code, Change.MERGED, stood | taken, {"into": str(into.pk), "into_name": into.name}, by, at)
    note(
        "evidence.code_merged", custodian_id=by.agency_id, item_id=code.pk, item_kind="code", count=len(moved)
    )
    return into


@transaction.atomic
def retire_code(*, code_id: UUID, by: Worker, at: datetime) -> Code:
    """Put a code away. Its passages stay with it, and it can be brought back.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotArrange: if it is put away, holds others that stand, or while somebody reads blind
    """
    code = _code(code_id)
    if code.retired_at:
        raise rules.CannotArrange(_("This code is put away already."))
    if Code.objects.filter(parent=code, retired_at=None).exists():
        raise rules.CannotArrange(_("There are codes under this one. Move them first."))
    rules.check_nobody_reads_blind(BlindCoding.objects.filter(source__study_id=code.study_id))
    code.retired_by, code.retired_at = by.pk, at
    code.save(update_fields=["retired_by", "retired_at"])
    _changed(code, Change.RETIRED, {}, {}, by, at)
    note("evidence.code_retired", custodian_id=by.agency_id, item_id=code.pk, item_kind="code")
    return code


@transaction.atomic
def bring_back(*, code_id: UUID, by: Worker, at: datetime) -> Code:
    """Take a code out again.

    Where it had been merged, with every passage and code that went along and is still there.

    :raises rules.CannotWrite: if the study is closed
    :raises rules.CannotArrange: if it was not put away
    """
    code = _code(code_id)
    if not code.retired_at:
        raise rules.CannotArrange(_("This code stands already."))
    if code.parent and code.parent.retired_at:
        code.parent = None
    if code.merged_into_id:
        rules.check_nobody_reads_blind(BlindCoding.objects.filter(source__study_id=code.study_id))
        _part(code)
    code.retired_by, code.retired_at, code.merged_into = None, None, None
    code.save(update_fields=["retired_by", "retired_at", "merged_into", "parent"])
    _changed(code, Change.BROUGHT_BACK, {}, _place_of(code), by, at)
    note("evidence.code_brought_back", custodian_id=by.agency_id, item_id=code.pk, item_kind="code")
    return code


def _part(code: Code) -> None:
    """Undo a merge: what went along comes back, unless somebody has put it elsewhere since."""
    merge = CodeChange.objects.filter(code=code, change=Change.MERGED).last()
    taken: dict[str, Any] = merge.before if merge else {}
    Coding.objects.filter(pk__in=taken.get("codings", []), code=code.merged_into).update(code=code)
    Code.objects.filter(pk__in=taken.get("children", []), parent=code.merged_into).update(parent=code)
    while code.parent and (code.parent.pk == code.pk or str(code.parent.pk) in taken.get("children", [])):
        code.parent = None


def _locked(study_id: UUID) -> Study:
    return Study.objects.select_for_update().get(pk=study_id)


def _code(code_id: UUID) -> Code:
    """The code, with its study locked: no two people rearrange a codebook at once."""
    found = Code.objects.get(pk=code_id)
    rules.check_can_write(_locked(found.study_id))
    return Code.objects.select_for_update(of=("self",)).select_related("parent").get(pk=code_id)


def _parents(study_id: UUID) -> dict[UUID, UUID | None]:
    return dict(Code.objects.filter(study_id=study_id).values_list("pk", "parent_id"))


def _check_name(study_id: UUID, name: str, parent_id: UUID | None, but: UUID | None = None) -> None:
    alike = Code.objects.filter(study_id=study_id, parent_id=parent_id, name__iexact=name, retired_at=None)
    if any(code_id != but for code_id in alike.values_list("pk", flat=True)):
        raise rules.CannotArrange(_("There is a code of this name there already."))


def _facts(code: Code) -> dict[str, Any]:
    return {name: getattr(code, name) for name in FACTS}


def _different(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in after if after[name] != before.get(name)]
    return {name: before[name] for name in names if name in before}, {name: after[name] for name in names}


def _place_of(code: Code) -> dict[str, Any]:
    return {
        "under": str(code.parent_id or ""),
        "under_name": code.parent.name if code.parent else "",
        "rank": code.rank,
    }


def _changed(
    code: Code, change: Change, before: dict[str, Any], after: dict[str, Any], by: Worker, at: datetime
) -> None:
    CodeChange.objects.create(
        code=code,
        agency_id=code.agency_id,
        change=change,
        before=before,
        after=after,
        made_by=by.pk,
        made_at=at,
    )
