"""Where a worker may go from every page."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

PLACES = (
    ("day", _("My day")),
    ("files:list", _("Files")),
    ("referrals:list", _("Requests")),
    ("beds:search", _("Beds")),
    ("directory:search", _("Directory")),
    ("gaps:summary", _("Gaps")),
    ("evidence:studies", _("Studies")),
    ("indicators:summary", _("Numbers")),
    ("briefs:list", _("Briefs")),
    ("watch", _("Who looked")),
)

ALSO = {"evidence:studies": ("/quotes/",), "indicators:summary": ("/releases/",)}  # what belongs to a place without lying under its address


def _is_for(worker: Any, name: str) -> bool:
    if name == "files:list":
        return bool(worker.keeps_files)
    if name == "referrals:list":
        return bool(worker.meets_people)
    if name == "beds:search":
        return bool(worker.agency.sector != "criminal-legal" and (worker.meets_people or worker.role in ("coordinator", "leader")))
    if name == "gaps:summary":
        return worker.role in ("leader", "coordinator", "privacy-officer", "caseworker")
    if name == "evidence:studies":
        return bool(worker.role == "editor")
    if name in ("indicators:summary", "briefs:list"):
        return worker.role in ("editor", "data-steward", "leader", "privacy-officer")
    return name != "watch" or worker.role == "privacy-officer"


def places(worker: Any, path: str) -> list[dict[str, Any]]:
    """Return where this worker may go, and which of these places a page under this path belongs to."""
    found = []
    for name, label in PLACES:
        if not _is_for(worker, name):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append({"url": url, "label": label, "here": path.startswith((url, *ALSO.get(name, ())))})
    return found
