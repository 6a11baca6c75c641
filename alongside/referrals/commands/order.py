"""In which order several agencies are to be asked for one thing: kept, changed, gone through, put away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from alongside.agencies.queries import get_agency
from alongside.consent import queries as consents
from alongside.files import commands as files
from alongside.plans.queries import get_priority
from alongside.referrals import rules
from alongside.referrals.commands.requests import draft
from alongside.referrals.models import RankedAgency, Referral
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def rank(
    *,
    file_id: UUID,
    priority_id: UUID,
    to_agency_id: UUID,
    entry_id: UUID | None = None,
    by: Worker,
    at: datetime,
) -> None:
    """Put an agency last in the person's order for one thing they want. Nobody is asked by it.

    :raises rules.CannotAsk: if it is one's own agency, one that must pass things on, or one the person said
        "not them" of
    """
    files.lock_to_write(file_id=file_id)
    rules.check_can_ask(by, to_agency_id, consents.is_blocked(file_id, to_agency_id))
    rules.check_can_stand_among_several(get_agency(to_agency_id))
    get_priority(file_id, priority_id)
    order = list(_order(file_id, priority_id))
    if any(each.to_agency_id == to_agency_id for each in order):
        return
    last = max((each.rank for each in order), default=0)
    RankedAgency(
        file_id=file_id,
        agency_id=by.agency_id,
        priority_id=priority_id,
        to_agency_id=to_agency_id,
        entry_id=entry_id,
        rank=last + 1,
        written_by=by.pk,
        written_at=at,
    ).save(force_insert=True)
    note("referrals.ranked", custodian_id=by.agency_id, file_id=file_id, other_agency_id=to_agency_id)


@transaction.atomic
def rank_earlier(*, ranked: RankedAgency, by: Worker) -> None:
    """Let an agency change places with whoever stands before it.

    :raises rules.CannotAsk: if it was asked or taken out meanwhile
    """
    files.lock_to_write(file_id=ranked.file_id)
    ranked = _locked(ranked)
    rules.check_stands_in_order(ranked)
    before = _order(ranked.file_id, ranked.priority_id).filter(rank__lt=ranked.rank).last()
    if before:
        before.rank, ranked.rank = ranked.rank, before.rank
        for each in (before, ranked):
            each.save(update_fields=["rank"])
        _note_of(ranked, "referrals.ranked")


@transaction.atomic
def take_out(*, ranked: RankedAgency, by: Worker, at: datetime) -> None:
    """Take one agency out of the order, because the person would rather not; a closed file too.

    Out already, nothing happens.

    :raises rules.CannotAsk: if it was asked meanwhile
    """
    ranked = _locked(ranked)
    if ranked.put_away_at:
        return
    rules.check_stands_in_order(ranked)
    ranked.put_away_at = at
    ranked.save(update_fields=["put_away_at"])
    _note_of(ranked, "referrals.order_stopped")


@transaction.atomic
def stop_order(*, ranked: RankedAgency, by: Worker, at: datetime) -> None:
    """Put away all that is left of the order in which this agency stands, because the person says: not now.

    Nobody is asked any more unless they say so anew. A closed file too.
    """
    if _order(ranked.file_id, ranked.priority_id).update(put_away_at=at):
        _note_of(ranked, "referrals.order_stopped")


@transaction.atomic
def ask_ranked(*, ranked: RankedAgency, by: Worker, at: datetime) -> Referral:
    """Begin to ask an agency of the order: a draft with an agreement of its own. Nothing leaves yet.

    Begun already, whoever began it, it is that one.

    :raises rules.CannotAsk: if the person said "not them" of it meanwhile, or it was taken out
    """
    files.lock_to_write(file_id=ranked.file_id)
    ranked = _locked(ranked)
    if ranked.referral_id:
        return Referral.objects.get(file_id=ranked.file_id, id=ranked.referral_id)
    rules.check_stands_in_order(ranked)
    about = get_priority(ranked.file_id, ranked.priority_id)
    return draft(
        file_id=ranked.file_id,
        to_agency_id=ranked.to_agency_id,
        need=about.need,
        priority_id=about.id,
        entry_id=ranked.entry_id,
        by=by,
        at=at,
    )


def _locked(ranked: RankedAgency) -> RankedAgency:
    return RankedAgency.objects.select_for_update().get(file_id=ranked.file_id, id=ranked.id)


def _order(file_id: UUID, priority_id: UUID) -> QuerySet[RankedAgency]:
    return (
        RankedAgency.objects.select_for_update()
        .filter(file_id=file_id, priority_id=priority_id, referral_id=None, put_away_at=None)
        .order_by("rank", "id")
    )


def _note_of(ranked: RankedAgency, action: str) -> None:
    note(
        action,
        custodian_id=ranked.agency_id,
        file_id=ranked.file_id,
        other_agency_id=ranked.to_agency_id,
    )
