"""Asking the fund, one request, what waits, and deciding about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.files import queries as files
from alongside.fund import commands, queries
from alongside.fund.forms import AskForm, DeclineForm, PayForm, ReceiptForm, RefundForm
from alongside.fund.rules import CannotAsk, NobodyMay, NotEnough
from alongside.kernel import clock, money, vocabulary
from alongside.kernel.decorators import for_who_may, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.ids import uuid7
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id


@for_who_may("ask-fund")
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest) -> HttpResponse:
    """Ask the fund. What it may mean for other income is said first."""
    form = _form(request)
    refused: NotEnough | NobodyMay | None = None
    if form.is_valid():
        try:
            if "count" in request.POST:
                return _counted(request, form)
            purchase = _ask(request, form)
        except (NotEnough, NobodyMay) as no:
            refused = no
            form.add_error("amount", str(no))
        except CannotAsk as no:
            form.add_error("pot", str(no))
        else:
            messages.success(request, _("Asked. Somebody else approves it."))
            return redirect(_with_visit(request, reverse("fund:purchase", args=[purchase.id])))
    context = {"form": form, "purchase_id": as_id(request.POST.get("id"), uuid7()), "refused": refused}
    context |= {"visit": _visit(request), "gap_id": as_id(request.POST.get("gap_id"), uuid4())}
    return render(request, "fund/new.html", context, status=422 if form.errors else 200)


def _form(request: WorkerRequest) -> AskForm:
    """The form, with whatever led here chosen already: a file, a kind."""
    sent = request.POST if request.method == "POST" else request.GET
    given = as_id(sent.get("file"), None)
    mine = {file.id: file.handle for file in files.caseload(request.worker, mine=True)}
    if given:
        mine |= {given: files.get_open_file(request.worker, given).handle}
    pots = queries.open_pots(request.worker, clock.today())
    kind = request.GET.get("kind", "")
    initial = {"file": str(given or ""), "kind": kind if kind in vocabulary.PURCHASES else ""}
    return bound_or_draft(AskForm, request, pots=pots, files=mine.items(), initial=initial)


def _ask(request: WorkerRequest, form: AskForm) -> Any:
    told = form.cleaned_data
    return commands.ask(
        purchase_id=as_id(request.POST.get("id"), uuid7()),
        pot=form.pots[told["pot"]],
        payee=told["payee"],
        file_id=as_id(told["file"], None),
        by=request.worker,
        at=clock.now(),
        **form.said,
    )


def _counted(request: WorkerRequest, form: AskForm) -> HttpResponse:
    commands.count_unasked(
        gap_id=as_id(request.POST.get("gap_id"), uuid4()),
        pot=form.pots[form.cleaned_data["pot"]],
        by=request.worker,
        at=clock.now(),
        **form.said,
    )
    messages.success(request, _("Counted as a no: what kind, and about how much. Nobody is in it."))
    return redirect(_with_visit(request, reverse("fund:list")))


def _visit(request: WorkerRequest) -> UUID | None:
    """The visit from which somebody came here: it is kept nowhere, only led back to."""
    return as_id(request.POST.get("visit") or request.GET.get("visit"), None)


def _with_visit(request: WorkerRequest, address: str) -> str:
    visit = _visit(request)
    return f"{address}?visit={visit}" if visit else address


@for_who_may("approve-fund")
@require_GET
def waiting(request: WorkerRequest) -> HttpResponse:
    """What waits for approval: kind, amount and pot."""
    limit = queries.limit_of(request.worker)
    found = list(queries.waiting(request.worker)[:100])
    context = {
        "mine": [purchase for purchase in found if purchase.total <= limit],
        "others": [purchase for purchase in found if purchase.total > limit],
        "limit": limit,
    }
    return render(request, "fund/waiting.html", context)


@for_who_may("see-fund")
@unseen_is_absent
@require_GET
def purchase(request: WorkerRequest, purchase_id: UUID) -> HttpResponse:
    """One request: where it stands, and the one thing to do about it."""
    return shown(request, purchase_id)


@for_who_may("approve-fund")
@unseen_is_absent
@require_POST
def approval(request: WorkerRequest, purchase_id: UUID) -> HttpResponse:
    """Approve it."""
    found = queries.get_purchase(request.worker, purchase_id)
    if found.state == queries.State.APPROVED and found.decided_by == request.worker.pk:
        return redirect("fund:purchase", found.id)  # pressed twice
    try:
        commands.approve(purchase=found, by=request.worker, at=clock.now())
    except (NotEnough, CannotAsk) as no:
        return shown(request, purchase_id, refused=no)
    messages.success(request, _("Approved, and set aside."))
    return redirect("fund:purchase", found.id)


@for_who_may("approve-fund")
@unseen_is_absent
@require_POST
def refusal(request: WorkerRequest, purchase_id: UUID) -> HttpResponse:
    """Decline it, for a reason from the list."""
    found, form = queries.get_purchase(request.worker, purchase_id), DeclineForm(request.POST)
    if not form.is_valid():
        return shown(request, purchase_id, decline=form)
    commands.decline(purchase=found, reason=form.cleaned_data["reason"], by=request.worker, at=clock.now())
    messages.success(request, _("Declined. If it is had no other way, it is counted as a gap."))
    return redirect("fund:purchase", found.id)


@for_who_may("ask-fund")
@unseen_is_absent
@require_POST
def withdrawal(request: WorkerRequest, purchase_id: UUID) -> HttpResponse:
    """Take it back."""
    found = queries.get_purchase(request.worker, purchase_id)
    commands.withdraw(purchase=found, by=request.worker, at=clock.now())
    messages.success(request, _("Taken back."))
    return redirect("fund:purchase", found.id)


@for_who_may("see-fund")
@unseen_is_absent
@require_POST
def ending(request: WorkerRequest, purchase_id: UUID) -> HttpResponse:
    """End what runs month by month."""
    found = queries.get_purchase(request.worker, purchase_id)
    commands.end(purchase=found, by=request.worker, at=clock.now())
    messages.success(request, _("Ended: no further month is set aside."))
    return redirect("fund:purchase", found.id)


def shown(request: WorkerRequest, purchase_id: UUID, **given: Any) -> HttpResponse:
    """Show one request; `given` is what was typed or refused on it."""
    found = queries.get_purchase(request.worker, purchase_id)
    asked = queries.Asked(found, queries.instalments_of(found))
    mine = found.asked_by == request.worker.pk
    context = {
        "purchase": found,
        "asked": asked,
        "mine": mine,
        "file": queries.files_of(request.worker, {found.pk}).get(found.pk) if mine else None,
        "may_approve": request.worker.may("approve-fund") and not mine and found.state == "asked",
        "hindrance": queries.hindrance(request.worker, found),
        "acts": request.worker.may("ask-fund") or request.worker.may("approve-fund"),
        "visit": _visit(request),
        "line_id": uuid7(),
        "decline": DeclineForm(),
        **_forms(asked),
        **given,
    }
    wrong = "refused" in given or any(getattr(form, "errors", None) for form in given.values())
    return render(request, "fund/purchase.html", context, status=422 if wrong else 200)


def _forms(asked: queries.Asked) -> dict[str, Any]:
    """The form of the one thing to do next, with the amount in it that is expected."""
    expected = {"amount": money.typed(asked.next.cents)} if asked.next else {}
    return {
        "pay": PayForm(initial=expected),
        "receipt": ReceiptForm(initial=expected),
        "refund": RefundForm(),
    }
