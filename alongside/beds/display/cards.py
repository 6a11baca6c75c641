"""What a page of places says of each, put into words once.

With seventy places on it, every look-up in a template counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.kernel import geography, vocabulary

if TYPE_CHECKING:
    from alongside.beds.matching import Fit, Found
    from alongside.beds.queries import Outlook


@dataclass(frozen=True)
class Line:
    """One thing that is in the way, can be talked over, or of which nothing is said."""

    how: str
    word: str
    more: str


@dataclass(frozen=True)
class Card:
    """One place as it is shown."""

    id: UUID
    name: str
    whose: str
    outlook: Outlook
    lines: list[Line]
    call: str
    phone: str


class Words:
    """The words of one page, looked up once in the reader's language."""

    def __init__(self) -> None:
        self.colon, self.talked, self.nothing, self.exception = (
            _(": "),
            _("can be talked over"),
            _("nothing said"),
            _("Ask for an exception"),
        )
        self.regions = {code: str(area) for code, area in geography.REGIONS.items()}
        self.known: dict[tuple[str, str], str] = {}

    def word(self, vocabulary_name: str, code: str) -> str:
        """Return a vocabulary's word for a code."""
        key = (vocabulary_name, code)
        if key not in self.known:
            self.known[key] = vocabulary.label(*key)
        return self.known[key]


def cards(found: Found) -> list[list[Card]]:
    """Return what fits, what can be talked over and what does not fit, ready to be shown."""
    words = Words()
    return [[_card(fit, words) for fit in fits] for fits in (found.fits, found.talks, found.stops)]


def _card(fit: Fit, words: Words) -> Card:
    lines = [
        Line("met", words.word("barriers", code), _more(words.colon, "", fit, code)) for code in fit.stops
    ]
    lines += [
        Line(
            "talk", words.word("circumstances", code), _more(", ", f"{words.colon}{words.talked}", fit, code)
        )
        for code in fit.talks
    ]
    lines += [
        Line("quiet", "", f"{words.word('circumstances', code)}{words.colon}{words.nothing}")
        for code in fit.unsaid
    ]
    place = fit.offering
    call = (
        f"{words.exception}{words.colon}{place.exceptions_contact}"
        if fit.talks and place.exceptions_phone
        else ""
    )
    whose = f"{fit.agency} · {words.regions.get(place.region, '')}"
    return Card(place.pk, place.shown_name, whose, fit.outlook, lines, call, place.exceptions_phone)


def _more(before: str, more: str, fit: Fit, code: str) -> str:
    """What is added to a word, and the place's own words on it where it has some."""
    rule = fit.rules.get(code)
    return f"{more}{before}{rule.said}" if rule and rule.said else more
