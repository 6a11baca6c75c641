"""Holding one bed for somebody, holding it longer, and letting it go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from alongside.beds import rules
from alongside.beds.models import Hold
from alongside.kernel import randomness

LETTERS = "BCDFGHJKMPQRTVWXY346789"  # nothing that is heard or read as something else
REFUSED = {
    "beds_room_for_what_is_held": (
        rules.CannotCount,
        _("Some are held for people who may be on the way. Let the holds go first."),
    ),
    "beds_occupied_within_actual": (
        rules.CannotCount,
        _("More are taken than there are. Count once more, or open more beds first."),
    ),
    "beds_none_free": (rules.CannotHold, _("Nothing is free to be held just now.")),
    "beds_a_bed_is_held_once": (rules.CannotHold, _("Nothing is free to be held just now.")),
    "beds_three_held": (
        rules.CannotHold,
        _("Three are held for you already. Let one go first: that costs nothing."),
    ),
    "beds_three_held_a_worker": (
        rules.CannotHold,
        _("Three are held for you already. Let one go first: that costs nothing."),
    ),
    "beds_extended_once": (
        rules.CannotHold,
        _("It has been extended once already. Call them, or ask again."),
    ),
    "beds_held_so_long": (rules.CannotHold, _("A bed can’t be held for so short or so long.")),
}


@contextmanager
def held_to() -> Iterator[None]:
    """Say in plain words what the database refused: two who were quicker than each other meet only there."""
    try:
        yield
    except IntegrityError as refused:
        constraint = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None)
        if constraint not in REFUSED:
            raise
        kind, words = REFUSED[constraint]
        raise kind(words) from refused


def token() -> str:
    """Return five letters that may be said at the door instead of a name."""
    return "".join(randomness.choice(LETTERS) for _ in range(5))


def lengthen(held: Hold | None, at: datetime) -> Hold:
    """Keep a bed once more for as long as at first.

    :raises rules.CannotHold: if its hold ran out, or was extended already
    """
    held = rules.check_can_extend(held, at)
    held.until, held.extended_at = held.until + (held.until - held.held_at), at
    with held_to():
        held.save(update_fields=["until", "extended_at"])
    return held


def let_go(held: Hold | None, at: datetime) -> None:
    """End a hold that still keeps its bed; one that ran out has ended by itself."""
    if held is not None and rules.is_live(held, at):
        held.ended_at = at
        held.save(update_fields=["ended_at"])
