"""The fixed tables: each with what it is, what is counted of what, over which time, and what to mind.

There are no others, and nobody turns them round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.disclosure.queries import Table

Words = str | Promise
PEOPLE = _(
    "Requests, not people: somebody who asked three times is counted three times, and nobody is in the "
    "numbers."
)
HALF = _("One half-year, counted once when it is over. What is written down later stays out.")
INDIGENOUS = ("indigenous_led",)  # what a data steward signs (practice.md 6)


@dataclass(frozen=True)
class Indicator:
    """One fixed table."""

    code: str
    cube: str
    table: Table
    name: Words
    definition: Words
    numerator: Words
    denominator: Words
    caveat: Words
    period: Words = HALF


_GIVEN = _("All requests that came to nothing, in the same half-year, of the agencies that contribute.")
_REQUESTS = _(
    "Requests that came to nothing: another agency said no, or somebody outside did and it was written down. "
    "One noted on both sides is one."
)
_NAMED = _(
    "How often a barrier was named. A request may name several; one that names none is counted as not said."
)
_MANY = _("Mentions, not people and not requests: one request may name several barriers.")
_ASKED = _("Requests from one agency to another that both contribute, whatever the answer was.")
_ANSWERED = _("Those answered within so many days, or never.")
_SENT = _("All requests sent in the same half-year.")
_NEVER = _("Requests, not people. Never answered means: not until the numbers were taken.")
_TO_SECTOR = _("Those to agencies of one sector.")
_TO_REGION = _("Those to agencies of one region.")
_BY_SECTOR_ANSWERED = _("Those to agencies of one sector, answered within so many days, or never.")
_BY_REGION_ANSWERED = _("Those to agencies of one region, answered within so many days, or never.")
_NO_DAY = _("Requests, not people. No day was given: a no, no answer, or a yes without a day.")
_AGAIN = _(
    "Requests, not people. Of several agencies asked for the same thing, all but the first are asked again, "
    "also if that was meant so."
)
_ENDED = _("Requests, not people. Not said: nobody has to say, and many requests are not over.")


def _of_asking(
    *each: tuple[str, Words, Words], unit: str, columns: str, caveat: Words
) -> Iterator[Indicator]:
    """The tables of what was asked of agencies: by what, how each is called, and what it counts."""
    for rows, name, numerator in each:
        table = Table(f"{rows}-{columns}", unit, rows, columns)
        yield Indicator(table.code, "answers", table, name, _ASKED, numerator, _SENT, caveat)


TABLES: dict[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        Indicator(
            "need-half",
            "gaps",
            Table("need-half", "requests", "need"),
            _("What could not be had, over time"),
            _REQUESTS,
            _("Those for one need."),
            _GIVEN,
            PEOPLE,
        ),
        Indicator(
            "need-region",
            "gaps",
            Table("need-region", "requests", "need", "region"),
            _("What could not be had, by region"),
            _REQUESTS,
            _("Those for one need by agencies of one region."),
            _GIVEN,
            PEOPLE,
        ),
        Indicator(
            "barrier-region",
            "gaps",
            Table("barrier-region", "mentions", "barrier", "region"),
            _("What stood in the way, by region"),
            _NAMED,
            _("Mentions of one barrier in requests by agencies of one region."),
            _("All mentions in the same half-year."),
            _MANY,
        ),
        Indicator(
            "need-barrier",
            "gaps",
            Table("need-barrier", "mentions", "need", "barrier"),
            _("What stood in the way of what"),
            _NAMED,
            _("Mentions of one barrier in requests for one need."),
            _("All mentions in the same half-year."),
            _MANY,
        ),
        *_of_asking(
            ("need", _("How long answers took"), _ANSWERED),
            ("sector", _("How long answers took, by sector"), _BY_SECTOR_ANSWERED),
            ("region", _("How long answers took, by region"), _BY_REGION_ANSWERED),
            unit="questions",
            columns="answer",
            caveat=_NEVER,
        ),
        *_of_asking(
            ("sector", _("How soon the first appointment was, by sector"), _TO_SECTOR),
            ("region", _("How soon the first appointment was, by region"), _TO_REGION),
            unit="appointments",
            columns="appointment",
            caveat=_NO_DAY,
        ),
        *_of_asking(
            ("sector", _("What had to be asked again, by sector"), _TO_SECTOR),
            ("region", _("What had to be asked again, by region"), _TO_REGION),
            unit="repeats",
            columns="again",
            caveat=_AGAIN,
        ),
        *_of_asking(
            ("sector", _("What people said in the end, by sector"), _TO_SECTOR),
            ("region", _("What people said in the end, by region"), _TO_REGION),
            unit="endings",
            columns="ending",
            caveat=_ENDED,
        ),
        Indicator(
            "region-outcome",
            "beds",
            Table("region-outcome", "nights", "region", "outcome"),
            _("Requests for a bed on which nothing was held"),
            _("Requests for a bed tonight from one agency to a shelter, both of which contribute."),
            _("Those for which no bed was held."),
            _("All such requests in the same half-year."),
            _(
                "Requests, not people, and not nights without sleep: somebody may have been asked for at "
                "five places."
            ),
        ),
    )
}
