"""Pages of when companions are free, of places and ways, and of what is wished for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.accompaniment import queries
from alongside.accompaniment.commands import availability as commands
from alongside.accompaniment.forms.availability import (
    OneDayForm,
    PlaceForm,
    UnknownWayForm,
    WaysForm,
    WeekForm,
    WishForm,
)
from alongside.accompaniment.queries import availability
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, for_who_may, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.ids import uuid7
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_day, as_id


@unseen_is_absent
@require_http_methods(["GET", "POST"])
def hours(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """When somebody is free each week, and the days that are not as each week."""
    who = availability.whose_hours(request.worker, worker_id)
    form = bound_or_draft(
        WeekForm, request, initial=WeekForm.kept(availability.weekly(request.worker, who.pk))
    )
    if form.is_valid():
        commands.keep_week(
            worker_id=who.pk, week=form.cleaned_data["week"], by=request.worker, at=clock.now()
        )
        messages.success(request, _("Kept."))
        return redirect("accompaniment:hours", who.pk)
    apart = availability.days_apart(request.worker, who.pk, clock.today())
    return _form(request, "accompaniment/hours.html", form, {"who": who, "apart": apart})


@unseen_is_absent
@require_http_methods(["GET", "POST"])
def day(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """One day that is not as each week, or is again."""
    who = availability.whose_hours(request.worker, worker_id)
    if again := as_day(request.POST.get("undo", "")):
        commands.forget_day(worker_id=who.pk, on=again, by=request.worker)
        return redirect("accompaniment:hours", who.pk)
    form = bound_or_draft(OneDayForm, request)
    if form.is_valid():
        commands.keep_day(worker_id=who.pk, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("accompaniment:hours", who.pk)
    return _form(request, "accompaniment/one_day.html", form, {"who": who})


@for_who_may("keep-programmes")
@require_http_methods(["GET", "POST"])
def places(request: WorkerRequest) -> HttpResponse:
    """The places the agency goes along to."""
    form = bound_or_draft(PlaceForm, request)
    if form.is_valid():
        new = as_id(request.POST.get("id"), uuid7())
        named = commands.name_place(place_id=new, name=form.cleaned_data["name"], by=request.worker)
        return redirect("accompaniment:place", named.id)
    kept = availability.ways(request.worker)
    new_id = as_id(request.POST.get("id"), uuid7())
    return _form(request, "accompaniment/places.html", form, {"ways": kept, "new_id": new_id})


@for_who_may("keep-programmes")
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def place(request: WorkerRequest, place_id: UUID) -> HttpResponse:
    """One place: its name, and how long the ways from and to the others take."""
    found, kept = availability.get_place(request.worker, place_id), availability.ways(request.worker)
    others = [each for each in kept.places if each.id != found.id]
    form = bound_or_draft(WaysForm, request, place=found, others=others, initial=WaysForm.kept(found, kept))
    if form.is_valid():
        commands.name_place(place_id=found.id, name=form.cleaned_data["name"], by=request.worker)
        commands.keep_ways(minutes=form.minutes(), by=request.worker)
        messages.success(request, _("Kept."))
        return redirect("accompaniment:places")
    return _form(request, "accompaniment/place.html", form, {"place": found})


@for_who_may("keep-programmes")
@unseen_is_absent
@require_POST
def base(request: WorkerRequest, place_id: UUID) -> HttpResponse:
    """Companions set out from here, or the place is taken away."""
    found = availability.get_place(request.worker, place_id)
    if "drop" in request.POST:
        commands.drop_place(place=found, by=request.worker)
    else:
        commands.set_out_from(place=found, by=request.worker)
    return redirect("accompaniment:places")


@for_who_may("keep-programmes")
@require_http_methods(["GET", "POST"])
def unknown_way(request: WorkerRequest) -> HttpResponse:
    """How long a way is taken to be that nobody wrote down."""
    initial = {"minutes": availability.ways(request.worker).unknown}
    form = bound_or_draft(UnknownWayForm, request, initial=initial)
    if form.is_valid():
        commands.keep_ways(minutes={(None, None): form.cleaned_data["minutes"]}, by=request.worker)
        return redirect("accompaniment:places")
    return _form(request, "accompaniment/unknown_way.html", form, {})


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def wish(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """What they wish for of whoever comes along."""
    found = queries.get_accompaniment(accompaniment_id)
    queries.file_of(request.worker, found)
    form = bound_or_draft(
        WishForm,
        request,
        places=availability.ways(request.worker).places,
        initial=WishForm.kept(availability.wish_of(found)),
    )
    if form.is_valid():
        commands.wish(accompaniment=found, **form.cleaned_data, by=request.worker, at=clock.now())
        return redirect("accompaniment:companion", found.id)
    return _form(request, "accompaniment/wish.html", form, {"found": found})


def _form(request: WorkerRequest, template: str, form: Any, more: dict[str, Any]) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)
