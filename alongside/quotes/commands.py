"""Collecting, showing, agreeing, translating and taking back what somebody said."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from alongside.kernel import clock, seal
from alongside.kernel.commands import order_effect
from alongside.quotes import queries, rules
from alongside.quotes.models import (
    Quote,
    QuoteCheck,
    QuoteConsent,
    QuoteReview,
    QuoteTranslation,
    QuoteWording,
    Recognised,
    State,
    Wording,
)
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def collect(
    *,
    study_id: UUID,
    words: str,
    language: str,
    by: Worker,
    at: datetime,
    lived: bool = True,
    theme_id: UUID | None = None,
    source_id: UUID | None = None,
    participant_id: UUID | None = None,
    passage_id: UUID | None = None,
) -> Quote:
    """Collect what somebody said, word for word, so that it can be shown to them. It can't be printed yet.

    Sealed under the source's key where there is a source, so that taking back the one takes back the other;
    else under a key of its own.

    :raises rules.CannotCollect: if there are no words, or far too many
    """
    rules.check_can_work(by)
    rules.check_words(words)
    quote = Quote(
        agency_id=by.agency_id,
        study_id=study_id,
        language=language,
        lived=lived,
        collected_by=by.pk,
        collected_at=at,
    )
    quote.theme_id, quote.source_id, quote.participant_id, quote.passage_id = (
        theme_id,
        source_id,
        participant_id,
        passage_id,
    )
    quote.holder_id = source_id or quote.id
    if source_id is None:
        seal.keyring().make(quote.id, by.agency_id)
    quote.save(force_insert=True)
    _set_wording(quote, Wording.VERBATIM, words, by, at)
    _note("collected", quote)
    return quote


@transaction.atomic
def reword(*, quote: Quote, kind: str, words: str, by: Worker, at: datetime) -> Quote:
    """Write other words, whoever's they are.

    Whatever was agreed is over, and these are shown before anybody else reads them.

    :raises rules.CannotMove: if the quote is over, or nothing is different
    """
    quote = _locked(by, quote)
    rules.check_can_reword(quote, Wording(kind), words, queries.words_of(quote) or "")
    quote.state, quote.consent, quote.terms = State.COLLECTED, None, None
    _set_wording(quote, Wording(kind), words, by, at)
    _note("reworded", quote)
    return quote


@transaction.atomic
def show(
    *, quote: Quote, digest: bytes, way: str, shown_by_role: str, by: Worker, at: datetime
) -> QuoteReview:
    """Write down that the speaker saw the exact words.

    `digest` is that of the words on the page that was shown.

    :raises rules.CannotMove: if the words have changed since, or there are none any more
    """
    quote = _locked(by, quote)
    rules.check_can_show(quote)
    words = queries.words_of(quote)
    if (
        words is None
        or quote.wording is None
        or queries.digest_of(quote, words) != digest
        or bytes(quote.wording.digest) != digest
    ):
        raise rules.CannotMove(rules.CHANGED)
    review = QuoteReview(
        wording=quote.wording,
        digest=digest,
        way=way,
        shown_by_role=shown_by_role,
        shown_by=by.pk,
        shown_at=at,
        **_of(quote),
    )
    review.save(force_insert=True)
    quote.state, quote.consent, quote.terms = State.SHOWN, None, None
    quote.save(update_fields=["state", "consent", "terms"])
    _note("shown", quote)
    return review


@transaction.atomic
def set_terms(*, quote: Quote, by: Worker, **said: Any) -> None:
    """Keep what the speaker has said so far of what stands under the words, who reads them, and how long.

    :raises rules.CannotMove: unless the words were just shown
    """
    quote = _locked(by, quote)
    if quote.state != State.SHOWN:
        raise rules.CannotMove(rules.NOT_SHOWN)
    quote.terms = seal.seal(quote, "terms", queries.terms_of(quote) | said, agency_id=by.agency_id)
    quote.save(update_fields=["terms"])


@transaction.atomic
def agree(*, quote: Quote, by: Worker, at: datetime) -> QuoteConsent:
    """Write down the yes that was read back to them: to these words, for these readers, until this day.

    :raises Refusal: if the words were not shown, or something is missing
    """
    quote = _locked(by, quote)
    terms = queries.as_terms(queries.terms_of(quote))
    rules.check_can_agree(quote, terms, clock.day(at))
    consent = _answered(quote, True, by, at)
    consent.attribution, consent.region = terms.attribution, terms.region
    consent.audiences, consent.may_translate, consent.until = (
        list(terms.audiences),
        terms.may_translate,
        terms.until,
    )
    if terms.names:
        consent.names = seal.seal(consent, "names", dict(terms.names), agency_id=by.agency_id)
    consent.save(force_insert=True)
    wording: QuoteWording = consent.review.wording
    quote.state, quote.consent, quote.terms = rules.agreed_state(wording), consent, None
    quote.save(update_fields=["state", "consent", "terms"])
    _note("agreed", quote)
    return consent


@transaction.atomic
def refuse(*, quote: Quote, by: Worker, at: datetime) -> None:
    """Write down that they said no. The words are destroyed here; nobody asks again.

    :raises rules.CannotMove: unless the words were shown
    """
    quote = _locked(by, quote)
    rules.check_can_move(quote, State.NO)
    _answered(quote, False, by, at).save(force_insert=True)
    quote.state, quote.consent = State.NO, None
    quote.save(update_fields=["state", "consent"])
    _destroy(quote, by)
    _note("refused", quote)


@transaction.atomic
def withdraw(*, quote: Quote, by: Worker, at: datetime) -> None:
    """Take a quote back because the speaker says so.

    No later edition prints it, and the words are destroyed here.

    :raises rules.CannotMove: if it is over already
    """
    quote = _locked(by, quote)
    rules.check_can_move(quote, State.WITHDRAWN)
    quote.state, quote.consent, quote.withdrawn_by, quote.withdrawn_at = State.WITHDRAWN, None, by.pk, at
    quote.save(update_fields=["state", "consent", "withdrawn_by", "withdrawn_at"])
    _destroy(quote, by)
    _note("withdrawn", quote)


@transaction.atomic
def translate(
    *, quote: Quote, language: str, words: str, translator: str, by: Worker, at: datetime
) -> QuoteTranslation:
    """Write a translation of the words that stand.

    It is printed only once somebody else has checked it, and marked as translated.

    :raises Refusal: if the quote is over, or this is the language they spoke
    """
    quote = _locked(by, quote)
    rules.check_can_translate(quote, language, words)
    made = QuoteTranslation(
        wording=quote.wording,
        language=language,
        translator=translator,
        translated_by=by.pk,
        translated_at=at,
        **_of(quote),
    )
    made.words = seal.seal(made, "words", words, agency_id=by.agency_id)
    made.save(force_insert=True)
    _note("translated", quote)
    return made


@transaction.atomic
def check_translation(*, translation: QuoteTranslation, by: Worker, at: datetime) -> None:
    """Write down that a second person read the translation beside the words, and that it says the same.

    :raises rules.CannotCheck: if it is the one who wrote it, or was done already
    """
    rules.check_can_work(by)
    translation = QuoteTranslation.objects.select_for_update().get(agency_id=by.agency_id, pk=translation.pk)
    rules.check_can_check(translation, by)
    translation.checked_by, translation.checked_at = by.pk, at
    translation.save(update_fields=["checked_by", "checked_at"])
    _note("translation_checked", translation.quote)


@transaction.atomic
def think_over(
    *,
    quote: Quote,
    answer: str,
    traces: list[str],
    reasons: str,
    their_choice: bool,
    by: Worker,
    at: datetime,
) -> QuoteCheck:
    """Write down whether the person who hurt them would recognise these words, and by what (practice.md 6).

    Each wording is asked anew.

    :raises Refusal: if the quote is over, or the answer says nothing
    """
    quote = _locked(by, quote)
    rules.check_can_answer_recognised(quote, answer, traces)
    made = QuoteCheck(
        wording=quote.wording,
        answer=answer,
        traces=sorted(traces),
        checked_by=by.pk,
        checked_at=at,
        **_of(quote),
    )
    made.their_choice = their_choice and answer != Recognised.NO
    if reasons.strip():
        made.reasons = seal.seal(made, "reasons", reasons, agency_id=by.agency_id)
    made.save(force_insert=True)
    _note("thought_over", quote)
    return made


@transaction.atomic
def put_under(*, quote: Quote, theme_id: UUID | None, by: Worker, at: datetime) -> None:
    """Put a quote under another theme. That changes nothing the speaker agreed to.

    :raises rules.CannotMove: if the quote is over
    """
    quote = _locked(by, quote)
    rules.check_can_move(quote, State(quote.state))
    quote.theme_id = theme_id
    quote.save(update_fields=["theme"])
    _note("placed", quote)


def _locked(by: Worker, quote: Quote) -> Quote:
    rules.check_can_work(by)
    found: Quote = (
        Quote.objects.select_for_update(of=("self",))
        .select_related("wording")
        .get(agency_id=by.agency_id, pk=quote.pk)
    )
    return found


def _of(quote: Quote) -> dict[str, Any]:
    return {"quote": quote, "agency_id": quote.agency_id, "holder_id": quote.holder_id}


def _set_wording(quote: Quote, kind: Wording, words: str, by: Worker, at: datetime) -> None:
    number = QuoteWording.objects.filter(quote=quote).count() + 1
    wording = QuoteWording(
        number=number,
        kind=kind,
        written_by=by.pk,
        written_at=at,
        digest=queries.digest_of(quote, words),
        **_of(quote),
    )
    wording.words = seal.seal(wording, "words", words, agency_id=by.agency_id)
    wording.save(force_insert=True)
    quote.wording = wording
    quote.save(update_fields=["state", "consent", "terms", "wording"])


def _answered(quote: Quote, yes: bool, by: Worker, at: datetime) -> QuoteConsent:
    """A row for an answer, about the words that were seen last."""
    review = (
        QuoteReview.objects.select_related("wording")
        .filter(quote=quote, wording=quote.wording)
        .latest("shown_at", "id")
    )
    return QuoteConsent(review=review, yes=yes, heard_by=by.pk, heard_at=at, **_of(quote))


def _destroy(quote: Quote, by: Worker) -> None:
    """Destroy everything that was said, in whichever words; and the key, where it is the quote's own."""
    Quote.objects.filter(pk=quote.pk).update(terms=None)
    QuoteWording.objects.filter(quote=quote).update(words=None)
    QuoteTranslation.objects.filter(quote=quote).update(words=None)
    QuoteConsent.objects.filter(quote=quote).update(names=None)
    QuoteCheck.objects.filter(quote=quote).update(reasons=None)
    if quote.holder_id == quote.id:
        order_effect("quotes.destroy_key", about=quote.id, agency_id=quote.agency_id)


def _note(what: str, quote: Quote) -> None:
    note(f"quotes.{what}", custodian_id=quote.agency_id, item_id=quote.id, item_kind="quote")
