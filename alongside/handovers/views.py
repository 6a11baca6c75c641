"""The one screen of a hand-over, from both sides."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.handovers import commands, queries
from alongside.handovers.forms import HandoverForm
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.requests import WorkerRequest


@for_who_keeps_files
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest) -> HttpResponse:
    """What is due until the next shift, and who takes it over."""
    worker, at = request.worker, clock.now()
    lines, told = queries.due_and_told(worker, at)
    form = HandoverForm(worker, lines, request.POST or None)
    if form.is_valid():
        commands.hand_over(to=form.taker(), notes=form.notes(), by=worker, at=at)
        messages.success(request, _("Handed over. Whoever takes it sees it on their day."))
        return redirect("day")
    return render(
        request, "handovers/new.html", {"form": form, "told": told}, status=422 if form.errors else 200
    )


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def board(request: WorkerRequest, batch_id: UUID) -> HttpResponse:
    """What somebody handed over; one press takes it."""
    worker, at = request.worker, clock.now()
    if request.method == "POST":
        commands.take(batch_id=batch_id, by=worker, at=at)
        messages.success(request, _("Yours now. It stands on your day."))
        return redirect("day")
    return render(request, "handovers/board.html", {"board": queries.get_board(worker, batch_id, at)})
