"""Pages of the people who write, read and sign a brief."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.briefs import commands, pages, queries, rules
from alongside.briefs.forms import AboutForm, ChecksForm, FindingsForm, SectionForm
from alongside.briefs.pages import for_who_looks, for_who_writes
from alongside.kernel import clock
from alongside.kernel.forms import bound_or_draft


@for_who_looks
@require_GET
def briefs(request: HttpRequest) -> HttpResponse:
    """The agency's briefs; for a data steward, the proofs that name them."""
    return render(request, "briefs/list.html", {"briefs": queries.briefs(request.worker), "may_write": queries.may_write(request.worker)})


@for_who_writes
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a brief."""
    form = bound_or_draft(AboutForm, request, worker=request.worker)
    if form.is_valid():
        brief = commands.begin(facts=form.facts(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", brief.pk)
    return render(request, "briefs/about.html", {"form": form, "brief": None}, status=422 if form.is_bound else 200)


@for_who_looks
@require_GET
def brief(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """One brief: what is written, in which language, what is missing, who signed, what is out."""
    one = queries.get_brief(request.worker, brief_id)
    return render(request, "briefs/brief.html", pages.task_list(request.worker, one, pages.base(request)))


@for_who_writes
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """Change what a brief says about itself."""
    one = queries.get_brief(request.worker, brief_id)
    form = bound_or_draft(AboutForm, request, worker=request.worker, brief=one, initial=AboutForm.initial_of(one))
    if form.is_valid():
        commands.describe(brief=one, facts=form.facts(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", one.pk)
    return render(request, "briefs/about.html", {"form": form, "brief": one}, status=422 if form.is_bound else 200)


@for_who_writes
@require_http_methods(["GET", "POST"])
def section_new(request: HttpRequest, brief_id: UUID, kind: str) -> HttpResponse:
    """Write a part that isn't there yet."""
    one = queries.get_brief(request.worker, brief_id)
    if kind not in queries.Kind.values:
        raise Http404
    form = bound_or_draft(SectionForm, request, kind=kind, groups=queries.groups(one))
    if form.is_valid():
        commands.write(brief=one, kind=kind, facts=form.facts(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", one.pk)
    context = {"form": form, "brief": one, "section": None, "kind": queries.Kind(kind), "priced": pages.priced(request.worker, one, kind)}
    return render(request, "briefs/section.html", context, status=422 if form.is_bound else 200)


@for_who_writes
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Write a part anew, in both languages side by side."""
    one = queries.get_section(request.worker, brief_id, section_id)
    form = bound_or_draft(SectionForm, request, kind=one.kind, groups=queries.groups(one.brief), initial=SectionForm.initial_of(one))
    if form.is_valid():
        commands.write(brief=one.brief, kind=one.kind, facts=form.facts(), section_id=one.pk, by=request.worker, at=clock.now())
        return redirect("briefs:brief", one.brief_id)
    context = {"form": form, "brief": one.brief, "section": one, "kind": queries.Kind(one.kind)}
    context["priced"] = pages.priced(request.worker, one.brief, one.kind)
    return render(request, "briefs/section.html", context, status=422 if form.is_bound else 200)


@for_who_writes
@require_POST
def removal(request: HttpRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Take a part out."""
    one = queries.get_section(request.worker, brief_id, section_id)
    commands.remove(section=one, by=request.worker, at=clock.now())
    messages.success(request, _("Taken out."))
    return redirect("briefs:brief", brief_id)


@for_who_writes
@require_POST
def order(request: HttpRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Put a part one place earlier or later."""
    one = queries.get_section(request.worker, brief_id, section_id)
    commands.move(section=one, up=request.POST.get("way") != "down", by=request.worker, at=clock.now())
    return redirect("briefs:brief", brief_id)


@for_who_writes
@require_http_methods(["GET", "POST"])
def quotes(request: HttpRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Choose the quotes of a part, from those that may be printed."""
    one = queries.get_section(request.worker, brief_id, section_id)
    if request.method == "POST":
        chosen = [UUID(value) for value in request.POST.getlist("quote") if pages.is_uuid(value)]
        commands.choose_quotes(section=one, quote_ids=chosen, by=request.worker, at=clock.now())
        return redirect("briefs:brief", brief_id)
    return render(request, "briefs/quotes.html", pages.choice_of_quotes(request.worker, one))


@for_who_writes
@require_http_methods(["GET", "POST"])
def figures(request: HttpRequest, brief_id: UUID, section_id: UUID) -> HttpResponse:
    """Choose the tables of a part, each with its finding."""
    one = queries.get_section(request.worker, brief_id, section_id)
    form = bound_or_draft(
        FindingsForm, request, releases=queries.offered(request.worker, one), initial=pages.findings_of(request.worker, one)
    )
    if form.is_valid():
        commands.choose_figures(section=one, figures=form.chosen(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", brief_id)
    return render(request, "briefs/figures.html", {"form": form, "brief": one.brief, "section": one}, status=422 if form.is_bound else 200)


@for_who_writes
@require_http_methods(["GET", "POST"])
def checks(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """The questions before signing."""
    one = queries.get_brief(request.worker, brief_id)
    form = bound_or_draft(ChecksForm, request, initial=ChecksForm.initial_of(one))
    if form.is_valid():
        commands.answer_all(brief=one, answers=form.answers(), by=request.worker, at=clock.now())
        return redirect("briefs:brief", one.pk)
    return render(request, "briefs/checks.html", {"form": form, "brief": one}, status=422 if form.is_bound else 200)


@for_who_looks
@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """Exactly what would be printed; an editor freezes it here, so that it can be signed."""
    one = queries.get_brief(request.worker, brief_id)
    if request.method == "POST":
        try:
            commands.prove(brief=one, base=pages.base(request), by=request.worker, at=clock.now())
        except rules.CannotPublish as refused:
            return render(request, "briefs/proof.html", _proof(request, one) | {"refusal": refused}, status=409)
        return redirect("briefs:proof", one.pk)
    return render(request, "briefs/proof.html", _proof(request, one))


@for_who_looks
@require_GET
def proof_pdf(request: HttpRequest, brief_id: UUID, language: str) -> HttpResponse:
    """The proof as it comes from the printer."""
    one = queries.get_brief(request.worker, brief_id)
    content = pages.pdf_of_proof(request.worker, one, pages.base(request), language)
    return pages.as_file(content, f"proof-{language}.pdf", "application/pdf")


@for_who_writes
@require_POST
def taking_back(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """Take a brief back to be written, or begin the next edition."""
    one = queries.get_brief(request.worker, brief_id)
    commands.take_back(brief=one, by=request.worker, at=clock.now())
    return redirect("briefs:brief", one.pk)


@for_who_looks
@require_POST
def signatures(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """Sign the proof that was on the page."""
    one = queries.get_brief(request.worker, brief_id)
    commands.sign(brief=one, checksum=request.POST.get("checksum", ""), by=request.worker, at=clock.now())
    messages.success(request, _("Signed. If a word of it changes, your signature no longer counts."))
    return redirect("briefs:proof", one.pk)


@for_who_writes
@require_POST
def editions(request: HttpRequest, brief_id: UUID) -> HttpResponse:
    """Publish what was signed. Typesetting takes less than a second, so it is done at once."""
    one = queries.get_brief(request.worker, brief_id)
    try:
        edition = commands.publish(brief=one, by=request.worker, at=clock.now())
    except rules.CannotPublish as refused:
        return render(request, "briefs/proof.html", _proof(request, one) | {"refusal": refused}, status=409)
    return redirect("briefs:published_edition", edition.slug, edition.number)


def _proof(request: HttpRequest, one: Any) -> dict[str, Any]:
    language = request.GET.get("language", "")
    return pages.proof(request.worker, one, pages.base(request), language if language in ("en", "fr") else get_language() or "en")
