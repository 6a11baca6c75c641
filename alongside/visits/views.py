"""Pages of the open desk: two taps, and what may follow."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.files import commands as files
from alongside.files import queries as file_queries
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.ids import uuid7
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id
from alongside.visits import commands, hints, queries, rules
from alongside.visits.forms import NoteForm
from alongside.visits.queries import Length, Topic


@for_who_keeps_files
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest) -> HttpResponse:
    """Somebody came by: about what, with one tap."""
    at = clock.now()
    topic = request.POST.get("topic", "")
    if topic in Topic.values:
        visit = commands.record(
            visit_id=as_id(request.POST.get("id"), uuid7()), topic=topic, by=request.worker, at=at
        )
        return redirect("visits:visit", visit.id)
    came = list(queries.came_today(request.worker, at)[:20])
    return render(request, "visits/new.html", {"topics": Topic.choices, "visit_id": uuid7(), "came": came})


@for_who_keeps_files
@unseen_is_absent
@require_GET
def visit(request: WorkerRequest, visit_id: UUID) -> HttpResponse:
    """What was counted, and what can be done from here."""
    found = queries.get_visit(request.worker, visit_id)
    can_undo = rules.can_undo(found, clock.now())
    return render(
        request, "visits/visit.html", {"visit": found, "can_undo": can_undo, "lengths": Length.choices}
    )


@for_who_keeps_files
@unseen_is_absent
@require_POST
def length(request: WorkerRequest, visit_id: UUID) -> HttpResponse:
    """How long it took, so far."""
    found = queries.get_visit(request.worker, visit_id)
    if (said := request.POST.get("length", "")) in Length.values:
        commands.tell_length(visit=found, length=said, by=request.worker)
    return redirect("visits:visit", found.id)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def undo(request: WorkerRequest, visit_id: UUID) -> HttpResponse:
    """Take back that somebody was counted."""
    found = queries.get_visit(request.worker, visit_id)
    commands.undo(visit=found, at=clock.now())
    messages.success(request, _("Taken back: it is not counted."))
    return redirect("visits:new")


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def file(request: WorkerRequest, visit_id: UUID) -> HttpResponse:
    """Which file it is written into: one that is there, or a new one. What is sought is posted."""
    found = queries.get_visit(request.worker, visit_id)
    if "new" in request.POST:
        opened = files.open(by=request.worker, at=clock.now())
        return redirect("visits:note", found.id, opened.id)
    words = request.POST.get("words", "")[:100]
    context = {
        "visit": found,
        "words": words,
        "found": file_queries.find(request.worker, words) if words else [],
    }
    return render(request, "visits/file.html", context)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def note(request: WorkerRequest, visit_id: UUID, file_id: UUID) -> HttpResponse:
    """Write down what was done. What may say too much is shown once, and kept if it is meant."""
    found = queries.get_visit(request.worker, visit_id)
    of = file_queries.get_open_file(request.worker, file_id)
    form = bound_or_draft(NoteForm, request)
    found_hints: list[hints.Hint] = []
    if form.is_valid():
        found_hints = [] if "meant" in request.POST else hints.hints_in(*form.texts)
        if not found_hints:
            commands.write(visit=found, file_id=of.id, **form.cleaned_data, by=request.worker, at=clock.now())
            return redirect("desk:file", of.id)
    context = {
        "visit": found,
        "file": of,
        "person": file_queries.person(request.worker, of),
        "form": form,
        "hints": found_hints,
    }
    return render(request, "visits/note.html", context, status=422 if form.errors or found_hints else 200)
