"""Pages of one request, from either side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from alongside.agencies.queries import agencies_by_id, other_agencies
from alongside.consent import queries as consents
from alongside.directory import queries as directory
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_meets_people, unseen_is_absent
from alongside.kernel.forms import bound_or_draft, sent_elsewhere
from alongside.kernel.requests import WorkerRequest
from alongside.plans import queries as plans
from alongside.referrals import commands, queries
from alongside.referrals.forms import DeclineForm, MessageForm, NotYetForm, YesForm
from alongside.referrals.queries import Side
from alongside.referrals.rules import CannotTell
from alongside.referrals.views.agreement import begin
from alongside.referrals.views.cards import to_list
from alongside.referrals.views.declined import declined_is_told

STOP_USING = gettext_lazy("If any of it was written down elsewhere, stop using it and destroy it.")


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
@declined_is_told
def acceptance(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Say yes, with when, where, whom to ask for and what to bring, as far as it is known."""
    referral = queries.get_referral(request.worker, referral_id)
    kept = YesForm.kept(queries.yes_of(request.worker, referral))
    form = bound_or_draft(YesForm, request, initial=kept)
    if form.is_valid() and _told(form, commands.say_yes, referral, request, **form.cleaned_data):
        own = queries.own_file(request.worker, referral)
        if referral.standing.is_taken_on:
            messages.success(request, _("They know. What stood here before stands beside it."))
        else:
            messages.success(
                request,
                _("They know that you said yes.") + (" " + _("A file of your own is open.") if own else ""),
            )
        return redirect("referrals:referral", referral.id)
    return _say(request, "acceptance", referral, form)


