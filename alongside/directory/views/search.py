"""Pages of finding a service."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.directory import queries, rules
from alongside.directory.criteria import Asked, asked_in
from alongside.files.queries import sought_for
from alongside.kernel.requests import WorkerRequest
from alongside.kernel.vocabulary import NEEDS

FIRST_NEEDS = (
    "shelter_tonight",
    "safety",
    "crisis",
    "trafficking_support",
    "counselling",
    "health_care",
    "assault_care",
    "substance_use",
    "food",
    "money",
    "identification",
    "legal_advice",
    "immigration",
    "housing",
    "peer_support",
    "indigenous_led",
)


@require_GET
def search(request: WorkerRequest) -> HttpResponse:
    """Find a service: search first, then filters as plain links."""
    asked = asked_in(request.GET)
    around = {"asked": asked, "may_import": rules.may_import(request.worker), **sought(request)}
    if not asked:
        return render(
            request,
            "directory/search.html",
            around | {"first": [NEEDS[code] for code in FIRST_NEEDS], "size": queries.size()},
        )
    page = queries.find(request.worker, asked)
    around["may_ask"] = request.worker.keeps_files
    template = "directory/search.html#found" if request.htmx else "directory/search.html"
    return render(request, template, around | {"page": page, "filters": _filters(asked)})


def sought(request: WorkerRequest) -> dict[str, Any]:
    """For whom a service is sought, and for which thing they want, as the session remembers it."""
    remembered = request.session.get("seeking") or {}
    seeking = sought_for(request.worker, remembered)
    return {"seeking": seeking, "about": remembered.get("about", "") if seeking else ""}


@require_POST
def put_down(request: WorkerRequest) -> HttpResponse:
    """Forget for whom a service is sought."""
    request.session.pop("seeking", None)
    return redirect("directory:search")


def _filters(asked: Asked) -> list[tuple[str, bool, str]]:
    """Return the filters as links: `(words, whether it is on, where the link goes)`."""
    return [
        (_("Open now"), asked.open_now, asked.query(open_now=not asked.open_now)),
        (_("No police needed"), asked.no_police, asked.query(no_police=not asked.no_police)),
        (
            _("In French"),
            asked.language == "fr",
            asked.query(language="" if asked.language == "fr" else "fr"),
        ),
        (_("Under 18"), asked.age == 16, asked.query(age=None if asked.age == 16 else 16)),
    ]


@require_GET
def as_csv(request: WorkerRequest) -> HttpResponse:
    """What was found, as a table to print or take along.

    At most a thousand rows, and nothing that is withheld.
    """

    return HttpResponse(
        queries.csv_of(request.worker, asked_in(request.GET)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="list.csv"'},
    )
