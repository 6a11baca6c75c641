"""Pages of the codebook.

The codes in their order, one code with its history, moving and merging, the passages of a theme; and both as
CSV.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.evidence import commands, queries, rules
from alongside.evidence.forms import CodeForm, MemoForm, MergeForm, PlaceForm
from alongside.evidence.views.decorators import for_editors
from alongside.kernel import clock
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.spreadsheets import csv_of
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.evidence.models import Code


CONTEXT = 160  # characters on each side of a passage


@for_editors
@require_GET
def codebook(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """The codebook of a study."""
    study = queries.get_study(request.worker, study_id)
    nodes = queries.flat(queries.codes(request.worker, study.pk))
    return render(
        request,
        "evidence/codebook.html",
        {"study": study, "nodes": nodes, "away": queries.put_away(request.worker, study.pk)},
    )


@for_editors
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Make a code."""
    study = queries.get_study(request.worker, study_id)
    form = bound_or_draft(CodeForm, request)
    places = PlaceForm(request.POST or request.GET or None, places=_places(request, study.pk))
    if form.is_valid() and places.is_valid():
        parent = UUID(places.cleaned_data["parent"]) if places.cleaned_data["parent"] else None
        try:
            code = commands.make_code(
                study_id=study.pk,
                facts=form.facts(),
                example=form.cleaned_data["example"],
                parent_id=parent,
                by=request.worker,
                at=clock.now(),
            )
            return redirect("evidence:code", code.pk)
        except rules.CannotArrange as refusal:
            form.add_error("name", str(refusal))
    return render(
        request,
        "evidence/code_form.html",
        {"study": study, "form": form, "placing": places},
        status=422 if form.is_bound else 200,
    )


@for_editors
@require_GET
def code(request: WorkerRequest, code_id: UUID) -> HttpResponse:
    """One code: what it means, where it stands, what was done to it, what was thought about it."""
    code = queries.get_code(request.worker, code_id)
    places = [place for place in _places(request, code.study_id) if place[0] != str(code.pk)]
    context = {
        "code": code,
        "example": queries.example_of(code),
        "history": queries.history_of(request.worker, code),
        "memo": MemoForm(),
        "memos": queries.memos(request.worker, code.study_id, code=code),
        "under": queries.under(request.worker, code)[1:],
        "place": PlaceForm(places=places, initial={"parent": str(code.parent_id or "")}),
        "merge": MergeForm(places=places),
    }
    return render(request, "evidence/code.html", context)


@for_editors
@require_http_methods(["GET", "POST"])
def edit(request: WorkerRequest, code_id: UUID) -> HttpResponse:
    """Write a code anew."""
    code = queries.get_code(request.worker, code_id)
    initial = {name: getattr(code, name) for name in ("name", "definition", "include", "exclude", "is_theme")}
    form = bound_or_draft(
        CodeForm,
        request,
        initial=initial | {"only_holds": not code.codable, "example": queries.example_of(code)},
    )
    if form.is_valid():
        try:
            commands.rewrite_code(
                code_id=code.pk,
                facts=form.facts(),
                example=form.cleaned_data["example"],
                by=request.worker,
                at=clock.now(),
            )
            return redirect("evidence:code", code.pk)
        except rules.CannotArrange as refusal:
            form.add_error("name", str(refusal))
    return render(
        request,
        "evidence/code_form.html",
        {"study": code.study, "form": form, "code": code, "placing": None},
        status=422 if form.is_bound else 200,
    )


@for_editors
@require_POST
def place(request: WorkerRequest, code_id: UUID) -> HttpResponse:
    """Move a code under another one, or among its own."""
    code = queries.get_code(request.worker, code_id)
    form = PlaceForm(request.POST, places=_places(request, code.study_id))
    if form.is_valid():
        parent, before = (
            UUID(form.cleaned_data[name]) if form.cleaned_data[name] else None
            for name in ("parent", "before")
        )
        commands.move_code(
            code_id=code.pk, parent_id=parent, before_id=before, by=request.worker, at=clock.now()
        )
        messages.success(request, _("Moved."))
    return redirect("evidence:code", code.pk)


