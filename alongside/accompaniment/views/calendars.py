"""A worker's own calendar elsewhere: off until they make its address, and revoked with one press."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alongside.accompaniment import calendars
from alongside.accompaniment.commands import calendars as commands
from alongside.accompaniment.queries import calendars as queries
from alongside.kernel import clock
from alongside.kernel.decorators import for_who_meets_people, second_step_exempt
from alongside.kernel.requests import WorkerRequest

ICALENDAR = "text/calendar; charset=utf-8"


@for_who_meets_people
@require_http_methods(["GET", "POST"])
def calendar(request: WorkerRequest) -> HttpResponse:
    """Make the address, shown once, or revoke it."""
    address, at = "", clock.now()
    if "revoke" in request.POST:
        commands.revoke_feed(by=request.worker, at=at)
        messages.success(request, _("Revoked. Take it out of your calendar too: what it read stays there."))
        return redirect("accompaniment:calendar")
    if request.method == "POST":
        token = commands.make_feed(by=request.worker, at=at)
        address = request.build_absolute_uri(reverse("busy", args=[token]))
    context = {"feed": queries.feed_of(request.worker), "address": address}
    return render(request, "accompaniment/calendar.html", context)


@login_not_required
@second_step_exempt
@require_safe
def busy(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar reads: “Busy”, and times. An address of nobody’s has nothing in it."""
    at = clock.now()
    written = calendars.written(queries.busy_times(token, at), token.encode(), at)
    return HttpResponse(written, content_type=ICALENDAR)
