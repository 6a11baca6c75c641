"""Pages of a way from a bed tonight to a home: where it has led, what was missing, and what comes next."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.beds import commands, queries
from alongside.beds.forms import MissingForm, TieForm
from alongside.beds.views.waitlist import choose_files
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.forms import bound_or_draft


@for_who_keeps_files
@require_GET
def list_(request: HttpRequest) -> HttpResponse:
    """The ways that this agency goes along."""
    return render(request, "beds/thread_list.html", {"ways": queries.pathways.ways(request.worker, clock.now())})


@for_who_keeps_files
@unseen_is_absent
@require_GET
def thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """One way, as one line."""
    at = clock.now()
    way = queries.pathways.way(request.worker, queries.pathways.get_thread(request.worker, thread_id), at)
    return render(request, "beds/thread.html", {"way": way, "at": at})


@for_who_keeps_files
@unseen_is_absent
@require_POST
def leaving(request: HttpRequest, thread_id: UUID, step_id: UUID) -> HttpResponse:
    """A stay is over."""
    commands.pathways.leave(step=queries.pathways.get_step(request.worker, thread_id, step_id), by=request.worker, at=clock.now())
    messages.success(request, _("Noted. If there was nothing after it, that can be counted with two taps."))
    return redirect("beds:thread", thread_id)


@for_who_keeps_files
@unseen_is_absent
def missing(request: HttpRequest, thread_id: UUID, step_id: UUID) -> HttpResponse:
    """What was missing, in two taps."""
    step = queries.pathways.get_step(request.worker, thread_id, step_id)
    seen = queries.pathways.step_seen(request.worker, step, clock.now())
    form = bound_or_draft(MissingForm, request, likely=seen.likely_missing)
    if form.is_valid():
        commands.pathways.say_missing(step=step, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("Written down. It is counted, and nobody is in it."))
        return redirect("beds:thread", thread_id)
    return render(request, "beds/thread_missing.html", {"form": form, "one": seen}, status=422 if form.is_bound else 200)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def home(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """A home that was found elsewhere."""
    commands.pathways.find_home(thread=queries.pathways.get_thread(request.worker, thread_id), by=request.worker, at=clock.now())
    messages.success(request, _("A home. It is written down."))
    return redirect("beds:thread", thread_id)


@for_who_keeps_files
@unseen_is_absent
def tie(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """Whose file a way belongs to."""
    one = queries.pathways.get_thread(request.worker, thread_id)
    form = TieForm(request.POST if request.method == "POST" else None, files=choose_files(request))
    if form.is_valid():
        commands.pathways.tie(thread=one, file_id=UUID(form.cleaned_data["file"]), by=request.worker, at=clock.now())
        return redirect("beds:thread", thread_id)
    return render(request, "beds/thread_tie.html", {"form": form, "thread": one}, status=422 if form.is_bound else 200)
