"""Pages of the parts of a brief: their words in both languages, their quotes, their tables."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.briefs import commands, queries
from alongside.briefs.forms import FindingsForm, SectionForm
from alongside.briefs.views import files
from alongside.briefs.views.decorators import for_who_writes
from alongside.kernel import clock
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id


@for_who_writes
@require_http_methods(["GET", "POST"])
def section_new(request: WorkerRequest, brief_id: UUID, kind: str) -> HttpResponse:
    """Write a part that isn't there yet."""
    brief = queries.get_brief(request.worker, brief_id)
    if kind not in queries.Kind.values:
        raise Http404
    form = bound_or_draft(SectionForm, request, kind=kind, groups=queries.groups(brief))
    if form.is_valid():
        commands.write(brief=brief, kind=kind, facts=form.facts(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", brief.pk)
    context = {
        "form": form,
        "brief": brief,
        "section": None,
        "kind": queries.Kind(kind),
        "priced": queries.priced(request.worker, brief, kind),
    }
    return render(request, "briefs/section.html", context, status=422 if form.is_bound else 200)


@for_who_writes
@require_http_methods(["GET", "POST"])
def section(request: WorkerRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Write a part anew, in both languages side by side."""
    section = queries.get_section(request.worker, brief_id, section_id)
    form = bound_or_draft(
        SectionForm,
        request,
        kind=section.kind,
        groups=queries.groups(section.brief),
        initial=SectionForm.initial_of(section),
    )
    if form.is_valid():
        commands.write(
            brief=section.brief,
            kind=section.kind,
            facts=form.facts(),
            section_id=section.pk,
            by=request.worker,
            at=clock.now(),
        )
        return redirect("briefs:brief", section.brief_id)
    context = {"form": form, "brief": section.brief, "section": section, "kind": queries.Kind(section.kind)}
    context["priced"] = queries.priced(request.worker, section.brief, section.kind)
    context["contradictions"] = queries.contradictions_of(request.worker, section, files.base(request))
    return render(request, "briefs/section.html", context, status=422 if form.is_bound else 200)


@for_who_writes
@require_POST
def removal(request: WorkerRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Take a part out."""
    section = queries.get_section(request.worker, brief_id, section_id)
    commands.remove(section=section, by=request.worker, at=clock.now())
    messages.success(request, _("Taken out."))
    return redirect("briefs:brief", brief_id)


@for_who_writes
@require_POST
def order(request: WorkerRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Put a part one place earlier or later."""
    section = queries.get_section(request.worker, brief_id, section_id)
    commands.move(section=section, up=request.POST.get("way") != "down", by=request.worker, at=clock.now())
    return redirect("briefs:brief", brief_id)


@for_who_writes
@require_http_methods(["GET", "POST"])
def quotes(request: WorkerRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Choose the quotes of a part, from those that may be printed."""
    section = queries.get_section(request.worker, brief_id, section_id)
    if request.method == "POST":
        chosen = [as_id(value) for value in request.POST.getlist("quote")]
        commands.choose_quotes(section=section, quote_ids=chosen, by=request.worker, at=clock.now())
        return redirect("briefs:brief", brief_id)
    return render(request, "briefs/quotes.html", queries.choice_of_quotes(request.worker, section))


@for_who_writes
@require_http_methods(["GET", "POST"])
def figures(request: WorkerRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Choose the tables of a part, each with its finding."""
    section = queries.get_section(request.worker, brief_id, section_id)
    form = bound_or_draft(
        FindingsForm,
        request,
        releases=queries.offered(request.worker, section),
        initial=queries.findings_of(request.worker, section),
    )
    if form.is_valid():
        commands.choose_figures(section=section, figures=form.chosen(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", brief_id)
    return render(
        request,
        "briefs/figures.html",
        {"form": form, "brief": section.brief, "section": section},
        status=422 if form.is_bound else 200,
    )
