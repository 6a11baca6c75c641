"""Giving an agency's numbers to be counted with others', or ending it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.indicators import rules
from alongside.indicators.models import Contribution
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def contribute(*, by: Worker, at: datetime) -> Contribution:
    """Give the agency's numbers to be counted with others', from now on.

    :raises rules.CannotContribute: unless a leader says so
    """
    rules.check_can_contribute(by)
    there = Contribution.objects.filter(agency_id=by.agency_id, ended_at__isnull=True).first()
    if there:
        return there
    given = Contribution.objects.create(agency_id=by.agency_id, given_by=by.pk, given_at=at)
    trail.note("indicators.given")
    return given


@transaction.atomic
def end_contribution(*, by: Worker, at: datetime) -> None:
    """End it: the agency's numbers are in no count taken from now on. What was released stays.

    :raises rules.CannotContribute: unless a leader says so
    """
    rules.check_can_contribute(by)
    for given in Contribution.objects.select_for_update().filter(
        agency_id=by.agency_id, ended_at__isnull=True
    ):
        given.ended_by, given.ended_at = by.pk, at
        given.save(update_fields=["ended_by", "ended_at"])
        trail.note("indicators.ended")
