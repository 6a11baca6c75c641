"""The boards: a shelter's own, to the bed; a region's, coarsely.

Each looks again by itself, and is right without that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.beds import matching, queries, rules
from alongside.beds.display import picture
from alongside.beds.views.decorators import for_whom
from alongside.kernel import clock, geography
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

OLD = timedelta(hours=36)  # a count this old is shown to nobody outside (ctx.bed_outlook)
FIRST = list(rules.NEED_OF)  # tonight before months, months before a home
OUTLOOKS = list(matching.SOONEST)


@for_whom(rules.may_keep)
@require_GET
def board(request: WorkerRequest) -> HttpResponse:
    """Tonight in one's own house: what was counted, what is held, who is expected, what others ask."""
    context = as_it_stands(request.worker, clock.now())
    return render(request, "beds/board.html#tonight" if request.htmx else "beds/board.html", context)


def as_it_stands(worker: Worker, at: datetime) -> dict[str, Any]:
    """Return the whole board at a moment, in as many statements whatever the number of programmes."""
    asked = queries.asked_of_us(worker, at) if rules.may_answer(worker) else []
    waiting = [row for row in asked if row.state not in rules.HOLDING]
    tonight = sorted(queries.board(worker, at), key=lambda row: FIRST.index(row.offering.stay))
    return {
        "at": at,
        "waiting": waiting,
        "rose": any(row.rising >= rules.Rising.COORDINATOR for row in waiting),
        "coming": sorted(
            (row for row in asked if row.hold and row.state in rules.HOLDING), key=lambda row: row.hold.until
        ),
        "programmes": [
            {
                "tonight": row,
                "picture": picture(row),
                "old": bool(row.count and row.count.counted_at < at - OLD),
            }
            for row in tonight
        ],
        "closed": list(queries.own_offerings(worker).exclude(closed_at=None)),
        "sees_holds": rules.may_answer(worker),
    }


@for_whom(rules.may_look)
@require_GET
def region(request: WorkerRequest, region: str) -> HttpResponse:
    """A region, coarsely: likely, unlikely, none or not known, as it stood at the last half hour."""
    if region not in geography.REGIONS:
        raise Http404
    stay = request.GET.get("stay", "tonight") if request.GET.get("stay") in rules.NEED_OF else "tonight"
    found = queries.region_board(request.worker, region, stay, clock.now())
    context = {
        "region": geography.REGIONS[region],
        "regions": geography.REGIONS.values(),
        "stay": stay,
        "groups": [
            (code, there)
            for code in OUTLOOKS
            if (there := [fit for fit in found if fit.outlook.code == code])
        ],
        "as_of": next((fit.outlook.as_of for fit in found if fit.outlook.as_of), None),
    }
    return render(request, "beds/region.html#outlook" if request.htmx else "beds/region.html", context)
