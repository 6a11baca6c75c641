"""Pages of the files: the list, and what the person told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.agencies.queries import colleagues, is_on, names_of_keepers
from alongside.files import commands, queries, rules
from alongside.files.forms import CalledForm, ContactForm, JustificationForm, LeadForm
from alongside.kernel import clock, sent, versions
from alongside.kernel.decorators import for_who_keeps_files, for_who_oversees_access, unseen_is_absent
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest


@for_who_keeps_files
def list_(request: WorkerRequest) -> HttpResponse:
    """The files of one's own agency, or open a new one."""
    if request.method == "POST":
        file = commands.open(by=request.worker, at=clock.now())
        return redirect("desk:file", file.id)
    return render(request, "files/list.html", _page(request))


@for_who_keeps_files
@require_GET
def as_json(request: WorkerRequest) -> JsonResponse:
    """The same list for a program."""
    page = _page(request)
    rows = [
        {
            "id": f.id,
            "handle": f.handle,
            "opened_on": clock.day(f.opened_at),
            "lead": page["leads"].get(f.lead_id, ""),
        }
        for f in page["files"]
    ]
    return JsonResponse({"files": rows, "next": page["next"]})


@for_who_keeps_files
@require_POST
def search(request: WorkerRequest) -> HttpResponse:
    """Find a file by a name, however it is spelt. Posted, so that the words stand in no address."""
    words = request.POST.get("words", "")[:100]
    found = queries.find(request.worker, words)
    template = "files/list.html#found" if request.htmx else "files/list.html"
    return render(request, template, _page(request) | {"found": found, "words": words, "searched": True})


