"""Looking for a bed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.beds import rules


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What fits somebody tonight, what could be talked over, and why each other place does not."""
    if not rules.may_look(request.worker):
        raise Http404
    return render(request, "beds/search.html", {})
