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
    offering = queries.get_offering(request.worker, offering_id)
    said = sorted(
        queries.rules_of([offering.pk])[offering.pk].values(),
        key=lambda rule: rules.SAYABLE.index(rule.barrier),
    )
    mine = offering.agency_id == request.worker.agency_id
    context = {
        "offering": offering,
        "agency": agencies_by_id([offering.agency_id])[offering.agency_id],
        "outlook": queries.outlooks([offering.pk], clock.now())[offering.pk],
        "genders": [plural(code) for code in offering.genders],
        "mine": mine and rules.may_keep(request.worker),
        "ways": {way: [rule for rule in said if way_of(rule) == way] for way in ("clears", "talks", "stops")},
        "leaves": left_to_pay(offering),
        "region": geography.REGIONS.get(offering.region, offering.region),
        "may_ask": may_ask(request.worker) and not mine,
        "days_to_think": max(1, round(offering.think_hours / 24)),
    }
    return render(request, "beds/offering.html", context)


def left_to_pay(offering: Offering) -> list[tuple[str, int, int | None]]:
    """Return what each income or benefit pays a month and what is left: `(benefit, pays, left)`.

    Nothing is left over below none.
    """
    cost = offering.monthly_cost
    return [
        (code, pays, None if cost is None else max(0, cost - pays))
        for code in vocabulary.BENEFITS
        if (pays := offering.covers.get(code)) is not None
    ]


@for_whom(rules.may_keep)
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest) -> HttpResponse:
    """Write down a programme."""
    form = bound_or_draft(
        OfferingForm, request, initial={"region": geography.region_of(request.worker.agency.division) or ""}
    )
    if form.is_valid():
        offering = commands.keep(offering_id=None, facts=form.facts(), by=request.worker, at=clock.now())
        messages.success(request, _("Written down. Count it once, and others can find it."))
        return redirect("beds:offering_count", offering.pk)
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
    offering = queries.own_offering(request.worker, offering_id)
    form = bound_or_draft(OfferingForm, request, initial=told_by(offering))
    if form.is_valid():
        commands.keep(offering_id=offering.pk, facts=form.facts(), by=request.worker, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("beds:offering", offering.pk)
    return render(
        request,
        "beds/offering_form.html",
        {"form": form, "offering": offering},
        status=422 if form.is_bound else 200,
    )


@for_whom(rules.may_keep)
@require_http_methods(["GET", "POST"])
def said(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """What stands in the way there and what doesn't; one tap says that all of it is still true."""
    offering = queries.own_offering(request.worker, offering_id)
    if "still_true" in request.POST:
        commands.still_true(
            offering_id=offering.pk, verified_on=clock.today(), by=request.worker, at=clock.now()
        )
        messages.success(request, _("Noted: still true today."))
        return redirect("beds:offering", offering.pk)
    form = bound_or_draft(RulesForm, request, said=queries.rules_of([offering.pk])[offering.pk])
    if form.is_valid():
        commands.keep_rules(
            offering_id=offering.pk,
            facts=form.facts(),
            verified_on=clock.today(),
            by=request.worker,
            at=clock.now(),
        )
        messages.success(request, _("Kept."))
        return redirect("beds:offering", offering.pk)
    return render(
        request,
        "beds/offering_rules.html",
        {"form": form, "offering": offering},
        status=422 if form.is_bound else 200,
    )


@for_whom(rules.may_keep)
@require_POST
def closure(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Close a programme, or open it again."""
    offering = queries.own_offering(request.worker, offering_id)
    closed = request.POST.get("closed") == "1"
    commands.close(offering_id=offering.pk, closed=closed, by=request.worker, at=clock.now())
    messages.success(
        request, _("Closed. Nobody finds it any more; nothing is lost.") if closed else _("It is open again.")
    )
    return redirect("beds:board")


@for_whom(rules.may_keep)
@require_http_methods(["GET", "POST"])
def place(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Where a programme is, for its own agency only."""
    offering = queries.own_offering(request.worker, offering_id)
    form = bound_or_draft(
        PlaceForm, request, initial={"words": queries.whereabouts(request.worker, offering)}
    )
    if form.is_valid():
        commands.place(
            offering_id=offering.pk, words=form.cleaned_data["words"], by=request.worker, at=clock.now()
        )
        messages.success(request, _("Sealed. Only your agency reads it."))
        return redirect("beds:offering", offering.pk)
    return render(
        request,
        "beds/offering_place.html",
        {"form": form, "offering": offering},
        status=422 if form.is_bound else 200,
    )


@for_whom(rules.may_keep)
@require_http_methods(["GET", "POST"])
def count(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Count: one fewer, the same, one more; or everything."""
    offering = queries.own_offering(request.worker, offering_id)
    form = CountForm(request.POST if request.method == "POST" else None, last=queries.last_count(offering))
    if not form.is_valid():
        return _counting(request, offering, form, 422 if form.is_bound else 200)
    try:
        commands.count(offering_id=offering.pk, **form.numbers(), by=request.worker, at=clock.now())
    except rules.CannotCount as refusal:
        form.add_error(None, str(refusal))
        return _counting(request, offering, form, 409)
    return _counted(request)


@for_whom(rules.may_keep)
@require_POST
def step(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """One tap after a change of shift, or when somebody left."""
    offering = queries.own_offering(request.worker, offering_id)
    tapped = StepForm(request.POST)
    if not tapped.is_valid():
        return redirect("beds:offering_count", offering.pk)
    try:
        commands.step(offering_id=offering.pk, **tapped.cleaned_data, by=request.worker, at=clock.now())
    except rules.CannotCount as refusal:
        return _counting(request, offering, CountForm(last=queries.last_count(offering)), 409, refusal)
    return _counted(request)


@for_whom(rules.may_keep)
@require_GET
def history(request: WorkerRequest, offering_id: UUID) -> HttpResponse:
    """Everything that was counted there, by whom and why."""
    offering = queries.own_offering(request.worker, offering_id)
    counts = list(queries.history(offering)[:SHOWN])
    names = names_of(request.worker, {c.counted_by for c in counts})
    rows = [(c, names.get(c.counted_by, "")) for c in counts]
    return render(request, "beds/count_history.html", {"offering": offering, "rows": rows, "shown": SHOWN})


def _counting(
    request: WorkerRequest, offering: Offering, form: forms.Form, status: int, refusal: Any = ""
) -> HttpResponse:
    last, at = queries.last_count(offering), clock.now()
    held = queries.held(offering, at) if rules.may_answer(request.worker) else None
    taps = [(by, last.occupied + by) for by in (-1, 0, 1)] if last else []
    context = {
        "offering": offering,
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
