"""The pots, one pot with its ledger, and who may approve how much."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.fund import commands, queries
from alongside.fund.forms import AllotForm, LimitsForm, PotForm
from alongside.fund.rules import NotEnough
from alongside.kernel import clock, money
from alongside.kernel.decorators import for_who_may, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.ids import uuid7
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id


@for_who_may("see-fund")
@require_GET
def pots(request: WorkerRequest) -> HttpResponse:
    """What is left in each pot, what waits, and what one asked for."""
    context = {
        "pots": queries.pots_of(request.worker, clock.today()),
        "waiting": queries.waiting(request.worker).count() if request.worker.may("approve-fund") else 0,
        "mine": queries.recent(request.worker),
        "left_behind": queries.left_behind(request.worker) if request.worker.may("approve-fund") else [],
        "may_ask": request.worker.may("ask-fund"),
        "may_keep": request.worker.may("keep-fund"),
    }
    return render(request, "fund/list.html", context)


@for_who_may("keep-fund")
@require_http_methods(["GET", "POST"])
def new_pot(request: WorkerRequest) -> HttpResponse:
    """Open a pot."""
    form = bound_or_draft(PotForm, request)
    if form.is_valid():
        told = form.cleaned_data
        pot = commands.open_pot(
            pot_id=as_id(request.POST.get("id"), uuid7()),
            name=told["name"],
            ends_on=told["ends_on"],
            cents=told["granted"] or 0,
            by=request.worker,
            at=clock.now(),
        )
        messages.success(request, _("Opened."))
        return redirect("fund:pot", pot.id)
    context = {"form": form, "pot_id": as_id(request.POST.get("id"), uuid7())}
    return render(request, "fund/pot_form.html", context, status=422 if form.errors else 200)


@for_who_may("keep-fund")
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def change_pot(request: WorkerRequest, pot_id: UUID) -> HttpResponse:
    """Call a pot otherwise, or let it end on another day."""
    pot = queries.get_pot(request.worker, pot_id)
    form = bound_or_draft(PotForm, request, initial={"name": pot.name, "ends_on": pot.ends_on})
    del form.fields["granted"]
    if form.is_valid():
        commands.change_pot(
            pot=pot, name=form.cleaned_data["name"], ends_on=form.cleaned_data["ends_on"], by=request.worker
        )
        messages.success(request, _("Kept."))
        return redirect("fund:pot", pot.id)
    return render(
        request, "fund/pot_form.html", {"form": form, "pot": pot}, status=422 if form.errors else 200
    )


@for_who_may("see-fund")
@unseen_is_absent
@require_GET
def pot(request: WorkerRequest, pot_id: UUID) -> HttpResponse:
    """One pot: what stands in its accounts, and its ledger."""
    return _pot(request, pot_id, AllotForm())


@for_who_may("keep-fund")
@unseen_is_absent
@require_POST
def allot(request: WorkerRequest, pot_id: UUID) -> HttpResponse:
    """More into a pot, or out of it."""
    found, form = queries.get_pot(request.worker, pot_id), AllotForm(request.POST)
    act = commands.take_back if "out" in request.POST else commands.allot
    if form.is_valid():
        line, cents = as_id(request.POST.get("id"), uuid7()), form.cleaned_data["amount"]
        try:
            act(pot=found, line_id=line, cents=cents, by=request.worker, at=clock.now())
        except NotEnough as less:
            form.add_error("amount", str(less))
        else:
            messages.success(
                request, _("It stands in the books: %(amount)s.") % {"amount": money.said(cents)}
            )
            return redirect("fund:pot", found.id)
    return _pot(request, pot_id, form)


@for_who_may("see-fund")
@require_http_methods(["GET", "POST"])
def limits(request: WorkerRequest) -> HttpResponse:
    """Who may approve how much: read by everybody of the fund, said by whoever keeps its pots."""
    may_keep = request.worker.may("keep-fund")
    if request.method == "POST" and not may_keep:
        raise Http404
    by_role, seats = queries.limits(request.worker)
    initial = {role: money.typed(cents) for role, cents in by_role.items()}
    initial |= {str(seat.worker.pk): money.typed(seat.cents) for seat in seats if seat.own}
    roles = [(str(role), str(role.label)) for role in queries.approver_roles()]
    form = bound_or_draft(LimitsForm, request, roles=roles, seats=seats, initial=initial)
    if form.is_valid():
        _set_limits(request, form)
        messages.success(request, _("Kept."))
        return redirect("fund:limits")
    context = {"form": form, "may_keep": may_keep, "seats": seats}
    return render(request, "fund/limits.html", context, status=422 if form.errors else 200)


def _set_limits(request: WorkerRequest, form: LimitsForm) -> None:
    at, by = clock.now(), request.worker
    for role, _name in form.roles:
        commands.set_limit(role=role, cents=form.cleaned_data[role] or 0, by=by, at=at)
    for seat in form.seats:
        cents = form.cleaned_data[str(seat.worker.pk)]
        if cents is not None:
            commands.set_limit(worker_id=seat.worker.pk, cents=cents, by=by, at=at)
        elif seat.own:
            commands.drop_limit(worker_id=seat.worker.pk, by=by)


def _pot(request: WorkerRequest, pot_id: UUID, form: AllotForm) -> HttpResponse:
    found, today = queries.get_pot(request.worker, pot_id), clock.today()
    lines, older = queries.lines_of(found, as_id(request.GET.get("before"), None))
    context = {
        "shown": queries.standing_of(found, today),
        "lines": lines,
        "older": older,
        "form": form,
        "line_id": uuid7(),
        "may_keep": request.worker.may("keep-fund"),
        "ends_soon": _ends_soon(found.ends_on, today),
    }
    return render(request, "fund/pot.html", context, status=422 if form.errors else 200)


def _ends_soon(ends_on: date, today: date) -> bool:
    return 0 <= (ends_on - today).days <= 30
