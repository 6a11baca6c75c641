"""Pages of exchanging with other programs: bring a project in, read what came of it, take the study out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.evidence import commands, queries
from alongside.evidence.forms import ProjectForm
from alongside.evidence.refi.messages import words_for
from alongside.evidence.refi.packages import MOST_BYTES
from alongside.evidence.views.decorators import for_editors
from alongside.kernel import clock
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.requests import WorkerRequest

TYPES = {"qdpx": "application/zip", "qde": "application/xml", "qdc": "application/xml"}
SHOWN = 300  # lines of a report


@for_editors
@require_http_methods(["GET", "POST"])
def exchange(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Bring a project or a codebook in; or take this study out."""
    study = queries.get_study(request.worker, study_id)
    form, broken = ProjectForm(request.POST or None, request.FILES or None), None
    if form.is_bound and form.is_valid():
        try:
            return _bring(request, study, form.cleaned_data)
        except Broken as wrong:
            broken = {"note": wrong.note, "words": words_for(wrong.note.code)}
    came = [(exchange, queries.came_of(exchange)) for exchange in queries.exchanges(request.worker, study.pk)]
    waiting = sum(source.state == "received" for source in queries.sources(request.worker, study.pk))
    context = {"study": study, "form": form, "broken": broken, "came": came, "waiting": waiting}
    return render(request, "evidence/exchange.html", context, status=422 if form.is_bound else 200)


def _bring(request: WorkerRequest, study: Any, said: dict[str, Any]) -> HttpResponse:
    if said["upload"].size > MOST_BYTES:
        raise Broken("too_big")
    exchange = commands.bring_project(
        study_id=study.pk,
        content=said["upload"].read(),
        kind=said["kind"],
        language=said["language"],
        by=request.worker,
        at=clock.now(),
    )
    return redirect("evidence:came", exchange.pk)


@for_editors
@require_GET
def came(request: WorkerRequest, exchange_id: UUID) -> HttpResponse:
    """What came of bringing something in.

    How much, and line by line what is otherwise than one might think.
    """
    exchange = queries.get_exchange(request.worker, exchange_id)
    told = queries.came_of(exchange)
    lines = [(line, *words_for(line.code)) for line in told.notes[:SHOWN]]
    context = {
        "study": queries.get_study(request.worker, exchange.study_id),
        "came": told,
        "lines": lines,
        "more": max(0, len(told.notes) - SHOWN),
    }
    return render(request, "evidence/came.html", context)


@for_editors
@require_POST
def export(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Take the study out as a file."""
    form = request.POST.get("form", "")
    if form not in TYPES:
        raise Http404
    content = commands.take_out(study_id=study_id, form=form, by=request.worker, at=clock.now())
    answer = HttpResponse(content, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="study.{form}"'
    return answer
