"""Agreeing by word that several agencies at the hub see named things until midnight."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.hub import queries, rules
from alongside.referrals import commands as referrals
from alongside.referrals import queries as requests

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.referrals.models import Referral

INTRODUCTION = "introduction"


@transaction.atomic
def prepare_tonight(
    *,
    file_id: UUID,
    chosen: dict[UUID, list[str]],
    words: str,
    terms: dict[str, Any],
    need: str,
    priority_id: UUID | None,
    by: Worker,
    at: datetime,
) -> None:
    """Put down what each agency is to see until midnight, to be read back. Nothing leaves yet.

    What was put down for tonight before is replaced.

    :param chosen: for each agency, the numbers of what was ticked for it, or `introduction`
    :param words: the introduction, which was read back; told once for all of them
    """
    before = {each.referral.to_agency_id: each.referral for each in queries.agreed(by, file_id, at)}
    kept = {
        agency_id: draft
        for agency_id, draft in before.items()
        if agency_id in chosen and draft.priority_id == priority_id
    }
    for agency_id in before.keys() - kept.keys():
        referrals.take_back(referral=before[agency_id], by=by, at=at)
    for agency_id, ticked in chosen.items():
        draft = kept.get(agency_id) or referrals.draft(
            file_id=file_id, to_agency_id=agency_id, need=need, priority_id=priority_id, by=by, at=at
        )
        told = words if INTRODUCTION in ticked else ""
        if told or draft.introduction:
            draft = referrals.introduce(referral=draft, words=told, approved=bool(told), by=by, at=at)
        _name(draft, ticked, terms, by, at)


def _name(draft: Referral, ticked: list[str], terms: dict[str, Any], by: Worker, at: datetime) -> None:
    release = consents.get_release(by, draft.file_id, draft.release_id)
    could = requests.agreement.shareable(by, draft)
    items = [item for item in could if str(item["id"]) in ticked or item["kind"] in ticked]
    consent.name_items(release=release, items=items, by=by)
    until = {"starts_at": at, "until": rules.midnight(at), "purpose": "work-together", "manner": "view"}
    consent.set_terms(release=release, by=by, **until, **terms)


@transaction.atomic
def agree_tonight(*, file_id: UUID, read_back: dict[UUID, str], by: Worker, at: datetime) -> int:
    """Make what was read back count, for all of these agencies or for none; return for how many.

    :param read_back: for each request, the version of the text that was read out
    :raises Refusal: if anything changed since, or what ends tonight is over already
    """
    agreed = [each for each in queries.agreed(by, file_id, at) if each.referral.id in read_back]
    for each in agreed:
        referrals.agree_and_send(
            referral=each.referral,
            read_back=read_back[each.referral.id],
            answer_within=timedelta(days=1),
            by=by,
            at=at,
        )
    return len(agreed)


@transaction.atomic
def leave_tonight(*, file_id: UUID, by: Worker, at: datetime) -> None:
    """Drop what was put down for tonight: nothing is shared."""
    for each in queries.agreed(by, file_id, at):
        consent.decline(release=each.release, for_good=True, by=by, at=at)
        referrals.take_back(referral=each.referral, by=by, at=at)
