"""Reading quotes: for their own editors, and for a brief only what may be printed, in the very words that were seen."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alongside.kernel import geography, seal
from alongside.kernel.keyring import KeyGone
from alongside.quotes import rules
from alongside.quotes.models import (
    AGREED,
    OVER,
    Attribution,
    Audience,
    Quote,
    QuoteCheck,
    QuoteConsent,
    QuoteSeeing,
    QuoteTranslation,
    QuoteWording,
    Recognised,
    Shower,
    State,
    Trace,
    Translator,
    Way,
    Wording,
)
from alongside.quotes.rules import may_work
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

__all__ = ["Attribution", "Audience", "Recognised", "Shower", "State", "Trace", "Translator", "Way", "Wording", "may_work"]
LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Quotable:
    """A quote that may be printed: its words in each language there is, in which one it was said, what stands under it, and until when."""

    id: UUID
    study_id: UUID
    theme_id: UUID | None
    speaker_id: UUID
    words: dict[str, str]
    original: str
    attribution: dict[str, str]
    until: date
    paraphrase: bool = False
    translators: dict[str, str] = field(default_factory=dict)
    voices: tuple[UUID, ...] = ()  # the quotes it stands for: several, where several people agreed to the same paraphrase
    speakers: tuple[UUID, ...] = ()


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
    found: QuoteTranslation = QuoteTranslation.objects.select_related("quote").get(agency_id=viewer.agency_id, pk=translation_id)
    return found


def wordings(quote: Quote) -> list[QuoteWording]:
    """How the words stood, newest first."""
    return list(QuoteWording.objects.filter(quote=quote).order_by("-number"))


def seeings(quote: Quote) -> list[QuoteSeeing]:
    """When the speaker saw the words, and how; newest first."""
    return list(QuoteSeeing.objects.select_related("wording").filter(quote=quote).order_by("-shown_at", "-id"))


def answers(quote: Quote) -> list[QuoteConsent]:
    """What the speaker said, newest first."""
    return list(QuoteConsent.objects.filter(quote=quote).order_by("-heard_at", "-id"))


def translations(quote: Quote) -> list[QuoteTranslation]:
    """Translations of the words that stand, newest first."""
    return list(QuoteTranslation.objects.filter(quote=quote, wording=quote.wording).order_by("-translated_at", "-id"))


def thought_over(quote: Quote) -> QuoteCheck | None:
    """What was last thought about whether anybody would recognise the words that stand."""
    return QuoteCheck.objects.filter(quote=quote, wording=quote.wording).order_by("-checked_at", "-id").first()


def words_of(quote: Quote) -> str | None:
    """Return the words that stand, or None if they are gone: destroyed here, or with the source they came from."""
    return opened(quote.wording, "words") if quote.wording else None


def opened(row: Any, column: str) -> Any:
    """Return what is sealed in this column, or None. What is read is noted by `read`, not for each row."""
    with seal.unshown():
        return seal.unseal(row, column, agency_id=row.agency_id)


def read(quote: Quote) -> None:
    """Note that the viewer read what this quote says."""
    note("quotes.read", custodian_id=quote.agency_id, item_id=quote.id, item_kind="quote")


def read_many(viewer: Worker, count: int) -> None:
    """Note that the viewer read the quotes of a study."""
    if count:
        note("quotes.read", custodian_id=viewer.agency_id, item_kind="quote", count=count)


def digest_of(quote: Quote, words: str) -> bytes:
    """Return the keyed hash by which these exact words are known again. Its key goes with the quote's, so that nobody can try words against it.

    :raises KeyGone: if the key was destroyed
    """
    key = seal.keyring().open(quote.holder_id, seal.item(quote.id, "digest"), quote.agency_id)
    return hmac.digest(key, words.encode(), hashlib.sha256)


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


def agreed_terms(consent: QuoteConsent) -> rules.Terms:
    """Return what a yes agreed to."""
    names = opened(consent, "names") or {}
    return rules.Terms(
        attribution=consent.attribution, names=names, region=consent.region, audiences=tuple(consent.audiences),
        may_translate=consent.may_translate, until=consent.until,
    )  # fmt: skip


def publishable(viewer: Worker, study_id: UUID, *, audience: str, on: date) -> list[Quotable]:
    """What may be printed for this audience on this day: agreed, not taken back, not over, thought about, and in exactly the words that were seen."""
    found = _composed(_quotables(_agreed(viewer, audience, on).filter(study_id=study_id)))
    read_many(viewer, len(found))
    return found


def standing(viewer: Worker, ids: Collection[UUID], *, audience: str, on: date) -> set[UUID]:
    """Which of these may still be printed for this audience on this day."""
    return {one.id for one in _quotables(_agreed(viewer, audience, on).filter(pk__in=list(ids)))}


def balance(quotables: Iterable[Quotable], *, most: int = rules.MOST_A_SPEAKER, least: int = rules.LEAST_SPEAKERS) -> list[rules.Problem]:
    """What puts these quotes out of balance: more than two of one speaker, a theme of fewer than three speakers. A brief may say why it goes beyond."""
    spoken = [(one.theme_id, speaker) for one in quotables for speaker in one.speakers or (one.speaker_id,)]
    return rules.out_of_balance(spoken, most=most, least=least)


def why_not(quote: Quote, *, on: date) -> list[str]:
    """What still stands between these words and a brief, in plain words; nothing, if they may be printed for somebody."""
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
        .select_related("wording", "consent", "consent__seeing")
        .order_by("collected_at", "id")
    )


def _quotables(found: Iterable[Quote]) -> list[Quotable]:
    """Those of these quotes that may be printed. Three statements, however many there are."""
    found = list(found)
    stand = {"quote__in": found, "wording__in": [one.wording_id for one in found]}
    checks = {one.quote_id: one for one in QuoteCheck.objects.filter(**stand).order_by("checked_at", "id")}  # the last one stays
    made: dict[UUID, list[QuoteTranslation]] = defaultdict(list)
    for one in QuoteTranslation.objects.filter(**stand).order_by("-translated_at", "-id"):
        made[one.quote_id].append(one)
    return [told for quote in found if (told := _quotable(quote, checks.get(quote.id), made[quote.id]))]


def _quotable(quote: Quote, check: QuoteCheck | None, made: list[QuoteTranslation]) -> Quotable | None:
    """The quote as it may be printed, if its words are those that were seen, and were thought about."""
    words, consent, wording = words_of(quote), quote.consent, quote.wording
    if words is None or consent is None or consent.until is None or wording is None or not rules.is_safe(check):
        return None
    if not _same(quote, words, consent.seeing):
        return None
    terms = agreed_terms(consent)
    told, by = {quote.language: words}, {}
    for one in made if consent.may_translate else []:
        if one.checked_at and one.language not in told and (other := opened(one, "words")):
            told[one.language], by[one.language] = other, _translator(one)
    return Quotable(
        id=quote.id, study_id=quote.study_id, theme_id=quote.theme_id, speaker_id=quote.speaker_id, words=told, original=quote.language,
        attribution=attribution_of(quote, terms), until=consent.until, paraphrase=quote.state == State.PARAPHRASE, translators=by,
        voices=(quote.id,), speakers=(quote.speaker_id,),
    )  # fmt: skip


def _composed(found: list[Quotable]) -> list[Quotable]:
    """Print a paraphrase that several people saw and agreed to once: what stands under it, in which languages and until when is what they all agreed to."""
    alike: dict[Any, list[Quotable]] = {}
    for one in found:
        alike.setdefault((one.theme_id, one.original, one.words[one.original]) if one.paraphrase else one.id, []).append(one)
    return [_as_one(each) for each in alike.values()]


def _as_one(each: list[Quotable]) -> Quotable:
    first, *others = each
    if not others:
        return first
    same = all(one.attribution == first.attribution for one in others)
    return replace(
        first, until=min(one.until for one in each), attribution=first.attribution if same else dict.fromkeys(first.attribution, ""),
        words={language: words for language, words in first.words.items() if all(language in one.words for one in others)},
        voices=tuple(one.id for one in each), speakers=tuple(dict.fromkeys(one.speaker_id for one in each)),
    )  # fmt: skip


def _translator(one: QuoteTranslation) -> str:
    """Who translated, in the language of the translation."""
    with translation.override(one.language):
        return str(Translator(one.translator).label)


def _same(quote: Quote, words: str, seeing: QuoteSeeing) -> bool:
    try:
        return hmac.compare_digest(digest_of(quote, words), bytes(seeing.digest)) and seeing.wording_id == quote.wording_id
    except KeyGone:
        return False


def counts(viewer: Worker) -> dict[UUID, int]:
    """How many quotes each study has that are not over."""
    found: dict[UUID, int] = {}
    for study_id in Quote.objects.filter(agency_id=viewer.agency_id).exclude(state__in=OVER).values_list("study_id", flat=True):
        found[study_id] = found.get(study_id, 0) + 1
    return found


def usual_until(today: date | None = None) -> date:
    """Return until when a yes lasts unless the speaker says otherwise: a year."""
    return (today or timezone.localdate()) + rules.LASTS
