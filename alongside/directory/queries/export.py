"""What was found, as a table to take along."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alongside.directory.criteria import Asked
from alongside.directory.queries import search
from alongside.kernel import spreadsheets
from alongside.kernel.geography import division_name
from alongside.kernel.vocabulary import label

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.directory.models import Entry


_MOST_ROWS = 1000


HEADING = (
    "name",
    "organization",
    "kind",
    "needs",
    "address",
    "community",
    "census_division",
    "telephone",
    "languages",
    "as_of",
    "closed_for_now",
)


def csv_of(viewer: Worker, asked: Asked) -> bytes:
    """Return what was found as CSV.

    At most a thousand rows, in the language of the page, nothing withheld.
    """
    found = search.find(viewer, replace(asked, page=1), size=_MOST_ROWS)
    return spreadsheets.csv_of([HEADING, *map(_cells, found.entries)])


def _cells(entry: Entry) -> list[object]:
    needs = "; ".join(label("needs", code) for code in entry.needs)
    phones = "; ".join(str(phone.get("number", "")) for phone in entry.details.get("phones", []))
    place = [", ".join(entry.address), entry.community, division_name(entry.division)]
    kind = label("service_types", entry.service_type) if entry.service_type else ""
    return [
        entry.shown_name,
        entry.organization_name,
        kind,
        needs,
        *place,
        phones,
        "; ".join(entry.languages),
        entry.as_of or "",
        "yes" if entry.details.get("closed_for_now") else "",
    ]
