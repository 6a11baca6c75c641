"""The figures of an agency, and writing down a no."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.gaps import commands, figures, queries
from alongside.gaps.forms import NoForm
from alongside.kernel import clock, toolboxes
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id


@require_GET
def summary(request: WorkerRequest) -> HttpResponse:
    """What was sought and could not be had, as figures with their tables."""
    if not queries.may_look(request.worker):
        raise Http404
    there = queries.quarters(request.worker)
    quarter = request.GET.get("quarter", "") if request.GET.get("quarter") in there else ""
    answered = request.GET.get("side") == "answered"
    found = queries.gaps(request.worker, quarter, answered=answered)
    context = {
        "quarters": [(code, queries.quarter_name(code)) for code in there],
        "quarter": quarter,
        "answered": answered,
        "total": found.count(),
        "name": queries.quarter_name(quarter) if quarter else "",
        "figures": figures.of_quarter(found),
        "hindering": queries.hindering(found),
        "over_time": None if quarter else figures.over_time(found),
        "may_write": queries.may_write_down(request.worker),
    }
    return render(request, "gaps/summary.html", context)


@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest) -> HttpResponse:
    """Write down a no that was heard outside of Alongside."""
    if not queries.may_write_down(request.worker):
        raise Http404
    form = bound_or_draft(NoForm, request, initial=toolboxes.need_in(request))
    if form.is_valid():
        gap_id = as_id(request.POST.get("id"), uuid4())
        commands.write_down(gap_id=gap_id, by=request.worker, at=clock.now(), **form.cleaned_data)
        messages.success(request, _("Written down. It is counted, and nobody is in it."))
        return toolboxes.back(request, "gaps:summary" if queries.may_look(request.worker) else "day")
    context = {"form": form, "gap_id": as_id(request.POST.get("id"), uuid4())}
    return render(request, "gaps/no.html", context, status=422 if form.is_bound else 200)
