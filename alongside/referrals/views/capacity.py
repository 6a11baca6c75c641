"""Pages of asking another agency what it has, before there is anybody to name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.agencies.queries import agencies_by_id, other_agencies
from alongside.directory import queries as directory
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, for_who_meets_people, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id
from alongside.referrals import commands, queries
from alongside.referrals.forms import CapacityAnswerForm, CapacityForm
from alongside.referrals.views.agreement import begin


@for_who_keeps_files
def new_capacity(request: WorkerRequest) -> HttpResponse:
    """Ask agencies what they have, for nobody in particular: those first that offer what is looked for."""
    need = (request.session.get("seeking") or {}).get("need", "")
    agencies = [agency for agency in other_agencies(request.worker) if not agency.must_pass_on]
    offering = {entry.offered_by_id for entry in directory.offered(need)} if need else set()
    agencies.sort(key=lambda agency: agency.pk not in offering)
    form = bound_or_draft(
        CapacityForm,
        request,
        agencies=[(str(agency.pk), agency.full_name) for agency in agencies],
        initial={"need": need},
    )
    if form.is_valid():
        asked = commands.ask_for_capacity(**form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("Asked. Nobody is in it, and it lapses by itself after that day."))
        return redirect("referrals:capacity", asked[0].pk)
    return render(request, "referrals/new_capacity.html", {"form": form}, status=422 if form.errors else 200)


@for_who_meets_people
@unseen_is_absent
def capacity(request: WorkerRequest, capacity_id: UUID) -> HttpResponse:
    """One of them: the asker's side, or the side of the agency asked, which answers here."""
    asked = queries.get_capacity(request.worker, capacity_id)
    form = bound_or_draft(CapacityAnswerForm, request)
    if form.is_valid():
        commands.answer_capacity(asked=asked, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("They know."))
        return redirect("referrals:capacity", asked.pk)
    ours = asked.agency_id == request.worker.agency_id
    other = asked.to_agency_id if ours else asked.agency_id
    context: dict[str, Any] = {"asked": asked, "ours": ours, "form": form, "reasons": queries.REASONS}
    beside = list(queries.asked_at_once(request.worker, asked)) if ours else []
    agencies = agencies_by_id([other, *(each.to_agency_id for each in beside)])
    context["agency"] = agencies[other]
    context["beside"] = [(each, agencies[each.to_agency_id]) for each in beside]
    context["files"] = files.caseload(request.worker, mine=True)[:50] if ours and asked.state == "yes" else []
    return render(request, "referrals/capacity.html", context, status=422 if form.errors else 200)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def for_somebody(request: WorkerRequest, capacity_id: UUID) -> HttpResponse:
    """Begin a request for somebody, after a yes."""
    asked = queries.get_capacity_of_ours(request.worker, capacity_id)
    if not request.POST.get("file"):
        messages.info(request, _("Choose for whom. Open a file first if you have none yet."))
        return redirect("referrals:capacity", asked.pk)
    file = files.get_open_file(request.worker, as_id(request.POST.get("file")))
    begun = commands.ask_for_somebody(asked=asked, file_id=file.id, by=request.worker, at=clock.now())
    return begin(request, begun)
