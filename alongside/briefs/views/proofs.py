"""Pages of a proof: exactly what would be printed, who signed it, and publishing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.briefs import commands, queries, rules
from alongside.briefs.views import files
from alongside.briefs.views.decorators import for_who_looks, for_who_writes
from alongside.kernel import clock
from alongside.kernel.requests import WorkerRequest


@for_who_looks
@require_http_methods(["GET", "POST"])
def proof(request: WorkerRequest, brief_id: UUID) -> HttpResponse:
    """Exactly what would be printed; an editor freezes it here, so that it can be signed."""
    brief = queries.get_brief(request.worker, brief_id)
    if request.method == "POST":
        try:
            commands.prove(brief=brief, base=files.base(request), by=request.worker, at=clock.now())
        except rules.CannotPublish as refused:
            return render(
                request, "briefs/proof.html", _proof(request, brief) | {"refusal": refused}, status=409
            )
        return redirect("briefs:proof", brief.pk)
    return render(request, "briefs/proof.html", _proof(request, brief))


@for_who_looks
@require_GET
def proof_pdf(request: WorkerRequest, brief_id: UUID, language: str) -> HttpResponse:
    """The proof as it comes from the printer."""
    brief = queries.get_brief(request.worker, brief_id)
    content = queries.pdf_of_proof(request.worker, brief, files.base(request), language)
    return files.as_file(content, f"proof-{language}.pdf", "application/pdf")


@for_who_writes
@require_POST
def taking_back(request: WorkerRequest, brief_id: UUID) -> HttpResponse:
    """Take a brief back to be written, or begin the next edition."""
    brief = queries.get_brief(request.worker, brief_id)
    commands.take_back(brief=brief, by=request.worker, at=clock.now())
    return redirect("briefs:brief", brief.pk)


@for_who_looks
@require_POST
def signatures(request: WorkerRequest, brief_id: UUID) -> HttpResponse:
    """Sign the proof that was on the page."""
    brief = queries.get_brief(request.worker, brief_id)
    commands.sign(brief=brief, checksum=request.POST.get("checksum", ""), by=request.worker, at=clock.now())
    messages.success(request, _("Signed. If a word of it changes, your signature no longer counts."))
    return redirect("briefs:proof", brief.pk)


@for_who_writes
@require_POST
def editions(request: WorkerRequest, brief_id: UUID) -> HttpResponse:
    """Publish what was signed. Typesetting takes less than a second, so it is done at once."""
    brief = queries.get_brief(request.worker, brief_id)
    try:
        edition = commands.publish(brief=brief, by=request.worker, at=clock.now())
    except rules.CannotPublish as refused:
        return render(request, "briefs/proof.html", _proof(request, brief) | {"refusal": refused}, status=409)
    return redirect("briefs:published_edition", edition.slug, edition.number)


def _proof(request: WorkerRequest, brief: Any) -> dict[str, Any]:
    language = request.GET.get("language", "")
    return queries.proof_shown(
        request.worker,
        brief,
        files.base(request),
        language if language in ("en", "fr") else get_language() or "en",
    )
