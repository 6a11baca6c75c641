"""Which way a referral can go, and who may move it (Gravity SDOH Clinical Care 3.0.0; standards.md 4)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.consent.queries import last_day
from alongside.kernel import clock
from alongside.kernel.refusal import Refusal
from alongside.referrals.models import (
    LONGEST,
    MOVES,
    OURS,
    THEIRS,
    AppointmentBand,
    CapacityRequest,
    Outcome,
    RankedAgency,
    Reason,
    Referral,
    State,
)
from alongside.text.identifiers import seen
from alongside.text.short_notes import telling

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker
    from alongside.consent.models import Release

OPEN = [state for state in State if state.is_open]
SENT = _("This has already been sent.")
MOVED_ON = _("That can’t follow from where this stands now. Look at it once more: it may have moved.")
NOT_AGREED = _(
    "They have not agreed to share with this agency, or no longer do. Talk it over with them first."
)
ONLY_PACKAGES = _(
    "They get what was agreed and answer it; nothing is said in between. Call them with the person."
)
ENDED = [State.REJECTED, State.COMPLETED, State.FAILED, State.CANCELLED]


class CannotAsk(Refusal):
    """This can't be asked, or not of them."""


class CannotSend(Refusal):
    """It is not ready to go, or may not go; `step` is where what is lacking is said, if anywhere."""


class CannotMove(Refusal):
    """It can't go there from where it is, or not by this agency."""


class CannotTell(Refusal):
    """This can't be said to the other side, or not in these words."""


class CannotSay(Refusal):
    """There is nothing yet to have a word on."""


def check_can_ask(worker: "Worker", to_agency_id: object, blocked: bool) -> None:
    """Refuse to ask one's own agency, or one the person said "not them" of.

    :raises CannotAsk: in those cases
    """
    if to_agency_id == worker.agency_id:
        raise CannotAsk(_("That is your own agency. Add a step instead."))
    if blocked:
        raise CannotAsk(_("They said: not them. Ask another agency."))


def check_can_stand_among_several(agency: "Agency") -> None:
    """Refuse police, the Crown, child protection and what is led by them where several are asked.

    :raises CannotAsk: then
    """
    if agency.must_pass_on:
        raise CannotAsk(
            _("They must pass on what they hear: ask them by themselves, on a page of their own, or not.")
        )


def makes_way(referral: Referral, at: datetime, *, lapsed: bool, asked_back: bool = False) -> str:
    """Say why whoever is next in the person's order may be offered after this request; nothing if not.

    :param lapsed: whether its agreement is over
    :param asked_back: whether it waits for our own answer to a question
    """
    state, no = State(referral.state), str(_("They said no."))
    if state == State.REJECTED:
        waits = {Reason.WAITLIST: str(_("They have only a waiting list.")), Reason.MORE_NEEDED: ""}
        return waits.get(Reason(referral.reason), no) if referral.reason else no
    if state == State.FAILED:
        return str(_("It came to nothing."))
    if state == State.CANCELLED:
        return str(_("It was taken back."))
    if state == State.REQUESTED and lapsed:
        return str(_("The agreement ended before they answered."))
    if state == State.REQUESTED and not asked_back and referral.answer_by and referral.answer_by <= at:
        put_off = referral.possible_from and referral.possible_from > clock.day(at)
        return "" if put_off else str(_("They did not answer within the term."))
    return ""


def check_can_introduce(referral: Referral) -> None:
    """Refuse to rewrite the introduction of what was sent.

    :raises CannotSend: if it was
    """
    if State(referral.state) != State.DRAFT:
        raise CannotSend(MOVED_ON if referral.state == State.CANCELLED else SENT)


def check_can_send(worker: "Worker", referral: Referral, live: bool) -> None:
    """Refuse to send anything that is not a draft of the worker's agency under a live agreement.

    :raises CannotSend: in those cases
    """
    if referral.agency_id != worker.agency_id or referral.state == State.CANCELLED:
        raise CannotSend(MOVED_ON)
    if State.REQUESTED not in MOVES[State(referral.state)]:
        raise CannotSend(SENT)
    if not live:
        raise CannotSend(NOT_AGREED)
    if referral.introduction and not referral.introduction_approved_at:
        raise CannotSend(
            _("Read the introduction back to them first, and change it until it is right."),
            step="introduction",
        )


