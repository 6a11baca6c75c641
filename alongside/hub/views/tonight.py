"""Told once: what several agencies at the hub may see until midnight, read back and agreed by word."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from alongside.files import queries as files
from alongside.hub import commands, queries
from alongside.hub.forms import INTRODUCTION, TonightForm
from alongside.kernel import clock, toolboxes
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id
from alongside.plans import queries as plans


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def tonight(request: WorkerRequest, hub_id: UUID, file_id: UUID) -> HttpResponse:
    """What each agency may see until midnight: nothing is ticked before, and “everything” is not there."""
    worker, at = request.worker, clock.now()
    hub, file = queries.get_hub(worker, hub_id), files.get_open_file(worker, file_id)
    about = request.GET.get("about", "")
    priority = plans.get_priority(file.id, as_id(about)) if about else None
    agencies = queries.beside_the_person(worker, file.id, queries.seats(worker, hub, at))
    items = [(INTRODUCTION, _("The introduction above")), *queries.items_of(worker, file.id)]
    form = bound_or_draft(
        TonightForm,
        request,
        agencies=[(str(agency.pk), str(agency)) for agency in agencies],
        items=items,
        initial={"words": queries.last_said(worker, file.id)},
    )
    if form.is_valid():
        commands.prepare_tonight(
            file_id=file.id,
            chosen={as_id(agency_id): ticked for agency_id, ticked in form.chosen.items()},
            words=form.cleaned_data["words"].strip(),
            terms=form.terms,
            need=toolboxes.need_in(request).get("need", ""),
            priority_id=priority.id if priority else None,
            by=worker,
            at=at,
        )
        return redirect(f"{reverse('hub:check', args=[hub.id, file.id])}?{request.META['QUERY_STRING']}")
    context = {
        "hub": hub,
        "file": file,
        "person": files.person(worker, file),
        "agencies": agencies,
        "form": form,
    }
    return render(request, "hub/tonight.html", context, status=422 if form.errors else 200)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def check(request: WorkerRequest, hub_id: UUID, file_id: UUID) -> HttpResponse:
    """Read back, and then it counts until midnight; or nothing is shared."""
    worker, at = request.worker, clock.now()
    hub, file = queries.get_hub(worker, hub_id), files.get_open_file(worker, file_id)
    if request.method == "POST":
        _answer(request, file.id)
        return toolboxes.back(request, "desk:file", file.id)
    agreed = queries.agreed(worker, file.id, at)
    if not agreed:
        return redirect("hub:tonight", hub.id, file.id)
    context = {"hub": hub, "file": file, "person": files.person(worker, file), "agreed": agreed}
    return render(request, "hub/check.html", context)


def _answer(request: WorkerRequest, file_id: UUID) -> None:
    """They said yes to what was read back, or no."""
    by, at = request.worker, clock.now()
    if "agree" not in request.POST:
        commands.leave_tonight(file_id=file_id, by=by, at=at)
        messages.success(request, _("Nothing was shared."))
        return
    read_back = {as_id(name): words for name, words in request.POST.items() if isinstance(words, str)}
    many = commands.agree_tonight(file_id=file_id, read_back=read_back, by=by, at=at)
    told = ngettext("%(n)s agency sees it, until midnight.", "%(n)s agencies see it, until midnight.", many)
    if many:
        messages.success(request, told % {"n": many})
    else:
        messages.info(request, _("It counts already, or the day has ended meanwhile. The file says which."))
