"""Who waits: opened with a tap, gone when the page is left, and on no screen for others."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.files import queries as files
from alongside.hub import commands, queries, rules
from alongside.hub.forms import IN_NO_FILE, LaterForm, WaitForm
from alongside.kernel import clock, toolboxes
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id

OPENED = "who_waits"  # in the session: that the next look is one that was asked for


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def waiting(request: WorkerRequest, hub_id: UUID) -> HttpResponse:
    """Who waits, once for each tap: what is opened again, or by going back, is the hub's day."""
    hub, at = queries.get_hub(request.worker, hub_id), clock.now()
    rules.check_can_queue(request.worker, hub.id, queries.sitting_of(request.worker, at), at)
    if request.method == "POST":
        return _open(request, hub.id)
    if request.session.pop(OPENED, "") != str(hub.id):
        return redirect("hub:hub", hub.id)
    mine = queries.sitting_of(request.worker, at)
    rows = queries.queue(request.worker, hub, at)
    context = {"hub": hub, "at": at, "rows": rows, "has_desk": bool(mine and mine.desk_since)}
    return render(request, "hub/waiting.html", context)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest, hub_id: UUID) -> HttpResponse:
    """Let somebody wait. Their word is told once."""
    hub, at = queries.get_hub(request.worker, hub_id), clock.now()
    rules.check_can_queue(request.worker, hub.id, queries.sitting_of(request.worker, at), at)
    seats = queries.seats(request.worker, hub, at)
    form = WaitForm(
        request.POST or None,
        agencies=[(str(seat.agency.pk), str(seat.agency)) for seat in seats],
        others=queries.others(request.worker, seats),
        initial={"topic": _topic(request)},
    )
    if form.is_valid():
        waits = _let_wait(request, hub, form)
        said = _("Their word today is “%(word)s”. Tell them. Tonight it is gone.")
        messages.success(request, said % {"word": waits.word})
        return toolboxes.back(request, "hub:hub", hub.id)
    context = {"hub": hub, "form": form, "waiting_id": request.POST.get("id") or uuid4()}
    return render(request, "hub/new.html", context, status=422 if form.errors else 200)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def met(request: WorkerRequest, hub_id: UUID, waiting_id: UUID) -> HttpResponse:
    """With me now."""
    if waits := _waits(request, hub_id, waiting_id):
        commands.meet(waiting=waits, by=request.worker)
    return _open(request, hub_id)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def on(request: WorkerRequest, hub_id: UUID, waiting_id: UUID) -> HttpResponse:
    """On to the next."""
    if waits := _waits(request, hub_id, waiting_id):
        commands.wait_on(waiting=waits)
    return _open(request, hub_id)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def gone(request: WorkerRequest, hub_id: UUID, waiting_id: UUID) -> HttpResponse:
    """They went, or have what they came for."""
    if waits := _waits(request, hub_id, waiting_id):
        commands.finish(waiting=waits)
    return _open(request, hub_id)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def later(request: WorkerRequest, hub_id: UUID, waiting_id: UUID) -> HttpResponse:
    """Not today: a promise with its day, or a gap."""
    hub, waits = queries.get_hub(request.worker, hub_id), _waits(request, hub_id, waiting_id)
    if waits is None:
        return _open(request, hub.id)
    form = _later_form(request, hub, waits)
    if form.is_valid():
        commands.promise(waiting=waits, **form.told, by=request.worker, at=clock.now())
        kept = (
            _("It stands in the file as a promise.")
            if form.told["file_id"]
            else _("It is counted, nobody is in it.")
        )
        day = date_format(form.told["on"], "l")
        messages.success(request, _("Tell them: %(day)s.") % {"day": day} + " " + kept)
        return _open(request, hub.id)
    context = {"hub": hub, "waiting": waits, "form": form}
    return render(request, "hub/later.html", context, status=422 if form.errors else 200)


def _later_form(request: WorkerRequest, hub: Any, waits: Any) -> LaterForm:
    """On which day, and in which of the files chosen today: none is chosen before, it may be another's."""
    there = files.handles_of_open(request.worker, toolboxes.files_chosen(request))
    initial = {"on": queries.next_day(request.worker, hub, waits), "file": "" if there else IN_NO_FILE}
    choices = [(str(file_id), handle) for file_id, handle in there.items()]
    return LaterForm(request.POST or None, files=choices, initial=initial)


def _open(request: WorkerRequest, hub_id: UUID) -> HttpResponse:
    """Show who waits, this once."""
    request.session[OPENED] = str(hub_id)
    return redirect("hub:waiting", hub_id)


def _waits(request: WorkerRequest, hub_id: UUID, waiting_id: UUID) -> Any:
    """Somebody who waits there; nobody, if they went or may not be seen: the list says it then."""
    hub, at = queries.get_hub(request.worker, hub_id), clock.now()
    rules.check_can_queue(request.worker, hub.id, queries.sitting_of(request.worker, at), at)
    return queries.waiting_of(request.worker, hub, waiting_id)


def _topic(request: WorkerRequest) -> str:
    """What they came about, where the page was opened for a contact at the desk."""
    visit_id = toolboxes.contact_in(request)
    try:
        return queries.get_visit(request.worker, visit_id).topic if visit_id else ""
    except ObjectDoesNotExist:
        return ""


def _let_wait(request: WorkerRequest, hub: Any, form: WaitForm) -> Any:
    return commands.wait(
        hub=hub,
        waiting_id=as_id(request.POST.get("id"), uuid4()),
        topic=form.cleaned_data["topic"],
        services=[as_id(agency_id) for agency_id in form.services],
        kept_out=form.cleaned_data["kept_out"],
        not_while=form.cleaned_data["not_while"],
        language=(get_language() or "en")[:2],
        by=request.worker,
        at=clock.now(),
    )
