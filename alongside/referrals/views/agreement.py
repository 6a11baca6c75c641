"""Pages of agreeing to share: one thing a page, read back before it counts, ended with one tap."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.agencies.queries import agencies_by_id
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.directory import queries as directory
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.decorators import done_though_idle, for_who_keeps_files, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.refusal import Refusal
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id
from alongside.plans import queries as plans
from alongside.referrals import commands, queries
from alongside.referrals.forms import AgreementForm, IntroductionForm, ItemsForm, SendForm, TermsForm


@for_who_keeps_files
@unseen_is_absent
@require_POST
def seek(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Look for a service for one thing they want.

    The directory remembers for whom, in the session and not in any address.
    """
    file = files.get_open_file(request.worker, file_id)
    about = request.POST.get("about", "")
    priority = plans.get_priority(file.id, as_id(about)) if about else None
    need = priority.need if priority else ""
    request.session["seeking"] = {"file": str(file.id), "about": about, "need": need}
    return redirect(
        f"{reverse('directory:search')}?{urlencode({'need': need})}" if need else "directory:search"
    )


@for_who_keeps_files
@unseen_is_absent
@require_POST
def new(request: WorkerRequest) -> HttpResponse:
    """Begin to ask an agency, found in the directory or in the circle."""
    seeking = request.session.get("seeking") or {}
    sought = files.sought_for(request.worker, seeking)
    asked = request.POST.get("entry")
    entry = directory.get_entry(request.worker, as_id(asked)) if asked else None
    to = entry.offered_by_id if entry else as_id(request.POST.get("agency"))
    if sought is None or to is None:
        messages.info(request, _("Open a file first, and look for a service from what they want."))
        return redirect("files:list")
    file = files.get_open_file(request.worker, sought.id)
    need = seeking["need"] or (entry.needs[0] if entry and entry.needs else "")
    about = UUID(seeking["about"]) if seeking["about"] else None
    entry_id = entry.id if entry else None
    referral = commands.draft(
        file_id=file.id,
        to_agency_id=to,
        need=need,
        priority_id=about,
        entry_id=entry_id,
        by=request.worker,
        at=clock.now(),
    )
    request.session.pop("seeking", None)
    return redirect("referrals:introduction", referral.id)


