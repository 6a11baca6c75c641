"""Pages of a plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.files.queries import could_work_with, get_file, get_open_file, person
from alongside.kernel import clock, toolboxes
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id
from alongside.plans import commands, queries
from alongside.plans.forms import PriorityForm, StepForm, SuggestionForm


@for_who_keeps_files
@unseen_is_absent
def priority(request: WorkerRequest, file_id: UUID, priority_id: UUID | None = None) -> HttpResponse:
    """Something they want, new or put differently."""
    file = get_open_file(request.worker, file_id)
    old = (
        queries.unsealed(request.worker, queries.get_priority(file.id, priority_id)) if priority_id else None
    )
    form = bound_or_draft(PriorityForm, request, initial=_initial(old) or toolboxes.need_in(request))
    if form.is_valid():
        if old:
            commands.rewrite_priority(
                priority=old.priority, **form.parts(), by=request.worker, at=clock.now()
            )
        else:
            added = commands.add_priority(file_id=file.id, **form.parts(), by=request.worker, at=clock.now())
            toolboxes.wanted(request, file.id, added.id)
        return toolboxes.back(request, "desk:file", file.id)
    return _form(request, form, file, _("What they want, in their words"), old)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def order(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Put the priorities in their order: all at once (dragged), or one a place up or down."""
    file = get_open_file(request.worker, file_id)
    if "up" in request.POST or "down" in request.POST:
        moved = queries.get_priority(file.id, as_id(request.POST.get("up") or request.POST.get("down")))
        commands.move(priority=moved, up="up" in request.POST, by=request.worker, at=clock.now())
    else:
        commands.order(
            file_id=file.id,
            ids=[as_id(i) for i in request.POST.getlist("order")],
            by=request.worker,
            at=clock.now(),
        )
    return redirect("desk:file", file.id)


@for_who_keeps_files
@unseen_is_absent
def putting_away(request: WorkerRequest, file_id: UUID, priority_id: UUID) -> HttpResponse:
    """Put something away, with their own word on how it went."""
    file = get_file(request.worker, file_id)
    unsealed = queries.unsealed(request.worker, queries.get_priority(file.id, priority_id))
    if request.method == "POST":
        commands.put_away(
            priority=unsealed.priority,
            how_it_went=request.POST.get("how_it_went", "")[:500],
            by=request.worker,
            at=clock.now(),
        )
        return redirect("desk:file", file.id)
    return render(
        request,
        "plans/putting_away.html",
        {"file": file, "person": person(request.worker, file), "unsealed": unsealed},
    )


@for_who_keeps_files
@unseen_is_absent
def step(request: WorkerRequest, file_id: UUID, priority_id: UUID | None = None) -> HttpResponse:
    """Something one of us will do; about a priority, or "ours, not theirs"."""
    file = get_open_file(request.worker, file_id)
    unsealed = (
        queries.unsealed(request.worker, queries.get_priority(file.id, priority_id)) if priority_id else None
    )
    choices = [(str(w.pk), w.name) for w in could_work_with(request.worker, file)]
    form = bound_or_draft(StepForm, request, colleagues=choices, initial={"worker": str(request.worker.pk)})
    if form.is_valid():
        data = form.cleaned_data
        who = as_id(data["worker"]) if data["worker"] else None
        commands.add_step(
            file_id=file.id,
            priority_id=priority_id,
            words=data["words"],
            worker_id=who,
            due_on=data["due_on"],
            by=request.worker,
            at=clock.now(),
        )
        return redirect("desk:file", file.id)
    return _form(request, form, file, _("What we will do") if unsealed else _("Ours, not theirs"), unsealed)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def done(request: WorkerRequest, file_id: UUID, step_id: UUID) -> HttpResponse:
    """Note that a step is done, or not after all."""
    step = queries.get_step(file_id, step_id)
    commands.do_step(step=step, done="undo" not in request.POST, by=request.worker, at=clock.now())
    return redirect("day") if "from_day" in request.POST else redirect("desk:file", file_id)


@for_who_keeps_files
@unseen_is_absent
def suggestion(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """A worker's own idea."""
    file = get_open_file(request.worker, file_id)
    form = bound_or_draft(SuggestionForm, request)
    if form.is_valid():
        commands.suggest(file_id=file.id, words=form.cleaned_data["words"], by=request.worker, at=clock.now())
        return redirect("desk:file", file.id)
    return _form(request, form, file, _("An idea of ours"), None)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def dropped(request: WorkerRequest, file_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """Put an idea away."""
    commands.drop_suggestion(
        suggestion=queries.get_suggestion(file_id, suggestion_id), by=request.worker, at=clock.now()
    )
    return redirect("desk:file", file_id)


def _initial(unsealed: queries.UnsealedPriority | None) -> dict[str, Any]:
    if not unsealed:
        return {}
    p = unsealed.priority
    return {
        **unsealed.words,
        **unsealed.private,
        "pace": p.pace,
        "language": p.language,
        "need": p.need,
        "review_on": p.review_on,
    }


def _form(
    request: WorkerRequest, form: Any, file: Any, heading: str, unsealed: queries.UnsealedPriority | None
) -> HttpResponse:
    context = {
        "form": form,
        "file": file,
        "person": person(request.worker, file),
        "heading": heading,
        "unsealed": unsealed,
    }
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)
