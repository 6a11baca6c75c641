"""Who sits at the hub today, who is free, and when the others are there next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.hub import commands, queries
from alongside.hub.forms import BUSY, NextForm, SitForm
from alongside.hub.rules import CannotSit
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_meets_people, unseen_is_absent
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_number


@for_who_meets_people
@require_GET
def list_(request: WorkerRequest) -> HttpResponse:
    """The places that one's own agency shares; the one, if there is one."""
    hubs = queries.hubs_of(request.worker)
    if len(hubs) == 1:
        return redirect("hub:hub", hubs[0].id)
    return render(request, "hub/list.html", {"hubs": hubs})


@for_who_meets_people
@unseen_is_absent
@require_GET
def hub(request: WorkerRequest, hub_id: UUID) -> HttpResponse:
    """The hub's day. What is left of an earlier one is taken out first."""
    commands.close_days()
    return _page(request, queries.get_hub(request.worker, hub_id))


@for_who_meets_people
@unseen_is_absent
@require_POST
def sitting(request: WorkerRequest, hub_id: UUID) -> HttpResponse:
    """I sit here today, until then."""
    found, form = queries.get_hub(request.worker, hub_id), SitForm(request.POST)
    if form.is_valid():
        try:
            commands.sit(hub=found, **form.cleaned_data, by=request.worker, at=clock.now())
        except CannotSit as refusal:
            form.add_error("until", str(refusal))
    return _page(request, found, sit_form=form) if form.errors else redirect("hub:hub", found.id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def end(request: WorkerRequest, hub_id: UUID) -> HttpResponse:
    """I sit here no more."""
    found = queries.get_hub(request.worker, hub_id)
    commands.stand_up(by=request.worker)
    return redirect("hub:hub", found.id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def busy(request: WorkerRequest, hub_id: UUID) -> HttpResponse:
    """With somebody for so long, or free."""
    found = queries.get_hub(request.worker, hub_id)
    minutes = as_number(request.POST.get("minutes", ""), 0)
    is_said = str(minutes) in dict(BUSY)
    commands.be_busy(until=clock.now() + timedelta(minutes=minutes) if is_said else None, by=request.worker)
    return redirect("hub:hub", found.id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def desk(request: WorkerRequest, hub_id: UUID) -> HttpResponse:
    """Take the desk, or leave it."""
    found = queries.get_hub(request.worker, hub_id)
    if "leave" in request.POST:
        commands.leave_desk(by=request.worker)
        return redirect("hub:hub", found.id)
    commands.take_desk(hub=found, by=request.worker, at=clock.now())
    messages.success(request, _("You have the desk: what was said for it is shown to you now."))
    return redirect("hub:hub", found.id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def next_(request: WorkerRequest, hub_id: UUID) -> HttpResponse:
    """We are here next on that day."""
    found, form = queries.get_hub(request.worker, hub_id), NextForm(request.POST)
    if form.is_valid():
        commands.say_next(hub=found, **form.cleaned_data, by=request.worker)
        messages.success(request, _("The others see it where your seat is empty."))
        return redirect("hub:hub", found.id)
    return _page(request, found, next_form=form)


def _page(request: WorkerRequest, hub: Any, **forms: Any) -> HttpResponse:
    at, worker = clock.now(), request.worker
    mine = queries.sitting_of(worker, at)
    member = queries.get_member(worker, hub)
    next_on = member.next_on if member.next_on and member.next_on > clock.day(at) else None
    until = mine.until if mine else queries.usual_end(worker, at)
    called = mine.called if mine else worker.name.split(" ")[0][:40]
    seats = queries.seats(worker, hub, at)
    context = {
        "hub": hub,
        "at": at,
        "seats": seats,
        "on_elsewhere": queries.on_elsewhere(worker, seats),
        "mine": mine if mine and mine.hub_id == hub.id else None,
        "is_busy": bool(mine and mine.busy_until and mine.busy_until > at),
        "may_queue": queries.may_queue(worker),
        "busy": BUSY,
        "sit_form": SitForm(initial={"until": clock.local(until).time(), "called": called}),
        "next_form": NextForm(initial={"next_on": next_on, "next_for": member.next_for}),
        **forms,
    }
    is_wrong = any(form.errors for form in forms.values())
    return render(request, "hub/hub.html", context, status=422 if is_wrong else 200)
