"""The fixed tables of a half-year, and preparing one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.disclosure import queries as disclosure
from alongside.indicators import commands, queries
from alongside.kernel import clock
from alongside.kernel.refusal import Refusal
from alongside.kernel.requests import WorkerRequest

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_GET
def summary(request: WorkerRequest) -> HttpResponse:
    """Each fixed table of a half-year, for readers of one kind: as released, as prepared, or not yet."""
    return _summary(request, request.GET.get("half", ""), request.GET.get("for", ""))


@require_POST
def preparation(request: WorkerRequest) -> HttpResponse:
    """Prepare one table, or all of them, for readers of one kind."""
    if not queries.may_price(request.worker):
        raise Http404
    half, audience, code = (request.POST.get(name, "") for name in ("half", "for", "table"))
    if (
        half not in queries.halves(request.worker)
        or audience not in disclosure.AUDIENCES
        or code not in queries.TABLES
    ):
        raise Http404
    try:
        release = commands.prepare(code, half, audience, by=request.worker, at=clock.now())
    except Refusal as refusal:
        return _summary(request, half, audience, refusal=refusal, about=code)
    messages.success(request, _("Prepared. Somebody else looks at it and releases it."))
    return redirect(
        f"{reverse('indicators:summary')}?{urlencode({'half': release.half, 'for': audience})}#{code}"
    )


def _summary(
    request: WorkerRequest, half: str, audience: str, refusal: Refusal | None = None, about: str = ""
) -> HttpResponse:
    if not queries.may_look(request.worker):
        raise Http404
    there = queries.halves(request.worker)
    half = half if half in there else there[0]
    audience = audience if audience in disclosure.AUDIENCES else "public"
    around = {
        "half": half,
        "half_said": disclosure.half_said(half),
        "halves": [(half_year, disclosure.half_said(half_year)) for half_year in there],
        "audience": disclosure.AUDIENCES[audience],
        "audiences": disclosure.AUDIENCES.values(),
        "tables": queries.tables(request.worker, half, audience),
        "trend": queries.over_time(request.worker, audience),
        "may_prepare": queries.may_price(request.worker),
        "refusal": refusal,
        "about": about,
    }
    return render(request, "indicators/summary.html", around, status=409 if refusal else 200)
