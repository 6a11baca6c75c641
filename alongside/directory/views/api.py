"""The directory as HSDS 3.1 speaks it, for programs of signed-in agencies."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from alongside.directory import queries
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.sent import as_number


@require_GET
def about(request: WorkerRequest) -> HttpResponse:
    """Which version and profile this speaks."""
    here = request.build_absolute_uri(reverse("directory:hsds"))
    return JsonResponse({"version": "3.1", "profile": here, "openapi_url": here})


@require_GET
def records(request: WorkerRequest, kind: str) -> HttpResponse:
    """A page of records of one kind."""
    told = {
        name: request.GET.get(name, "")[:100]
        for name in ("search", "organization_id", "modified_after", "taxonomy_term_id", "taxonomy_id")
    }
    full = request.GET.get("full", "").casefold() == "true"
    page = queries.hsds.page_of(
        request.worker,
        kind,
        number=_number(request, "page", 1, 10_000_000),
        size=_number(request, "per_page", 50, 500),
        full=full,
        **told,
    )
    if page is None:
        raise Http404
    return JsonResponse(page)


@require_GET
def record(request: WorkerRequest, kind: str, key: UUID) -> HttpResponse:
    """One record with everything that belongs to it."""
    found = queries.hsds.one(request.worker, kind, key)
    if found is None:
        raise Http404
    return JsonResponse(found)


def _number(request: WorkerRequest, name: str, default: int, most: int) -> int:
    return max(1, min(as_number(request.GET.get(name, ""), default), most))
