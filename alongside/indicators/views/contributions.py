"""Pages of giving the agency's numbers, and of ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.indicators import commands, queries
from alongside.kernel import clock
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_http_methods(["GET", "POST"])
def contribution(request: WorkerRequest) -> HttpResponse:
    """Whether the agency's numbers are counted together with others', since when, and who decides."""
    if not queries.may_look(request.worker):
        raise Http404
    if request.method == "POST":
        return _decided(request)
    told = {
        "given": queries.contribution(request.worker),
        "earlier": queries.contributions(request.worker),
        "may_decide": queries.may_decide(request.worker),
    }
    return render(request, "indicators/contribution.html", told)


def _decided(request: WorkerRequest) -> HttpResponse:
    if not queries.may_decide(request.worker):
        raise Http404
    if request.POST.get("end"):
        commands.end_contribution(by=request.worker, at=clock.now())
        messages.success(request, _("Ended. Your agency’s numbers are in no count taken from now on."))
    else:
        commands.contribute(by=request.worker, at=clock.now())
        messages.success(request, _("Given. Your agency’s numbers are counted together with others’."))
    return redirect("indicators:contribution")
