"""The page of who could come, in a day or a week: a suggestion that a human confirms with the person."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.accompaniment.commands import suggestions as commands
from alongside.accompaniment.queries import suggestions
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_keeps_files
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_day


@for_who_keeps_files
@require_http_methods(["GET", "POST"])
def suggestion(request: WorkerRequest) -> HttpResponse:
    """Who could come: at once where there is little to look at, else looked up while nobody waits."""
    said = request.POST or request.GET
    first = as_day(said.get("from", "")) or clock.today()
    days, worker = 1 if said.get("days") == "1" else 7, request.worker
    if request.method == "POST":
        commands.look_up(first=first, days=days, by=worker, at=clock.now())
        return redirect(f"{reverse('accompaniment:suggestion')}?from={first}&days={days}")
    asked = suggestions.asked_for(worker, first, days, clock.now())
    run = None if asked.is_small else suggestions.found_of(worker, asked)
    found = suggestions.suggest_now(asked) if asked.is_small else None
    if run and run.found:
        found = suggestions.suggested(asked, run.found)
    context = {
        "shown": suggestions.shown(worker, asked, found, first, days) if found else None,
        "run": run,
        "first": first,
        "days": days,
        "is_week": days > 1,
        "today": clock.today(),
        "before": first - timedelta(days=days),
        "after": first + timedelta(days=days),
    }
    return render(request, "accompaniment/suggestion.html", context)
