"""Several agencies for one thing somebody wants: their order, and whoever is next in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.directory import queries as directory
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id
from alongside.plans import queries as plans
from alongside.referrals import commands, queries
from alongside.referrals.views.agreement import begin, to_whom


@for_who_keeps_files
@unseen_is_absent
@require_POST
def order(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Put an agency last in their order. Nobody is asked by it."""
    file = files.get_open_file(request.worker, file_id)
    asked = request.POST.get("entry")
    entry = directory.get_entry(request.worker, as_id(asked)) if asked else None
    to = entry.offered_by_id if entry else as_id(request.POST.get("agency"), None)
    if to is None or not request.POST.get("about"):
        messages.info(request, _("Look for an agency from one thing they want, and put it in their order."))
        return redirect("desk:file", file.id)
    about = plans.get_priority(file.id, as_id(request.POST["about"]))
    commands.rank(
        file_id=file.id,
        priority_id=about.id,
        to_agency_id=to,
        entry_id=entry.id if entry else None,
        by=request.worker,
        at=clock.now(),
    )
    return to_whom(file.id, about.id)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def ranked(request: WorkerRequest, file_id: UUID, ranked_id: UUID) -> HttpResponse:
    """Ask an agency of their order, change its place, take it out, or stop the order: not now."""
    file = files.get_file(request.worker, file_id)
    one, worker = queries.get_ranked(request.worker, file.id, ranked_id), request.worker
    if "ask" in request.POST:
        asked = commands.ask_ranked(ranked=one, by=worker, at=clock.now())
        if asked.state != "draft":
            return redirect("referrals:referral", asked.id)
        return begin(request, asked)
    if "earlier" in request.POST:
        commands.rank_earlier(ranked=one, by=worker)
        return to_whom(file.id, one.priority_id)
    if "out" in request.POST:
        commands.take_out(ranked=one, by=worker, at=clock.now())
        return to_whom(file.id, one.priority_id)
    commands.stop_order(ranked=one, by=worker, at=clock.now())
    messages.success(request, _("Nobody else is asked. It can be begun again from what they want."))
    return redirect("desk:file", file.id)
