"""What waits of somebody who left, on whom to check, what was handed over, and what one took over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.handovers import queries
from alongside.kernel import clock
from alongside.kernel.worklists import Action, Item, Part, Says, together

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.handovers.models import Check

WEEK = timedelta(days=7)
ON_A_BOARD = gettext_lazy("Handed over before")


def items(worker: Worker, at: datetime) -> Says:
    """Yield what waits of who left, whom to ask or check on, hand-overs of a shift, and what was taken."""
    parts = [_of_gone(worker), _to_ask(worker), _away(worker)]
    if worker.keeps_files:
        parts += [_checks(worker, at), _to_take(worker, at), _taken(worker, at)]
    yield from together(*parts)


def _to_take(worker: Worker, at: datetime) -> Says:
    for board in (yield from queries.waiting.reading(worker, at)):
        many = ngettext("one thing", "%(n)s things", len(board.lines)) % {"n": len(board.lines)}
        late = at - board.given_at > queries.FALLS
        yield Item(
            words=_("%(who)s hands over to you: %(many)s") % {"who": board.given_by, "many": many},
            note=_("Nobody has taken it yet.") if late else "",
            at=board.given_at,
            part=Part.NEW,
            action=Action(_("Look"), reverse("handovers:board", args=[board.batch_id])),
            tag=("move", _("Waits for you")),
            rank=0,
        )


def _taken(worker: Worker, at: datetime) -> Says:
    lines = queries.taken(worker, at)
    yield [lines]
    for line in lines:
        yield Item(
            words=_("You took over {file}"),
            note=_("There is a note in the file.") if line.note else "",
            file_id=line.file_id,
            action=Action(_("Open"), reverse("desk:file", args=[line.file_id])),
            rank=2,
        )


def _of_gone(worker: Worker) -> Says:
    for waits in queries.waits_of_gone(worker):
        words = _("What %(who)s was to do waits") if waits.back_on else _("What %(who)s held waits")
        note = ngettext("In one file.", "In %(n)s files.", waits.many) % {"n": waits.many}
        if waits.back_on:
            note = _("Away, back on %(day)s.") % {"day": _day(waits.back_on)} + " " + note
        yield Item(
            words=words % {"who": waits.name},
            note=note,
            action=Action(_("Hand over"), reverse("handovers:held", args=[waits.worker_id])),
            tag=("move", _("Nobody has it")),
            rank=0,
        )


def _away(worker: Worker) -> Says:
    there = queries.absence_of(worker)
    yield [there]
    for absence in there:
        own = absence.said_by == worker.pk
        yield Item(
            words=_("You are away, back on %(day)s") % {"day": _day(absence.back_on)},
            note="" if own else _("Your agency said so. What is due until then may be handed over."),
            action=Action(_("I’m back"), reverse("handovers:back", args=[absence.id]), {}),
            rank=4,
        )


def _day(day: date) -> str:
    return f"{date_format(day, 'l')} {date_format(day, 'MONTH_DAY_FORMAT')}"


def _to_ask(worker: Worker) -> Says:
    passed = queries.to_ask(worker)
    yield [passed]
    if not worker.keeps_files:
        if passed:
            yield Item(
                words=ngettext(
                    "One person is to be asked whom they want to work with",
                    "%(n)s people are to be asked whom they want to work with",
                    len(passed),
                )
                % {"n": len(passed)},
                action=Action(_("Look"), reverse("handovers:transfers")),
                rank=2,
            )
        return
    for transfer in passed:
        page = reverse("handovers:transfer", args=[transfer.id])
        yield Item(
            words=_("Ask {file} whom they want to work with"),
            note=_("Their worker left; you took over what is due.") if transfer.to_id == worker.pk else "",
            at=transfer.given_at,
            file_id=transfer.file_id,
            leads_to=page,
            action=Action(_("Look"), page),
            rank=1,
        )


def _checks(worker: Worker, at: datetime) -> Says:
    today = clock.day(at)
    theirs, fallen = queries.checked_by(worker, today + WEEK), queries.fallen(worker, today)
    done = queries.done_since(worker, clock.beginning_of(today))
    yield [theirs, fallen, done]
    for check in theirs:
        note = _("You said you would.") if check.said_by == worker.pk else ""
        yield _check(check, Part.TODAY if check.due_on <= today else Part.LATER, note)
    for check in fallen:
        yield _check(check, Part.TODAY, _("A colleague said they would; the day is over."))
    for check in done:
        yield _check(check, Part.DONE, "")


def _check(check: Check, part: Part, note: str) -> Item:
    is_done = part == Part.DONE
    return Item(
        words=_("Checked on {file}") if is_done else _("Check on {file}"),
        note=note,
        at=check.done_at if is_done else check.due_on,
        part=part,
        file_id=check.file_id,
        action=Action(
            _("Undo") if is_done else _("Done"),
            reverse("handovers:checked", args=[check.id]),
            {"from_day": "1", **({"undo": "1"} if is_done else {})},
        ),
        rank=3,
    )
