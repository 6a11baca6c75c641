"""What is done about one payment of a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from alongside.fund import commands, queries
from alongside.fund.forms import PayForm, ReceiptForm, RefundForm
from alongside.fund.rules import TooMuch
from alongside.fund.views.purchases import shown
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_may, unseen_is_absent
from alongside.kernel.ids import uuid7
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id

View = Callable[[WorkerRequest, UUID], HttpResponse]


def _done(act: Callable[..., Any], words: Promise) -> View:
    """A view that does something about a payment for which nothing is typed."""

    @for_who_may("see-fund")
    @unseen_is_absent
    @require_POST
    def view(request: WorkerRequest, instalment_id: UUID) -> HttpResponse:
        found = queries.get_instalment(request.worker, instalment_id)
        act(instalment=found, by=request.worker, at=clock.now())
        messages.success(request, str(words))
        return redirect("fund:purchase", found.purchase_id)

    return view


def _typed(form_class: type[forms.Form], name: str, act: Callable[..., Any], words: Promise) -> View:
    """A view that does something about a payment with what was typed for it."""

    @for_who_may("see-fund")
    @unseen_is_absent
    @require_POST
    def view(request: WorkerRequest, instalment_id: UUID) -> HttpResponse:
        found, form = queries.get_instalment(request.worker, instalment_id), form_class(request.POST)
        if form.is_valid():
            try:
                act(request, found, form.cleaned_data)
            except TooMuch as more:
                form.add_error("amount", str(more))
            else:
                messages.success(request, str(words))
                return redirect("fund:purchase", found.purchase_id)
        return shown(request, found.purchase_id, **{name: form, "about": found.id})

    return view


def _pay(request: WorkerRequest, found: Any, told: dict[str, Any]) -> None:
    commands.pay(instalment=found, cents=told["amount"], by=request.worker, at=clock.now())


def _receipt(request: WorkerRequest, found: Any, told: dict[str, Any]) -> None:
    said = {"number": told["number"], "cents": told["amount"]}
    commands.receipt(instalment=found, **said, by=request.worker, at=clock.now())


def _refund(request: WorkerRequest, found: Any, told: dict[str, Any]) -> None:
    line = as_id(request.POST.get("id"), uuid7())
    commands.refund(instalment=found, line_id=line, cents=told["amount"], by=request.worker, at=clock.now())


payment = _typed(PayForm, "pay", _pay, _("Paid. Keep the number of the receipt when it is there."))
receipt = _typed(ReceiptForm, "receipt", _receipt, _("Kept: number and amount, and nothing else."))
refund = _typed(RefundForm, "refund", _refund, _("It is back in the pot."))
release = _done(commands.release, _("Let go: it is back in the pot."))
write_off = _done(commands.write_off, _("Written off: the books close without a receipt."))
bring_back = _done(commands.bring_back, _("It is back in the pot."))
count = _done(commands.count_unpaid, _("Counted as a no: what kind, and about how much. Nobody is in it."))
