"""Where somebody goes along, and what waits for whoever arranges it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.accompaniment import queries
from alongside.accompaniment.queries import State, check_ins
from alongside.kernel import clock
from alongside.kernel.worklists import Action, Item, Part, Says, together

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

ON_A_BOARD = gettext_lazy("Somebody is to go along")


def items(worker: Worker, at: datetime) -> Says:
    """Yield where the worker goes along within the week, over whom they watch, and what is not settled."""
    if not worker.meets_people:
        return
    arranges = [_arranges(worker, at)] if worker.keeps_files else []
    yield from together(_goes_along(worker, at), _out(worker), _watched(worker, at), *arranges)


def _goes_along(worker: Worker, at: datetime) -> Says:
    today = clock.day(at)
    for going in (yield from queries.mine.reading(worker, at)):
        kept, alias = going.accompaniment, going.words.get("alias", "")
        page = reverse("accompaniment:going", args=[kept.id])
        is_late = kept.until_at <= at and kept.state != State.BACK
        yield Item(
            words=_("You go along: %(name)s") % {"name": alias} if alias else _("You go along"),
            leads_to=page,
            note=going.words.get("where", "") if going.card else str(kept.get_state_display()),
            at=kept.from_at,
            part=Part.TODAY if clock.day(kept.from_at) <= today else Part.LATER,
            file_id=kept.file_id if worker.keeps_files else None,
            about=kept.appointment_id,
            action=Action(_("I’m back") if is_late else _("Look"), page),
            rank=-1,
        )


def _arranges(worker: Worker, at: datetime) -> Says:
    rows = queries.to_arrange(worker, at)
    yield [rows]
    for row in rows:
        page = reverse("accompaniment:accompaniment", args=[row.appointment_id])
        is_urgent = row.state == State.UNAVAILABLE
        if row.state in queries.THERE:
            yield Item(
                words=_("Nobody said that whoever went with {file} is back"),
                at=row.until_at,
                file_id=row.file_id,
                action=Action(_("Look"), page),
                tag=("move", _("Ring them")),
                rank=0,
            )
            continue
        yield Item(
            words=_("Nobody can go along with {file} now") if is_urgent else _("Going along with {file}"),
            note="" if is_urgent else str(row.get_state_display()),
            at=at if is_urgent else row.from_at,
            part=Part.NEW if is_urgent else Part.LATER,
            file_id=row.file_id,
            action=Action(_("Look"), page),
            rank=0 if is_urgent else 4,
        )


def _out(worker: Worker) -> Says:
    rows = check_ins.out_now(worker)
    yield [rows]
    for row in rows:
        page = reverse("accompaniment:going", args=[row.accompaniment_id])
        yield Item(
            words=_("You are checked in"),
            note=_("A colleague watches until you say that you are back."),
            at=row.checked_in_at,
            part=Part.TODAY,
            action=Action(_("I’m back"), page),
            rank=-1,
        )


def _watched(worker: Worker, at: datetime) -> Says:
    for one in (yield from check_ins.watched_by.reading(worker)):
        in_danger = one.check_in.duress_at is not None
        page = reverse("accompaniment:watched", args=[one.check_in.id])
        yield Item(
            words=(_("Look now: %(name)s") if in_danger else _("Look in on %(name)s")) % {"name": one.name},
            at=one.check_in.duress_at or one.look_at,
            part=Part.NEW if in_danger or one.look_at <= at else Part.TODAY,
            action=Action(_("Look"), page),
            tag=("no", _("In danger")) if in_danger else None,
            rank=-2 if in_danger else -1,
        )
