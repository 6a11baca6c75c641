"""Pages of importing counts: send a file, look at it, have it imported, read the report."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.imports.runs import State
from alongside.kernel.requests import WorkerRequest
from alongside.occupancy import commands, queries, rules
from alongside.occupancy.formats import previews
from alongside.occupancy.formats.notes import words_for
from alongside.occupancy.forms import ColumnsForm, UploadForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from alongside.agencies.models import Worker
    from alongside.occupancy.models import ImportRun

SHOWN = 300  # lines of a report


@require_http_methods(["GET", "POST"])
def list_(request: WorkerRequest) -> HttpResponse:
    """The imports of one's own agency, and a new one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    refusal = _refusal(request.worker)
    if form.is_bound and not refusal and form.is_valid():
        try:
            run = commands.receive(
                upload=form.cleaned_data["upload"], name=form.cleaned_data["name"], by=request.worker
            )
            return redirect("occupancy:import", run.pk)
        except Broken as broken:
            form.add_error("upload", " ".join(str(words) for words in words_for(broken.note.code)))
    around = {"form": form, "runs": queries.imports_of(request.worker)[:20], "refusal": refusal}
    return render(request, "occupancy/imports.html", around, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@unseen_is_absent
def import_(request: WorkerRequest, run_id: UUID) -> HttpResponse:
    """One import: look at it before, watch it while, read the report after."""
    run = queries.get_import(request.worker, run_id)
    if run.state == State.UPLOADED:
        return _look(request, run)
    lines = queries.report_of(run)
    shown = [(line, *words_for(line.code)) for line in lines[:SHOWN]]
    around = {"run": run, "lines": shown, "more": max(0, lines.count() - SHOWN)}
    return render(
        request, "occupancy/import.html#progress" if request.htmx else "occupancy/import.html", around
    )


def _look(request: WorkerRequest, run: ImportRun) -> HttpResponse:
    """Show the columns with their first values and ask what each means."""
    columns, broken = previews.columns_of(run)
    heading = [column.name for column in columns]
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        initial=queries.initial(request.worker, heading),
        heading=heading,
        mappings=queries.mapping_choices(request.worker),
    )
    if form.is_bound and not broken and form.is_valid():
        return _begin(request, run, form)
    asked = set(form.asked())
    shown = [
        (column, form[f"column_{column.number}"] if column.number in asked else None) for column in columns
    ]
    around = {
        "run": run,
        "form": form,
        "columns": shown,
        "broken": broken and (broken.note, *words_for(broken.note.code)),
    }
    return render(request, "occupancy/preview.html", around, status=422 if form.is_bound else 200)


def _begin(request: WorkerRequest, run: ImportRun, form: ColumnsForm) -> HttpResponse:
    mapping = form.cleaned_data["mapping"]
    if not mapping:
        name = form.cleaned_data["save_as"] or run.source_name[:100]
        mapping = commands.make_mapping(
            name=name, columns=form.columns(), dates=form.cleaned_data["dates"], by=request.worker
        ).name
    commands.begin(run=run, by=request.worker, mapping=mapping)
    return redirect("occupancy:import", run.pk)


def _refusal(worker: Worker) -> rules.CannotImport | None:
    try:
        rules.check_can_import(worker)
    except rules.CannotImport as refusal:
        return refusal
    return None
