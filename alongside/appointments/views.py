"""Pages of the appointments."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.appointments import commands, queries
from alongside.appointments.forms import AppointmentForm, AttendanceForm, CourtForm, InterpreterForm
from alongside.appointments.queries import Attendance, OpenAppointment, Search, State
from alongside.files.queries import could_work_with, get_file, get_open_file, person
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.ids import uuid7
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_day, as_id
from alongside.plans.queries import get_priority
from alongside.referrals.queries import get_referral, yes_of

DAYS = 7
COUNTED = "counted_as_a_no"  # in the session: appointments whose note was taken back after it was counted


@for_who_keeps_files
@require_GET
def week(request: WorkerRequest) -> HttpResponse:
    """The worker's own week, or the one that begins on a day."""
    today = clock.today()
    first = as_day(request.GET.get("from", "")) or today
    context = {
        "days": queries.days_of(request.worker, first, DAYS),
        "before": first - timedelta(days=DAYS),
        "after": first + timedelta(days=DAYS),
        "today": today,
        "keeps_companions": request.worker.may("keep-programmes"),
    }
    return render(request, "appointments/week.html", context)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def new(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """An appointment: of a request, of something they want, or of nothing yet."""
    file = get_open_file(request.worker, file_id)
    about, initial = _about(request, file.id)
    form = bound_or_draft(AppointmentForm, request, initial=initial)
    if form.is_valid():
        booked = commands.book(
            id=as_id(request.POST.get("id"), uuid7()),
            file_id=file.id,
            **_said(form),
            **about,
            by=request.worker,
            at=clock.now(),
        )
        return redirect("appointments:appointment", booked.id)
    return _form(request, form, file, {"new_id": as_id(request.POST.get("id"), uuid7()), **about})


@for_who_keeps_files
@unseen_is_absent
@require_GET
def appointment(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """One appointment, and the one thing to do about it."""
    opened = _opened(request, appointment_id)
    file = get_file(request.worker, opened.appointment.file_id)
    context = {
        "one": opened,
        "file": file,
        "person": person(request.worker, file),
        "is_its_day": clock.is_near(opened.appointment.starts_at, clock.now()),
        "has_begun": opened.appointment.starts_at <= clock.now(),
        "interpreter": queries.interpreter_of(opened.appointment),
        "court": queries.court_of(request.worker, opened.appointment),
        "next_step": queries.next_step_of(request.worker, opened.note),
        "can_undo": queries.can_take_back(opened.note, clock.now()),
    }
    return render(request, "appointments/appointment.html", context)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def change(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """Change its time, or what is written about it."""
    opened = _opened(request, appointment_id)
    file = get_open_file(request.worker, opened.appointment.file_id)
    form = bound_or_draft(AppointmentForm, request, initial=AppointmentForm.kept(opened))
    if form.is_valid():
        commands.change(appointment=opened.appointment, **_said(form), at=clock.now())
        return redirect("appointments:appointment", appointment_id)
    return _form(request, form, file, {"one": opened})


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def again(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """A new time for what was not to be, at no cost: everything written about it comes along."""
    opened = _opened(request, appointment_id)
    file = get_open_file(request.worker, opened.appointment.file_id)
    no_time = {"day": "", "month": "", "hour": None, "until": None, "starts_at": None}
    kept = AppointmentForm.kept(opened) | no_time
    form = bound_or_draft(AppointmentForm, request, initial=kept)
    if form.is_valid():
        was = opened.appointment
        booked = commands.book(
            id=as_id(request.POST.get("id"), uuid7()),
            file_id=file.id,
            **_said(form),
            priority_id=was.priority_id,
            referral_id=was.referral_id,
            rebooked_from_id=was.id,
            by=request.worker,
            at=clock.now(),
        )
        return redirect("appointments:appointment", booked.id)
    return _form(request, form, file, {"one": opened, "new_id": as_id(request.POST.get("id"), uuid7())})


@for_who_keeps_files
@unseen_is_absent
@require_POST
def arrangement(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """Something is arranged, or not after all."""
    arranged = "undo" not in request.POST
    code = request.POST.get("code", "")
    commands.arrange(appointment=queries.get_appointment(appointment_id), code=code, arranged=arranged)
    return redirect("appointments:appointment", appointment_id)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def state(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """Call it off, put it back, or say that it was a mistake."""
    found = queries.get_appointment(appointment_id)
    to = request.POST.get("to", "")
    if to in State.values:
        commands.move(appointment=found, to=State(to))
    if to == State.ENTERED_IN_ERROR:
        messages.success(request, _("It was a mistake: it stands nowhere any more."))
        return redirect("desk:file", found.file_id)
    return redirect("appointments:appointment", appointment_id)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def attendance(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """Whether they went, and the next step; nothing else."""
    opened, counted = _opened(request, appointment_id), request.session.get(COUNTED, [])
    if "undo" in request.POST:
        if commands.take_back_attendance(appointment=opened.appointment, at=clock.now()):
            request.session[COUNTED] = [*counted, str(appointment_id)]
        return redirect("appointments:appointment", appointment_id)
    form = bound_or_draft(AttendanceForm, request)
    if form.is_valid():
        said = form.cleaned_data | {"is_counted": str(appointment_id) in counted}
        commands.attend(appointment=opened.appointment, **said, by=request.worker, at=clock.now())
        is_to_be_moved = form.cleaned_data["attendance"] != Attendance.WENT
        return redirect(f"appointments:{'again' if is_to_be_moved else 'appointment'}", appointment_id)
    return _of_one(request, "appointments/attendance.html", opened, form)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def court(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """Options at a court or with police; none is a task."""
    opened = _opened(request, appointment_id)
    kept = queries.court_of(request.worker, opened.appointment)
    look_again = opened.appointment.check_dates_on
    initial = {**asdict(kept), "keep": bool(kept.conditions), "look_again": look_again}
    form = bound_or_draft(CourtForm, request, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        commands.prepare_court(
            appointment=opened.appointment,
            court={name: data[name] for name in ("position", "options", "entrance")},
            conditions=data["conditions"] if data["keep"] else "",
            check_dates_on=data["look_again"],
        )
        return redirect("appointments:appointment", appointment_id)
    return _of_one(request, "appointments/court.html", opened, form)


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def interpreter(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """Look for an interpreter, or for another one."""
    opened = _opened(request, appointment_id)
    file = get_file(request.worker, opened.appointment.file_id)
    colleagues = [(str(worker.pk), worker.name) for worker in could_work_with(request.worker, file)]
    initial = queries.interpreter_as_written(request.worker, opened.appointment)
    form = bound_or_draft(InterpreterForm, request, colleagues=colleagues, initial=initial)
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "worker"}
        commands.seek_interpreter(appointment=opened.appointment, **said, by=request.worker, at=clock.now())
        return redirect("appointments:appointment", appointment_id)
    return _of_one(request, "appointments/interpreter.html", opened, form)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def search(request: WorkerRequest, appointment_id: UUID) -> HttpResponse:
    """How far the search for an interpreter is."""
    found = queries.interpreter_of(queries.get_appointment(appointment_id))
    if found and (to := request.POST.get("to", "")) in Search.values:
        commands.move_search(interpreter=found, to=Search(to), by=request.worker, at=clock.now())
    return redirect("appointments:appointment", appointment_id)


def _opened(request: WorkerRequest, appointment_id: UUID) -> OpenAppointment:
    return queries.open_appointment(request.worker, queries.get_appointment(appointment_id))


def _said(form: AppointmentForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {"starts_at": data["starts_at"], "ends_at": data["ends_at"], "words": form.words()}


def _about(request: WorkerRequest, file_id: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """What it comes from, a want or a request of this file, and what a yes to the request says of it."""
    sent = request.POST if request.method == "POST" else request.GET
    about: dict[str, Any] = {"priority_id": None, "referral_id": None}
    initial: dict[str, Any] = {}
    if sent.get("priority_id"):
        about["priority_id"] = get_priority(file_id, as_id(sent["priority_id"])).id
    if sent.get("referral_id"):
        referral = get_referral(request.worker, as_id(sent["referral_id"]))
        if referral.file_id != file_id or referral.agency_id != request.worker.agency_id:
            raise Http404
        about |= {"referral_id": referral.id, "priority_id": referral.priority_id}
        initial = AppointmentForm.from_yes(yes_of(request.worker, referral))
    return about, initial


def _form(request: WorkerRequest, form: Any, file: Any, more: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "file": file, "person": person(request.worker, file), **more}
    return render(request, "appointments/form.html", context, status=422 if form.errors else 200)


def _of_one(request: WorkerRequest, template: str, opened: OpenAppointment, form: Any) -> HttpResponse:
    return render(request, template, {"one": opened, "form": form}, status=422 if form.errors else 200)
