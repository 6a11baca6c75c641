"""What every page has around it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from alongside.kernel import drafts, guides, navigation, quiet_pages, toolboxes

KEYBOARD = "no-shortcuts"  # the cookie of a browser that wants no keys of ours


def around(request: HttpRequest) -> dict[str, Any]:
    """Give every template who is signed in, where they may go, and whether this is the demonstration."""
    worker = getattr(request, "worker", None)
    return {
        "worker": worker,
        "places": navigation.places(worker, request.path) if worker else [],
        "guide": guides.link(worker, request.resolver_match) if worker else "",
        "keyboard": worker is not None and KEYBOARD not in request.COOKIES,
        "contact": _contact(request) if worker else None,
        "demo": settings.DEMO,
        "quiet": worker is not None and quiet_pages.is_quiet(request.session, request.COOKIES),
        "this_page": request.get_full_path() if request.method == "GET" else drafts.page_of(request),
    }


def _contact(request: HttpRequest) -> UUID | None:
    """Which contact a page was opened for; none where its address was refused and can't be read."""
    try:
        return toolboxes.contact_in(request)
    except SuspiciousOperation:
        return None
