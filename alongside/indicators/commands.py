"""Preparing a fixed table, and giving an agency's numbers to be counted with others', or ending it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.disclosure import commands as disclosure
from alongside.indicators import rules
from alongside.indicators.cubes import cube_of, is_over
from alongside.indicators.models import Contribution
from alongside.indicators.pricing import take_out, write
from alongside.indicators.tables import INDIGENOUS, TABLES
from alongside.trail import commands as trail

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.disclosure.models import Release

__all__ = ["contribute", "end_contribution", "prepare", "price", "take_out"]
price = write


@transaction.atomic
def prepare(table_code: str, half: str, audience: str, *, by: Worker, at: datetime) -> Release:
    """Prepare one of the fixed tables of a half-year (`2026-H1`) for an audience; what is prepared or released already is returned as it is.

    :raises Refusal: unless an editor asks about a half-year that is over, and something in the table may be shown
    """
    rules.check_can_prepare(by, over=is_over(half, at))
    one = TABLES[table_code]
    return disclosure.propose(
        take=lambda: cube_of(one.cube, half),
        cube=one.cube,
        table=one.table,
        half=half,
        audience=audience,
        by=by,
        at=at,
        stewarded=INDIGENOUS,
    )


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
    for given in Contribution.objects.select_for_update().filter(agency_id=by.agency_id, ended_at__isnull=True):
        given.ended_by, given.ended_at = by.pk, at
        given.save(update_fields=["ended_by", "ended_at"])
        trail.note("indicators.ended")
