"""What may be printed, for whom and on which day.

In the very words that were seen, and what still stands between others and a brief.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.kernel.keyring import KeyGone
from alongside.quotes import rules
from alongside.quotes.models import AGREED, Quote, QuoteCheck, QuoteTranslation, State, Translator
from alongside.quotes.queries.attributions import attributed
from alongside.quotes.queries.quotes import digest_of, opened, read_many, thought_over, words_of
from alongside.quotes.queries.terms import agreed_terms, attribution_of

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.quotes.models import QuoteReview


@dataclass(frozen=True)
class Quotable:
    """A quote that may be printed.

    Its words in each language there is, in which one it was said, what stands under it, and until when.
    """

    id: UUID
    study_id: UUID
    theme_id: UUID | None
    speaker_id: UUID
    words: dict[str, str]
    original: str
    attribution: dict[str, str]
    until: date
    merged: bool = False  # whether a broader role stands under it than was agreed to
    alike: int = 0  # how many people of the study the same could stand under, in the same language
    paraphrase: bool = False
    translators: dict[str, str] = field(default_factory=dict)
    voices: tuple[
        UUID, ...
    ] = ()  # the quotes it stands for: several, where several people agreed to the same paraphrase
    speakers: tuple[UUID, ...] = ()


def publishable(viewer: Worker, study_id: UUID, *, audience: str, on: date) -> list[Quotable]:
    """What may be printed for this audience on this day.

    Agreed, not taken back, not over, thought about, and in exactly the words that were seen.
    """
    agreed = list(_agreed(viewer, audience, on).filter(study_id=study_id))
    found = _composed(attributed(viewer, study_id, agreed, _quotables(agreed)))
    read_many(viewer, len(found))
    return found


def standing(viewer: Worker, ids: Collection[UUID], *, audience: str, on: date) -> set[UUID]:
    """Which of these may still be printed for this audience on this day."""
    return {quotable.id for quotable in _quotables(_agreed(viewer, audience, on).filter(pk__in=list(ids)))}


def balance(
    quotables: Iterable[Quotable], *, most: int = rules.MOST_A_SPEAKER, least: int = rules.LEAST_SPEAKERS
) -> list[rules.Problem]:
    """What puts these quotes out of balance.

    More than two of one speaker, a theme of fewer than three speakers. A brief may say why it goes beyond.
    """
    spoken = [
        (quotable.theme_id, speaker)
        for quotable in quotables
        for speaker in quotable.speakers or (quotable.speaker_id,)
    ]
    return rules.out_of_balance(spoken, most=most, least=least)


def why_not(quote: Quote, *, on: date) -> list[str]:
    """What still stands between these words and a brief, in plain words.

    Nothing, if they may be printed for somebody.
    """
    if quote.over:
        return []
    checked, left = thought_over(quote), []
    if words_of(quote) is None:
        left.append(_("The words are gone, with the source they were taken from."))
    if not quote.agreed:
        left.append(_("The speaker hasn’t agreed to these words yet."))
    elif quote.consent and quote.consent.until and quote.consent.until < on:
        left.append(_("What they agreed to is over. Show it to them again, if they like."))
    if not rules.is_safe(checked):
        left.append(
            _("Nobody has asked yet whether the person who hurt them would recognise this.")
            if checked is None
            else _("Somebody could be recognised. Change the words, or talk it over with the speaker.")
        )
    return left


def _agreed(viewer: Worker, audience: str, on: date) -> QuerySet[Quote]:
    """Agreed for this audience on this day, and the source, where there is one, not taken back."""
    return (
        Quote.objects.filter(agency_id=viewer.agency_id, state__in=AGREED, consent__yes=True)
        .filter(consent__audiences__contains=[audience], consent__until__gte=on)
        .filter(Q(source=None) | ~Q(source__state="withdrawn"))
        .select_related("wording", "consent", "consent__review")
        .order_by("collected_at", "id")
    )


def _quotables(found: Iterable[Quote]) -> list[Quotable]:
    """Those of these quotes that may be printed. Three statements, however many there are."""
    found = list(found)
    stand = {"quote__in": found, "wording__in": [quote.wording_id for quote in found]}
    checks = {
        quote_check.quote_id: quote_check
        for quote_check in QuoteCheck.objects.filter(**stand).order_by("checked_at", "id")
    }  # the last one stays
    made: dict[UUID, list[QuoteTranslation]] = defaultdict(list)
    for translated in QuoteTranslation.objects.filter(**stand).order_by("-translated_at", "-id"):
        made[translated.quote_id].append(translated)
    return [told for quote in found if (told := _quotable(quote, checks.get(quote.id), made[quote.id]))]


def _quotable(quote: Quote, check: QuoteCheck | None, made: list[QuoteTranslation]) -> Quotable | None:
    """The quote as it may be printed, if its words are those that were seen, and were thought about."""
    words, consent, wording = words_of(quote), quote.consent, quote.wording
    if (
        words is None
        or consent is None
        or consent.until is None
        or wording is None
        or not rules.is_safe(check)
    ):
        return None
    if not _same(quote, words, consent.review):
        return None
    terms = agreed_terms(consent)
    told, by = {quote.language: words}, {}
    for translated in made if consent.may_translate else []:
        if (
            translated.checked_at
            and translated.language not in told
            and (other := opened(translated, "words"))
        ):
            told[translated.language], by[translated.language] = other, _translator(translated)
    return Quotable(
        id=quote.id,
        study_id=quote.study_id,
        theme_id=quote.theme_id,
        speaker_id=quote.speaker_id,
        words=told,
        original=quote.language,
        attribution=attribution_of(quote, terms),
        until=consent.until,
        paraphrase=quote.state == State.PARAPHRASE,
        translators=by,
        voices=(quote.id,),
        speakers=(quote.speaker_id,),
    )


def _composed(found: list[Quotable]) -> list[Quotable]:
    """Print a paraphrase that several people saw and agreed to once.

    What stands under it, in which languages and until when is what they all agreed to.
    """
    alike: dict[Any, list[Quotable]] = {}
    for quotable in found:
        alike.setdefault(
            (quotable.theme_id, quotable.original, quotable.words[quotable.original])
            if quotable.paraphrase
            else quotable.id,
            [],
        ).append(quotable)
    return [_as_one(each) for each in alike.values()]


def _as_one(each: list[Quotable]) -> Quotable:
    first, *others = each
    if not others:
        return first
    same = all(other.attribution == first.attribution for other in others)
    return replace(
        first,
        until=min(quotable.until for quotable in each),
        attribution=first.attribution if same else dict.fromkeys(first.attribution, ""),
        words={
            language: words
            for language, words in first.words.items()
            if all(language in other.words for other in others)
        },
        voices=tuple(quotable.id for quotable in each),
        speakers=tuple(dict.fromkeys(quotable.speaker_id for quotable in each)),
    )


def _translator(translated: QuoteTranslation) -> str:
    """Who translated, in the language of the translation."""
    with translation.override(translated.language):
        return str(Translator(translated.translator).label)


def _same(quote: Quote, words: str, review: QuoteReview) -> bool:
    try:
        return (
            hmac.compare_digest(digest_of(quote, words), bytes(review.digest))
            and review.wording_id == quote.wording_id
        )
    except KeyGone:
        return False
