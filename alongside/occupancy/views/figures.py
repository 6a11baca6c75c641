"""The figures, and each of their tables to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.kernel.requests import WorkerRequest
from alongside.occupancy import queries, rules
from alongside.occupancy.display import export, figures, filters

if TYPE_CHECKING:
    pass


@require_GET
def pictures(request: WorkerRequest) -> HttpResponse:
    """How full it was and how many calls ended with nothing, as pictures with their tables."""
    there = queries.sources()
    asked = queries.asked_in(request.GET, there)
    around = {
        "figures": {code: figures.figure(code, asked) for code in export.CODES},
        "there": there,
        "asked": asked,
        "links": filters.links(asked, there),
        "query": filters.query(asked),
        "may_import": rules.may_import(request.worker),
    }
    return render(request, "occupancy/figures.html", around)


@require_GET
def table(request: WorkerRequest, code: str) -> HttpResponse:
    """The table of one figure as CSV, as it is asked for."""
    asked = queries.asked_in(request.GET, queries.sources())
    figure = figures.figure(code, asked) if code in export.CODES else None
    if figure is None:
        raise Http404
    named = {"Content-Disposition": f'attachment; filename="{code}.csv"'}
    return HttpResponse(export.csv_of(figure), content_type="text/csv; charset=utf-8", headers=named)
