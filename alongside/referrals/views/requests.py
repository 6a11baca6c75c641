"""Pages of requests: the two queues, and one request from either side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.agencies.queries import agencies_by_id
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_meets_people, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.plans import queries as plans
from alongside.referrals import commands, queries
from alongside.referrals.forms import DeclineForm


@for_who_meets_people
@require_GET
def list_(request: HttpRequest) -> HttpResponse:
    """What others ask of us, and what we ask of others."""
    of_us, by_us = list(queries.asked_of_us(request.worker)), list(queries.asked_by_us(request.worker))
    agencies = agencies_by_id({r.agency_id for r in of_us} | {r.to_agency_id for r in by_us})
    context = {
        "of_us": [{"referral": r, "agency": agencies[r.agency_id]} for r in of_us],
        "by_us": [{"referral": r, "agency": agencies[r.to_agency_id]} for r in by_us],
        "notices": consents.unread_notices(request.worker),
        "now": clock.now(),
    }
    return render(request, "referrals/list.html", context)


@for_who_meets_people
@require_POST
def notices(request: HttpRequest) -> HttpResponse:
    """Note that we stop using what is no longer shared."""
    consent.acknowledge(by=request.worker, at=clock.now())
    return redirect("referrals:list")


@for_who_meets_people
@unseen_is_absent
@require_GET
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One request: the asker's side, or the side of the agency asked."""
    one = queries.get_referral(request.worker, referral_id)
    if one.agency_id == request.worker.agency_id:
        return _our_side(request, one)
    return _their_side(request, one)


@for_who_meets_people
@unseen_is_absent
@require_POST
def acceptance(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Say yes."""
    one = commands.accept(referral=queries.get_referral(request.worker, referral_id), by=request.worker, at=clock.now())
    own = queries.own_file(request.worker, one)
    messages.success(request, _("They know that you said yes.") + (" " + _("A file of your own is open.") if own else ""))
    return redirect("referrals:referral", one.id)


@for_who_meets_people
@unseen_is_absent
def refusal(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Say no, with the reason."""
    one = queries.get_referral(request.worker, referral_id)
    form = bound_or_draft(DeclineForm, request)
    if form.is_valid():
        commands.decline(referral=one, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("They know. Your “no” is counted as a gap, with nobody in it."))
        return redirect("referrals:list")
    return render(request, "referrals/decline.html", {"form": form, "referral": one}, status=422 if form.errors else 200)


@for_who_meets_people
@unseen_is_absent
@require_POST
def progress(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Move an accepted request along."""
    one = queries.get_referral(request.worker, referral_id)
    to = request.POST.get("to", "")
    if to in ("in-progress", "on-hold", "completed", "failed"):
        commands.progress(referral=one, to=to, by=request.worker, at=clock.now())
    return redirect("referrals:referral", one.id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def outcome(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The person's own word."""
    one = queries.get_referral(request.worker, referral_id)
    if request.POST.get("outcome") in dict(queries.OUTCOMES):
        commands.record_outcome(referral=one, outcome=request.POST["outcome"], by=request.worker, at=clock.now())
    return redirect("referrals:referral", one.id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def noted(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Note that the answer was seen."""
    commands.acknowledge(referral=queries.get_referral(request.worker, referral_id), by=request.worker, at=clock.now())
    return redirect("day")


@for_who_meets_people
@unseen_is_absent
@require_POST
def taking_back(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take a request back."""
    one = queries.get_referral(request.worker, referral_id)
    commands.take_back(referral=one, by=request.worker, at=clock.now())
    return redirect("desk:file", one.file_id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def enter_in_error(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """It was sent by mistake."""
    one = queries.get_referral(request.worker, referral_id)
    commands.enter_in_error(referral=one, by=request.worker, at=clock.now())
    return redirect("desk:file", one.file_id)


def _our_side(request: HttpRequest, one: Any) -> HttpResponse:
    file = files.get_file(request.worker, one.file_id)
    release = consents.get_release(request.worker, one.file_id, one.release_id)
    context = {
        "referral": one,
        "file": file,
        "person": files.person(request.worker, file),
        "agency": agencies_by_id([one.to_agency_id])[one.to_agency_id],
        "release": release,
        "items": queries.agreement.named(request.worker, one, release),
        "introduction": queries.introduction(request.worker, one),
        "unsealed": plans.unsealed(request.worker, plans.get_priority(one.file_id, one.priority_id)) if one.priority_id else None,
        "already": queries.already_on(request.worker, one),
        "outcomes": queries.OUTCOMES,
        "now": clock.now(),
    }
    return render(request, "referrals/ours.html", context)


def _their_side(request: HttpRequest, one: Any) -> HttpResponse:
    commands.mark_seen(referral=one, by=request.worker, at=clock.now())
    context = {
        "referral": one,
        "agency": agencies_by_id([one.agency_id])[one.agency_id],
        "release": consents.get_release(request.worker, one.file_id, one.release_id),
        "own_file": queries.own_file(request.worker, one),
        **queries.agreement.seen(request.worker, one),
    }
    return render(request, "referrals/theirs.html", context)
