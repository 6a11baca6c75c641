"""Pages of programmes: what a shelter says about what it offers, where it is, and how many are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.agencies.queries import agencies_by_id, may_ask, names_of
from alongside.beds import commands, queries, rules
from alongside.beds.forms import (
    CountForm,
    OfferingForm,
    PlaceForm,
    RulesForm,
    StepForm,
    plural,
    told_by,
    way_of,
)
from alongside.beds.views.decorators import for_whom
from alongside.kernel import clock, geography, vocabulary
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from alongside.beds.models import Offering

SHOWN = 100  # counts on a page of history


@for_whom(rules.may_look)
@require_GET
def offering(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """One programme, as anybody who looks for a bed may see it: facts with their dates, and never a count."""
    one = queries.get_offering(request.worker, offering_id)
    said = sorted(
        queries.rules_of([one.pk])[one.pk].values(), key=lambda rule: rules.SAYABLE.index(rule.barrier)
    )
    mine = one.agency_id == request.worker.agency_id
    context = {
        "offering": one,
        "agency": agencies_by_id([one.agency_id])[one.agency_id],
        "outlook": queries.outlooks([one.pk], clock.now())[one.pk],
        "genders": [plural(code) for code in one.genders],
        "mine": mine and rules.may_keep(request.worker),
        "ways": {way: [rule for rule in said if way_of(rule) == way] for way in ("clears", "talks", "stops")},
        "leaves": left_to_pay(one),
        "region": geography.REGIONS.get(one.region, one.region),
        "may_ask": may_ask(request.worker) and not mine,
        "days_to_think": max(1, round(one.think_hours / 24)),
    }
    return render(request, "beds/offering.html", context)


def left_to_pay(one: Offering) -> list[tuple[str, int, int | None]]:
    """Return what each income or benefit pays a month and what is left: `(benefit, pays, left)`.

    Nothing is left over below none.
    """
    cost = one.monthly_cost
    return [
        (code, pays, None if cost is None else max(0, cost - pays))
        for code in vocabulary.BENEFITS
        if (pays := one.covers.get(code)) is not None
    ]


@for_whom(rules.may_keep)
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest) -> HttpResponse:
    """Write down a programme."""
    form = bound_or_draft(
        OfferingForm, request, initial={"region": geography.region_of(request.worker.agency.division) or ""}
    )
    if form.is_valid():
        one = commands.keep(offering_id=None, facts=form.facts(), by=request.worker, at=clock.now())
        messages.success(request, _("Written down. Count it once, and others can find it."))
        return redirect("beds:offering_count", one.pk)
    return render(
        request,
        "beds/offering_form.html",
        {"form": form, "offering": None},
        status=422 if form.is_bound else 200,
    )


@for_whom(rules.may_keep)
@require_http_methods(["GET", "POST"])
def edit(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Write a programme anew."""
    one = queries.own_offering(request.worker, offering_id)
    form = bound_or_draft(OfferingForm, request, initial=told_by(one))
    if form.is_valid():
        commands.keep(offering_id=one.pk, facts=form.facts(), by=request.worker, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("beds:offering", one.pk)
    return render(
        request,
        "beds/offering_form.html",
        {"form": form, "offering": one},
        status=422 if form.is_bound else 200,
    )


@for_whom(rules.may_keep)
@require_http_methods(["GET", "POST"])
def said(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """What stands in the way there and what doesn't; one tap says that all of it is still true."""
    one = queries.own_offering(request.worker, offering_id)
    if "still_true" in request.POST:
        commands.still_true(offering_id=one.pk, verified_on=clock.today(), by=request.worker, at=clock.now())
        messages.success(request, _("Noted: still true today."))
        return redirect("beds:offering", one.pk)
    form = bound_or_draft(RulesForm, request, said=queries.rules_of([one.pk])[one.pk])
    if form.is_valid():
        commands.keep_rules(
            offering_id=one.pk,
            facts=form.facts(),
            verified_on=clock.today(),
            by=request.worker,
            at=clock.now(),
        )
        messages.success(request, _("Kept."))
        return redirect("beds:offering", one.pk)
    return render(
        request,
        "beds/offering_rules.html",
        {"form": form, "offering": one},
        status=422 if form.is_bound else 200,
    )


@for_whom(rules.may_keep)
@require_POST
def closure(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Close a programme, or open it again."""
    one = queries.own_offering(request.worker, offering_id)
    closed = request.POST.get("closed") == "1"
    commands.close(offering_id=one.pk, closed=closed, by=request.worker, at=clock.now())
    messages.success(
        request, _("Closed. Nobody finds it any more; nothing is lost.") if closed else _("It is open again.")
    )
    return redirect("beds:board")


@for_whom(rules.may_keep)
@require_http_methods(["GET", "POST"])
def place(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Where a programme is, for its own agency only."""
    one = queries.own_offering(request.worker, offering_id)
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        initial={"words": queries.whereabouts(request.worker, one)},
    )
    if form.is_valid():
        commands.place(
            offering_id=one.pk, words=form.cleaned_data["words"], by=request.worker, at=clock.now()
        )
        messages.success(request, _("Sealed. Only your agency reads it."))
        return redirect("beds:offering", one.pk)
    return render(
        request,
        "beds/offering_place.html",
        {"form": form, "offering": one},
        status=422 if form.is_bound else 200,
    )


@for_whom(rules.may_keep)
@require_http_methods(["GET", "POST"])
def count(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Count: one fewer, the same, one more; or everything."""
    one = queries.own_offering(request.worker, offering_id)
    form = CountForm(request.POST if request.method == "POST" else None, last=queries.last_count(one))
    if not form.is_valid():
        return _counting(request, one, form, 422 if form.is_bound else 200)
    try:
        commands.count(offering_id=one.pk, **form.numbers(), by=request.worker, at=clock.now())
    except rules.CannotCount as refusal:
        form.add_error(None, str(refusal))
        return _counting(request, one, form, 409)
    return _counted(request)


@for_whom(rules.may_keep)
@require_POST
def step(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """One tap after a change of shift, or when somebody left."""
    one = queries.own_offering(request.worker, offering_id)
    tapped = StepForm(request.POST)
    if not tapped.is_valid():
        return redirect("beds:offering_count", one.pk)
    try:
        commands.step(offering_id=one.pk, **tapped.cleaned_data, by=request.worker, at=clock.now())
    except rules.CannotCount as refusal:
        return _counting(request, one, CountForm(last=queries.last_count(one)), 409, refusal)
    return _counted(request)


@for_whom(rules.may_keep)
@require_GET
def history(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Everything that was counted there, by whom and why."""
    one = queries.own_offering(request.worker, offering_id)
    counts = list(queries.history(one)[:SHOWN])
    names = names_of(request.worker, {c.counted_by for c in counts})
    rows = [(c, names.get(c.counted_by, "")) for c in counts]
    return render(request, "beds/count_history.html", {"offering": one, "rows": rows, "shown": SHOWN})


def _counting(
    request: WorkerRequest, one: Offering, form: forms.Form, status: int, refusal: Any = ""
) -> HttpResponse:
    last, at = queries.last_count(one), clock.now()
    held = queries.held(one, at) if rules.may_answer(request.worker) else None
    taps = [(by, last.occupied + by) for by in (-1, 0, 1)] if last else []
    context = {
        "offering": one,
        "form": form,
        "last": last,
        "held": held,
        "taps": taps,
        "refusal": refusal,
        "at": at,
    }
    return render(request, "beds/count.html", context, status=status)


def _counted(request: WorkerRequest) -> HttpResponse:
    messages.success(request, _("Counted."))
    return redirect("beds:board")
