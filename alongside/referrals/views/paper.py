"""The page on which an agreement is printed, to be read, signed and kept."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.files import queries as files
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.requests import WorkerRequest
from alongside.referrals import queries


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def paper(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """An agreement on one page, before it is given and after; or that they signed this very page."""
    referral = queries.get_referral(request.worker, referral_id)
    if referral.agency_id != request.worker.agency_id:
        raise Http404
    file = files.get_file(request.worker, referral.file_id)
    release = consents.get_release(request.worker, referral.file_id, referral.release_id)
    page, may_be_signed = queries.paper(request.worker, referral, release), referral.state == "draft"
    if request.method == "POST" and may_be_signed:
        if request.POST.get("page") == page.number:
            consent.set_terms(release=release, by=request.worker, method="signed", signed_page=page.number)
            return redirect("referrals:check", referral.id)
        messages.error(request, _("What is agreed has changed since this page was shown. Print it again."))
    context = {
        "referral": referral,
        "file": file,
        "release": release,
        "paper": page,
        "number": page.number if may_be_signed else release.signed_page or page.number,
        "may_be_signed": may_be_signed and file.is_open,
    }
    return render(request, "referrals/paper.html", context)
