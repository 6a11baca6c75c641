"""Pages of the open desk: two taps, and what may follow."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.files import commands as files
from alongside.files import queries as file_queries
from alongside.kernel import clock, toolboxes
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.ids import uuid7
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_day, as_id
from alongside.kernel.toolboxes import Occasion
from alongside.visits import commands, hints, queries
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
        return redirect("toolbox", visit.id)
    came = list(queries.came_today(request.worker, at)[:20])
    context = {
        "topics": Topic.choices,
        "visit_id": uuid7(),
        "came": came,
        "reads_figures": request.worker.may("read-gaps"),
    }
    return render(request, "visits/new.html", context)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def length(request: WorkerRequest, visit_id: UUID) -> HttpResponse:
    """How long it took, so far."""
    found = queries.get_visit(request.worker, visit_id)
    if (said := request.POST.get("length", "")) in Length.values:
        commands.tell_length(visit=found, length=said, by=request.worker)
    return redirect("toolbox", found.id)


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
    """Which file it is for: one that is there, or a new one. What is sought is posted."""
    found = queries.get_visit(request.worker, visit_id)
    if "new" in request.POST or "file" in request.POST:
        chosen = _chosen(request)
        toolboxes.choose(request, found.id, file_id=chosen)
        return toolboxes.onward(request, Occasion(found.id, queries.need_of(found), chosen))
    words = request.POST.get("words", "")[:100]
    context = {
        "visit": found,
        "words": words,
        "found": file_queries.find(request.worker, words) if words else [],
        "query": request.META["QUERY_STRING"],
    }
    return render(request, "visits/file.html", context)


def _chosen(request: WorkerRequest) -> UUID:
    """The file that was chosen, or a new one with nothing in it."""
    if "new" in request.POST:
        return files.open(by=request.worker, at=clock.now()).id
    return file_queries.get_open_file(request.worker, as_id(request.POST["file"])).id


@for_who_keeps_files
@unseen_is_absent
@require_POST
def no_file(request: WorkerRequest, visit_id: UUID) -> HttpResponse:
    """No longer for the file that was chosen. What was done in it stays."""
    found = queries.get_visit(request.worker, visit_id)
    toolboxes.forget(request, found.id)
    return redirect("toolbox", found.id)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def attached(request: WorkerRequest, visit_id: UUID, file_id: UUID) -> HttpResponse:
    """Put into a file that the person came by, without a word."""
    found = queries.get_visit(request.worker, visit_id)
    of = file_queries.get_open_file(request.worker, file_id)
    commands.attach(visit=found, file_id=of.id, by=request.worker, at=clock.now())
    messages.success(request, _("It stands in the file that they came by. Nothing else does."))
    return redirect("toolbox", found.id)


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


@for_who_keeps_files
@require_http_methods(["GET", "POST"])
def told(request: WorkerRequest) -> HttpResponse:
    """What everybody is told, to say, to show or to give; that it was said is counted, and no answer is."""
    if request.method == "POST":
        told_id = as_id(request.POST.get("id"), uuid4())
        commands.count_told(told_id=told_id, by=request.worker, at=clock.now())
        messages.success(request, _("Counted for today. No answer is kept, and nobody is in it."))
        return toolboxes.back(request, "visits:new")
    return render(request, "visits/told.html", {"told_id": uuid4()})


@require_GET
def figures(request: WorkerRequest) -> HttpResponse:
    """Who came this month, by what it was about and how long it took: the agency's counts, of no worker."""
    if not request.worker.may("read-gaps"):
        raise Http404
    today = clock.today()
    months = [today.replace(day=1)]
    for _number in range(5):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    asked = as_day(request.GET.get("month", ""))
    first = asked if asked in months else months[0]
    month = queries.month_of(request.worker, first)
    context = {"month": month, "months": months, "lengths": Length.choices}
    return render(request, "visits/figures.html", context)
