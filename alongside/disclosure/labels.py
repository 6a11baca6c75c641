"""The words for what stands in a released table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from alongside.agencies.queries import fact_choices
from alongside.disclosure.suppression.cube import SUM
from alongside.kernel import geography, spreadsheets, vocabulary

if TYPE_CHECKING:
    from alongside.disclosure.models import Release

VOCABULARIES = {"need": "needs", "barrier": "barriers"}
DIMENSIONS = {
    "need": gettext_lazy("What was sought"),
    "barrier": gettext_lazy("What stood in the way"),
    "region": gettext_lazy("Region"),
    "sector": gettext_lazy("Sector"),
    "answer": gettext_lazy("How long the answer took"),
    "appointment": gettext_lazy("How soon the first appointment was"),
    "again": gettext_lazy("Whether it had been asked for before"),
    "ending": gettext_lazy("What the person said in the end"),
    "outcome": gettext_lazy("How it ended"),
}
UNITS = {
    "requests": gettext_lazy("Requests, not people."),
    "mentions": gettext_lazy("Mentions of a barrier, not people: one request may name several."),
    "questions": gettext_lazy("Requests to other agencies, not people."),
    "appointments": gettext_lazy("Requests to other agencies, not people."),
    "repeats": gettext_lazy("Requests to other agencies, not people."),
    "endings": gettext_lazy("Requests to other agencies, not people."),
    "nights": gettext_lazy("Requests for a bed, not people."),
}
OTHERS = {
    SUM: gettext_lazy("All together"),
    "not-said": gettext_lazy("Not said"),
    "unknown": gettext_lazy("Not known"),
    "same-day": gettext_lazy("On the same day"),
    "days-1-3": gettext_lazy("After one to three days"),
    "days-4-7": gettext_lazy("After four to seven days"),
    "later": gettext_lazy("Later"),
    "unanswered": gettext_lazy("Never answered"),
    "days-0-3": gettext_lazy("Within three days"),
    "no-day": gettext_lazy("No day was given"),
    "first": gettext_lazy("For the first time"),
    "again": gettext_lazy("Asked again"),
    "worked": gettext_lazy("It worked"),
    "chose-otherwise": gettext_lazy("They chose otherwise"),
    "held": gettext_lazy("A bed was held"),
    "nothing-held": gettext_lazy("Nothing was held"),
}


def said(dimension: str, code: str) -> str:
    """Return what a category is called."""
    if code in OTHERS:
        return str(OTHERS[code])
    if dimension in VOCABULARIES:
        return str(vocabulary.label(VOCABULARIES[dimension], code))
    names = dict(fact_choices()["sector"]) if dimension == "sector" else geography.REGIONS
    return str(names.get(code, code))


def title(release: Release) -> str:
    """Return what a table is of."""
    if not release.columns:
        return str(DIMENSIONS[release.rows])
    return _("%(rows)s, by %(columns)s") % {
        "rows": DIMENSIONS[release.rows],
        "columns": str(DIMENSIONS[release.columns]).lower(),
    }


def unit_said(unit: str) -> str:
    """Return what is counted, and what is not."""
    return str(UNITS[unit])


def half_said(half: str) -> str:
    """Return a half-year as it is said."""
    words = _("January to June %(year)s") if half.endswith("H1") else _("July to December %(year)s")
    return words % {"year": half[:4]}


def figures_csv(release: Release) -> bytes:
    """Return a released table as CSV that a spreadsheet opens; withheld numbers say so."""
    return spreadsheets.csv_of(
        [
            [DIMENSIONS[release.rows], *(_heading(release, code) for code in release.figures["columns"])],
            *(
                [said(release.rows, code), *(_("withheld") if cell is None else cell for cell in cells)]
                for code, cells in zip(release.figures["rows"], release.figures["cells"], strict=True)
            ),
            [unit_said(release.unit)],
        ]
    )


def _heading(release: Release, code: str) -> str:
    return said(release.columns, code) if release.columns else pgettext("how many", "Number")
