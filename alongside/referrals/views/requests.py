"""Pages of requests: the two queues, and one request from either side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from alongside.agencies.queries import agencies_by_id
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_meets_people, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.plans import queries as plans
from alongside.referrals import commands, queries
from alongside.referrals.forms import DeclineForm

STOP_USING = gettext_lazy("If any of it was written down elsewhere, stop using it and destroy it.")


@for_who_meets_people
@require_GET
def list_(request: WorkerRequest) -> HttpResponse:
    """What others ask of us, and what we ask of others."""
    of_us, by_us = list(queries.asked_of_us(request.worker)), list(queries.asked_by_us(request.worker))
    agencies = agencies_by_id({r.agency_id for r in of_us} | {r.to_agency_id for r in by_us})
    declined = list(queries.declined(request.worker, clock.now()))
    agencies |= agencies_by_id({line.from_agency_id for line in declined}, agencies)
    context = {
        "declined": [{"line": line, "agency": agencies[line.from_agency_id]} for line in declined],
        "of_us": [{"referral": r, "agency": agencies[r.agency_id]} for r in of_us],
        "by_us": [{"referral": r, "agency": agencies[r.to_agency_id]} for r in by_us],
        "notices": consents.unread_notices(request.worker),
        "now": clock.now(),
    }
    return render(request, "referrals/list.html", context)


@for_who_meets_people
@require_POST
def notices(request: WorkerRequest) -> HttpResponse:
    """Note that we stop using what is no longer shared."""
    consent.acknowledge(by=request.worker, at=clock.now())
    return redirect("referrals:list")


@for_who_meets_people
@unseen_is_absent
@require_GET
def referral(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """One request: the asker's side, or the side of the agency asked."""
    referral = queries.get_referral(request.worker, referral_id)
    if referral.agency_id == request.worker.agency_id:
        return _our_side(request, referral)
    return _their_side(request, referral)


@for_who_meets_people
@unseen_is_absent
@require_POST
def acceptance(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Say yes."""
    referral = commands.accept(
        referral=queries.get_referral(request.worker, referral_id), by=request.worker, at=clock.now()
    )
    own = queries.own_file(request.worker, referral)
    messages.success(
        request, _("They know that you said yes.") + (" " + _("A file of your own is open.") if own else "")
    )
    return redirect("referrals:referral", referral.id)


@for_who_meets_people
@unseen_is_absent
def refusal(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Say no, with the reason. Whoever presses twice is told that it is done."""
    if request.method == "POST" and queries.was_declined(request.worker, referral_id):
        return _told_already(request)
    referral = queries.get_referral(request.worker, referral_id)
    form = bound_or_draft(DeclineForm, request)
    if form.is_valid():
        commands.decline(referral=referral, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("They know. Your “no” is counted as a gap, with nobody in it."))
        return _after_no(request, referral_id)
    return render(
        request,
        "referrals/decline.html",
        {"form": form, "referral": referral},
        status=422 if form.errors else 200,
    )


@for_who_meets_people
@unseen_is_absent
@require_POST
def progress(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Move an accepted request along."""
    to = request.POST.get("to", "")
    if to == "failed" and queries.was_declined(request.worker, referral_id):
        return _told_already(request)
    referral = queries.get_referral(request.worker, referral_id)
    if to in ("in-progress", "on-hold", "completed", "failed"):
        commands.progress(referral=referral, to=to, by=request.worker, at=clock.now())
    return _after_no(request, referral.id) if to == "failed" else redirect("referrals:referral", referral.id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def outcome(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """The person's own word."""
    referral = queries.get_referral(request.worker, referral_id)
    if request.POST.get("outcome") in dict(queries.OUTCOMES):
        commands.record_outcome(
            referral=referral, outcome=request.POST["outcome"], by=request.worker, at=clock.now()
        )
    return redirect("referrals:referral", referral.id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def noted(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Note that the answer was seen."""
    commands.acknowledge(
        referral=queries.get_referral(request.worker, referral_id), by=request.worker, at=clock.now()
    )
    return redirect("day")


@for_who_meets_people
@unseen_is_absent
@require_POST
def taking_back(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Take a request back."""
    referral = queries.get_referral(request.worker, referral_id)
    commands.take_back(referral=referral, by=request.worker, at=clock.now())
    return redirect("desk:file", referral.file_id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def enter_in_error(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """It was sent by mistake."""
    referral = queries.get_referral(request.worker, referral_id)
    commands.enter_in_error(referral=referral, by=request.worker, at=clock.now())
    return redirect("desk:file", referral.file_id)


def _after_no(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Say what the no meant for what was shown: it is gone from here, unless it is no end."""
    try:
        queries.get_referral(request.worker, referral_id)
    except ObjectDoesNotExist:
        messages.info(request, _("What you could see of it is gone from here. %s") % STOP_USING)
        return redirect("referrals:list")
    return redirect("referrals:referral", referral_id)


def _told_already(request: WorkerRequest) -> HttpResponse:
    messages.info(request, _("Done already: they know that you said no. %s") % STOP_USING)
    return redirect("referrals:list")


def _our_side(request: WorkerRequest, referral: Any) -> HttpResponse:
    file = files.get_file(request.worker, referral.file_id)
    release = consents.get_release(request.worker, referral.file_id, referral.release_id)
    context = {
        "referral": referral,
        "file": file,
        "person": files.person(request.worker, file),
        "agency": agencies_by_id([referral.to_agency_id])[referral.to_agency_id],
        "release": release,
        "items": queries.agreement.named(request.worker, referral, release),
        "introduction": queries.introduction(request.worker, referral),
        "unsealed": plans.unsealed(request.worker, plans.get_priority(referral.file_id, referral.priority_id))
        if referral.priority_id
        else None,
        "already": queries.already_on(request.worker, referral),
        "outcomes": queries.OUTCOMES,
        "now": clock.now(),
    }
    return render(request, "referrals/ours.html", context)


def _their_side(request: WorkerRequest, referral: Any) -> HttpResponse:
    commands.mark_seen(referral=referral, by=request.worker, at=clock.now())
    context = {
        "referral": referral,
        "agency": agencies_by_id([referral.agency_id])[referral.agency_id],
        "release": consents.get_release(request.worker, referral.file_id, referral.release_id),
        "own_file": queries.own_file(request.worker, referral),
        **queries.agreement.seen(request.worker, referral),
    }
    return render(request, "referrals/theirs.html", context)
