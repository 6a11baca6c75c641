"""Pages of entries: reading one, and keeping one’s own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.directory import commands, queries, rules
from alongside.directory.forms import EntryForm, changed_in, told_by
from alongside.directory.views.search import sought
from alongside.kernel import clock
from alongside.kernel.decorators import unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from alongside.directory.models import Entry


@require_GET
@unseen_is_absent
def entry(request: WorkerRequest, entry_id: UUID) -> HttpResponse:
    """One entry: what it is, how to reach it, one thing to do."""
    entry = queries.get_entry(request.worker, entry_id)
    mine = entry.agency_id == request.worker.agency_id
    around = {
        "entry": entry,
        "hours": queries.opening_hours(entry),
        "mine": mine,
        "today": clock.today().weekday(),
        **sought(request),
    }
    return render(request, "directory/entry.html", around)


@require_GET
def own(request: WorkerRequest) -> HttpResponse:
    """The entries one's own agency keeps."""
    return render(
        request,
        "directory/own.html",
        {"entries": queries.own_entries(request.worker), "may_import": rules.may_import(request.worker)},
    )


def new(request: WorkerRequest) -> HttpResponse:
    """Add an entry. Only its name is needed."""
    return _keep(request, None, {"offered_here": True, "disclosure": "public"})


@unseen_is_absent
def edit(request: WorkerRequest, entry_id: UUID) -> HttpResponse:
    """Change an entry of one's own agency."""
    entry = queries.get_entry(request.worker, entry_id)
    rules.check_can_edit(request.worker, entry)
    return _keep(request, entry, told_by(entry))


def _keep(request: WorkerRequest, entry: Entry | None, initial: dict[str, Any]) -> HttpResponse:
    form = bound_or_draft(EntryForm, request, initial=initial)
    if form.is_valid():
        told = changed_in(form) if entry else form.cleaned_data
        kept = commands.keep(entry=entry, by=request.worker, at=clock.now(), **told)
        messages.success(request, _("Kept."))
        return redirect("directory:entry", kept.pk)
    return render(
        request, "directory/form.html", {"form": form, "entry": entry}, status=422 if form.is_bound else 200
    )


@require_POST
@unseen_is_absent
def visibility(request: WorkerRequest, entry_id: UUID) -> HttpResponse:
    """Hide an entry of one's own agency, or show it again."""
    entry = queries.get_entry(request.worker, entry_id)
    if request.POST.get("show"):
        commands.show(entry=entry, by=request.worker)
    else:
        commands.hide(entry=entry, by=request.worker, at=clock.now())
    return redirect(f"{reverse('directory:entry', args=[entry.pk])}")
