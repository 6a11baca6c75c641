"""Pages of importing a list: send it, look at it, have it imported, read the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from alongside.directory import commands, queries, rules
from alongside.directory.formats import previews
from alongside.directory.formats.mappings import fitting_mapping, shipped_mappings
from alongside.directory.formats.notes import words_for
from alongside.directory.forms import ColumnsForm, UploadForm
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.imports.runs import State
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.directory.models import ImportRun

# what a report names by itself; everything else it names as the file does
_FIELDS = {
    "addresses": _("Street address"),
    "community": _("Town or community"),
    "name": _("Name"),
    "schedules": _("Hours"),
}


def list_(request: WorkerRequest) -> HttpResponse:
    """The imports of one's own agency, and a new one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    refusal = _refusal(rules.check_can_import, request.worker)
    if form.is_bound and not refusal and form.is_valid():
        upload = form.cleaned_data["upload"]
        try:
            run = commands.receive(
                upload=upload, name=form.cleaned_data["name"] or upload.name, by=request.worker
            )
            return redirect("directory:import", run.pk)
        except Broken as broken:
            what, to_do = words_for(broken.note.code)
            form.add_error("upload", f"{what} {to_do}")
    around = {"form": form, "runs": queries.imports_of(request.worker)[:20], "refusal": refusal}
    return render(request, "directory/imports.html", around, status=422 if form.is_bound else 200)


@unseen_is_absent
def import_(request: WorkerRequest, run_id: UUID) -> HttpResponse:
    """One import: look at it before, watch it while, read the report after."""
    run = queries.get_import(request.worker, run_id)
    if run.state == State.UPLOADED:
        return _look(request, run)
    lines = queries.report_of(run)
    shown = [(line, _FIELDS.get(line.field, line.field), *words_for(line.code)) for line in lines[:300]]
    around = {
        "run": run,
        "lines": shown,
        "more": max(0, lines.count() - 300),
        "over": run.over,
    }
    return render(
        request, "directory/import.html#progress" if request.htmx else "directory/import.html", around
    )


def _look(request: WorkerRequest, run: ImportRun) -> HttpResponse:
    """Show the first rows and ask, for CSV, which column means what."""
    heading, rows, broken = previews.first_rows(run)
    mappings = queries.mapping_choices(request.worker)
    initial = {"mapping": fitting_mapping(heading)} | previews.guessed(heading)
    posted = request.POST if request.method == "POST" else None
    form = (
        ColumnsForm(posted, initial=initial, heading=heading, mappings=mappings)
        if run.format == "csv"
        else None
    )
    if posted is not None and not broken and (form is None or form.is_valid()):
        return _begin(request, run, form)
    around = {
        "run": run,
        "form": form,
        "heading": heading,
        "rows": rows,
        "broken": broken and (broken.note, *words_for(broken.note.code)),
    }
    return render(request, "directory/preview.html", around, status=422 if posted is not None else 200)


def _begin(request: WorkerRequest, run: ImportRun, form: ColumnsForm | None) -> HttpResponse:
    mapping = form.cleaned_data["mapping"] if form else ""
    if form and not mapping:
        name = form.cleaned_data["save_as"] or f"{run.source_name}"[:100]
        mapping = commands.make_mapping(name=name, columns=form.columns(), by=request.worker).name
    commands.begin(run=run, by=request.worker, mapping=mapping)
    return redirect("directory:import", run.pk)


@require_GET
def mappings(request: WorkerRequest) -> HttpResponse:
    """The mappings there are, and what each column of them means."""
    return render(
        request,
        "directory/mappings.html",
        {"shipped": shipped_mappings(), "own": queries.mappings_of(request.worker)},
    )


def _refusal(check: Callable[[Worker], None], *args: Worker) -> rules.CannotImport | None:
    try:
        check(*args)
    except rules.CannotImport as refusal:
        return refusal
    return None
