"""Pages of the people who write a brief.

Their list, one brief, what it says about itself, the questions before signing.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alongside.briefs import commands, queries
from alongside.briefs.forms import AboutForm, ChecksForm
from alongside.briefs.views import files
from alongside.briefs.views.decorators import for_who_looks, for_who_writes
from alongside.kernel import clock
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest


@for_who_looks
@require_GET
def briefs(request: WorkerRequest) -> HttpResponse:
    """The agency's briefs; for a data steward, the proofs that name them."""
    return render(
        request,
        "briefs/list.html",
        {"briefs": queries.briefs(request.worker), "may_write": queries.may_write(request.worker)},
    )


@for_who_writes
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest) -> HttpResponse:
    """Begin a brief."""
    form = bound_or_draft(AboutForm, request, worker=request.worker)
    if form.is_valid():
        brief = commands.begin(facts=form.facts(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", brief.pk)
    return render(
        request, "briefs/about.html", {"form": form, "brief": None}, status=422 if form.is_bound else 200
    )


@for_who_looks
@require_GET
def brief(request: WorkerRequest, brief_id: UUID) -> HttpResponse:
    """One brief: what is written, in which language, what is missing, who signed, what is out."""
    brief = queries.get_brief(request.worker, brief_id)
    return render(request, "briefs/brief.html", queries.task_list(request.worker, brief, files.base(request)))


@for_who_writes
@require_http_methods(["GET", "POST"])
def about(request: WorkerRequest, brief_id: UUID) -> HttpResponse:
    """Change what a brief says about itself."""
    brief = queries.get_brief(request.worker, brief_id)
    form = bound_or_draft(
        AboutForm, request, worker=request.worker, brief=brief, initial=AboutForm.initial_of(brief)
    )
    if form.is_valid():
        commands.describe(brief=brief, facts=form.facts(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", brief.pk)
    return render(
        request, "briefs/about.html", {"form": form, "brief": brief}, status=422 if form.is_bound else 200
    )


@for_who_writes
@require_http_methods(["GET", "POST"])
def checks(request: WorkerRequest, brief_id: UUID) -> HttpResponse:
    """The questions before signing."""
    brief = queries.get_brief(request.worker, brief_id)
    form = bound_or_draft(ChecksForm, request, initial=ChecksForm.initial_of(brief))
    if form.is_valid():
        commands.answer_all(brief=brief, answers=form.answers(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", brief.pk)
    return render(
        request, "briefs/checks.html", {"form": form, "brief": brief}, status=422 if form.is_bound else 200
    )
