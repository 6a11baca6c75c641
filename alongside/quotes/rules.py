"""When somebody's words may be shown, agreed to and printed.

Each `check_can_…` is pure and refuses in plain words (practice.md 6).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal
from alongside.quotes.models import MOVES, Attribution, Audience, Recognised, State, Wording

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from alongside.agencies.models import Worker
    from alongside.quotes.models import Quote, QuoteCheck, QuoteTranslation, QuoteWording

LASTS = timedelta(days=365)  # unless the speaker says otherwise
LASTS_AT_MOST = timedelta(days=3 * 366)
MOST_A_SPEAKER, LEAST_SPEAKERS = 2, 3  # by default, in one brief
CHANGED = _("The words have changed since they were shown. Show them again, as they stand now.")
NOT_SHOWN = _("Show them the exact words first. Then write down what they said.")
LONGEST = 1_200  # characters; a quote is a few sentences


class CannotLook(Refusal):
    """The worker's role doesn't work with quotes."""


class CannotCollect(Refusal):
    """These words can't become a quote."""


class CannotMove(Refusal):
    """A quote can't go there from where it stands."""


class CannotAgree(Refusal):
    """What the speaker said is not complete, or is not about these words."""


class CannotCheck(Refusal):
    """A translation is checked by somebody else."""


def may_work(worker: Worker) -> bool:
    """Whether this role works with quotes: evidence editors, who meet nobody and see no file."""
    return worker.may("edit-evidence")


def check_can_work(worker: Worker) -> None:
    """Quotes are collected, shown and put into a brief by evidence editors.

    :raises CannotLook: for any other role
    """
    if not may_work(worker):
        raise CannotLook(_("Evidence editors work with quotes. Ask one of them."))


def check_not_over(quote: Quote) -> None:
    """A no and a withdrawal are the end.

    :raises CannotMove: after either
    """
    if quote.over:
        raise CannotMove(
            _("They said no to this, or took it back. Nothing more is done with it. Choose another quote.")
        )


def check_can_move(quote: Quote, to: State) -> None:
    """A quote goes only where `MOVES` says; a no and a withdrawal are the end.

    :raises CannotMove: otherwise
    """
    check_not_over(quote)
    if to != quote.state and to not in MOVES[State(quote.state)]:
        raise CannotMove(
            _("That can’t follow from where this quote stands now. Look at it once more: it may have moved.")
        )


def check_words(words: str) -> None:
    """A quote is a few sentences.

    :raises CannotCollect: if there is nothing in it, or far more than that
    """
    if not words.strip():
        raise CannotCollect(_("There are no words yet. Write what they said."))
    if len(words) > LONGEST:
        raise CannotCollect(
            _(
                "This is too long to be quoted: a few sentences are read, and are harder to recognise "
                "somebody by."
                " Choose the few that matter."
            )
        )


def check_can_reword(quote: Quote, kind: Wording, words: str, stands: str) -> None:
    """Any other wording goes back to be shown; the same letters are no other wording.

    :raises Refusal: if it is over, or nothing is different
    """
    check_words(words)
    check_can_move(quote, State.COLLECTED)
    if words == stands and (quote.wording is None or quote.wording.kind == kind):
        raise CannotMove(_("These are the words that stand already. Change them, or leave them."))


def check_can_show(quote: Quote) -> None:
    """What is shown is what stands.

    :raises CannotMove: if it is over, or there are no words to show any more
    """
    check_can_move(quote, State.SHOWN)
    if quote.wording is None or quote.wording.words is None:
        raise CannotMove(
            _("There are no words to show any more: what they were taken from is gone. Choose another quote.")
        )


