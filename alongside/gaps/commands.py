"""Recording that something was sought and could not be had."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from alongside.agencies.queries import get_agency
from alongside.gaps import rules
from alongside.gaps.models import Cause, Gap
from alongside.kernel import geography, vocabulary
from alongside.kernel.pressed import found_if_taken

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

UNKNOWN = "unknown"
OUTSIDE = "asked-outside"


@found_if_taken("gap_id", uuid4)
@transaction.atomic
def record(
    *,
    by: Worker,
    at: datetime,
    reason: str,
    gap_id: UUID | None = None,
    asking_agency_id: UUID | None = None,
    asked_agency_id: UUID | None = None,
    need: str = "",
    barriers: list[str] | None = None,
    causes: list[str] | None = None,
    wait_band: str = "",
    workaround: str = "",
    staff_hours_band: str = "",
    cost_band: str = "",
) -> Gap:
    """Record one request that came to nothing.

    Codes only, a quarter and a coarse region, nobody (practice.md 6).

    `barriers` both agencies see; `causes`, if the one asked says them, only itself.
    It is not noted on the trail: a note would tie it to a worker, a file and a minute.

    :param gap_id: the number of chance that a page made for it; pressed twice, it is counted once
    """
    asking = asking_agency_id or by.agency_id
    if there := Gap.objects.filter(pk=gap_id, asking_agency_id=asking).first() if gap_id else None:
        return there
    gap = Gap(
        id=gap_id or uuid4(),
        asking_agency_id=asking,
        asked_agency_id=asked_agency_id,
        quarter=rules.quarter_of(at),
        region=_region(by, asking),
    )
    gap.need, gap.recommendation, gap.reason = need, _recommendation(need), reason
    gap.barriers, gap.wait_band = sorted(barriers or []), wait_band
    gap.workaround, gap.staff_hours_band, gap.cost_band = workaround, staff_hours_band, cost_band
    gap.save(force_insert=True)
    if causes and asked_agency_id == by.agency_id:
        Cause(gap=gap, agency_id=by.agency_id, barriers=sorted(causes)).save(force_insert=True)
    return gap


@transaction.atomic
def write_down(
    *,
    by: Worker,
    at: datetime,
    need: str,
    barriers: list[str],
    wait_band: str,
    workaround: str,
    staff_hours_band: str,
    gap_id: UUID | None = None,
) -> Gap:
    """Write down a no that was heard outside of Alongside: on the telephone, at a counter.

    It is counted like any other.

    :raises rules.CannotWriteDown: if it says nothing
    """
    rules.check_can_write_down(by, need, barriers, wait_band)
    return record(
        by=by,
        at=at,
        gap_id=gap_id,
        reason=OUTSIDE,
        need=need,
        barriers=barriers,
        wait_band=wait_band,
        workaround=workaround,
        staff_hours_band=staff_hours_band,
    )


def _region(by: Worker, agency_id: UUID) -> str:
    agency = by.agency if agency_id == by.agency_id else get_agency(agency_id)
    return geography.region_of(agency.division) or UNKNOWN


def _recommendation(need: str) -> str:
    term = vocabulary.NEEDS.get(need)
    return str(term.mapping.get("recommendation", "")) if term else ""
