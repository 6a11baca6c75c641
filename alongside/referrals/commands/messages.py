"""What two agencies say to each other about one request, sealed under its agreement."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alongside.consent import queries as consents
from alongside.directory import queries as directory
from alongside.files import commands as files
from alongside.kernel import clock, seal
from alongside.referrals import rules
from alongside.referrals.commands.requests import about, accept, locked
from alongside.referrals.models import Message, Referral
from alongside.referrals.queries import asked_back, between_packages, said, yes_of
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@transaction.atomic
def say_yes(
    *,
    referral: Referral,
    on: date | None = None,
    hour: time | None = None,
    where: str = "",
    ask_for: str = "",
    bring: str = "",
    by: Worker,
    at: datetime,
) -> Referral:
    """Say yes, with when, where, whom to ask for and what to bring, as far as it is known.

    Whom to ask for is what the worker types for this answer, never taken from a seat. Said once more after a
    yes, it stands in place of what was said before; the same once more is nothing new.

    :raises rules.CannotMove: if it is not theirs to answer, or has ended
    :raises rules.CannotTell: if a place is named that nobody may be told of
    """
    told = _particulars(on, hour, where=where, ask_for=ask_for, bring=bring)
    _check_place(by, ask_for, bring, where=where)
    referral = locked(referral)
    if not (referral.standing.is_taken_on and referral.to_agency_id == by.agency_id):
        referral = accept(referral=referral, on=on, by=by, at=at)
        if told:
            _message(referral, Message.Kind.ANSWER, told, by, at)
        return referral
    before = yes_of(by, referral)
    if told == (before.particulars if before else {}):
        return referral
    rules.check_can_tell(bool(told), only_packages=between_packages(referral))
    _message(referral, Message.Kind.ANSWER, told, by, at)
    known = rules.first_day(referral, on)
    for name, band in known.items():
        setattr(referral, name, band)
    return _spoken(referral, at, "referrals.told_again", *known)


def _particulars(on: date | None, hour: time | None, **words: str) -> dict[str, str]:
    """What a yes carries, as it is sealed: only what was said."""
    said = {"on": on.isoformat() if on else "", "hour": hour.isoformat("minutes") if hour else ""}
    return {name: each.strip() for name, each in (said | words).items() if each.strip()}


@transaction.atomic
def say_not_yet(*, referral: Referral, possible_from: date, by: Worker, at: datetime) -> Referral:
    """Say from which day on it is possible: no gap, no end; it rises again on that day.

    The same day once more is nothing new.

    :raises rules.CannotMove: if it is not theirs to answer, or was answered already
    :raises rules.CannotTell: if the day is over
    """
    referral = locked(referral)
    rules.check_can_answer(by, referral)
    rules.check_can_be_possible(possible_from, clock.day(at))
    if referral.possible_from == possible_from:
        return referral
    referral.possible_from = possible_from
    return _spoken(referral, at, "referrals.not_yet", "possible_from")


@transaction.atomic
def ask_back(*, referral: Referral, words: str, by: Worker, at: datetime) -> Message:
    """Ask something before answering: no gap, no no, and what was agreed to be seen is still seen.

    :raises rules.CannotMove: if it is not theirs to answer, or was answered already
    :raises rules.CannotTell: if it is of an agency that only takes packages, or says who somebody is
    """
    referral = locked(referral)
    rules.check_can_answer(by, referral)
    message, is_new = _write(referral, Message.Kind.QUESTION, words, by, at)
    if is_new:
        _spoken(referral, at, "referrals.asked_back")
    return message


@transaction.atomic
def write(*, referral: Referral, words: str, by: Worker, at: datetime) -> Message:
    """Write to the other side about this request; to a question of theirs it is the reply.

    :raises rules.CannotTell: if it has ended, it is of an agency that only takes packages, or it says who
        somebody is
    """
    ours = referral.agency_id == by.agency_id
    if ours:
        files.lock_to_write(file_id=referral.file_id)
    referral = locked(referral)
    kind = Message.Kind.REPLY if ours and asked_back([referral]) else Message.Kind.MESSAGE
    message, is_new = _write(referral, kind, words, by, at)
    if not is_new:
        return message
    if ours:
        referral.noted_at = at  # whoever writes has seen what was said
        if kind == Message.Kind.REPLY:
            referral.answer_by = rules.answer_by_after_reply(referral, at)
        referral.save(update_fields=["noted_at", "answer_by"])
        note(f"referrals.{'replied' if kind == Message.Kind.REPLY else 'wrote'}", **about(referral))
    else:
        _spoken(referral, at, "referrals.wrote")
    return message


def _write(referral: Referral, kind: str, words: str, by: Worker, at: datetime) -> tuple[Message, bool]:
    """Write it, unless it is what this worker said last: then it was pressed twice. Whether it is new."""
    lives = consents.live(referral.file_id, at).filter(id=referral.release_id).exists()
    rules.check_can_write(referral, lives=lives, only_packages=between_packages(referral))
    rules.check_says_nobody(words)
    _check_place(by, words)
    last = next(reversed(said(by, referral)), None)
    twice = last and last.message.written_by == by.pk and last.text == words.strip()
    if last and twice and last.message.written_at > at - clock.A_MOMENT:
        return last.message, False
    return _message(referral, kind, {"text": words.strip()}, by, at), True


def _message(referral: Referral, kind: str, words: dict[str, Any], by: Worker, at: datetime) -> Message:
    message = Message(
        file_id=referral.file_id,
        agency_id=referral.agency_id,
        referral_id=referral.id,
        release_id=referral.release_id,
        to_agency_id=referral.to_agency_id,
        to_role=referral.to_role,
        from_agency_id=by.agency_id,
        kind=kind,
        written_by=by.pk,
        written_at=at,
    )
    message.words = seal.seal(message, "words", words, agency_id=by.agency_id)
    message.save(force_insert=True)
    return message


def _spoken(referral: Referral, at: datetime, action: str, *changed: str) -> Referral:
    """Note that the agency asked said something, so that it rises with whoever asked."""
    referral.heard_from_at = at
    referral.save(update_fields=["heard_from_at", *changed])
    note(action, **about(referral))
    return referral


def _check_place(by: Worker, *words: str, where: str = "") -> None:
    hidden = directory.says_where_hidden(by, where, is_place=True) or any(
        directory.says_where_hidden(by, each, is_place=False) for each in words
    )
    rules.check_can_name_place(hidden, directory.telephones([by.agency_id]).get(by.agency_id, []))
