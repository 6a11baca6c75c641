"""Pages of studies: what each asks, its versions, who took part."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.evidence import commands, queries, rules
from alongside.evidence.forms import ParticipantForm, StudyForm
from alongside.evidence.views.decorators import for_editors
from alongside.kernel import clock
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from alongside.evidence.models import StudyVersion


TOLD = ("title", "question", "method", "guide", "recruited_from", "recruited_until", "ethics")


@for_editors
@require_GET
def studies(request: WorkerRequest) -> HttpResponse:
    """The agency's studies."""
    return render(request, "evidence/studies.html", {"studies": queries.studies(request.worker)})


@for_editors
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest) -> HttpResponse:
    """Open a study."""
    form = bound_or_draft(StudyForm, request)
    if form.is_valid():
        study = commands.open_study(facts=form.facts(), by=request.worker, at=clock.now())
        return redirect("evidence:study", study.pk)
    return render(
        request,
        "evidence/study_form.html",
        {"form": form, "study": None},
        status=422 if form.is_bound else 200,
    )


@for_editors
@require_GET
def study(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """One study: its question, its sources and what to do next in each, its themes."""
    study = queries.get_study(request.worker, study_id)
    context = {
        "study": study,
        "now": study.now,
        "sources": queries.sources(request.worker, study.pk),
        "themes": queries.codes(request.worker, study.pk),
        "people": queries.participants(request.worker, study.pk),
        **queries.withdrawn(request.worker, study.pk),
        "pairs": queries.finished_blind_codings(request.worker, study.pk),
    }
    return render(request, "evidence/study.html", context)


@for_editors
@require_http_methods(["GET", "POST"])
def edit(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Write a study anew, as its next version."""
    study = queries.get_study(request.worker, study_id)
    initial = {name: getattr(study.now, name) for name in TOLD} | {"guide": "\n".join(study.now.guide)}
    form = bound_or_draft(StudyForm, request, initial=initial)
    if form.is_valid():
        commands.rewrite_study(study_id=study.pk, facts=form.facts(), by=request.worker, at=clock.now())
        messages.success(request, _("Kept as a further version."))
        return redirect("evidence:study", study.pk)
    return render(
        request,
        "evidence/study_form.html",
        {"form": form, "study": study},
        status=422 if form.is_bound else 200,
    )


@for_editors
@require_POST
def closure(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Close a study, or open it again."""
    study = queries.get_study(request.worker, study_id)
    command = commands.close_study if request.POST.get("closed") == "1" else commands.reopen_study
    command(study_id=study.pk, by=request.worker, at=clock.now())
    return redirect("evidence:study", study.pk)


@for_editors
@require_GET
def versions(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Every version of a study, each with what changed in it."""
    study = queries.get_study(request.worker, study_id)
    all_ = queries.versions(request.worker, study.pk)
    names = queries.writers_of(request.worker, all_)
    told = [
        (version, _changes(before, version), names.get(version.written_by, ""))
        for version, before in zip(all_, [*all_[1:], None], strict=True)
    ]
    return render(request, "evidence/versions.html", {"study": study, "versions": told})


@for_editors
@require_GET
def version(request: WorkerRequest, study_id: UUID, number: int) -> HttpResponse:
    """One version of a study as it stood."""
    study = queries.get_study(request.worker, study_id)
    found = next(
        (version for version in queries.versions(request.worker, study.pk) if version.number == number), None
    )
    if found is None:
        raise Http404
    return render(request, "evidence/version.html", {"study": study, "now": found})


@for_editors
@require_http_methods(["GET", "POST"])
def participants(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Who took part, by role only; one more is written down below."""
    study = queries.get_study(request.worker, study_id)
    form = bound_or_draft(ParticipantForm, request)
    if form.is_valid():
        try:
            made = commands.add_participant(
                study_id=study.pk, facts=form.cleaned_data, by=request.worker, at=clock.now()
            )
            messages.success(request, _("Written down as %(code)s.") % {"code": made.code})
            return redirect("evidence:participants", study.pk)
        except rules.CannotSay as refusal:
            form.add_error("role", str(refusal))
    context = {"study": study, "people": queries.participants(request.worker, study.pk), "form": form}
    return render(request, "evidence/participants.html", context, status=422 if form.is_bound else 200)


@for_editors
@require_http_methods(["GET", "POST"])
def participant(request: WorkerRequest, participant_id: UUID) -> HttpResponse:
    """Somebody who took part."""
    participant = queries.get_participant(request.worker, participant_id)
    form = bound_or_draft(
        ParticipantForm,
        request,
        initial={name: getattr(participant, name) for name in ParticipantForm.base_fields},
    )
    if form.is_valid():
        try:
            commands.change_participant(
                participant_id=participant.pk, facts=form.cleaned_data, by=request.worker, at=clock.now()
            )
            return redirect("evidence:participants", participant.study_id)
        except rules.CannotSay as refusal:
            form.add_error("role", str(refusal))
    return render(
        request,
        "evidence/participant.html",
        {"one": participant, "form": form},
        status=422 if form.is_bound else 200,
    )


def _changes(before: StudyVersion | None, after: StudyVersion) -> list[dict[str, Any]]:
    """What one version says otherwise than the one before: field by field, line by line."""
    if before is None:
        return []
    labels = {name: field.label for name, field in StudyForm.base_fields.items()}
    changed = [name for name in TOLD if getattr(before, name) != getattr(after, name)]
    return [
        {"label": labels[name], "lines": _lines(_said(before, name), _said(after, name))} for name in changed
    ]


def _said(version: StudyVersion, name: str) -> list[str]:
    value = getattr(version, name)
    return [str(line) for line in value] if isinstance(value, list) else str(value or "").splitlines()


def _lines(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """`("gone", …)`, `("new", …)`, `("same", …)`."""
    kinds = {"- ": "gone", "+ ": "new", "  ": "same"}
    return [(kinds[line[:2]], line[2:]) for line in difflib.ndiff(before, after) if line[:2] in kinds]
