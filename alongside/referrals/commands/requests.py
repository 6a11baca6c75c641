"""Asking another agency, answering, and closing the loop.

Whatever is locked is locked in one order: the file, the request, its agreement. No two wait for each other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from alongside.consent import commands as consent
from alongside.consent import queries as consents
from alongside.consent.queries import get_release
from alongside.files import commands as files
from alongside.gaps import commands as gaps
from alongside.kernel import clock, handles, seal
from alongside.kernel.commands import order_effect
from alongside.kernel.rls.models import save_changes
from alongside.referrals import rules
from alongside.referrals.models import RankedAgency, Referral, ReferralIntake, State
from alongside.referrals.queries.paper import paper
from alongside.trail.commands import note

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

ANSWERED = {State.ACCEPTED, State.REJECTED}


@transaction.atomic
def draft(
    *,
    file_id: UUID,
    to_agency_id: UUID,
    to_role: str = "",
    need: str = "",
    priority_id: UUID | None = None,
    entry_id: UUID | None = None,
    by: Worker,
    at: datetime,
) -> Referral:
    """Begin to ask an agency for something the person wants.

    Without a priority it is marked "ours, not theirs". Where the agency stands in their order, it is asked by
    this. Nothing leaves yet. Pressed twice, it is the draft that was begun.

    :raises rules.CannotAsk: if it is one's own agency, or the person said "not them"
    """
    files.lock_to_write(file_id=file_id)
    rules.check_can_ask(by, to_agency_id, consents.is_blocked(file_id, to_agency_id))
    wanted = {"need": need, "priority_id": priority_id, "entry_id": entry_id}
    if begun := _just_begun(by, at, file_id=file_id, to_agency_id=to_agency_id, **wanted):
        return begun
    release = consent.offer(file_id=file_id, to_agency_id=to_agency_id, to_role=to_role, by=by, at=at)
    referral = Referral(
        file_id=file_id,
        agency_id=by.agency_id,
        to_agency_id=to_agency_id,
        to_role=to_role,
        release_id=release.id,
    )
    referral.handle, referral.ours = handles.make_up(set()), priority_id is None
    referral.need, referral.priority_id, referral.entry_id = need, priority_id, entry_id
    referral.written_by, referral.written_at = by.pk, at
    referral.save(force_insert=True)
    if priority_id:
        ranked = RankedAgency.objects.filter(file_id=file_id, priority_id=priority_id, referral_id=None)
        ranked.filter(to_agency_id=to_agency_id, put_away_at=None).update(referral_id=referral.id)
    note("referrals.drafted", **about(referral))
    return referral


def _just_begun(by: Worker, at: datetime, **what: Any) -> Referral | None:
    """The same draft, begun by the same worker a moment ago: then it was pressed twice."""
    drafts = Referral.objects.filter(**what, written_by=by.pk, state=State.DRAFT)
    return drafts.filter(written_at__gt=at - clock.A_MOMENT).last()


@transaction.atomic
def introduce(*, referral: Referral, words: str, approved: bool, by: Worker, at: datetime) -> Referral:
    """Write the introduction, once, so that the person need not tell it again.

    `approved` when it was read back and is right.
    """
    files.lock_to_write(file_id=referral.file_id)
    referral = locked(referral)
    rules.check_can_introduce(referral)
    referral.introduction = (
        seal.seal(referral, "introduction", words, agency_id=by.agency_id) if words else None
    )
    referral.introduction_approved_at = at if words and approved else None
    referral.save(update_fields=["introduction", "introduction_approved_at"])
    note("referrals.introduced", **about(referral))
    return referral


@transaction.atomic
def address(*, referral: Referral, to_role: str, by: Worker) -> None:
    """Address a draft to one role of the agency, or to anybody there who meets people."""
    files.lock_to_write(file_id=referral.file_id)
    Referral.objects.filter(file_id=referral.file_id, id=referral.id, state=State.DRAFT).update(
        to_role=to_role
    )


@transaction.atomic
def send(*, referral: Referral, answer_within: timedelta, by: Worker, at: datetime) -> Referral:
    """Send the request under its agreement. It rises in the sender's queue if nobody answers within the term.

    :raises rules.CannotSend: if it was sent already, or no live agreement carries it
    """
    files.lock_to_write(file_id=referral.file_id)
    referral = locked(referral)
    live = consents.live(referral.file_id, at).filter(id=referral.release_id)
    rules.check_can_send(by, referral, live.select_for_update().exists())
    referral.state, referral.requested_at, referral.requested_by = State.REQUESTED, at, by.pk
    referral.answer_by, referral.moved_at = at + answer_within, at
    save_changes(referral)
    order_effect(
        "referrals.lend_key",
        about=referral.file_id,
        agency_id=by.agency_id,
        referral=str(referral.id),
        release=str(referral.release_id),
        to=str(referral.to_agency_id),
        **{"from": str(by.agency_id)},
    )
    note("referrals.requested", **about(referral))
    return referral


@transaction.atomic
def agree_and_send(
    *,
    referral: Referral,
    read_back: str,
    answer_within: timedelta,
    asked_alone: bool = False,
    by: Worker,
    at: datetime,
) -> Referral:
    """Make the agreement that was read back count, and send the request with it, in one go.

    "They signed" is taken only for the printed page with just this text.

    :param read_back: the version of the text they agreed to, as the page had it
    :param asked_alone: whether the person was asked again alone, after somebody else had been there
    :raises consent.rules.CannotAgree: if the agreement can't count as it stands
    :raises rules.CannotSend: if the request may not go, or what is agreed changed since it was read back
    """
    files.lock_to_write(file_id=referral.file_id)
    referral, release = locked(referral), get_release(by, referral.file_id, referral.release_id)
    page = paper(by, referral, release)
    rules.check_read_back(read_back, page.version)
    if release.method == "signed":
        rules.check_signed_page(release, page.number)
    if asked_alone and release.needs_asking_alone:
        consent.set_terms(release=release, by=by, others_present=consents.THEN_ALONE)
    consent.give(release=release, by=by, at=at)
    return send(referral=referral, answer_within=answer_within, by=by, at=at)


@transaction.atomic
def mark_seen(*, referral: Referral, by: Worker, at: datetime) -> None:
    """Note that the agency asked has read the request."""
    if referral.to_agency_id == by.agency_id and referral.seen_at is None:
        Referral.objects.filter(file_id=referral.file_id, id=referral.id, seen_at=None).update(seen_at=at)
        note("referrals.read", item_id=referral.id, item_kind="introduction", **about(referral))


@transaction.atomic
def accept(*, referral: Referral, on: date | None = None, by: Worker, at: datetime) -> Referral:
    """Say yes on behalf of the agency asked, with the first day there is, if it is known.

    If it keeps files here, it opens one of its own, under its own key.

    :raises rules.CannotMove: if it is not theirs to answer, or was answered already
    """
    referral = _move(referral, State.ACCEPTED, by, at, **rules.first_day(referral, on))
    if by.keeps_files:
        file = files.open(by=by, at=at)
        ReferralIntake.objects.bulk_create(
            [
                ReferralIntake(
                    file_id=file.id,
                    agency_id=by.agency_id,
                    referral_file_id=referral.file_id,
                    referral_id=referral.id,
                    from_agency_id=referral.agency_id,
                    opened_at=at,
                )
            ]
        )
    return referral


@transaction.atomic
def decline(
    *,
    referral: Referral,
    reason: str,
    barriers: list[str],
    wait_band: str,
    instead: UUID | None = None,
    entry: UUID | None = None,
    by: Worker,
    at: datetime,
) -> Referral:
    """Say no, with a coded reason. It becomes a gap in the same moment; the person is in neither.

    `instead` or `entry`: not us, but this agency, or this service of the directory. Nothing goes there;
    whoever asked talks about it with the person.

    What the agency was shown is out of its sight with it, whatever the reason, unless the person was asked
    beforehand. The database does that (`ctx.end_seeing`), and leaves it a line of its own. An agency that
    knows from which day on it could says that instead (`say_not_yet`).

    :raises rules.CannotMove: if it is not theirs to answer, was answered already, or the reason is not
        complete
    """
    rules.check_can_decline(reason)
    rules.check_can_suggest(referral, instead)
    said = {"reason": reason, "barriers": sorted(barriers), "wait_band": wait_band}
    suggested = {"suggested_agency_id": instead, "suggested_entry_id": entry}
    referral = _move(referral, State.REJECTED, by, at, **said, **suggested)
    gaps.record(
        by=by,
        at=at,
        reason=reason,
        asking_agency_id=referral.agency_id,
        asked_agency_id=by.agency_id,
        need=referral.need,
        barriers=barriers,
        wait_band=wait_band,
    )
    _hand_back(referral, by)
    return referral


@transaction.atomic
def ask_suggested(*, referral: Referral, by: Worker, at: datetime) -> Referral:
    """Begin to ask the agency that was suggested: a draft with an agreement of its own. Nothing leaves yet.

    Pressed twice, it is the draft that was begun.

    :raises rules.CannotAsk: if none was suggested, or the person said "not them" of it
    """
    same = {"file_id": referral.file_id, "need": referral.need, "priority_id": referral.priority_id}
    if not referral.suggested_agency_id and (begun := _just_begun(by, at, **same)):
        return begun
    suggested = rules.check_can_ask_suggested(by, referral)
    asked = draft(
        file_id=referral.file_id,
        to_agency_id=suggested,
        need=referral.need,
        priority_id=referral.priority_id,
        by=by,
        at=at,
    )
    put_suggestion_aside(referral=referral, by=by)
    return asked


@transaction.atomic
def ask_anew(*, referral: Referral, by: Worker, at: datetime) -> Referral:
    """Begin the same request anew, under an agreement of its own: this one ends too early, or has ended.

    Nothing leaves yet.

    :raises rules.CannotAsk: if it was never sent, or the person said "not them" since
    """
    rules.check_can_ask_anew(by, referral)
    return draft(
        file_id=referral.file_id,
        to_agency_id=referral.to_agency_id,
        to_role=referral.to_role,
        need=referral.need,
        priority_id=referral.priority_id,
        entry_id=referral.entry_id,
        by=by,
        at=at,
    )


@transaction.atomic
def put_suggestion_aside(*, referral: Referral, by: Worker) -> None:
    """Note that what was suggested instead is not asked, or is asked by now."""
    referral = locked(referral)
    rules.check_can_ask_suggested(by, referral, any_kind=True)
    referral.suggested_agency_id = referral.suggested_entry_id = None
    referral.save(update_fields=["suggested_agency_id", "suggested_entry_id"])
    note("referrals.suggestion_heard", **about(referral))


@transaction.atomic
def progress(
    *, referral: Referral, to: str, barriers: list[str] | None = None, by: Worker, at: datetime
) -> Referral:
    """Move an accepted request along: under way, paused, done, or come to nothing (which is a gap too).

    There already, nothing happens.

    :raises rules.CannotMove: if the closed loop doesn't know that move, or it is the other side's
    """
    if _stands(referral, to, by):
        return referral
    referral = _move(referral, to, by, at, barriers=sorted(barriers or []))
    if to == State.FAILED:
        gaps.record(
            by=by,
            at=at,
            reason="failed",
            asking_agency_id=referral.agency_id,
            asked_agency_id=referral.to_agency_id,
            need=referral.need,
            barriers=barriers or [],
        )
        _hand_back(referral, by)
    return referral


@transaction.atomic
def take_back(*, referral: Referral, by: Worker, at: datetime) -> Referral:
    """Take a request back. Its agreement ends with it, and the other agency stops seeing anything.

    :raises rules.CannotMove: if it has ended already
    """
    if _stands(referral, State.CANCELLED, by):
        return referral
    _end_agreement(referral, by, at, "taken-back")
    return _move(referral, State.CANCELLED, by, at)


@transaction.atomic
def put_back(*, referral: Referral, by: Worker, at: datetime) -> Referral:
    """Put back a draft that was thrown away, as it was: nothing of it has left.

    :raises rules.CannotMove: if it was not thrown away, or was sent
    """
    files.lock_to_write(file_id=referral.file_id)
    if _stands(referral, State.DRAFT, by):
        return referral
    rules.check_can_put_back(by, referral)
    return _move(referral, State.DRAFT, by, at)


@transaction.atomic
def withdraw(*, file_id: UUID, release_id: UUID, by: Worker, at: datetime, because: str = "said-so") -> None:
    """ "Not them": end an agreement with one tap, and cancel every request that travelled under it.

    :raises consent.rules.CannotEnd: if the agreement has ended already
    """
    release = get_release(by, file_id, release_id)
    open_ones = _lock_open(file_id, by)
    consent.end(release=release, by=by, at=at, because=because)
    for referral in open_ones:
        if referral.release_id == release_id:
            _move(referral, State.CANCELLED, by, at)


@transaction.atomic
def block(*, file_id: UUID, against: str, item_id: UUID | None, by: Worker, at: datetime) -> None:
    """Write down a "not them", and cancel what was asked of them."""
    live = {r.id for r in consents.live(file_id, at)}
    _lock_open(file_id, by)
    consent.block(file_id=file_id, against=against, item_id=item_id, by=by, at=at)
    _cancel_what_ended(file_id, live, by, at)


@transaction.atomic
def block_by_name(*, file_id: UUID, agency_id: UUID, name: str, by: Worker, at: datetime) -> None:
    """Write down a "not them" of somebody in another agency, by name.

    What was asked of the agency goes on without them.
    """
    consent.block_by_name(file_id=file_id, agency_id=agency_id, name=name, by=by, at=at)


@transaction.atomic
def enter_in_error(*, referral: Referral, by: Worker, at: datetime) -> Referral:
    """Note that a request was sent by mistake. Its agreement ends with it, and it stands in no list any more.

    :raises rules.CannotMove: if it is another agency's, or was never sent
    """
    if _stands(referral, State.ENTERED_IN_ERROR, by):
        return referral
    _end_agreement(referral, by, at, "mistake")
    return _move(referral, State.ENTERED_IN_ERROR, by, at)


@transaction.atomic
def record_outcome(*, referral: Referral, outcome: str, by: Worker, at: datetime) -> None:
    """Write down the person's own word at the end: it worked, they chose otherwise, or nothing said.

    Their word ends the agreement too. That nothing was said is none.

    :raises rules.CannotSay: before there was an answer, at another's desk, or that it worked after a no
    """
    referral = locked(referral)
    rules.check_can_say(by, referral, outcome)
    if referral.outcome == outcome:
        return
    referral.outcome = outcome
    if referral.is_over:
        _end_agreement(referral, by, at, "last-word")
    referral.save(update_fields=["outcome"])
    note("referrals.heard", **about(referral))


@transaction.atomic
def acknowledge(*, referral: Referral, by: Worker, at: datetime) -> None:
    """Note that the sender has seen the answer, so that it leaves the day's queue."""
    Referral.objects.filter(file_id=referral.file_id, id=referral.id, agency_id=by.agency_id).update(
        noted_at=at
    )


