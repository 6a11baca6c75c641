"""Quotes as their own editors read them.

The words, how they stood, who saw them and what was said of them.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.kernel import seal
from alongside.quotes.models import (
    OVER,
    Quote,
    QuoteCheck,
    QuoteConsent,
    QuoteReview,
    QuoteTranslation,
    QuoteWording,
)
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


LANGUAGES = ("en", "fr")


def quotes(viewer: Worker, study_id: UUID) -> QuerySet[Quote]:
    """The quotes of a study that the viewer's agency collected, oldest first."""
    return Quote.objects.filter(agency_id=viewer.agency_id, study_id=study_id).select_related(
        "wording", "consent", "participant", "source", "theme"
    )


def get_quote(viewer: Worker, quote_id: UUID) -> Quote:
    """Return one quote of the viewer's agency.

    :raises Quote.DoesNotExist: if there is none for this viewer
    """
    found: Quote = Quote.objects.select_related("wording", "consent", "participant", "source", "theme").get(
        agency_id=viewer.agency_id, pk=quote_id
    )
    return found


def get_translation(viewer: Worker, translation_id: UUID) -> QuoteTranslation:
    """Return one translation.

    :raises QuoteTranslation.DoesNotExist: if there is none for this viewer
    """
    found: QuoteTranslation = QuoteTranslation.objects.select_related("quote").get(
        agency_id=viewer.agency_id, pk=translation_id
    )
    return found


def wordings(quote: Quote) -> list[QuoteWording]:
    """How the words stood, newest first."""
    return list(QuoteWording.objects.filter(quote=quote).order_by("-number"))


def reviews(quote: Quote) -> list[QuoteReview]:
    """When the speaker saw the words, and how; newest first."""
    return list(
        QuoteReview.objects.select_related("wording").filter(quote=quote).order_by("-shown_at", "-id")
    )


def answers(quote: Quote) -> list[QuoteConsent]:
    """What the speaker said, newest first."""
    return list(QuoteConsent.objects.filter(quote=quote).order_by("-heard_at", "-id"))


def translations(quote: Quote) -> list[QuoteTranslation]:
    """Translations of the words that stand, newest first."""
    return list(
        QuoteTranslation.objects.filter(quote=quote, wording=quote.wording).order_by("-translated_at", "-id")
    )


def thought_over(quote: Quote) -> QuoteCheck | None:
    """What was last thought about whether anybody would recognise the words that stand."""
    return (
        QuoteCheck.objects.filter(quote=quote, wording=quote.wording).order_by("-checked_at", "-id").first()
    )


def words_of(quote: Quote) -> str | None:
    """Return the words that stand, or None if they are gone.

    Destroyed here, or with the source they came from.
    """
    return opened(quote.wording, "words") if quote.wording else None


def opened(row: Any, column: str) -> Any:
    """Return what is sealed in this column, or None. What is read is noted by `read`, not for each row."""
    with seal.unlogged():
        return seal.unseal(row, column, agency_id=row.agency_id)


def read(quote: Quote) -> None:
    """Note that the viewer read what this quote says."""
    note("quotes.read", custodian_id=quote.agency_id, item_id=quote.id, item_kind="quote")


def read_many(viewer: Worker, count: int) -> None:
    """Note that the viewer read the quotes of a study."""
    if count:
        note("quotes.read", custodian_id=viewer.agency_id, item_kind="quote", count=count)


def digest_of(quote: Quote, words: str) -> bytes:
    """Return the keyed hash by which these exact words are known again.

    Its key goes with the quote's, so that nobody can try words against it.

    :raises KeyGone: if the key was destroyed
    """
    key = seal.keyring().open(quote.holder_id, seal.item(quote.id, "digest"), quote.agency_id)
    return hmac.digest(key, words.encode(), hashlib.sha256)


def counts(viewer: Worker) -> dict[UUID, int]:
    """How many quotes each study has that are not over."""
    found: dict[UUID, int] = {}
    for study_id in (
        Quote.objects.filter(agency_id=viewer.agency_id)
        .exclude(state__in=OVER)
        .values_list("study_id", flat=True)
    ):
        found[study_id] = found.get(study_id, 0) + 1
    return found
