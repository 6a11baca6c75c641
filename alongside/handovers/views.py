"""The pages of handing over, from both sides, and of checking on somebody."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.files import queries as files
from alongside.handovers import commands, queries
from alongside.handovers.forms import AskedForm, AwayForm, CheckForm, HandoverForm, HeldForm
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, for_who_may, unseen_is_absent
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


@for_who_keeps_files
def mine(request: WorkerRequest) -> HttpResponse:
    """What one holds oneself."""
    return held(request, request.worker.pk)


@unseen_is_absent
@require_http_methods(["GET", "POST"])
def held(request: WorkerRequest, holder_id: UUID) -> HttpResponse:
    """What somebody holds who left or is closed out, or one holds oneself; and who takes it over."""
    worker = request.worker
    what = queries.held_by(worker, holder_id)
    form = HeldForm(what, _sent(request))
    if form.is_valid():
        if form.away_until:
            commands.say_away(whose=worker, back_on=form.away_until, by=worker, at=clock.now())
        passed = commands.hand_over_held(
            whose=what.worker, takers=form.takers(), leaves=form.leaves, by=worker
        )
        if passed or not form.away_until:  # that one is away is said on the page
            messages.success(request, _said_of(passed))
        return redirect("handovers:held", holder_id) if passed < len(what.files) else redirect("day")
    context = {"held": what, "form": form, "transfers": queries.to_ask(worker)}
    return render(request, "handovers/held.html", context, status=422 if form.errors else 200)


@for_who_may("hand-over")
@require_http_methods(["GET", "POST"])
def away(request: WorkerRequest) -> HttpResponse:
    """Who is away; and somebody else is, so that what is due meanwhile waits for whoever hands it over."""
    worker = request.worker
    form = AwayForm(queries.could_be_away(worker), _sent(request))
    if form.is_valid():
        commands.say_away(whose=form.whose, back_on=form.cleaned_data["back_on"], by=worker, at=clock.now())
        return redirect("handovers:held", form.whose.pk)
    context = {"form": form, "absences": queries.absences(worker)}
    return render(request, "handovers/away.html", context, status=422 if form.errors else 200)


@unseen_is_absent
@require_POST
def back(request: WorkerRequest, absence_id: UUID) -> HttpResponse:
    """Somebody is back: oneself, or whoever says so who hands things over."""
    absence = queries.get_absence(request.worker, absence_id)
    commands.come_back(absence=absence)
    return redirect("day") if absence.worker_id == request.worker.pk else redirect("handovers:away")


def _sent(request: WorkerRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _said_of(passed: int) -> str:
    if not passed:
        return _("Nothing was left to hand over there.")
    return ngettext(
        "Handed over: one file. It stands on the day of whoever takes it.",
        "Handed over: %(n)s files. They stand on the day of whoever takes them.",
        passed,
    ) % {"n": passed}


@require_GET
def transfers(request: WorkerRequest) -> HttpResponse:
    """The files that passed to another and whose person is to be asked."""
    if not (request.worker.keeps_files or request.worker.may("hand-over")):
        raise Http404
    return render(request, "handovers/transfers.html", {"transfers": queries.to_ask(request.worker)})


@unseen_is_absent
@require_http_methods(["GET", "POST"])
def transfer(request: WorkerRequest, transfer_id: UUID) -> HttpResponse:
    """What is due in a file that passed, and whom its person wants to work with."""
    what = queries.asking(request.worker, queries.get_transfer(request.worker, transfer_id))
    form = AskedForm(what, _sent(request))
    if form.is_valid():
        lead_id = UUID(form.cleaned_data["lead"])
        commands.settle(transfer=what.transfer, lead_id=lead_id, by=request.worker)
        messages.success(request, _("Kept. Whom they chose works with them from now on."))
        return redirect("day")
    context = {"asking": what, "form": form}
    return render(request, "handovers/transfer.html", context, status=422 if form.errors else 200)


@unseen_is_absent
@require_POST
def contact(request: WorkerRequest, transfer_id: UUID) -> HttpResponse:
    """How the person can be reached, to be asked; and nothing else of the file."""
    worker = request.worker
    passed = queries.get_transfer(worker, transfer_id)
    context = {
        "asking": queries.asking(worker, passed),
        "reaches": commands.reach(transfer=passed, by=worker, at=clock.now()),
    }
    return render(request, "handovers/contact.html", context)


@for_who_may("hand-over")
@require_GET
def continuity(request: WorkerRequest) -> HttpResponse:
    """Whether people meet the same face, in numbers of the agency and of no worker."""
    hands = queries.hands(request.worker)
    return render(
        request,
        "handovers/continuity.html",
        {"hands": hands, "all": sum(hands.values()) if hands else 0, "same": hands[1] if hands else 0},
    )


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def check(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Say that one will check on somebody: one tap for the next days, or another day."""
    file = files.get_open_file(request.worker, file_id)
    form = CheckForm(_sent(request))
    if form.is_valid():
        day = form.cleaned_data["due_on"]
        commands.say_check(file_id=file.id, due_on=day, by=request.worker, at=clock.now())
        messages.success(request, _("Kept. It stands on your day."))
        return redirect("desk:file", file.id)
    context = {
        "form": form,
        "file": file,
        "person": files.person(request.worker, file),
        "days": queries.days_ahead(),
        "said": queries.checks_of_file(request.worker, file.id),
    }
    return render(request, "handovers/check.html", context, status=422 if form.errors else 200)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def checked(request: WorkerRequest, check_id: UUID) -> HttpResponse:
    """One checked on them; or takes that back."""
    said = queries.get_check(request.worker, check_id)
    commands.finish_check(check=said, undo="undo" in request.POST, by=request.worker, at=clock.now())
    return redirect("day") if "from_day" in request.POST else redirect("desk:file", said.file_id)
