"""What others publish, beside what was counted here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alongside.indicators import queries, rules
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.spreadsheets import csv_of

if TYPE_CHECKING:
    pass


@require_GET
def overview(request: WorkerRequest) -> HttpResponse:
    """The indicators from outside, with what they are of and their tables."""
    if not rules.may_look(request.worker):
        raise Http404
    return render(request, "indicators/external_series.html", {"series": queries.calls_without_space()})


@require_GET
def table(request: WorkerRequest) -> HttpResponse:
    """The table of the calls that ended with no space, as CSV."""
    series = queries.calls_without_space() if rules.may_look(request.worker) else None
    if series is None:
        raise Http404
    rows: list[list[object]] = [
        [
            _("Half-year"),
            _("Days counted"),
            _("No space, families"),
            _("No space, others"),
            _("Calls with a noted outcome"),
            _("No space (%)"),
        ],
        *(
            [half.label, half.days, half.family, half.others, half.coded, round(half.percent, 3)]
            for half in series.halves
        ),
        [],
        [series.definition],
        [series.numerator],
        [series.denominator],
        [series.period],
        [series.caveat],
        [series.source],
    ]
    named = {"Content-Disposition": 'attachment; filename="calls.csv"'}
    return HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8", headers=named)
