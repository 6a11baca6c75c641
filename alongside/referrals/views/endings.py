"""How a request ends on the side that asked: the person's own word, taken back, or sent by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.agencies.queries import agencies_by_id
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_meets_people, unseen_is_absent
from alongside.kernel.requests import WorkerRequest
from alongside.referrals import commands, queries
from alongside.referrals.queries import Side
from alongside.referrals.views.cards import to_list

if TYPE_CHECKING:
    from alongside.referrals.models import Referral


@for_who_meets_people
@unseen_is_absent
@require_POST
def outcome(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """The person's own word. What ends a yes is asked once more."""
    referral = queries.get_referral(request.worker, referral_id)
    said = request.POST.get("outcome", "")
    if said not in dict(queries.OUTCOMES):
        return redirect("referrals:referral", referral.id)
    ends = said != queries.Outcome.NOT_SAID
    if ends and not _is_sure(request, referral):
        return _sure(request, referral, dict(queries.OUTCOMES)[said], outcome=said)
    commands.record_outcome(referral=referral, outcome=said, by=request.worker, at=clock.now())
    messages.success(request, _("Kept. They see nothing of it any more.") if ends else _("Kept."))
    return redirect("referrals:referral", referral.id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def taking_back(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Take a request back. After a yes it is asked once more."""
    referral = queries.get_referral(request.worker, referral_id)
    if not _is_sure(request, referral):
        return _sure(request, referral, _("Take the request back"))
    was_sent = referral.standing.is_open
    commands.take_back(referral=referral, by=request.worker, at=clock.now())
    if was_sent:
        messages.success(request, _("Taken back. They see nothing any more; what they read, they have read."))
    if "from_list" in request.POST:
        return to_list(Side.DRAFTS)
    return redirect("desk:file", referral.file_id)


@for_who_meets_people
@unseen_is_absent
@require_POST
def putting_back(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Put back a draft that was thrown away."""
    referral = queries.get_referral(request.worker, referral_id)
    commands.put_back(referral=referral, by=request.worker, at=clock.now())
    messages.success(request, _("It is back, as it was. Nothing has left."))
    return redirect("day") if "from_day" in request.POST else to_list(Side.DRAFTS)


@for_who_meets_people
@unseen_is_absent
@require_POST
def enter_in_error(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """It was sent by mistake. After a yes it is asked once more."""
    referral = queries.get_referral(request.worker, referral_id)
    if not _is_sure(request, referral):
        return _sure(request, referral, _("It was sent by mistake"))
    commands.enter_in_error(referral=referral, by=request.worker, at=clock.now())
    messages.success(request, _("Kept. They see nothing any more; what they read, they have read."))
    return redirect("desk:file", referral.file_id)


def _is_sure(request: WorkerRequest, referral: Referral) -> bool:
    return (
        "sure" in request.POST
        or referral.agency_id != request.worker.agency_id
        or not (referral.standing.is_taken_on and not referral.is_over)
    )


def _sure(request: WorkerRequest, referral: Referral, what: Any, **sent: str) -> HttpResponse:
    """Ask once more before a yes ends: the day, the place and what was written go with it."""
    yes = queries.yes_of(request.worker, referral)
    context = {
        "referral": referral,
        "agency": agencies_by_id([referral.to_agency_id])[referral.to_agency_id],
        "yes": yes,
        "still_to_come": bool(yes and yes.on and yes.on >= clock.today()),
        "what": what,
        "sent": list(sent.items()),
    }
    return render(request, "referrals/sure.html", context)
