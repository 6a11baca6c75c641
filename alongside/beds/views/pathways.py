"""Pages of a pathway from a bed tonight to a home.

Where it has led, what was missing, and what comes next.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.beds import commands, queries
from alongside.beds.forms import MissingForm, PathwayFileForm
from alongside.beds.views.waitlist import choose_files
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest


@for_who_keeps_files
@require_GET
def list_(request: WorkerRequest) -> HttpResponse:
    """The pathways that this agency goes along."""
    return render(
        request,
        "beds/pathway_list.html",
        {"pathways": queries.pathways.pathways_seen(request.worker, clock.now())},
    )


@for_who_keeps_files
@unseen_is_absent
@require_GET
def pathway(request: WorkerRequest, pathway_id: UUID) -> HttpResponse:
    """One pathway, as one line."""
    at = clock.now()
    seen = queries.pathways.pathway_seen(
        request.worker, queries.pathways.get_pathway(request.worker, pathway_id), at
    )
    return render(request, "beds/pathway.html", {"seen": seen, "at": at})


@for_who_keeps_files
@unseen_is_absent
@require_POST
def departure(request: WorkerRequest, pathway_id: UUID, step_id: UUID) -> HttpResponse:
    """A stay is over."""
    commands.pathways.leave(
        step=queries.pathways.get_step(request.worker, pathway_id, step_id), by=request.worker, at=clock.now()
    )
    messages.success(request, _("Noted. If there was nothing after it, that can be counted with two taps."))
    return redirect("beds:pathway", pathway_id)


@for_who_keeps_files
@unseen_is_absent
def missing(request: WorkerRequest, pathway_id: UUID, step_id: UUID) -> HttpResponse:
    """What was missing, in two taps."""
    step = queries.pathways.get_step(request.worker, pathway_id, step_id)
    seen = queries.pathways.step_seen(request.worker, step, clock.now())
    form = bound_or_draft(MissingForm, request, likely=seen.likely_missing)
    if form.is_valid():
        commands.pathways.say_missing(step=step, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("Written down. It is counted, and nobody is in it."))
        return redirect("beds:pathway", pathway_id)
    return render(
        request,
        "beds/pathway_missing.html",
        {"form": form, "one": seen},
        status=422 if form.is_bound else 200,
    )


@for_who_keeps_files
@unseen_is_absent
@require_POST
def home(request: WorkerRequest, pathway_id: UUID) -> HttpResponse:
    """A home that was found elsewhere."""
    commands.pathways.find_home(
        pathway=queries.pathways.get_pathway(request.worker, pathway_id), by=request.worker, at=clock.now()
    )
    messages.success(request, _("A home. It is written down."))
    return redirect("beds:pathway", pathway_id)


@for_who_keeps_files
@unseen_is_absent
def file(request: WorkerRequest, pathway_id: UUID) -> HttpResponse:
    """Whose file a pathway belongs to."""
    pathway = queries.pathways.get_pathway(request.worker, pathway_id)
    form = PathwayFileForm(request.POST if request.method == "POST" else None, files=choose_files(request))
    if form.is_valid():
        commands.pathways.link_to_file(
            pathway=pathway, file_id=UUID(form.cleaned_data["file"]), by=request.worker, at=clock.now()
        )
        return redirect("beds:pathway", pathway_id)
    return render(
        request,
        "beds/pathway_file.html",
        {"form": form, "pathway": pathway},
        status=422 if form.is_bound else 200,
    )