@for_who_keeps_files
@unseen_is_absent
def introduction(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """1: the introduction, written once and read back."""
    referral, around = _draft(request, referral_id)
    initial = {
        "words": queries.introduction(request.worker, referral),
        "approved": bool(referral.introduction_approved_at),
    }
    form = bound_or_draft(IntroductionForm, request, initial=initial)
    if form.is_valid():
        commands.introduce(referral=referral, **form.cleaned_data, by=request.worker, at=clock.now())
        return redirect("referrals:items", referral.id)
    return _page(request, "introduction", form, around, 1)


@for_who_keeps_files
@unseen_is_absent
def items(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """2: what they may see, each a tick, none pre-ticked."""
    referral, around = _draft(request, referral_id)
    could = queries.agreement.shareable(request.worker, referral)
    ticked = [str(i.item_id) for i in consents.items_of(around["release"])]
    form = bound_or_draft(
        ItemsForm, request, choices=[(str(i["id"]), i["label"]) for i in could], initial={"items": ticked}
    )
    if form.is_valid():
        chosen = [i for i in could if str(i["id"]) in form.cleaned_data["items"]]
        consent.name_items(release=around["release"], items=chosen, by=request.worker)
        return redirect("referrals:terms", referral.id)
    return _page(request, "items", form, around | {"could": could, "picked": form["items"].value() or []}, 2)


@for_who_keeps_files
@unseen_is_absent
def terms(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """3: for what, and until when."""
    referral, around = _draft(request, referral_id)
    release = around["release"]
    form = bound_or_draft(
        TermsForm,
        request,
        initial={
            "purpose": release.purpose,
            "manner": release.manner,
            "to_role": release.to_role,
            "after_no": bool(release.after_no_until),
            "after_no_purpose": release.after_no_purpose,
            "after_no_day": release.after_no_until and clock.day(release.after_no_until),
        },
    )
    if form.is_valid():
        names = ("purpose", "manner", "until", "to_role", "after_no_purpose", "after_no_until")
        chosen = {name: form.cleaned_data[name] for name in names}
        consent.set_terms(release=release, by=request.worker, **chosen)
        commands.address(referral=referral, to_role=chosen["to_role"], by=request.worker)
        return redirect("referrals:agreement", referral.id)
    return _page(request, "terms", form, around, 3)


@for_who_keeps_files
@unseen_is_absent
def agreement(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """4: how it was talked about, and how they said yes."""
    referral, around = _draft(request, referral_id)
    names = ("explained", "capacity", "method", "others_present", "language", "interpreter", "copy_given")
    form = bound_or_draft(AgreementForm, request, initial={n: getattr(around["release"], n) for n in names})
    if form.is_valid():
        consent.set_terms(release=around["release"], by=request.worker, **form.cleaned_data)
        return redirect("referrals:check", referral.id)
    return _page(request, "agreement", form, around, 4)


@for_who_keeps_files
@unseen_is_absent
def check(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """5: read back, and then it counts and goes; or it doesn't, which can be said of a closed file too."""
    referral, around = _draft(request, referral_id, closed_too=True)
    form = SendForm(
        request.POST if request.method == "POST" and "agree" in request.POST else None,
        initial={"within": "3"},
    )
    if request.method == "POST" and "agree" not in request.POST:
        return _left(request, referral, around["release"])
    if form.is_valid():
        within = timedelta(days=int(form.cleaned_data["within"]))
        try:
            commands.agree_and_send(
                referral=referral, answer_within=within, by=request.worker, at=clock.now()
            )
        except Refusal as refusal:
            if not (step := getattr(refusal, "step", "")):
                raise
            messages.error(request, str(refusal))
            return redirect(f"referrals:{step}", referral.id)
        messages.success(request, _("It is on its way. You will see the answer here and in your day."))
        return redirect("referrals:referral", referral.id)
    already = queries.already_on(request.worker, referral)
    agencies = agencies_by_id({r.to_agency_id for r in already})
    read_back = {
        "items": queries.agreement.named(request.worker, referral, around["release"]),
        "introduction": queries.introduction(request.worker, referral),
        "already": [{"referral": r, "agency": agencies[r.to_agency_id]} for r in already],
    }
    return _page(request, "check", form, around | read_back, 5)


@done_though_idle(
    lambda token, _form, file_id, release_id: consent.end_though_idle(
        token=token, file_id=file_id, release_id=release_id
    )
)
@for_who_keeps_files
@unseen_is_absent
@require_POST
def end(request: WorkerRequest, file_id: UUID, release_id: UUID) -> HttpResponse:
    """End an agreement: one tap, any worker of the custodian, no reason."""
    file = files.get_file(request.worker, file_id)
    commands.withdraw(file_id=file.id, release_id=release_id, by=request.worker, at=clock.now())
    messages.success(
        request,
        _(
            "Ended. They see nothing any more, from this moment. What they wrote down themselves cannot be "
            "called back; they are told to stop using it."
        ),
    )
    return redirect("desk:file", file.id)


def _draft(
    request: WorkerRequest, referral_id: UUID, *, closed_too: bool = False
) -> tuple[Any, dict[str, Any]]:
    referral = queries.get_draft(request.worker, referral_id)
    file = (files.get_file if closed_too else files.get_open_file)(request.worker, referral.file_id)
    around = {
        "referral": referral,
        "file": file,
        "person": files.person(request.worker, file),
        "agency": agencies_by_id([referral.to_agency_id])[referral.to_agency_id],
        "release": consents.get_release(request.worker, referral.file_id, referral.release_id),
    }
    return referral, around


def _page(request: WorkerRequest, name: str, form: Any, around: dict[str, Any], number: int) -> HttpResponse:
    context = around | {"form": form, "number": number, "last": 5}
    return render(request, f"referrals/{name}.html", context, status=422 if form.errors else 200)


def _left(request: WorkerRequest, referral: Any, release: Any) -> HttpResponse:
    consent.decline(release=release, for_good="rather_not" in request.POST, by=request.worker, at=clock.now())
    if "rather_not" in request.POST:
        commands.take_back(referral=referral, by=request.worker, at=clock.now())
    messages.success(request, _("Nothing was shared."))
    return redirect("desk:file", referral.file_id)
