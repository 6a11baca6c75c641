"""Requests as cards: whose they are, in the person's words, how far they are, and whose move it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.agencies.queries import agencies_by_id, agencies_named
from alongside.files import queries as files
from alongside.kernel import clock
from alongside.kernel.transliteration import folded
from alongside.plans import queries as plans
from alongside.referrals import rules
from alongside.referrals.models import Outcome, Referral, State
from alongside.referrals.queries.messages import asked_back

if TYPE_CHECKING:
    from alongside.agencies.models import Agency, Worker

ON_A_PAGE = 20
OVER = (State.REJECTED, State.COMPLETED, State.FAILED, State.CANCELLED)


class Side(StrEnum):
    """Which requests: what we ask, what we are asked, what has not gone, what is over."""

    BY_US = "by-us"
    OF_US = "of-us"
    DRAFTS = "drafts"
    OVER = "over"


class Move(StrEnum):
    """Whose move it is."""

    OURS = "ours"
    THEIRS = "theirs"
    NOBODYS = "nobodys"


@dataclass(frozen=True)
class Step:
    """One of the three steps of a request: so, under way, not, or still to come."""

    words: str
    standing: str = ""  # "so", "now", "not" or nothing


@dataclass(frozen=True)
class Card:
    """One request as its card shows it; what they said is empty where the file is shut to the worker."""

    referral: Referral
    agency: Agency
    name: str
    said: str
    language: str
    move: Move
    steps: tuple[Step, Step, Step]
    tag: tuple[str, str]


def counts(worker: Worker) -> dict[str, int]:
    """How many requests stand on each side."""
    sides = {side.name: Count("pk", filter=_of(worker, side)) for side in Side}
    found = Referral.objects.aggregate(**sides)
    return {side.value: found[side.name] for side in Side}


def cards(
    worker: Worker, side: Side, at: datetime, before: UUID | None = None, words: str = ""
) -> tuple[list[Card], UUID | None]:
    """Return one page of cards, the newest first, and after which of them the next page begins.

    :param before: what this returned for the page before
    :param words: an agency's name or a code name, or a part of one
    """
    found = Referral.objects.filter(_of(worker, side))
    if words.strip():
        found = found.filter(_named(worker, words.strip()))
    if before:
        found = found.filter(id__lt=before)
    page = list(found.order_by("-id")[: ON_A_PAGE + 1])
    shown = page[:ON_A_PAGE]
    return _shown(worker, side, shown, at), shown[-1].id if len(page) > ON_A_PAGE else None


def _of(worker: Worker, side: Side) -> Q:
    ours, theirs = Q(agency_id=worker.agency_id), Q(to_agency_id=worker.agency_id)
    return {
        Side.BY_US: ours & Q(state__in=rules.OPEN),
        Side.OF_US: theirs & Q(state__in=[*rules.OPEN, State.REJECTED]),  # as agreed beforehand
        Side.DRAFTS: ours & Q(state=State.DRAFT),
        Side.OVER: ours & Q(state__in=OVER),
    }[side]


def _named(worker: Worker, words: str) -> Q:
    agencies = agencies_named(words)
    coded = Q(handle__icontains=folded(words)) if folded(words) else Q(pk__in=[])
    about = Q(file_id__in=files.ids_named(worker, words)) | coded
    return about | Q(to_agency_id__in=agencies) | Q(agency_id__in=agencies)


def _shown(worker: Worker, side: Side, found: list[Referral], at: datetime) -> list[Card]:
    of_us, wait_for_asker = side == Side.OF_US, asked_back(found)
    agencies = agencies_by_id({r.agency_id if of_us else r.to_agency_id for r in found})
    if of_us:
        handles, said = {}, {}
    else:
        handles = files.handles(worker, {r.file_id for r in found})
        said = plans.statements(worker, {r.priority_id for r in found if r.priority_id})
    return [
        Card(
            referral=referral,
            agency=agencies[referral.agency_id if of_us else referral.to_agency_id],
            name=referral.handle if of_us else handles.get(referral.file_id, ""),
            said=said[referral.priority_id].statement if referral.priority_id in said else "",
            language=said[referral.priority_id].priority.language if referral.priority_id in said else "",
            move=_move(referral, of_us=of_us, asked_back=referral.id in wait_for_asker),
            steps=_steps(referral, at, of_us=of_us, asked_back=referral.id in wait_for_asker),
            tag=_tag(referral, at, of_us=of_us, asked_back=referral.id in wait_for_asker),
        )
        for referral in found
    ]


def _move(referral: Referral, *, of_us: bool, asked_back: bool) -> Move:
    if referral.state == State.DRAFT:
        return Move.OURS
    if asked_back:
        return Move.THEIRS if of_us else Move.OURS
    if referral.is_over and referral.outcome:
        return Move.NOBODYS
    heard = referral.last_heard_at
    if not of_us and heard and (not referral.noted_at or heard > referral.noted_at):
        return Move.OURS
    if referral.state == State.REQUESTED:
        return Move.OURS if of_us else Move.THEIRS
    return Move.NOBODYS


def _steps(referral: Referral, at: datetime, *, of_us: bool, asked_back: bool) -> tuple[Step, Step, Step]:
    asked = Step(_("Asked us") if of_us else _("Asked"), "" if referral.state == State.DRAFT else "so")
    return asked, _answer(referral, at, of_us=of_us, asked_back=asked_back), _end(referral)


def _answer(referral: Referral, at: datetime, *, of_us: bool, asked_back: bool) -> Step:
    state = State(referral.state)
    if state == State.DRAFT:
        return Step(_("Their answer"))
    if asked_back:
        return Step(_("We asked something back") if of_us else _("They asked something back"), "now")
    if state == State.REQUESTED and referral.possible_from:
        day = date_format(referral.possible_from, "MONTH_DAY_FORMAT")
        return Step(_("Not yet: from %(day)s") % {"day": day}, "now")
    if state == State.REQUESTED and referral.heard_from_at:
        return Step(_("We wrote back") if of_us else _("They wrote back"), "now")
    if state == State.REQUESTED and referral.answer_by:
        day = date_format(clock.day(referral.answer_by), "MONTH_DAY_FORMAT")
        late = referral.answer_by < at  # since when, the card says below
        return Step(_("No answer yet") if late else _("Answer by %(day)s") % {"day": day}, "now")
    if state == State.REJECTED:
        return Step(_("No: %(reason)s") % {"reason": referral.get_reason_display()}, "not")
    if state == State.CANCELLED:
        return Step(_("Taken back"), "not")
    return Step(_("Yes"), "so")


def _end(referral: Referral) -> Step:
    state = State(referral.state)
    if referral.outcome == Outcome.WORKED:
        return Step(_("It worked"), "so")
    if referral.outcome == Outcome.CHOSE_OTHERWISE:
        return Step(_("They chose otherwise"), "not")
    if state == State.FAILED:
        return Step(_("Came to nothing"), "not")
    if state == State.REJECTED:
        return Step(_("Counted as a gap"), "not")
    if state.is_taken_on:
        return Step(_("Did it help?"), "now")
    return Step(_("Did it help?"))


def _tag(referral: Referral, at: datetime, *, of_us: bool, asked_back: bool) -> tuple[str, str]:
    """How long it has stood as it stands, or since when it is settled."""
    state = State(referral.state)
    since = referral.heard_from_at if asked_back else referral.requested_at
    since = since if state == State.REQUESTED else referral.moved_at
    days = (clock.day(at) - clock.day(since or referral.written_at)).days
    long = ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else _("today")
    if state == State.REQUESTED:
        if asked_back or referral.answer_by is None or referral.answer_by >= at:
            return "wait", long
        return "wait", _("Late since %(day)s") % {
            "day": date_format(clock.day(referral.answer_by), "MONTH_DAY_FORMAT")
        }
    if state == State.DRAFT:
        return "", _("Begun: %(long)s") % {"long": long}
    words = referral.as_asked if of_us else referral.get_state_display()
    return ("no" if state.went_badly else "yes"), str(words)