@for_editors
@require_POST
def merge(request: WorkerRequest, code_id: UUID) -> HttpResponse:
    """Merge a code into another one."""
    code = queries.get_code(request.worker, code_id)
    form = MergeForm(request.POST, places=_places(request, code.study_id))
    if not form.is_valid():
        messages.error(request, _("Choose another code to merge it into."))
        return redirect("evidence:code", code.pk)
    into = commands.merge_codes(
        code_id=code.pk, into_id=UUID(form.cleaned_data["into"]), by=request.worker, at=clock.now()
    )
    messages.success(
        request, _("Merged. The other one can be brought back from the codebook, with all that went along.")
    )
    return redirect("evidence:code", into.pk)


@for_editors
@require_POST
def retirement(request: WorkerRequest, code_id: UUID) -> HttpResponse:
    """Put a code away, or bring it back."""
    code = queries.get_code(request.worker, code_id)
    command = commands.bring_back if request.POST.get("stands") == "1" else commands.retire_code
    command(code_id=code.pk, by=request.worker, at=clock.now())
    return redirect("evidence:code", code.pk)


@for_editors
@require_GET
def theme(request: WorkerRequest, code_id: UUID) -> HttpResponse:
    """Every passage of a theme or a code and those under it, source by source, with what stands around them.

    No counts: a theme is not how often.
    """
    code = queries.get_code(request.worker, code_id)
    found = queries.passages(request.worker, code, around=CONTEXT)
    note("evidence.passages_read", custodian_id=code.agency_id, item_id=code.pk, item_kind="code")
    names = {each.pk: each.name for each in queries.under(request.worker, code)}
    people = {each.pk: each for each in queries.participants(request.worker, code.study_id)}
    told = [
        {"id": source_id, "name": name, "person": people.get(person), "passages": list(each)}
        for (source_id, name, person), each in groupby(
            found, key=lambda passage: (passage.source_id, passage.source_name, passage.participant_id)
        )
    ]
    return render(request, "evidence/theme.html", {"code": code, "sources": told, "names": names})


@for_editors
@require_GET
def codebook_csv(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """The codebook as CSV."""
    study = queries.get_study(request.worker, study_id)
    note("evidence.codebook_exported", custodian_id=study.agency_id, item_id=study.pk, item_kind="study")
    nodes = queries.flat(queries.codes(request.worker, study.pk))
    names = {node.code.pk: node.code.name for node in nodes}
    head = [
        _("Code"),
        _("Under"),
        _("Theme"),
        _("What it means"),
        _("Use it for"),
        _("Don’t use it for"),
        _("An example"),
        _("Colour"),
    ]
    of_a_code = queries.cleaning(request.worker).of_a_code
    rows = [[of_a_code(words) for words in _told(node.code, names)] for node in nodes]
    return _csv("codebook", [head, *rows])


@for_editors
@require_GET
def passages_csv(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Every coded passage as CSV: source, who by code and role, code, from where to where, the words."""
    study = queries.get_study(request.worker, study_id)
    note("evidence.passages_exported", custodian_id=study.agency_id, item_id=study.pk, item_kind="study")
    names = {node.code.pk: node.code.name for node in queries.flat(queries.codes(request.worker, study.pk))}
    cleaning = queries.cleaning(request.worker)
    people = {participant.pk: participant for participant in queries.participants(request.worker, study.pk)}
    head = [
        _("Source"),
        _("Who speaks"),
        _("In which role"),
        _("Language"),
        _("Code"),
        _("From character"),
        _("to"),
        _("Words"),
    ]
    rows = [
        [
            cleaning.called("TextSource", passage.source_name),
            person.code if person else "",
            person.spoken_role if person else "",
            passage.language,
            cleaning.of_a_code(names.get(passage.code_id, "")),
            passage.start,
            passage.end,
            passage.words,
        ]
        for passage in queries.passages_of(request.worker, study.pk)
        for person in [people.get(passage.participant_id) if passage.participant_id else None]
        if passage.code_id in names
    ]
    return _csv("passages", [head, *rows])


def _told(code: Code, names: dict[UUID, str]) -> list[str]:
    above = names.get(code.parent_id, "") if code.parent_id else ""
    return [
        code.name,
        above,
        _("yes") if code.is_theme else "",
        code.definition,
        code.include,
        code.exclude,
        queries.example_of(code),
        code.colour,
    ]


def _places(request: WorkerRequest, study_id: UUID) -> list[tuple[str, str]]:
    return [
        (str(node.code.pk), "\u2003" * node.depth + node.code.name)
        for node in queries.flat(queries.codes(request.worker, study_id))
    ]


def _csv(name: str, rows: Iterable[list[Any]]) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(csv_of(rows), content_type="text/csv; charset=utf-8", headers=headers)
