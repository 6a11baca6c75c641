"""Recording that something was sought and could not be had."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.agencies.queries import get_agency
from alongside.gaps.models import Gap
from alongside.kernel import geography, vocabulary

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

UNKNOWN = "unknown"


@transaction.atomic
def record(
    *,
    by: Worker,
    at: datetime,
    reason: str,
    asking_agency_id: UUID | None = None,
    asked_agency_id: UUID | None = None,
    need: str = "",
    barriers: list[str] | None = None,
    wait_band: str = "",
    workaround: str = "",
    staff_hours_band: str = "",
) -> Gap:
    """Record one request that came to nothing: codes only, a quarter and a coarse region, nobody (practice.md 6).

    It is not noted on the trail: a note would tie it to a worker, a file and a minute.
    """
    asking = asking_agency_id or by.agency_id
    gap = Gap(asking_agency_id=asking, asked_agency_id=asked_agency_id, quarter=quarter_of(at), region=_region(asking))
    gap.need, gap.recommendation, gap.reason = need, _recommendation(need), reason
    gap.barriers, gap.wait_band = sorted(barriers or []), wait_band
    gap.workaround, gap.staff_hours_band = workaround, staff_hours_band
    gap.save(force_insert=True)
    return gap


def quarter_of(at: datetime) -> str:
    """Return the quarter of a moment, as `2026-Q4`."""
    day = timezone.localtime(at).date()
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _region(agency_id: UUID) -> str:
    return geography.region_of(get_agency(agency_id).division) or UNKNOWN


def _recommendation(need: str) -> str:
    term = vocabulary.NEEDS.get(need)
    return str(term.mapping.get("recommendation", "")) if term else ""
