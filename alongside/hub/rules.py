"""What a hub says no to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.agencies.models import Worker
    from alongside.hub.models import Sitting, Waiting

MOST_SERVICES = 3  # that somebody wants to see in one visit
MOST_WAITING = 60  # at one place: about as many as there are words for


class CannotSit(Refusal):
    """Nobody sits in the past, or until another day."""


class WaitsAlready(Refusal):
    """They wait already, and something else was sent of them now."""


class CannotQueue(Refusal):
    """Who waits is seen by whoever sits there, and by no agency that passes on what it hears."""


def midnight(at: datetime) -> datetime:
    """Return when the day ends for all agencies of a hub: Ontario's midnight."""
    return clock.shared_midnight(clock.shared_day(at) + timedelta(days=1))


def may_queue(worker: Worker) -> bool:
    """Whether this worker's agency may see who waits at all (practice.md 1.3)."""
    return worker.keeps_files and not worker.agency.must_pass_on


def check_can_sit(until: datetime, at: datetime) -> None:
    """Refuse an end that is over, or of another day.

    :raises CannotSit: then
    """
    if not at < until <= midnight(at):
        raise CannotSit(_("Say until when today, later than now."))


def check_can_queue(by: Worker, hub_id: UUID, sitting: Sitting | None, at: datetime) -> None:
    """Refuse whoever does not sit there now, or is of an agency that passes on what it hears.

    :raises CannotQueue: then
    """
    if not may_queue(by) or sitting is None or sitting.hub_id != hub_id or sitting.until <= at:
        raise CannotQueue(
            _("Who waits is seen by whoever sits there today. Say first until when you do."),
            reverse("hub:hub", args=[hub_id]),
        )


def check_is_same(there: Waiting, **said: object) -> None:
    """Refuse to answer for somebody who waits already as if what is sent anew were kept.

    :raises WaitsAlready: if it is not what was
    """
    if any(getattr(there, name) != value for name, value in said.items()):
        raise WaitsAlready(
            _("They wait already, as “%(word)s”, with what was sent first. Take them out and begin anew.")
            % {"word": there.word},
            reverse("hub:hub", args=[there.hub_id]),
        )


def check_has_word(free: Sequence[str]) -> None:
    """Refuse one more where no word is left to call them by.

    :raises CannotQueue: then
    """
    check_has_room(0 if free else MOST_WAITING)


def check_has_room(waiting: int) -> None:
    """Refuse one more where there are more than words for them.

    :raises CannotQueue: then
    """
    if waiting >= MOST_WAITING:
        raise CannotQueue(_("More wait here than can be called by a word. Take out who has gone."))
