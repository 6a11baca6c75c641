"""What every page has around it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

PLACES = (
    ("day", _("My day")),
    ("files:list", _("Files")),
    ("referrals:list", _("Requests")),
    ("directory:search", _("Directory")),
    ("gaps:summary", _("Gaps")),
)


def _places(request: HttpRequest) -> list[dict[str, Any]]:
    worker = getattr(request, "worker", None)
    places = []
    for name, label in PLACES:
        if worker and ((name == "files:list" and not worker.keeps_files) or (name == "referrals:list" and not worker.meets_people)):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        places.append({"url": url, "label": label, "here": request.path.startswith(url)})
    return places


def around(request: HttpRequest) -> dict[str, Any]:
    """Give every template who is signed in, where they may go, and whether this is the demonstration."""
    worker = getattr(request, "worker", None)
    return {"worker": worker, "places": _places(request) if worker else [], "demo": settings.DEMO}
