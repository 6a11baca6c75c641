"""Watching over whoever goes along: who watches, where somebody is, and one key for whoever looks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alongside.accompaniment import queries as accompaniments
from alongside.accompaniment import rules
from alongside.accompaniment.commands import check_ins as commands
from alongside.accompaniment.forms.check_ins import (
    CheckInForm,
    OutForm,
    RulesForm,
    WatchForm,
    WordForm,
    until_in,
)
from alongside.accompaniment.queries import check_ins as queries
from alongside.kernel import clock
from alongside.kernel.decorators import (
    for_who_may,
    for_who_meets_people,
    keeps_nothing_typed,
    unseen_is_absent,
)
from alongside.kernel.forms import bound_or_draft
from alongside.kernel.requests import WorkerRequest

STAYS_FRESH = timedelta(minutes=15)  # after the last key; an empty desk must not keep its session open
SECONDS, A_SECOND = 60, timedelta(seconds=1)


@for_who_meets_people
@require_http_methods(["GET", "POST"])
def watch(request: WorkerRequest) -> HttpResponse:
    """Until when one watches, and over whom."""
    worker, at = request.worker, clock.now()
    if "stop" in request.POST:
        commands.stop_watching(by=worker, at=at)
        messages.success(request, _("You don’t watch any more."))
        return redirect("accompaniment:watch")
    kept = queries.watch_of(worker, at)
    form = bound_or_draft(WatchForm, request, initial={"until": until_in(kept.until_at if kept else None)})
    if form.is_valid():
        commands.watch(until_at=form.cleaned_data["until_at"], by=worker, at=at)
        return redirect("accompaniment:watch")
    context = {"watch": kept, "out": queries.watched_by(worker), "rules": queries.rules_of(worker)}
    return _form(request, "accompaniment/watch.html", form, context)


@for_who_meets_people
@unseen_is_absent
@require_http_methods(["GET", "POST"])
def watched(request: WorkerRequest, check_in_id: UUID) -> HttpResponse:
    """Where somebody is, and the one key; after the word for danger, what the agency agreed."""
    worker, at = request.worker, clock.now()
    found = queries.get_watched(worker, check_in_id)
    if request.method == "POST":
        return _pressed(request, found.check_in, at)
    context = {"one": found, "rules": queries.rules_of(worker), "is_due": found.look_at <= at, "at": at}
    response = render(request, "accompaniment/watched.html", context)
    if seconds := _fresh(found, at):
        response["Refresh"] = str(seconds)
    return response


@for_who_meets_people
@unseen_is_absent
@require_http_methods(["GET", "POST"])
@keeps_nothing_typed
def check_in(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """Where one is, and by when one is back; only where somebody watches."""
    worker, at = request.worker, clock.now()
    found = accompaniments.going(worker, accompaniment_id).accompaniment
    rules.check_can_check_in(found, at)
    kept, watching = queries.open_check_in(worker, found), queries.watching(worker, found, at)
    form = bound_or_draft(CheckInForm, request, watching=watching, initial=_initial(worker, kept, watching))
    if watching and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("watcher_id", "where", "until_at")}
        commands.check_in(accompaniment=found, **data, by=worker, at=at)
        return redirect("accompaniment:going", found.id)
    context = {
        "found": found,
        "kept": kept,
        "watching": watching,
        "rules": queries.rules_of(worker),
        "has_word": queries.has_duress_word(worker),
    }
    return _form(request, "accompaniment/check_in.html", form, context)


@for_who_meets_people
@unseen_is_absent
@require_POST
@keeps_nothing_typed
def check_out(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """One is back: with the word for danger it looks the same, and whatever became of going along."""
    worker = request.worker
    goes = accompaniments.goes(worker, accompaniment_id)
    if not (goes or queries.checked_in(worker, accompaniment_id).exists()):
        raise Http404
    form = OutForm(request.POST)
    word = form.cleaned_data["word"] if form.is_valid() else ""
    commands.check_out(accompaniment_id=accompaniment_id, word=word, by=worker, at=clock.now())
    messages.success(request, _("You are checked out. Where you were is wiped."))
    return redirect("accompaniment:going", accompaniment_id) if goes else redirect("day")


def out(request: WorkerRequest, accompaniment_id: UUID) -> HttpResponse:
    """For whoever is out and doesn't go along any more: how to say that they are back.

    :raises ObjectDoesNotExist: unless they are out
    """
    kept = queries.checked_in(request.worker, accompaniment_id).get(out_at=None)
    told = queries.seen_while_out(request.worker, kept, clock.now())
    context = {"accompaniment_id": accompaniment_id, "out_form": OutForm(), **told}
    return render(request, "accompaniment/out.html", context)


@for_who_meets_people
@require_http_methods(["GET", "POST"])
@keeps_nothing_typed
def word(request: WorkerRequest) -> HttpResponse:
    """One's own word for danger, which is never shown."""
    form = bound_or_draft(WordForm, request)
    if form.is_valid():
        commands.keep_duress_word(word=form.cleaned_data["word"], by=request.worker, at=clock.now())
        messages.success(request, _("Kept. It is never shown; write another whenever you like."))
        return redirect("accompaniment:watch")
    return _form(
        request, "accompaniment/word.html", form, {"has_word": queries.has_duress_word(request.worker)}
    )


@for_who_may("keep-programmes")
@require_http_methods(["GET", "POST"])
def agreed(request: WorkerRequest) -> HttpResponse:
    """What the agency agreed for whoever watches."""
    form = bound_or_draft(RulesForm, request, initial=RulesForm.kept(queries.rules_of(request.worker)))
    if form.is_valid():
        commands.keep_rules(**form.cleaned_data, by=request.worker, at=clock.now())
        messages.success(request, _("Kept."))
        return redirect("accompaniment:agreed")
    return _form(request, "accompaniment/agreed.html", form, {})


def _pressed(request: WorkerRequest, check_in: Any, at: datetime) -> HttpResponse:
    """Whoever watches looked, or says that it is over; not over a word for danger that they did not see."""
    worker, over = request.worker, request.POST.get("over")
    if over is None:
        commands.look(check_in=check_in, by=worker, at=at)
    elif commands.end_check_in(check_in=check_in, knows_danger=over == "danger", by=worker, at=at):
        messages.success(request, _("Over. Where they were is wiped."))
        return redirect("accompaniment:watch")
    return redirect("accompaniment:watched", check_in.id)


def _initial(worker: Any, kept: Any, watching: list[queries.OneWatching]) -> dict[str, Any]:
    where, until = queries.whereabouts(worker, kept) if kept else ("", None)
    first = kept.watcher_id if kept else watching[0].worker.pk if watching else ""
    return {"where": where, "until": until_in(until), "watcher": str(first)}


def _fresh(found: queries.Watched, at: datetime) -> int:
    """In how many seconds the page is asked for again; none once nobody pressed the key for a while."""
    pressed = found.check_in.seen_at or found.check_in.checked_in_at
    if found.check_in.out_at or at > pressed + STAYS_FRESH:
        return 0
    return max(5, min(SECONDS, (found.look_at - at) // A_SECOND + 1))


def _form(request: WorkerRequest, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
