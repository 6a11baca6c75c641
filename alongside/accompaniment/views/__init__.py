"""Pages of going along: for whoever arranges it, and for whoever goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accompaniment import commands, queries, rules
from alongside.accompaniment.forms import BackForm, CardForm, ChoiceForm, CompanionForm
from alongside.accompaniment.forms.check_ins import OutForm
from alongside.accompaniment.queries import State
from alongside.accompaniment.queries.availability import wish_of
from alongside.accompaniment.queries.check_ins import seen_by_companion
from alongside.accompaniment.queries.suggestions import in_order
from alongside.accompaniment.views import check_ins
from alongside.agencies.queries import colleague
from alongside.appointments.queries import get_appointment
from alongside.files.queries import person
from alongside.kernel import clock
from alongside.kernel.decorators import (
    for_who_keeps_files,
    for_who_may,
    for_who_meets_people,
    unseen_is_absent,
)
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.referrals.queries import introduction_before

ANSWERS = (State.OFFERED, State.MAYBE, State.ACCEPTED, State.DECLINED)


@for_who_keeps_files
@unseen_is_absent
@require_GET
def accompaniment(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """Whether they would like somebody to come along, and how far it is."""
    opened, found = queries.of_appointment(request.worker, appointment_id)
    file = queries.file_of(request.worker, opened.appointment)
    context = {
        "one": opened,
        "found": found,
        "file": file,
        "person": person(request.worker, file),
        **(queries.who(request.worker, file, found) if found else {}),
    }
    return render(request, "accompaniment/accompaniment.html", context)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def answer(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """No, perhaps or yes; each costs nothing."""
    appointment, said = get_appointment(appointment_id), request.POST.get("answer", "")
    if said in ANSWERS:
        found = commands.answer(appointment=appointment, state=State(said), by=request.worker, at=clock.now())
        if found.state == State.ACCEPTED:
            return redirect("accompaniment:companion", found.id)
    return redirect("accompaniment:accompaniment", appointment_id)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def companion(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """Whom they chose."""
    found = queries.get_accompaniment(accompaniment_id)
    file = queries.file_of(request.worker, found)
    could = in_order(request.worker, file, found)
    choices, names = [(one.id, one.words) for one in could], [(one.id, one.name) for one in could]
    initial = _choice(request, found)
    form = bound_or_draft(ChoiceForm, request, candidates=choices, names=names, initial=initial)
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("companion_id", "backup_id", "is_own")}
        commands.choose(accompaniment=found, **chosen, by=request.worker, at=clock.now())
        if chosen["is_own"]:
            return redirect("accompaniment:accompaniment", found.appointment_id)
        return redirect("accompaniment:card", found.id)
    context = {"could": could, "wish": wish_of(found)}
    return _form(request, "accompaniment/companion.html", found, form, context)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def card(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """What whoever comes along may read: they say yes to it first."""
    found = queries.get_accompaniment(accompaniment_id)
    if request.method == "GET":
        rules.check_can_prepare(found, request.worker)
    form = bound_or_draft(CardForm, request, initial=_card(request, found))
    if form.is_valid():
        data = form.cleaned_data
        commands.prepare(
            accompaniment=found,
            words=form.words(),
            **{name: data[name] for name in ("warning", "met", "seat")},
            by=request.worker,
            at=clock.now(),
        )
        return redirect("accompaniment:accompaniment", found.appointment_id)
    return _form(request, "accompaniment/card.html", found, form, {})


@for_who_keeps_files
@unseen_is_absent
@require_POST
def confirmation(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """They were reached in the way that is safe, and it stands."""
    found = queries.get_accompaniment(accompaniment_id)
    commands.confirm(accompaniment=found, by=request.worker, at=clock.now())
    return redirect("accompaniment:accompaniment", found.appointment_id)


@for_who_meets_people
@unseen_is_absent
@require_GET
def going(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """For whoever goes along: what to press now, the signal, and the card."""
    if not queries.goes(request.worker, accompaniment_id):
        return check_ins.out(request, accompaniment_id)
    found, at = queries.going(request.worker, accompaniment_id), clock.now()
    is_its_day = clock.is_near(found.accompaniment.from_at, at)
    context = {"going": found, "is_its_day": is_its_day, "out_form": OutForm()}
    context |= seen_by_companion(request.worker, found.accompaniment, at)
    return render(request, "accompaniment/going.html", context)


@for_who_meets_people
@unseen_is_absent
@require_POST
def state(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """How far it is, or that they can't come; no reason is asked."""
    found = queries.get_accompaniment(accompaniment_id)
    to, at = request.POST.get("to", ""), clock.now()
    if to == State.UNAVAILABLE:
        commands.cannot_come(accompaniment=found, by=request.worker, at=at)
        messages.success(request, _("Said. Whoever arranges it sees it now."))
    elif to == State.CLOSED:
        commands.close(accompaniment=found, by=request.worker, at=at)
        messages.success(request, _("Closed. The card is gone."))
    elif to in queries.THERE:
        commands.move(accompaniment=found, to=State(to), by=request.worker, at=at)
    if found.companion_id == request.worker.pk and to in queries.THERE:
        return redirect("accompaniment:going", found.id)
    return (
        redirect("day") if not request.worker.keeps_files else redirect(rules.page_of(found, request.worker))
    )