@for_who_keeps_files
@unseen_is_absent
def justification(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Say why one opens a file that is not one's own."""
    file, opens = queries.seen(request.worker, file_id)
    if opens:
        return redirect("desk:file", file.pk)
    form = JustificationForm(request.POST or None)
    if form.is_valid():
        commands.justify(file=file, **form.cleaned_data, by=request.worker, at=clock.now())
        return redirect("desk:file", file.pk)
    lead = names_of_keepers(request.worker, {i for i in (file.lead_id, file.backup_id) if i})
    around = {"file": file, "form": form, "working": sorted(lead.values())}
    return render(request, "files/justification.html", around, status=422 if form.errors else 200)


@for_who_oversees_access
def justifications(request: WorkerRequest) -> HttpResponse:
    """Who opened a file that is not theirs, and why; for the privacy officer."""
    return render(
        request, "files/justifications.html", {"opened": queries.opened_with_a_reason(request.worker)}
    )


@for_who_oversees_access
@unseen_is_absent
@require_POST
def review(request: WorkerRequest, justification_id: UUID) -> HttpResponse:
    """Say that one looked at it."""
    commands.review(justification_id=justification_id, by=request.worker, at=clock.now())
    return redirect("files:justifications")


@for_who_keeps_files
@unseen_is_absent
def called(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """What to call them."""
    file = queries.get_open_file(request.worker, file_id)
    person = queries.person(request.worker, file)
    told = {
        "called": person.called,
        "pronouns": person.pronouns,
        "tags": person.tags,
        "words": person.languages,
    }
    form = bound_or_draft(CalledForm, request, initial=told)
    if form.is_valid():
        new = form.cleaned_data
        commands.set_name(
            file=file, called=new["called"], pronouns=new["pronouns"], by=request.worker, at=clock.now()
        )
        commands.set_languages(
            file=file, tags=new["tags"], words=new["words"], by=request.worker, at=clock.now()
        )
        return redirect("desk:file", file.id)
    return _form(request, form, file, person, _("What to call them"))


@for_who_keeps_files
@unseen_is_absent
def contact(request: WorkerRequest, file_id: UUID, contact_id: UUID | None = None) -> HttpResponse:
    """One way of reaching them, new or changed."""
    file = queries.get_open_file(request.worker, file_id)
    reach = queries.get_contact(request.worker, file, contact_id) if contact_id else None
    initial = ContactForm.kept(reach) if reach else {}
    form = bound_or_draft(ContactForm, request, initial=initial)
    if form.is_valid():
        commands.write_contact(
            file=file,
            contact_id=contact_id,
            body=form.body(),
            safe=form.cleaned_data["safe"],
            by=request.worker,
            at=clock.now(),
        )
        return redirect("desk:file", file.id)
    if reach and request.conflicts:
        commands.keep_safer(
            contact=reach.contact,
            not_to_use=form.data.get("do_not", ""),
            by=request.worker,
            at=clock.now(),
        )
        rests = queries.get_contact(request.worker, file, reach.contact.id)
        now = ContactForm(initial=ContactForm.kept(rests))
        request.version = versions.said(versions.of(now, request.path))
    return _form(request, form, file, queries.person(request.worker, file), _("How to reach them safely"))


@for_who_keeps_files
@unseen_is_absent
def check(request: WorkerRequest, file_id: UUID, contact_id: UUID) -> HttpResponse:
    """Ask again whether a way is still safe; or stop using it."""
    file = queries.get_file(request.worker, file_id)
    reach = queries.get_contact(request.worker, file, contact_id)
    now = ContactForm(initial=ContactForm.kept(reach))
    request.version = versions.said(versions.of(now, request.path))
    if request.method == "POST":
        answer, said = request.POST.get("answer", ""), request.POST.get("until", "")
        changed = request.POST.get(versions.FIELD, request.version) != request.version
        if answer == "safe" and changed:
            messages.error(
                request,
                _(
                    "Nothing was changed: somebody wrote this anew while you were asking. Ask about what it "
                    "says now."
                ),
            )
            return redirect("files:check", file.id, contact_id)
        if answer == "safe" and not said:
            commands.verify_contact(contact=reach.contact, by=request.worker, at=clock.now())
        elif answer in ("pause", "never"):
            said = rules.later(said, reach.contact.stop_until) if changed and said else said
            return _stopped(request, reach, said if answer == "pause" else "", for_good=answer == "never")
        else:  # no answer, or "safe" with a day to ask again: for safety, whatever stood still stands
            messages.error(
                request,
                _("Nothing was changed: say which it is, safe, not for now, or never this way again."),
            )
            return redirect("files:check", file.id, contact_id)
        return redirect("desk:file", file.id)
    return render(
        request,
        "files/check.html",
        {"file": file, "reach": reach, "person": queries.person(request.worker, file)},
    )


def _stopped(request: WorkerRequest, reach: queries.Reach, said: str, *, for_good: bool) -> HttpResponse:
    """Stop using a way at once; a day that cannot be taken is asked once more."""
    day = sent.as_day(said)
    taken = not said or rules.is_to_ask_again(day, clock.today())
    commands.stop_contact(
        contact=reach.contact,
        for_good=for_good,
        until=day,
        leave_day=not taken,
        by=request.worker,
        at=clock.now(),
    )
    if taken:
        return redirect("desk:file", reach.contact.file_id)
    messages.error(
        request,
        _(
            "It is paused. The day to ask again was not a day to "
            "come, so it is not written down: say it once more."
        ),
    )
    return redirect("files:check", reach.contact.file_id, reach.contact.id)


@for_who_keeps_files
@unseen_is_absent
@require_POST
def use(request: WorkerRequest, file_id: UUID, contact_id: UUID) -> HttpResponse:
    """Take a way of reaching them in hand, now: refused unless they called it safe lately."""
    file = queries.get_file(request.worker, file_id)
    reach = queries.get_contact(request.worker, file, contact_id)
    body = commands.use_contact(contact=reach.contact, by=request.worker, at=clock.now())
    return render(
        request,
        "files/use.html",
        {
            "file": file,
            "facts": queries.under_conditions(body),
            "person": queries.person(request.worker, file),
        },
    )


@for_who_keeps_files
@unseen_is_absent
def lead(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Whom they want to work with."""
    file = queries.get_open_file(request.worker, file_id)
    choices = [(str(w.pk), w.name) for w in queries.could_work_with(request.worker, file)]
    form = bound_or_draft(
        LeadForm,
        request,
        colleagues=choices,
        initial={"lead": file.lead_id, "backup": file.backup_id},
    )
    if form.is_valid():
        chosen = {
            f"{name}_id": UUID(form.cleaned_data[name]) if form.cleaned_data[name] else None
            for name in ("lead", "backup")
        }
        commands.choose_lead(file=file, **chosen, by=request.worker, at=clock.now())
        return redirect("desk:file", file.id)
    return _form(request, form, file, queries.person(request.worker, file), _("Whom they work with"))


@for_who_keeps_files
@unseen_is_absent
def closure(request: WorkerRequest, file_id: UUID) -> HttpResponse:
    """Close a file, open it again, or ask that what it says be destroyed."""
    file, worker = queries.get_file(request.worker, file_id), request.worker
    act = request.POST.get("act", "")
    if act == "shred" and request.POST.get("handle", "").strip().casefold() == file.handle.casefold():
        return redirect("files:destruction", commands.ask_to_destroy(file=file, by=worker).id)
    if act == "shred":
        messages.error(request, _("To ask that what the file says be destroyed, type its two words exactly."))
    if act == "close":
        commands.close(file=file, by=worker, at=clock.now())
        return redirect("files:list")
    if act == "reopen":
        commands.reopen(file=file, by=worker, at=clock.now())
        return redirect("desk:file", file.id)
    return render(
        request,
        "files/closure.html",
        {
            "file": file,
            "person": queries.person(worker, file),
            "being_destroyed": queries.is_being_destroyed(file),
            "destruction": queries.destruction_of(file),
            "held": queries.is_held(file.id),
            "may_ask": worker.may("destroy-files"),
            "would_be_gone": queries.would_be_gone(clock.now()),
        },
    )


@unseen_is_absent
def destruction(request: WorkerRequest, destruction_id: UUID) -> HttpResponse:
    """What was asked of a file's destruction: say so as the second, or stop it. By code name only."""
    asked = queries.get_destruction(request.worker, destruction_id)
    act = {"confirm": commands.confirm_destruction, "undo": commands.undo_destruction}.get(
        request.POST.get("act", "")
    )
    if act:
        act(destruction=asked, by=request.worker)
        return redirect("files:destruction", asked.id)
    return render(request, "files/destruction.html", queries.about_destruction(request.worker, asked))


def _page(request: WorkerRequest) -> dict[str, Any]:
    mine, closed = "mine" in request.GET, "closed" in request.GET
    after = sent.as_id(request.GET.get("after"), None)
    files = list(queries.caseload(request.worker, closed=closed, mine=mine, after=after))
    page, more = files[: queries.PAGE], len(files) > queries.PAGE
    leads = {w.pk: w.name for w in colleagues(request.worker)}
    return {"files": page, "leads": leads, "mine": mine, "closed": closed, "is_on": is_on(request.worker)} | {
        "next": page[-1].id if more else None,
        "found": [],
        "words": "",
        "searched": False,
    }


def _form(request: WorkerRequest, form: Any, file: Any, person: Any, heading: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(
        request,
        "files/form.html",
        {"form": form, "file": file, "person": person, "heading": heading},
        status=status,
    )
