"""What was found, as a table to take along."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from alongside.directory.criteria import Asked
from alongside.directory.queries import search
from alongside.kernel.geography import division_name
from alongside.kernel.vocabulary import label

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.directory.models import Entry


_MOST_ROWS = 1000


def csv_of(viewer: Worker, asked: Asked) -> str:
    """Return what was found as CSV text.

    At most a thousand rows, in the language of the page, nothing withheld.
    """
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(
        [
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
        ]
    )
    for entry in search.find(viewer, replace(asked, page=1), size=_MOST_ROWS).entries:
        rows.writerow([_unspelled(cell) for cell in _cells(entry)])
    return out.getvalue()


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


def _unspelled(cell: object) -> str:
    """Keep a spreadsheet from taking words for a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
