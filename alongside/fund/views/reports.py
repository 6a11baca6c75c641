"""What a funder is told of a pot."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.disclosure.queries import half_said
from alongside.fund import commands, queries
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_may, unseen_is_absent
from alongside.kernel.requests import WorkerRequest


@for_who_may("see-fund")
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def reports(request: WorkerRequest, pot_id: UUID) -> HttpResponse:
    """The half-years of a pot: told, prepared, or still to be counted."""
    pot = queries.get_pot(request.worker, pot_id)
    if request.method == "POST":
        report = commands.prepare(
            pot=pot, half=request.POST.get("half", ""), by=request.worker, at=clock.now()
        )
        return redirect("fund:report", report.id)
    there = queries.reports_of(pot)
    context = {
        "pot": pot,
        "reports": [(report, half_said(report.half)) for report in there],
        "halves": [(half, half_said(half)) for half in queries.halves(pot, clock.today(), there)],
        "may_keep": request.worker.may("keep-fund"),
    }
    return render(request, "fund/reports.html", context)


@for_who_may("see-fund")
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def report(request: WorkerRequest, report_id: UUID) -> HttpResponse:
    """One report: totals by kind, small ones withheld. The second says that it may be told."""
    found = queries.get_report(request.worker, report_id)
    if request.method == "POST":
        commands.tell(report=found, by=request.worker, at=clock.now())
        messages.success(request, _("It may be told. It stays as it is."))
        return redirect("fund:report", found.id)
    rows, total = queries.rows_of(found)
    context = {
        "report": found,
        "half": half_said(found.half),
        "rows": rows,
        "total": total,
        "hindrance": queries.cannot_tell(request.worker, found),
    }
    return render(request, "fund/report.html", context)