@for_who_meets_people
@unseen_is_absent
@declined_is_told
def not_yet(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Say from which day on it is possible."""
    referral = queries.get_referral(request.worker, referral_id)
    form = bound_or_draft(NotYetForm, request)
    if form.is_valid() and _told(
        form, commands.say_not_yet, referral, request, possible_from=form.cleaned_data["on"]
    ):
        messages.success(request, _("They know. It comes back to you on that day."))
        return redirect("referrals:referral", referral.id)
    return _say(request, "not_yet", referral, form)


@for_who_meets_people
@unseen_is_absent
@declined_is_told
def question(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Ask something before answering."""
    return _message(request, referral_id, commands.ask_back, "question")


@for_who_meets_people
@unseen_is_absent
@declined_is_told
def messages_(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Write to the other side about this request."""
    return _message(request, referral_id, commands.write, "message")


@for_who_meets_people
@unseen_is_absent
@require_POST
def suggestion(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Begin to ask whom the other agency suggested, or not now."""
    referral = queries.get_referral(request.worker, referral_id)
    if "ask" in request.POST:
        return begin(request, commands.ask_suggested(referral=referral, by=request.worker, at=clock.now()))
    commands.put_suggestion_aside(referral=referral, by=request.worker)
    return redirect("referrals:referral", referral.id)


@for_who_meets_people
@unseen_is_absent
@declined_is_told
def refusal(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Say no, with the reason. Whoever presses twice is told that it is done."""
    if request.method == "POST" and queries.was_declined(request.worker, referral_id):
        return _told_already(request)
    referral = queries.get_referral(request.worker, referral_id)
    places = directory.named(request.worker, request.POST.get("place", ""))
    form = bound_or_draft(
        DeclineForm,
        request,
        agencies=[
            (str(agency.pk), agency.full_name)
            for agency in other_agencies(request.worker)
            if agency.pk != referral.agency_id
        ],
        entries=[(str(entry.pk), entry.face) for entry in places],
    )
    if form.is_valid():
        commands.decline(referral=referral, **form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("They know. Your “no” is counted as a gap, with nobody in it."))
        return _after_no(request, referral_id)
    release = consents.get_release(request.worker, referral.file_id, referral.release_id)
    return _say(request, "decline", referral, form, release=release)


@for_who_meets_people
@unseen_is_absent
@declined_is_told
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
def noted(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Note that the answer was seen."""
    commands.acknowledge(
        referral=queries.get_referral(request.worker, referral_id), by=request.worker, at=clock.now()
    )
    return redirect("day")


def _told(form: Any, say: Any, referral: Any, request: WorkerRequest, **what: Any) -> bool:
    """Say it; whether it was said. What stands in its way is said at the form, and nothing typed is lost."""
    try:
        say(referral=referral, **what, by=request.worker, at=clock.now())
    except CannotTell as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _message(request: WorkerRequest, referral_id: UUID, say: Any, name: str) -> HttpResponse:
    referral = queries.get_referral(request.worker, referral_id)
    form = bound_or_draft(MessageForm, request)
    if form.is_valid() and _told(form, say, referral, request, **form.cleaned_data):
        messages.success(request, _("Sent."))
        return redirect("referrals:referral", referral.id)
    return _say(request, name, referral, form)


def _say(request: WorkerRequest, name: str, referral: Any, form: Any, **more: Any) -> HttpResponse:
    """The page on which one thing is said to the other side."""
    to = referral.agency_id if referral.to_agency_id == request.worker.agency_id else referral.to_agency_id
    context = {"form": form, "referral": referral, "agency": agencies_by_id([to])[to], **more}
    return render(request, f"referrals/{name}.html", context, status=422 if form.errors else 200)


def _after_no(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Say what the no meant for what was shown: it is gone from here, unless they agreed beforehand."""
    try:
        queries.get_referral(request.worker, referral_id)
    except ObjectDoesNotExist:
        messages.info(request, _("What you could see of it is gone from here. %s") % STOP_USING)
        return to_list(Side.OF_US)
    return redirect("referrals:referral", referral_id)


def _told_already(request: WorkerRequest) -> HttpResponse:
    messages.info(request, _("Done already: they know that you said no. %s") % STOP_USING)
    return to_list(Side.OF_US)


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
        "looked": queries.seen_by(request.worker, [referral]).get(referral.id),
        "next": queries.next_after(request.worker, referral, clock.now()),
        "outcomes": queries.outcomes_after(referral),
        "ends_too_early": referral.is_put_off_beyond(release),
        "now": clock.now(),
        **_between(request, referral, referral.to_agency_id),
        **_suggested(request, referral),
    }
    return render(request, "referrals/ours.html", context)


def _their_side(request: WorkerRequest, referral: Any) -> HttpResponse:
    commands.mark_seen(referral=referral, by=request.worker, at=clock.now())
    release = consents.get_release(request.worker, referral.file_id, referral.release_id)
    acceptance = reverse("referrals:acceptance", args=[referral.id])
    yes_form, yes_version = sent_elsewhere(YesForm, request, acceptance, auto_id="yes_%s")
    context = {
        "referral": referral,
        "agency": agencies_by_id([referral.agency_id])[referral.agency_id],
        "release": release,
        "ends_too_early": referral.is_put_off_beyond(release),
        "own_file": queries.own_file(request.worker, referral),
        **queries.agreement.seen(request.worker, referral),
        **_between(request, referral, referral.agency_id),
        "yes_form": yes_form,
        "yes_version": yes_version,
        "not_yet_form": NotYetForm(auto_id="from_%s"),
        "reasons": queries.REASONS,
    }
    return render(request, "referrals/theirs.html", context)


def _between(request: WorkerRequest, referral: Any, other_id: UUID) -> dict[str, Any]:
    """What the two said to each other, what can be said, and by which telephone they reach each other."""
    numbers = directory.telephones([referral.agency_id, referral.to_agency_id])
    only_packages = queries.between_packages(referral)
    message_form, _version = sent_elsewhere(
        MessageForm, request, reverse("referrals:messages", args=[referral.id])
    )
    return {
        "asked_back": queries.asked_back([referral]),
        "yes": queries.yes_of(request.worker, referral),
        "thread": queries.said(request.worker, referral),
        "only_packages": only_packages,
        "message_form": message_form,
        "their_telephones": numbers.get(other_id, []),
        "our_telephones": numbers.get(request.worker.agency_id, []),
    }


def _suggested(request: WorkerRequest, referral: Any) -> dict[str, Any]:
    """Whom the other agency suggested, unless the person said "not them" of it."""
    agency_id, entry_id = referral.suggested_agency_id, referral.suggested_entry_id
    if agency_id and not consents.is_blocked(referral.file_id, agency_id):
        return {"suggested": agencies_by_id([agency_id]).get(agency_id)}
    return {"suggested_entry": directory.find_entry(request.worker, entry_id) if entry_id else None}
