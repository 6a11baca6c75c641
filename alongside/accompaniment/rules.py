"""What going along says no to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.accompaniment.models import MOVES, OF_THE_COMPANION, State
from alongside.kernel import clock
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.accompaniment.models import Accompaniment, Card, Companion
    from alongside.agencies.models import Worker

CONFLICTS_HOLD = timedelta(days=365)  # after a year whom somebody knows is asked again


class CannotGoAlong(Refusal):
    """This can't be whoever goes along."""


class CannotMove(Refusal):
    """It can't go there from where it stands."""


class CannotPrepare(Refusal):
    """Something is missing before it can be confirmed."""


class NotFreeThen(Refusal):
    """They go along with somebody else at that time."""

    @classmethod
    def at(cls, accompaniment: Accompaniment) -> NotFreeThen:
        """Return the refusal, which leads back to the choice."""
        return cls(
            _("They go along with somebody else at that time. Choose another, or another time."),
            reverse("accompaniment:companion", args=[accompaniment.id]),
        )


def is_ready(companion: Companion | None, today: date) -> bool:
    """Whether somebody may go along: checked, trained, and their conflicts said within a year."""
    if companion is None or not companion.is_free:
        return False
    checked = companion.record_checked_on and companion.trained_on
    return bool(
        checked and companion.conflicts_said_on and companion.conflicts_said_on > today - CONFLICTS_HOLD
    )


def check_can_go_along(worker_id: UUID, could: Collection[UUID]) -> None:
    """Refuse whoever may not go along. Whom the person doesn't want is told in the same words.

    :param could: the colleagues who could; nobody under a “not them” is among them
    :raises CannotGoAlong: then
    """
    if worker_id not in could:
        raise CannotGoAlong(_("They can’t go along here. Choose somebody else."))


def check_can_move(accompaniment: Accompaniment, to: State, by: Worker) -> None:
    """Refuse what can't follow; whoever goes along says only how far it is.

    :raises CannotMove: then
    """
    moves = MOVES if by.keeps_files else OF_THE_COMPANION
    if to not in moves.get(State(accompaniment.state), set()):
        raise CannotMove(
            _("It can’t go there from where it stands. Look at what it says now."), page_of(accompaniment, by)
        )


def check_can_confirm(accompaniment: Accompaniment, card: Card | None) -> None:
    """Refuse to confirm before they said yes to the card, where there is to be one.

    :raises CannotPrepare: then
    """
    if not accompaniment.is_own and (card is None or card.approved_at is None):
        raise CannotPrepare(
            _("They have not said yes to the card. Read it to them first."),
            reverse("accompaniment:card", args=[accompaniment.id]),
        )


def check_has_day(accompaniment: Accompaniment, at: datetime) -> None:
    """Refuse to set out before the day.

    :raises CannotMove: then
    """
    if not clock.is_near(accompaniment.from_at, at):
        raise CannotMove(
            _("It is still to come. Come back to this page on the day."),
            reverse("accompaniment:going", args=[accompaniment.id]),
        )


def page_of(accompaniment: Accompaniment, worker: Worker) -> str:
    """Return where a worker looks at it: whoever keeps no file at the card."""
    if not worker.keeps_files:
        return reverse("accompaniment:going", args=[accompaniment.id])
    return reverse("accompaniment:accompaniment", args=[accompaniment.appointment_id])


def check_can_prepare(accompaniment: Accompaniment, by: Worker) -> None:
    """Refuse a card before somebody is chosen, and after it was confirmed.

    :raises CannotPrepare: then
    """
    if accompaniment.state not in (State.CHOSEN, State.PREPARED):
        raise CannotPrepare(
            _("First they choose who comes; what is confirmed stays as it is. Choose, then write the card."),
            page_of(accompaniment, by),
        )


def check_can_keep_companions(by: Worker) -> None:
    """Refuse whoever doesn't keep what the agency offers.

    :raises CannotGoAlong: then
    """
    if not by.may("keep-programmes"):
        raise CannotGoAlong(_("Ask a caseworker, a coordinator or a leader: they keep who goes along."))


def check_vouches_for_another(
    worker_id: UUID,
    found: Companion | None,
    kind: str,
    record_checked_on: date | None,
    trained_on: date | None,
    by: Worker,
) -> None:
    """Refuse to write down one's own check or training.

    :raises CannotGoAlong: then
    """
    said = (found.kind, found.record_checked_on, found.trained_on) if found else None
    if worker_id == by.pk and said != (kind, record_checked_on, trained_on):
        raise CannotGoAlong(_("Nobody vouches for themselves. Ask a colleague to write it down."))


class CannotKeepHours(Refusal):
    """When somebody is free is theirs to say, or of whoever keeps what the agency offers."""


class CannotNamePlace(Refusal):
    """There is a place of that name."""


def check_can_keep_hours(worker_id: UUID, by: Worker) -> None:
    """Refuse whoever says when somebody else is free, unless they keep what the agency offers.

    :raises CannotKeepHours: then
    """
    if worker_id != by.pk and not by.may("keep-programmes"):
        raise CannotKeepHours(_("When somebody is free they say themselves. Ask them."))


def check_name_is_free(name: str, names: Collection[str]) -> None:
    """Refuse two places of one name: nobody could tell them apart.

    :raises CannotNamePlace: then
    """
    if name.casefold() in {each.casefold() for each in names}:
        raise CannotNamePlace(
            _("There is a place of that name. Give it another."), reverse("accompaniment:places")
        )