@for_who_meets_people
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def back(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """Whether they were there, and the next step: the whole note."""
    found = queries.get_accompaniment(accompaniment_id)
    form = bound_or_draft(BackForm, request)
    if form.is_valid():
        commands.come_back(accompaniment=found, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("You are back. Ask whether they would like to talk about how it was."))
        return redirect(
            "accompaniment:going"
            if found.companion_id == request.worker.pk
            else "accompaniment:accompaniment",
            found.id if found.companion_id == request.worker.pk else found.appointment_id,
        )
    return _form(request, "accompaniment/back.html", found, form, {})


@for_who_keeps_files
@require_GET
def own(request: WorkerRequest) -> HttpResponse:
    """A page to give to somebody of the person's own who comes along: no account, and no name kept."""
    return render(request, "accompaniment/own.html")


@for_who_may("keep-programmes")
@unseen_is_absent
@require_GET
def companions(request: WorkerRequest) -> HttpResponse:
    """Who of the agency goes along."""
    today = clock.today()
    listed = [(who, row, rules.is_ready(row, today)) for who, row in queries.companions(request.worker)]
    return render(request, "accompaniment/companions.html", {"listed": listed})


@for_who_may("keep-programmes")
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def seat(request: WorkerRequest, worker_id: UUID) -> HttpResponse:
    """Since when a colleague may go along, and what they speak."""
    who = colleague(request.worker, worker_id)
    initial = CompanionForm.kept(queries.companion(request.worker, who.pk))
    form = bound_or_draft(CompanionForm, request, initial=initial)
    if form.is_valid():
        commands.keep_companion(worker_id=who.pk, **form.cleaned_data, by=request.worker, at=clock.now())
        return redirect("accompaniment:companions")
    context = {"form": form, "who": who}
    return render(request, "accompaniment/seat.html", context, status=422 if form.errors else 200)


def _choice(request: WorkerRequest, found: Any) -> dict[str, str]:
    """What the choice starts from: whom a suggestion named, else what was chosen."""
    who, backup = request.GET.get("who") or str(found.companion_id or ""), str(found.backup_id or "")
    return {"who": who, "backup": backup if backup != who else ""}


def _card(request: WorkerRequest, found: Any) -> dict[str, Any]:
    """What the card starts from: what is on it, else what they approved of the last introduction."""
    kept = queries.card_of(request.worker, found)
    if kept:
        return {**kept.words, "warning": kept.warning, "met": found.met, "seat": found.seat}
    file = queries.file_of(request.worker, found)
    introduction, stands = introduction_before(request.worker, found.file_id)
    return {"called": person(request.worker, file).called, "introduction": introduction if stands else ""}


def _form(request: WorkerRequest, template: str, found: Any, form: Any, more: dict[str, Any]) -> HttpResponse:
    context = {"found": found, "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)
