"""What was asked of us, what came back, and what nobody answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.consent import queries as consents
from alongside.kernel import clock, vocabulary
from alongside.kernel.batches import both
from alongside.kernel.worklists import Action, Item, Part, Says, together
from alongside.referrals import queries

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.agencies.models import Worker
    from alongside.referrals.models import CapacityRequest, Referral
    from alongside.referrals.queries import NextInTurn

A_WEEK = timedelta(days=7)
TO_LOOK = timedelta(days=1)  # after which what nobody looked at rises
CAPACITY_TAGS = {"yes": "yes", "no": "no"}
ON_A_BOARD = gettext_lazy("A request")


def items(worker: Worker, at: datetime) -> Says:
    """Yield requests to answer, answers nobody has noted, and requests nobody answered within their term."""
    yield from _overseen(worker, at)
    if worker.meets_people:
        yield from together(
            _no_longer_shared(worker),
            _asked_of_us(worker),
            _capacity(worker, at),
            _waiting_for_us(worker, at),
            _to_talk_about(worker, at),
        )


def _no_longer_shared(worker: Worker) -> Says:
    if ended := (yield from consents.unread_notices.reading(worker)):
        yield Item(
            words=ngettext(
                "Something that was shared with your agency is no longer shared.",
                "%(n)s agreements to share something with your agency have ended.",
                len(ended),
            )
            % {"n": len(ended)},
            at=ended[-1],
            note=_(
                "It is gone from here. If any of it was written down elsewhere, stop using it and destroy it."
            ),
            part=Part.NEW,
            action=Action(_("We have"), reverse("referrals:notices"), {"read": str(len(ended))}),
            rank=0,
        )


def _asked_of_us(worker: Worker) -> Says:
    waiting = queries.waiting(worker)
    yield [waiting]
    asked_back = yield from queries.asked_back.reading(waiting)
    for referral in waiting:
        yield _their_move(referral) if referral.id in asked_back else _our_move(referral)


def _our_move(referral: Referral) -> Item:
    return Item(
        words=_("{agency} asks us: %(name)s") % {"name": referral.handle},
        at=referral.requested_at,
        agency_id=referral.agency_id,
        action=Action(_("Read and answer"), reverse("referrals:referral", args=[referral.id])),
        tag=("move", _("They wait for us")),
        rank=1,
    )


def _their_move(referral: Referral) -> Item:
    return Item(
        words=_("{agency} asks us: %(name)s") % {"name": referral.handle},
        note=_("We asked something back. It comes back here when they answer."),
        at=referral.heard_from_at,
        agency_id=referral.agency_id,
        part=Part.LATER,
        action=Action(_("Look"), reverse("referrals:referral", args=[referral.id])),
        tag=("wait", _("Their move")),
    )


def _capacity(worker: Worker, at: datetime) -> Says:
    """What others ask before there is anybody to name, and what was answered to that."""
    to_answer, answers = queries.capacity_to_answer(worker, at), queries.capacity_answers(worker)
    to_answer = to_answer if worker.may("answer-requests") else to_answer.none()
    answers = answers if worker.keeps_files else answers.none()
    yield [to_answer, answers]
    for asked in to_answer:
        yield Item(
            words=_("{agency} asks what we have: %(what)s") % {"what": _room(asked)},
            at=asked.asked_at,
            agency_id=asked.agency_id,
            action=Action(_("Answer"), reverse("referrals:capacity", args=[asked.pk])),
            tag=("move", _("They wait for us")),
            rank=1,
        )
    for asked in answers:
        lately = asked.answered_at is not None and at - asked.answered_at < TO_LOOK
        yield Item(
            words=_("{agency} answered what they have: %(what)s") % {"what": _room(asked)},
            at=asked.answered_at if lately else asked.day,
            agency_id=asked.to_agency_id,
            part=Part.NEW if lately else Part.LATER,
            action=Action(_("Look"), reverse("referrals:capacity", args=[asked.pk])),
            tag=(CAPACITY_TAGS.get(asked.state, "wait"), asked.get_state_display()),
        )


def _room(asked: CapacityRequest) -> str:
    day = date_format(asked.day, "MONTH_DAY_FORMAT")
    return _("%(need)s, %(day)s") % {"need": vocabulary.label("needs", asked.need), "day": day}


def _waiting_for_us(worker: Worker, at: datetime) -> Says:
    """What came back, and what did not within its term: one line a request, the one that acts."""
    heard, lapsed, asked = (
        queries.answers(worker, at),
        queries.overdue(worker, at),
        queries.heard_unanswered(worker),
    )
    (turns, to_answer), seen = yield from both(
        both(queries.next_in_turn.reading(worker, at), queries.to_answer.reading(asked)),
        queries.seen_of.reading(worker, asked, heard, lapsed),
    )
    ours = {referral.id for referral in to_answer}
    makes_way = {turn.ranked.priority_id for turn in turns}
    answers = [r for r in heard if r.id not in ours]
    overdue = [r for r in lapsed if r.id not in ours and r.priority_id not in makes_way]
    for referral in to_answer:
        yield Item(
            words=_("{file}: they ask something before they answer"),  # what they ask opens with the file
            note=_who_looked(referral, seen, at),
            at=referral.heard_from_at,
            file_id=referral.file_id,
            action=Action(_("Answer"), reverse("referrals:referral", args=[referral.id]) + "#talk"),
            tag=("move", _("Your move")),
            rank=0 if _rises(referral, seen, at) else 1,
        )
    for referral in answers:
        rises, is_answer = _rises(referral, seen, at), referral.last_heard_at == referral.answered_at
        yield Item(  # what they said opens with the file
            words=_("{file}: an answer came back") if is_answer else _("{file}: they said something new"),
            note=_who_looked(referral, seen, at),
            at=referral.last_heard_at,
            part=Part.TODAY if rises else Part.NEW,
            file_id=referral.file_id,
            leads_to=reverse("referrals:referral", args=[referral.id]),
            action=Action(_("Seen"), reverse("referrals:noted", args=[referral.id]), {}),
            tag=("move", _("Waits for us")) if rises else None,
            rank=0 if rises else 5,
        )
    yield from _in_turn(turns)
    for referral in overdue:
        yield _about(
            referral,
            words=_("{agency} has not answered about {file}"),
            note=" ".join(filter(None, (_("The term is over. Ring them."), _who_looked(referral, seen, at)))),
            at=referral.answer_by,
            rank=0 if _rises(referral, seen, at) else 5,
            action=Action(_("Look"), reverse("referrals:referral", args=[referral.id])),
            tag=("wait", _("No answer yet")),
        )


def _to_talk_about(worker: Worker, at: datetime) -> Says:
    to_ask_alone, thrown_away = queries.to_ask_alone(worker), queries.thrown_away(worker, at)
    unheard = queries.unheard(worker)
    yield [to_ask_alone, thrown_away, unheard]
    for referral in to_ask_alone:
        yield _about(
            referral,
            words=_("Ask {file} again, alone, before {agency} is asked"),
            part=Part.LATER,
            action=Action(_("Look"), reverse("referrals:check", args=[referral.id])),
        )
    for referral in thrown_away:
        yield _about(
            referral,
            words=_("Threw away what {agency} was to be asked about {file}"),
            at=referral.moved_at,
            part=Part.DONE,
            action=Action(
                _("Undo"), reverse("referrals:putting_back", args=[referral.id]), {"from_day": "1"}
            ),
        )
    for referral in unheard:
        yield _about(
            referral,
            words=_("Ask {file} whether {agency} was what they wanted"),
            at=referral.moved_at,
            part=Part.LATER,
            action=Action(_("Look"), reverse("referrals:referral", args=[referral.id])),
        )


def _in_turn(turns: list[NextInTurn]) -> Iterator[Item]:
    for turn in turns:
        yield Item(
            words=_("Next in the order of {file}: {agency}"),
            note=_("%(why)s Ask the person; nothing goes by itself.") % {"why": turn.why},
            file_id=turn.ranked.file_id,
            agency_id=turn.ranked.to_agency_id,
            action=Action(_("Look"), reverse("referrals:referral", args=[turn.after.id])),
            tag=("move", _("Your move")),
        )


def _rises(referral: Referral, seen: Mapping[UUID, list[str]], at: datetime) -> bool:
    """Whether nobody of the team looked at what came, or lapsed, within the term for that."""
    heard = queries.heard_at(referral)
    return heard is not None and not seen.get(referral.id) and at - heard >= TO_LOOK


def _who_looked(referral: Referral, seen: Mapping[UUID, list[str]], at: datetime) -> str:
    if names := seen.get(referral.id):
        return _("%(names)s looked.") % {"names": ", ".join(names)}
    heard = queries.heard_at(referral)
    if heard is None or not _rises(referral, seen, at):
        return ""
    if at - heard < A_WEEK:
        return _("Nobody has looked since %(weekday)s.") % {"weekday": date_format(clock.day(heard), "l")}
    day = date_format(clock.day(heard), "MONTH_DAY_FORMAT")
    return _("Nobody has looked since %(date)s.") % {"date": day}


def _about(referral: Referral, **said: object) -> Item:
    return Item(file_id=referral.file_id, agency_id=referral.to_agency_id, **said)  # type: ignore[arg-type]


def _overseen(worker: Worker, at: datetime) -> Iterator[Item]:
    """What whoever answers for the agency hears in numbers, as they open nothing."""
    if worker.may("oversee-access"):
        yield from _recusals(worker)
    if worker.may("read-gaps") and not worker.meets_people:
        yield from _overdue(at)


def _overdue(at: datetime) -> Iterator[Item]:
    """What is stuck, for whoever answers for the agency and opens no file: how many, and since when."""
    found = queries.overdue_counts(at)
    many = {what: many for what, (many, _since) in found.items()}
    said = {
        "heard": ngettext(
            "One answer that nobody has taken up yet",
            "%(n)s answers that nobody has taken up yet",
            many.get("heard", 0),
        ),
        "answering": ngettext(
            "One request to us, past its time and not answered",
            "%(n)s requests to us, past their time and not answered",
            many.get("answering", 0),
        ),
        "asked": ngettext(
            "One request of ours, past its time and not answered",
            "%(n)s requests of ours, past their time and not answered",
            many.get("asked", 0),
        ),
    }
    for what, words in said.items():
        if what in found:
            day = date_format(clock.day(found[what][1]), "MONTH_DAY_FORMAT")
            yield Item(
                words=words % {"n": many[what]},
                note=_("The oldest since %(date)s.") % {"date": day},
                action=Action(_("Look"), reverse("measures")),
                rank=2,
            )


def _recusals(worker: Worker) -> Iterator[Item]:
    many = consents.recusals(worker).count()
    if many:
        yield Item(
            words=ngettext(
                "One worker said “not me” about a file", "%(n)s workers said “not me” about a file", many
            )
            % {"n": many},
            part=Part.LATER,
            action=Action(_("Look"), reverse("referrals:recusals")),
        )
