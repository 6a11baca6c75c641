"""Pages of sources: bringing one in, its identifying words, what is known about it, taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from alongside.evidence import commands, queries, rules
from alongside.evidence.forms import BringForm, MemoForm, SourceForm
from alongside.evidence.text import layout
from alongside.evidence.views.decorators import for_editors
from alongside.kernel import clock
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest
from alongside.text.identifiers import BLIND_SPOTS, alike
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.evidence.models import Source


@for_editors
@require_http_methods(["GET", "POST"])
def bring_in(request: WorkerRequest, study_id: UUID) -> HttpResponse:
    """Bring a text into a study. What was pasted is not kept as a draft: it is still as it came."""
    study = queries.get_study(request.worker, study_id)
    people = queries.participants(request.worker, study.pk)
    form = (
        BringForm(request.POST, request.FILES, people=people)
        if request.method == "POST"
        else BringForm(people=people)
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        facts = {
            "name": said["name"],
            "kind": said["kind"],
            "language": said["language"],
            "collected_on": said["collected_on"],
        }
        person = UUID(said["participant"]) if said["participant"] else None
        source = commands.bring_in(
            study_id=study.pk,
            text=said["text"],
            participant_id=person,
            by=request.worker,
            at=clock.now(),
            **facts,
        )
        return redirect("evidence:words", source.pk)
    return render(
        request,
        "evidence/bring_in.html",
        {"study": study, "form": form},
        status=422 if form.is_bound else 200,
    )


@for_editors
@require_http_methods(["GET", "POST"])
def source(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """What is known about a source: whose it is by code, who read it, what was thought about it."""
    source = queries.get_source(request.worker, source_id)
    people = queries.participants(request.worker, source.study_id)
    initial = {name: getattr(source, name) for name in ("name", "kind", "language", "collected_on")} | {
        "participant": str(source.participant_id or "")
    }
    form = bound_or_draft(SourceForm, request, people=people, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        person = UUID(said["participant"]) if said["participant"] else None
        facts = {"name": said["name"], "language": said["language"], "collected_on": said["collected_on"]}
        commands.describe_source(
            source_id=source.pk, participant_id=person, by=request.worker, at=clock.now(), **facts
        )
        messages.success(request, _("Kept."))
        return redirect("evidence:source", source.pk)
    context = {
        "source": source,
        "form": form,
        "blind_codings": queries.blind_codings(request.worker, source),
        "blind": queries.open_blind_coding(request.worker, source),
        "memos": queries.memos(request.worker, source.study_id, source=source),
        "memo": MemoForm(),
    }
    return render(request, "evidence/source.html", context, status=422 if form.is_bound else 200)


@for_editors
@require_http_methods(["GET", "POST"])
def words(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """The identifying words of a source.

    Each is kept or replaced, by a human, before anything can be coded.
    """
    source = queries.get_source(request.worker, source_id)
    if source.state != "received":
        return redirect("evidence:coding", source.pk)
    said = _decide(request, source) if request.method == "POST" else ""
    if said and not request.htmx:
        messages.success(request, said)
        return redirect(f"{reverse('evidence:words', args=[source.pk])}#list")
    return render(request, "evidence/words.html", _words_around(source, said))


@for_editors
@require_POST
def mark(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """Mark more words by hand, wherever they stand."""
    source = queries.get_source(request.worker, source_id)
    try:
        found = commands.mark_by_hand(
            source_id=source.pk, words=request.POST.get("words", ""), by=request.worker, at=clock.now()
        )
    except rules.CannotSay as refusal:
        around = _words_around(source, "") | {"wrong": refusal, "typed": request.POST.get("words", "")}
        return render(request, "evidence/words.html", around, status=422)
    said = ngettext(
        "Marked in %(number)s place. Now decide about it.",
        "Marked in %(number)s places. Now decide about them.",
        len(found),
    ) % {"number": len(found)}
    messages.success(request, said)
    return redirect(f"{reverse('evidence:words', args=[source.pk])}#list")


@for_editors
@require_POST
def finish(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """Make the clean text and destroy the raw one."""
    source = queries.get_source(request.worker, source_id)
    if "read" not in request.POST:
        return render(
            request, "evidence/words.html", _words_around(source, "") | {"unread": True}, status=422
        )
    commands.finish(source_id=source.pk, by=request.worker, at=clock.now())
    messages.success(request, _("Done. The text as it came is destroyed, and this one can be coded."))
    return redirect("evidence:coding", source.pk)


@for_editors
@require_http_methods(["GET", "POST"])
def withdrawal(request: WorkerRequest, source_id: UUID) -> HttpResponse:
    """Take a source back, because whoever spoke says so."""
    source = queries.get_source(request.worker, source_id)
    if request.method == "POST":
        commands.withdraw(source_id=source.pk, by=request.worker, at=clock.now())
        messages.success(request, _("Taken back. No page shows it any more."))
        return redirect("evidence:study", source.study_id)
    return render(request, "evidence/withdrawal.html", {"source": source})


def _decide(request: WorkerRequest, source: Source) -> str:
    """Do what a button says.

    Replace or keep alike words, one place, or replace everything that is left as suggested.
    """
    text, identifiers = queries.words_of(source), queries.identifiers_of(source)
    at = clock.now()
    if "rest" in request.POST:
        left = [
            group
            for group in layout.groups(text, identifiers, source.language)
            if not all(identifier.decision for identifier in group.identifiers)
        ]
        for group in left:
            ids = [identifier.pk for identifier in group.identifiers if not identifier.decision]
            commands.decide(
                source_id=source.pk,
                identifier_ids=ids,
                decision="replace",
                words=group.suggested,
                by=request.worker,
                at=at,
            )
        return _("Replaced as suggested. Read the whole text once more.")
    only = request.POST.get("identifier")
    ids = [
        identifier.pk
        for identifier in identifiers
        if (
            str(identifier.pk) == only
            if only
            else f"{identifier.kind}:{alike(text[identifier.start : identifier.end])}"
            == request.POST.get("alike")
        )
    ]
    decision = {"replace": "replace", "keep": "keep"}.get(request.POST.get("decision", ""), "")
    commands.decide(
        source_id=source.pk,
        identifier_ids=ids,
        decision=decision,
        words=request.POST.get("words", "")[:200],
        by=request.worker,
        at=at,
    )
    return {"replace": _("Replaced."), "keep": _("Stays as it is."), "": _("To decide again.")}[decision]


def _words_around(source: Source, said: str) -> dict[str, Any]:
    text, identifiers = queries.words_of(source), queries.identifiers_of(source)
    note("evidence.source_read", custodian_id=source.agency_id, item_id=source.pk, item_kind="source")
    groups = layout.groups(text, identifiers, source.language)
    left = sum(1 for group in groups if not all(identifier.decision for identifier in group.identifiers))
    return {
        "source": source,
        "lines": layout.marked(text, identifiers),
        "groups": groups,
        "left": left,
        "said": said,
        "blind_spots": BLIND_SPOTS,
        "wrong": "",
        "typed": "",
        "unread": False,
        "numbers": {
            identifier.pk: number
            for number, group in enumerate(groups, start=1)
            for identifier in group.identifiers
        },
    }