def agreed_state(wording: QuoteWording) -> State:
    """Return what a yes to this wording comes to.

    As they said it, in their own new words, or told in other words.
    """
    return {
        Wording.VERBATIM: State.AS_IS,
        Wording.EDITED: State.EDITED,
        Wording.PARAPHRASE: State.PARAPHRASE,
    }[Wording(wording.kind)]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a speaker agreed to.

    What stands under the words, who may read them, until when, and whether they may be translated.
    """

    attribution: str
    names: Mapping[str, str]
    region: str
    audiences: tuple[str, ...]
    may_translate: bool
    until: date | None


def check_can_agree(quote: Quote, terms: Terms, on: date) -> None:
    """A yes is to words just seen, for somebody, until a day; a name or a role is in their words.

    :raises Refusal: in plain words, with what is missing
    """
    if quote.state != State.SHOWN:
        raise CannotMove(NOT_SHOWN)
    if terms.attribution not in Attribution.values:
        raise CannotAgree(_("Ask what should stand under the words. “Nothing” is an answer."))
    if terms.attribution == Attribution.LIVED and not quote.lived:
        raise CannotAgree(_("They speak as somebody who provides a service. Choose a role, or nothing."))
    if terms.attribution in (Attribution.ROLE, Attribution.ROLE_REGION, Attribution.NAME) and not all(
        terms.names.get(language, "").strip() for language in ("en", "fr")
    ):
        raise CannotAgree(_("Write what should stand there, in English and in French."))
    if terms.attribution == Attribution.ROLE_REGION and not terms.region:
        raise CannotAgree(_("Choose the region that should stand there."))
    if not terms.audiences or not set(terms.audiences) <= set(Audience.values):
        raise CannotAgree(_("Ask who may read it. If nobody may, write down that they said no."))
    if terms.until is None or not on < terms.until <= on + LASTS_AT_MOST:
        raise CannotAgree(_("Choose a day after today, and within three years. They can always agree again."))


def check_can_translate(quote: Quote, language: str, words: str) -> None:
    """A translation is of the words that stand, into another language.

    :raises Refusal: in plain words
    """
    check_words(words)
    if quote.over:
        check_can_move(quote, State.COLLECTED)
    if language == quote.language:
        raise CannotCollect(_("This is the language they spoke. Choose the other one."))


def check_can_check(translation: QuoteTranslation, by: Worker) -> None:
    """A second person reads a translation beside the words.

    :raises CannotCheck: if it is the same person, or done already
    """
    if translation.translated_by == by.pk:
        raise CannotCheck(_("You wrote this translation, so somebody else checks it. Ask a colleague."))
    if translation.checked_at or translation.words is None:
        raise CannotCheck(_("This translation is checked already, or gone. Look at the quote once more."))


def check_can_answer_recognised(quote: Quote, answer: str, traces: list[str]) -> None:
    """Would the person who hurt them recognise this? A “could” says by what.

    :raises Refusal: if the quote is over, or the answer says nothing
    """
    check_can_move(quote, State(quote.state))
    if answer not in Recognised.values:
        raise CannotAgree(_("Say whether they would. “I am not sure” is an answer."))
    if answer == Recognised.COULD and not traces:
        raise CannotAgree(_("Say by what they could: then it can be taken out."))


def is_safe(check: QuoteCheck | None) -> bool:
    """Whether these words were thought about, and are safe to print.

    Nobody could be recognised by them, or the speaker knows and wants it all the same.
    """
    return check is not None and (check.answer == Recognised.NO or check.their_choice)


@dataclass(frozen=True)
class Problem:
    """One thing that puts quotes out of balance: too many of one speaker, or too few speakers of a theme."""

    kind: str  # "speaker" or "theme"
    about: UUID | None
    count: int
    words: Promise


def out_of_balance(
    spoken: Iterable[tuple[UUID | None, UUID]], *, most: int = MOST_A_SPEAKER, least: int = LEAST_SPEAKERS
) -> list[Problem]:
    """Look at (theme, speaker) of every quote chosen.

    At most two quotes a speaker, at least three speakers a theme (practice.md 6).

    Otherwise one loud voice stands for all, and whoever speaks most is recognised first.
    """
    spoken = list(spoken)
    of_theme: dict[UUID | None, set[UUID]] = defaultdict(set)
    for theme, speaker in spoken:
        of_theme[theme].add(speaker)
    many = [
        (speaker, count)
        for speaker, count in Counter(speaker for _theme, speaker in spoken).items()
        if count > most
    ]
    return [
        *(
            Problem("speaker", speaker, count, _("One speaker has more quotes than the others can balance."))
            for speaker, count in many
        ),
        *(
            Problem("theme", theme, len(speakers), _("Too few people speak about this theme."))
            for theme, speakers in of_theme.items()
            if theme is not None and len(speakers) < least
        ),
    ]
