"""What every page has around it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from alongside.kernel import drafts, navigation


def around(request: HttpRequest) -> dict[str, Any]:
    """Give every template who is signed in, where they may go, and whether this is the demonstration."""
    worker = getattr(request, "worker", None)
    return {
        "worker": worker,
        "places": navigation.places(worker, request.path) if worker else [],
        "demo": settings.DEMO,
        "this_page": request.get_full_path() if request.method == "GET" else drafts.page_of(request),
    }
