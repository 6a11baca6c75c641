"""Everything one quote's own page shows, with its history and its next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.queries import being_destroyed
from alongside.quotes import rules
from alongside.quotes.models import Audience, ShownBy, State, Trace
from alongside.quotes.queries.publishable import why_not
from alongside.quotes.queries.quotes import (
    answers,
    opened,
    reviews,
    thought_over,
    translations,
    wordings,
    words_of,
)
from alongside.quotes.queries.terms import agreed_terms, attribution_of

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.quotes.models import Quote, QuoteReview


def details_of(viewer: Worker, quote: Quote) -> dict[str, Any]:
    """Return everything a quote's own page shows."""
    words = None if quote.over else words_of(quote)
    terms = agreed_terms(quote.consent) if quote.consent else None
    past = bool(terms and terms.until and terms.until < clock.today())
    checked = thought_over(quote)
    return {
        "quote": quote,
        "words": words,
        "being_destroyed": words is None and bool(being_destroyed(quote.holder_id)),
        "terms": terms,
        "past": past,
        "attributed": attribution_of(quote, terms) if terms else {},
        "audiences": [Audience(audience).label for audience in terms.audiences] if terms else [],
        "checked": checked,
        "safe": rules.is_safe(checked),
        "traces": [Trace(trace).label for trace in checked.traces] if checked else [],
        "reasons": opened(checked, "reasons") if checked else "",
        "left": why_not(quote, on=clock.today()),
        "translations": [
            {
                "one": translation,
                "words": opened(translation, "words"),
                "mine": translation.translated_by == viewer.pk,
            }
            for translation in _translations(quote)
        ],
        "history": history(quote),
        "next": next_step(quote, words, past),
    }


def _translations(quote: Quote) -> list[Any]:
    return [] if quote.over else translations(quote)


def next_step(quote: Quote, words: str | None, past: bool) -> str:
    """Return the one thing to do next, as a code of the page: show, ask, again, or nothing."""
    if quote.over or words is None:
        return ""
    if quote.state == State.COLLECTED:
        return "show"
    return "ask" if quote.state == State.SHOWN else "again" if past else ""


def _shown_by(review: QuoteReview) -> str:
    """Say who showed the words, to whoever reads it: "I did" is true of one reader only."""
    if review.shown_by_role == ShownBy.ME:
        return _("Somebody here")
    return str(review.get_shown_by_role_display())


def history(quote: Quote) -> list[dict[str, Any]]:
    """Return what happened to a quote, newest first: wordings, showings, answers. Never the words."""
    told = [
        *(
            {"at": wording.written_at, "what": _("Words: %(kind)s") % {"kind": wording.get_kind_display()}}
            for wording in wordings(quote)
        ),
        *(
            {
                "at": review.shown_at,
                "what": _("They saw the exact words. %(way)s")
                % {"way": f"{review.get_way_display()}. {_shown_by(review)}."},
            }
            for review in reviews(quote)
        ),
        *(
            {"at": answer.heard_at, "what": _("They said yes.") if answer.yes else _("They said no.")}
            for answer in answers(quote)
        ),
    ]
    if quote.withdrawn_at:
        told.append({"at": quote.withdrawn_at, "what": _("Taken back.")})
    return sorted(told, key=lambda event: event["at"], reverse=True)
