"""Beds that are asked for, of us and by us."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.agencies.queries import shifts_of
from alongside.beds import queries
from alongside.kernel import clock
from alongside.kernel.batches import both, fetched
from alongside.kernel.worklists import Action, Item, Part, Says, together

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.beds.queries import Asked


STALE = timedelta(days=90)


def items(worker: Worker, at: datetime) -> Says:
    """Yield what waits for an answer of the house, and what the worker asked for and is not settled."""
    if worker.may("keep-programmes") and not worker.meets_people:
        yield from _to_verify(worker)
    if worker.may("answer-for-beds"):
        yield from together(_of_us(worker, at), _by_us(worker, at))


def _of_us(worker: Worker, at: datetime) -> Says:
    for one in (yield from queries.asked_of_us.reading(worker, at)):
        if one.state != "asked":
            continue
        if worker.meets_people or one.rising >= queries.COORDINATOR:
            yield Item(
                words=_("{agency} asks for a bed: %(name)s") % {"name": one.request.handle},
                note=str(one.rising.label) if one.rising else "",
                at=one.request.asked_at,
                agency_id=one.agency.id,
                action=Action(_("Answer"), reverse("beds:request", args=[one.request.pk])),
                tag=("move", _("They wait for us")),
                rank=0,
            )


def _by_us(worker: Worker, at: datetime) -> Says:
    asked, on = yield from both(queries.asked_by_us.reading(worker, at), fetched(shifts_of(worker)))
    for one in asked:
        if on or one.request.asked_by == worker.pk:
            yield _ours(one, mine=one.request.asked_by == worker.pk)


def _to_verify(worker: Worker) -> Iterator[Item]:
    for offering in queries.unverified_since(worker, clock.today() - STALE):
        yield Item(
            words=_("Is what %(place)s says about itself still so?") % {"place": offering.shown_name},
            note=_("Nobody has said so for 90 days."),
            part=Part.LATER,
            action=Action(_("Look"), reverse("beds:offering", args=[offering.pk])),
        )


def _ours(one: Asked, *, mine: bool) -> Item:
    held = one.hold is not None and one.is_open
    if held:
        note = _("Held until then.")
    else:
        note = str(one.rising.label) if one.rising >= queries.COORDINATOR else ""
    words = (
        _("%(place)s: the bed you asked for, %(name)s")
        if mine
        else _("%(place)s: the bed we asked for, %(name)s")
    )
    return Item(
        words=words % {"place": one.request.offering.shown_name, "name": one.request.handle},
        note=note,
        at=one.hold.until if one.hold and held else one.request.asked_at,
        action=Action(_("Look"), reverse("beds:request", args=[one.request.pk])),
        tag=(_tag(one), _("The hold ran out") if one.ran_out else str(one.state.label)),
        rank=1,
    )


def _tag(one: Asked) -> str:
    if one.goes_well:
        return "yes"
    return "no" if one.state == "not-offered" else "wait"
