"""Pages of asking: whom, the introduction, what they may see, and the reading back; and one tap to end it."""

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
from django.views.decorators.http import require_http_methods, require_POST

from alongside.agencies.queries import agencies_by_id, get_agency
from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.directory import queries as directory
from alongside.files import queries as files
from alongside.kernel import clock, toolboxes
from alongside.kernel.decorators import done_though_idle, for_who_keeps_files, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.refusal import Refusal
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_id
from alongside.kernel.vocabulary import NEEDS
from alongside.plans import queries as plans
from alongside.referrals import commands, queries, rules
from alongside.referrals.forms import IntroductionForm, PassingOnForm, SendForm, ShareForm, WhomForm

TERMS = ("purpose", "manner", "to_role", "after_no_purpose")
SAID = ("explained", "capacity", "method", "others_present", "language", "interpreter", "copy_given")


@for_who_keeps_files
@unseen_is_absent
@require_POST
def seek(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Look for a service for one thing they want. The directory remembers for whom, in the session."""
    file = files.get_open_file(request.worker, file_id)
    priority = _sought(file.id, request.POST.get("about", ""))
    request.session["seeking"] = {
        "file": str(file.id),
        "about": str(priority.id) if priority else "",
        "need": priority.need if priority else "",
    }
    return to_whom(file.id, priority and priority.id)


def to_whom(file_id: UUID, about: UUID | None) -> HttpResponse:
    """Lead to whom can be asked, for one thing they want. Whose page it is stands in its address."""
    return redirect(f"{reverse('referrals:whom', args=[file_id])}{f'?about={about}' if about else ''}")


def _sought(file_id: UUID, about: str) -> Any:
    """The thing they want that somebody is sought for, if it is for one."""
    return plans.get_priority(file_id, as_id(about)) if about else None


@for_who_keeps_files
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def whom(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Whom to ask: those who can be asked here first, then the directory. A name typed is posted."""
    file = files.get_open_file(request.worker, file_id)
    priority = _sought(file.id, request.GET.get("about", ""))
    said = toolboxes.need_in(request).get("need", "")
    about, need = (priority.id, priority.need or said) if priority else (None, said)
    form = WhomForm(request.POST or None)
    asked = form.cleaned_data if form.is_valid() else {}
    query = {"need": need} if need else {}  # what was typed or said of somebody stands in no address
    order = queries.order_of(request.worker, file.id, about) if about else []
    found = queries.whom_to_ask(request.worker, file, need, about, **asked)
    context = {
        "file": file,
        "wish": plans.unsealed(request.worker, priority) if priority else None,
        "whom": found,
        "asked_back": queries.asked_back(referral for referral, _agency in found.already),
        "form": form,
        "order": order,
        "need": need,
        "ranked": {each.ranked.to_agency_id for each in order},
        "asked": any(asked.values()),
        "elsewhere": f"{reverse('directory:search')}?{urlencode(query)}",
    }
    return render(request, "referrals/whom.html", context, status=422 if form.errors else 200)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def new(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Begin to ask an agency, found in the directory or in the circle, for whom the page was about."""
    file = files.get_open_file(request.worker, file_id)
    priority = _sought(file.id, request.POST.get("about", ""))
    asked = request.POST.get("entry")
    entry = directory.get_entry(request.worker, as_id(asked)) if asked else None
    to = entry.offered_by_id if entry else as_id(request.POST.get("agency"), None)
    if to is None:
        raise rules.CannotAsk(_("That can’t be asked here. Choose an agency that can."))
    said = request.POST.get("need", "")
    need = (priority and priority.need) or (said if said in NEEDS else "")
    referral = commands.draft(
        file_id=file.id,
        to_agency_id=to,
        need=need or (entry.needs[0] if entry and entry.needs else ""),
        priority_id=priority.id if priority else None,
        entry_id=entry.id if entry else None,
        by=request.worker,
        at=clock.now(),
    )
    request.session.pop("seeking", None)
    return begin(request, referral)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def renewal(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Begin the same request anew, because its agreement ends too early or has ended."""
    referral = queries.get_referral(request.worker, referral_id)
    files.get_open_file(request.worker, referral.file_id)
    return begin(request, commands.ask_anew(referral=referral, by=request.worker, at=clock.now()))


def begin(request: WorkerRequest, referral: Any) -> HttpResponse:
    """Lead to the first page of asking an agency, with the introduction that was written once.

    The same words stand as approved, unless the person took something back since; other words are read back.
    """
    before, stands = queries.introduction_before(request.worker, referral.file_id)
    if before and not referral.introduction:
        commands.introduce(
            referral=referral, words=before, approved=stands, by=request.worker, at=clock.now()
        )
    if _must_pass_on(referral):
        return redirect("referrals:passing_on", referral.id)
    return redirect("referrals:agreement" if before and stands else "referrals:introduction", referral.id)


@for_who_keeps_files
@unseen_is_absent
def passing_on(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """What police, the Crown and child protection must pass on, said aloud before anything else."""
    referral, around = _draft(request, referral_id)
    form = PassingOnForm(request.POST or None)
    if form.is_valid():
        consent.set_terms(release=around["release"], by=request.worker, explained=True)
        return redirect("referrals:introduction", referral.id)
    return _page(request, "passing_on", form, around)


@for_who_keeps_files
@unseen_is_absent
def introduction(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """The introduction, written once and read back."""
    referral, around = _draft(request, referral_id)
    initial = {"words": queries.introduction(request.worker, referral)}  # that it was read back is said anew
    form = bound_or_draft(IntroductionForm, request, initial=initial)
    if form.is_valid():
        commands.introduce(referral=referral, **form.cleaned_data, by=request.worker, at=clock.now())
        return redirect("referrals:agreement", referral.id)
    return _page(request, "introduction", form, around)


@for_who_keeps_files
@unseen_is_absent
def agreement(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """What they may see, until when, what for, and how they said yes: small steps of one page."""
    referral, around = _draft(request, referral_id)
    release, must_pass_on = around["release"], _must_pass_on(referral)
    if must_pass_on and not release.explained:
        return redirect("referrals:passing_on", referral.id)
    could = queries.agreement.shareable(request.worker, referral)
    said = release.capacity != ""  # before that, nothing is chosen for them
    initial = {name: getattr(release, name) for name in (*TERMS, *SAID) if said or name != "purpose"} | {
        "items": [str(item.item_id) for item in consents.items_of(release)],
        "after_no": bool(release.after_no_until),
        "after_no_day": release.after_no_until and clock.day(release.after_no_until),
    }
    form = bound_or_draft(
        ShareForm,
        request,
        choices=[(str(item["id"]), item["label"]) for item in could],
        must_pass_on=must_pass_on,
        initial=initial,
    )
    if form.is_valid():
        chosen = [item for item in could if str(item["id"]) in form.cleaned_data["items"]]
        consent.name_items(release=release, items=chosen, by=request.worker)
        names = {*TERMS, *SAID, "until", "after_no_until"} & form.cleaned_data.keys()
        terms = {name: form.cleaned_data[name] for name in names}
        consent.set_terms(release=release, by=request.worker, starts_at=clock.now(), **terms)
        commands.address(referral=referral, to_role=terms["to_role"], by=request.worker)
        return redirect("referrals:check", referral.id)
    return _page(request, "agreement", form, around | {"could": could, "picked": form["items"].value() or []})


@for_who_keeps_files
@unseen_is_absent
def check(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """Read back, and then it counts and goes; or it doesn't, which can be said of a closed file too."""
    if request.method == "POST" and queries.was_sent(request.worker, referral_id):
        return _sent_already(request, referral_id)
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
                referral=referral,
                read_back=request.POST.get("read_back", ""),
                answer_within=within,
                asked_alone=request.POST["agree"] == "alone",
                by=request.worker,
                at=clock.now(),
            )
        except Refusal as refusal:
            if not refusal.step:
                raise
            messages.error(request, str(refusal))
            return redirect(f"referrals:{refusal.step}", referral.id)
        messages.success(request, _("It is on its way. You will see the answer here and in your day."))
        return redirect("referrals:referral", referral.id)
    already = queries.already_on(request.worker, referral)
    agencies = agencies_by_id({r.to_agency_id for r in already})
    could = queries.agreement.shareable(request.worker, referral)
    ticked = {item.item_id for item in consents.items_of(around["release"])}
    page = queries.paper(request.worker, referral, around["release"])
    read_back = {
        "page": page.number,
        "version": page.version,
        "items": [item for item in could if item["id"] in ticked],
        "others": [item for item in could if item["id"] not in ticked],
        "asked_is_shown": referral.priority_id is None or referral.priority_id in ticked,
        "already": [{"referral": r, "agency": agencies[r.to_agency_id]} for r in already],
        "asked_back": queries.asked_back(already),
    }
    return _page(request, "check", form, around | read_back)


def _sent_already(request: WorkerRequest, referral_id: UUID) -> HttpResponse:
    """It went while this page stood open: whoever was saying no to it hears so, and how to end it."""
    if "agree" not in request.POST:
        messages.error(
            request,
            _(
                "It has gone already: somebody here sent it while this page was open. If they don’t want it, "
                "end it now, here."
            ),
        )
    return redirect("referrals:referral", referral_id)


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


def _page(request: WorkerRequest, name: str, form: Any, around: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, f"referrals/{name}.html", around | {"form": form}, status=status)


def _must_pass_on(referral: Any) -> bool:
    return get_agency(referral.to_agency_id).must_pass_on


def _left(request: WorkerRequest, referral: Any, release: Any) -> HttpResponse:
    consent.decline(release=release, for_good="rather_not" in request.POST, by=request.worker, at=clock.now())
    if "rather_not" in request.POST:
        commands.take_back(referral=referral, by=request.worker, at=clock.now())
    messages.success(request, _("Nothing was shared."))
    return redirect("desk:file", referral.file_id)