def check_read_back(version: str, now: str) -> None:
    """Refuse an agreement to another text than the one that was read back.

    :raises CannotSend: then
    """
    if version != now:
        raise CannotSend(
            _("What is agreed has changed since it was read back. Nothing went. Read this back now."),
            step="check",
        )


def check_signed_page(release: "Release", number: str) -> None:
    """Refuse "they signed" where no page was signed, or another than the one that stands now.

    :raises CannotSend: then
    """
    if release.method != "signed" or release.signed_page == number:
        return
    raise CannotSend(
        _("What is agreed has changed since they signed. Print the page again, or let them say it aloud.")
        if release.signed_page
        else _("“They signed” means the printed page. Print it and let them sign, or let them say it aloud."),
        step="paper",
    )


def is_their_move(worker: "Worker", referral: Referral, to: str) -> bool:
    """Whether it is for the worker's side to bring it there."""
    return State(to) in (THEIRS if referral.to_agency_id == worker.agency_id else OURS)


def check_can_move(worker: "Worker", referral: Referral, to: str) -> None:
    """Refuse a move that the closed loop doesn't know, or that is the other side's to make.

    :raises CannotMove: in those cases
    """
    if not is_their_move(worker, referral, to):
        raise CannotMove(_("That is for the other agency to say. Call them, or wait for their answer."))
    if State(to) not in MOVES[State(referral.state)]:
        raise CannotMove(MOVED_ON)


def check_can_put_back(worker: "Worker", referral: Referral) -> None:
    """Refuse to put back what was not thrown away, or has left.

    :raises CannotMove: in those cases
    """
    check_can_move(worker, referral, State.DRAFT)
    if referral.requested_at is not None:
        raise CannotMove(_("This was sent, and was taken back. Ask anew."))


def check_can_answer(worker: "Worker", referral: Referral) -> None:
    """Refuse an answer of somebody who was not asked, or to what was answered or has ended.

    :raises CannotMove: in those cases
    """
    check_can_move(worker, referral, State.ACCEPTED)


def first_day(referral: Referral, on: date | None) -> dict[str, str]:
    """Return what stands in the open of the first day that was offered: roughly how long it is until then."""
    if on is None or referral.requested_at is None:
        return {}
    return {"appointment_band": AppointmentBand.of((on - clock.day(referral.requested_at)).days)}


def check_can_tell(anything: bool, *, only_packages: bool) -> None:
    """Refuse to say something more after a yes where nothing is said, or where a package has one answer.

    :raises CannotTell: then
    """
    if only_packages:
        raise CannotTell(ONLY_PACKAGES)
    if not anything:
        raise CannotTell(_("Write at least one thing: when, where, whom to ask for, or what to bring."))


def check_can_answer_capacity(worker: "Worker", asked: CapacityRequest) -> None:
    """Refuse an answer of somebody who was not asked, or to what was answered for good.

    :raises CannotMove: in those cases
    """
    if asked.to_agency_id != worker.agency_id:
        raise CannotMove(_("That is for the other agency to say. Call them, or wait for their answer."))
    if not asked.is_open:
        raise CannotMove(MOVED_ON)


def check_can_ask_for_somebody(worker: "Worker", asked: CapacityRequest) -> None:
    """Refuse to go on from what was not asked here, or not answered with a yes.

    :raises CannotAsk: in those cases
    """
    if asked.agency_id != worker.agency_id or asked.state != CapacityRequest.State.YES:
        raise CannotAsk(_("They have not said that they could. Wait for their answer, or call them."))


def check_can_be_possible(possible_from: date | None, today: date) -> None:
    """Refuse a day that is over, or so far off that the agreement would not last until then.

    :raises CannotTell: in those cases
    """
    if possible_from is None or not today < possible_from <= last_day(today):
        raise CannotTell(_("Choose a day from tomorrow to 180 days from now."))


def check_stands_in_order(ranked: RankedAgency) -> None:
    """Refuse to ask, move or take out what stands in their order no more.

    :raises CannotAsk: if it was asked already, or taken out
    """
    if ranked.referral_id:
        raise CannotAsk(
            _("They were asked meanwhile. If they should not be, take that request back."),
            reverse("referrals:referral", args=[ranked.referral_id]),
        )
    if ranked.put_away_at:
        raise CannotAsk(_("They stand in this order no more. Put them in again if the person wants that."))


