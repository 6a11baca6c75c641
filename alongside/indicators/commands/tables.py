"""Preparing one of the fixed tables of a half-year."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alongside.disclosure import commands as disclosure
from alongside.indicators import rules
from alongside.indicators.queries.cubes import cube_of, is_over
from alongside.indicators.tables import INDIGENOUS, TABLES

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.disclosure.models import Release


@transaction.atomic
def prepare(table_code: str, half: str, audience: str, *, by: Worker, at: datetime) -> Release:
    """Prepare one of the fixed tables of a half-year (`2026-H1`) for an audience.

    What is prepared or released already is returned as it is.

    :raises Refusal: unless an editor asks about a half-year that is over, and something in the table may be
        shown
    """
    rules.check_can_prepare(by, over=is_over(half, at))
    indicator = TABLES[table_code]
    return disclosure.propose(
        take=lambda: cube_of(indicator.cube, half),
        cube=indicator.cube,
        table=indicator.table,
        half=half,
        audience=audience,
        by=by,
        at=at,
        stewarded=INDIGENOUS,
    )
