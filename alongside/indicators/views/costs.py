"""What it would cost: the range, what moves it, and the table of parameters behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.indicators import commands, queries, rules
from alongside.indicators.forms import ParameterForm
from alongside.kernel import clock
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_GET
def overview(request: WorkerRequest) -> HttpResponse:
    """What it would cost, for each released or prepared table of needs, and every line behind it."""
    if not rules.may_look(request.worker):
        raise Http404
    context = {
        "told": queries.cost_ranges(request.worker),
        "lines": queries.parameter_table(request.worker),
        "may_price": rules.may_price(request.worker),
    }
    return render(request, "indicators/costs.html", context)


@require_http_methods(["GET", "POST"])
@unseen_is_absent
def parameter(request: WorkerRequest, line: UUID | None = None) -> HttpResponse:
    """One line of the parameter table: new, or written anew; with what it said before."""
    if not rules.may_price(request.worker):
        raise Http404
    there = queries.get_line(request.worker, line) if line else None
    initial = {name: getattr(there, name) for name in queries.TOLD} if there else {}
    form = bound_or_draft(ParameterForm, request, initial=initial)
    if form.is_valid():
        commands.price(told=form.cleaned_data, line=there, by=request.worker, at=clock.now())
        messages.success(request, _("Written down. What it said before stays readable."))
        return redirect("indicators:costs")
    context = {
        "form": form,
        "line": there,
        "versions": queries.versions(request.worker, line) if line else [],
    }
    return render(request, "indicators/parameter.html", context, status=422 if form.is_bound else 200)


@require_POST
@unseen_is_absent
def taken_out(request: WorkerRequest, line: UUID) -> HttpResponse:
    """Take a line out of the table."""
    if not rules.may_price(request.worker):
        raise Http404
    commands.take_out(line=queries.get_line(request.worker, line), by=request.worker, at=clock.now())
    messages.success(request, _("Taken out. It counts for nothing from now on."))
    return redirect("indicators:costs")
