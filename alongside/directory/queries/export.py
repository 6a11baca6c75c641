"""What was found, as a table to take along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from alongside.directory.criteria import Asked
from alongside.directory.queries import search
from alongside.kernel import spreadsheets
from alongside.kernel.geography import division_name
from alongside.kernel.punctuation import listed
from alongside.kernel.vocabulary import label

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.directory.models import Entry


_MOST_ROWS = 1000


def csv_of(viewer: Worker, asked: Asked) -> bytes:
    """Return what was found as CSV.

    At most a thousand rows, in the language of the page, nothing withheld.
    """
    found = search.find(viewer, replace(asked, page=1), size=_MOST_ROWS)
    return spreadsheets.csv_of([_heading(), *map(_cells, found.entries)])


def _heading() -> list[str]:
    return [
        _("Name"),
        _("Organization"),
        _("Kind of service"),
        _("Needs"),
        _("Street address"),
        _("Town or community"),
        _("Census division"),
        _("Telephone"),
        _("Languages"),
        _("As of (date)"),
        _("Closed for now"),
    ]


def _cells(entry: Entry) -> list[object]:
    needs = listed(label("needs", code) for code in entry.needs)
    phones = listed(phone.get("number", "") for phone in entry.details.get("phones", []))
    place = [", ".join(entry.address), entry.community, division_name(entry.division)]
    kind = label("service_types", entry.service_type) if entry.service_type else ""
    return [
        entry.shown_name,
        entry.organization_name,
        kind,
        needs,
        *place,
        phones,
        listed(label("languages", code) for code in entry.languages),
        entry.as_of or "",
        _("yes") if entry.details.get("closed_for_now") else "",
    ]