def check_can_ask_anew(worker: "Worker", referral: Referral) -> None:
    """Refuse to ask anew what was never sent, or is another agency's to ask.

    :raises CannotAsk: in those cases
    """
    if referral.agency_id != worker.agency_id or referral.state == State.DRAFT:
        raise CannotAsk(_("There is nothing here to ask anew. Look for a service from what they want."))


def check_can_write(referral: Referral, *, lives: bool, only_packages: bool) -> None:
    """Refuse messages about what has ended, without an agreement, and with who only takes packages.

    The database refuses them too.

    :raises CannotTell: in those cases
    """
    if not referral.standing.is_open:
        raise CannotTell(MOVED_ON)
    if not lives:
        raise CannotTell(NOT_AGREED)
    if only_packages:
        raise CannotTell(ONLY_PACKAGES)


def check_says_nobody(words: str) -> None:
    """Refuse words that are none, too many, or tell who somebody is by their shape.

    :raises CannotTell: in those cases
    """
    if not seen(words):
        raise CannotTell(_("Write something first."))
    if len(words) > LONGEST:
        raise CannotTell(_("400 letters are the most. Call them for the rest."))
    if sure := telling(words).sure:
        raise CannotTell(
            _("This may tell who somebody is: %s. Take it out, and say it on the telephone if need be.")
            % ", ".join(str(_("“%s”") % piece) for piece in sure)
        )


def check_can_name_place(hidden: bool, telephones: list[str]) -> None:
    """Refuse to say where a place is that nobody may be told of.

    :raises CannotTell: if that would be said
    """
    if hidden:
        raise CannotTell(
            _("Where that is stays out of here: it is confidential, or not known to be public. %s")
            % (
                _("Leave it out; they ring %s, and you say how to come.") % telephones[0]
                if telephones
                else _("Leave it out, and say on the telephone how to come.")
            )
        )


def check_can_decline(reason: str) -> None:
    """Refuse a "no" without its reason; how long the list is and what stands in the way may be left out.

    :raises CannotMove: then
    """
    if not reason:
        raise CannotMove(_("Say why, with one tap. It is counted, and nobody is named."))


def check_can_suggest(referral: Referral, agency_id: object) -> None:
    """Refuse to suggest one of the two agencies themselves.

    :raises CannotMove: then
    """
    if agency_id in (referral.agency_id, referral.to_agency_id):
        raise CannotMove(_("Choose somebody else: these are the two of you."))


def check_can_ask_suggested(worker: "Worker", referral: Referral, *, any_kind: bool = False) -> UUID:
    """Return which agency was suggested; refuse where none was, or to whom it was not.

    :param any_kind: whether a service of the directory counts too
    :raises CannotAsk: in those cases
    """
    suggested = referral.suggested_agency_id or (referral.suggested_entry_id if any_kind else None)
    if referral.agency_id != worker.agency_id or suggested is None:
        raise CannotAsk(_("Nobody is suggested here any more. Look for a service from what they want."))
    return suggested


def answer_by_after_reply(referral: Referral, at: datetime) -> datetime | None:
    """By when they answer, once we answered their question: the time they had left then, at least a day."""
    if referral.answer_by is None or referral.heard_from_at is None:
        return referral.answer_by
    left: timedelta = referral.answer_by - referral.heard_from_at
    return at + max(left, timedelta(days=1))


def is_possible_outcome(referral: Referral, outcome: str) -> bool:
    """Whether this can be the person's word on it: what was declined did not work."""
    return outcome != Outcome.WORKED or referral.state != State.REJECTED


def check_can_say(worker: "Worker", referral: Referral, outcome: str) -> None:
    """Refuse the person's last word before there is an answer, one that can't be, or at another's desk.

    :raises CannotSay: in those cases
    """
    if referral.agency_id != worker.agency_id:
        raise CannotSay(_("That is for the other agency to say. Call them, or wait for their answer."))
    if referral.state in (State.DRAFT, State.REQUESTED):
        raise CannotSay(_("They haven’t been answered yet. Answer them first."))
    if not is_possible_outcome(referral, outcome):
        raise CannotSay(_("They said no, so it can’t have worked. Choose another of these."))