def _cancel_what_ended(file_id: UUID, lived: set[UUID], by: Worker, at: datetime) -> None:
    ended = lived - set(consents.live(file_id, at).filter(id__in=lived).values_list("id", flat=True))
    for referral in Referral.objects.filter(
        file_id=file_id, release_id__in=ended, agency_id=by.agency_id, state__in=rules.OPEN
    ):
        _move(referral, State.CANCELLED, by, at)


def _lock_open(file_id: UUID, by: Worker) -> list[Referral]:
    """Return what was asked for a file and has not ended, locked."""
    asked = Referral.objects.filter(file_id=file_id, agency_id=by.agency_id, state__in=rules.OPEN)
    return list(asked.select_for_update().order_by("id"))


def _end_agreement(referral: Referral, by: Worker, at: datetime, because: str) -> None:
    """End the agreement that a request travels under, if it still lives, before the request is over."""
    if release := consents.live(referral.file_id, at).filter(id=referral.release_id).first():
        consent.end(release=release, by=by, at=at, because=because)


def _hand_back(referral: Referral, by: Worker) -> None:
    consent.hand_back(
        file_id=referral.file_id, release_id=referral.release_id, custodian_id=referral.agency_id, by=by
    )


def locked(referral: Referral) -> Referral:
    """Return the request as it is now, locked."""
    return Referral.objects.select_for_update().get(file_id=referral.file_id, id=referral.id)


def _stands(referral: Referral, to: str, by: Worker) -> bool:
    """Whether it stands there already, by this side's own move: then the button was pressed twice."""
    referral = locked(referral)
    return referral.state == to and rules.is_their_move(by, referral, to)


def _move(referral: Referral, to: str, by: Worker, at: datetime, **changes: Any) -> Referral:
    referral = locked(referral)
    rules.check_can_move(by, referral, to)
    referral.state, referral.moved_at = to, at
    for name, value in changes.items():
        setattr(referral, name, value)
    if to in ANSWERED:
        referral.answered_at = at
    referral.save(update_fields=["state", "moved_at", "answered_at", *changes])
    note(f"referrals.{to.replace('-', '_')}", **about(referral))
    return referral


def about(referral: Referral) -> dict[str, Any]:
    """Return what the trail says a note is about."""
    return {
        "custodian_id": referral.agency_id,
        "file_id": referral.file_id,
        "referral_id": referral.id,
        "other_agency_id": referral.to_agency_id,
    }
