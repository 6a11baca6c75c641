"""What a speaker agreed to, or has said so far.

What stands under the words, who may read them, until when.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from alongside.kernel import clock, geography
from alongside.quotes import rules
from alongside.quotes.models import Attribution
from alongside.quotes.queries.quotes import LANGUAGES, opened

if TYPE_CHECKING:
    from alongside.quotes.models import Quote, QuoteConsent


def terms_of(quote: Quote) -> dict[str, Any]:
    """Return what the speaker has said so far, while it is being agreed."""
    return opened(quote, "terms") or {}


def as_terms(said: dict[str, Any]) -> rules.Terms:
    """Return what was said so far as terms that can be checked."""
    until = said.get("until")
    named = said.get("attribution", "") in (Attribution.ROLE, Attribution.ROLE_REGION, Attribution.NAME)
    return rules.Terms(
        attribution=said.get("attribution", ""),
        names={language: said.get(f"name_{language}", "").strip() for language in LANGUAGES} if named else {},
        region=said.get("region", "") if said.get("attribution") == Attribution.ROLE_REGION else "",
        audiences=tuple(said.get("audiences", ())),
        may_translate=bool(said.get("may_translate")),
        until=date.fromisoformat(until) if until else None,
    )


def attribution_of(quote: Quote, terms: rules.Terms) -> dict[str, str]:
    """Return what stands under the words, in each language."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = _attributed(quote, terms, language)
    return told


def _attributed(quote: Quote, terms: rules.Terms, language: str) -> str:
    if terms.attribution == Attribution.LIVED:
        return _("A person with lived experience")
    name = terms.names.get(language, "")
    if terms.attribution == Attribution.ROLE_REGION:
        return f"{name} ({geography.REGIONS[terms.region]})" if terms.region else name
    return name if terms.attribution in (Attribution.ROLE, Attribution.NAME) else ""


def broader_attribution(quote: Quote) -> dict[str, str]:
    """Return what stands under the words where a role would name one person, in each language."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = (
                _("A person with lived experience") if quote.lived else _("A person who provides a service")
            )
    return told


def agreed_terms(consent: QuoteConsent) -> rules.Terms:
    """Return what a yes agreed to."""
    names = opened(consent, "names") or {}
    return rules.Terms(
        attribution=consent.attribution,
        names=names,
        region=consent.region,
        audiences=tuple(consent.audiences),
        may_translate=consent.may_translate,
        until=consent.until,
    )


def usual_until(today: date | None = None) -> date:
    """Return until when a yes lasts unless the speaker says otherwise: a year."""
    return (today or clock.today()) + rules.LASTS
