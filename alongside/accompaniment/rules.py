"""What going along says no to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.accompaniment.models import MOVES, OF_THE_COMPANION, State
from alongside.files.queries import opens_to
from alongside.kernel import clock
from alongside.kernel.refusal import Refusal
from alongside.kernel.transliteration import folded

if TYPE_CHECKING:
    from alongside.accompaniment.models import Accompaniment, Card, CheckIn, Companion
    from alongside.agencies.models import Worker

AN_HOUR = timedelta(hours=1)
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
    said = (companion.record_checked_on, companion.trained_on, companion.conflicts_said_on)
    if not all(day and day <= today for day in said):
        return False
    return companion.conflicts_said_on is not None and companion.conflicts_said_on > today - CONFLICTS_HOLD


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
    moves = MOVES if opens_to(by, accompaniment.file_id) else OF_THE_COMPANION
    if to not in moves.get(State(accompaniment.state), set()):
        raise CannotMove(
            _("It can’t go there from where it stands. Look at what it says now."), page_of(accompaniment, by)
        )


def check_can_confirm(accompaniment: Accompaniment, card: Card | None, *, is_told: bool) -> None:
    """Refuse to confirm before they said yes to the card, where there is to be one.

    :param is_told: whether the card says where it is now
    :raises CannotPrepare: then
    """
    if not is_told:
        raise CannotPrepare(
            _("What it is called, or where it is, changed since they said yes. Read the card to them again."),
            reverse("accompaniment:card", args=[accompaniment.id]),
        )
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
    """Return where a worker looks at it: whoever only goes along at the card."""
    if not opens_to(worker, accompaniment.file_id):
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


class CannotWatch(Refusal):
    """Somebody is out, and relies on it."""


class CannotCheckIn(Refusal):
    """Nobody watches until then, or it is not under way."""


def as_compared(word: str) -> str:
    """Return a word for danger as it is compared: whoever writes it in danger writes it in haste."""
    return "".join(letter for letter in folded(word) if letter.isalnum())


def check_can_stop_watching(
    out: Collection[CheckIn], until_at: datetime | None = None, stands: datetime | None = None
) -> None:
    """Refuse to stop, or to stop earlier, while somebody is out.

    :raises CannotWatch: then
    """
    if out and (until_at is None or stands is None or until_at < stands):
        raise CannotWatch(
            _("Somebody is out and relies on you. Watch until they are back, or say for them that they are."),
            reverse("accompaniment:watch"),
        )


def may_be_late(last: CheckIn, accompaniment: Accompaniment, at: datetime) -> bool:
    """Whether a word for danger may belong to a check-in that is over: within the hour, and said once."""
    lately = last.out_at is not None and last.out_at > at - AN_HOUR
    return lately and last.duress_at is None and accompaniment.can_come_back


def check_can_check_in(accompaniment: Accompaniment, at: datetime, *, is_shut: bool = False) -> None:
    """Refuse before the day, before it is confirmed, once they are back, and where nothing is kept any more.

    :raises CannotCheckIn: then
    """
    if is_shut or not (accompaniment.can_come_back and clock.is_near(accompaniment.from_at, at)):
        raise CannotCheckIn(
            _("You check in on the day, before you set out. Look at what stands there now."),
            reverse("accompaniment:going", args=[accompaniment.id]),
        )


def check_is_watched(
    accompaniment: Accompaniment, watches_until: datetime | None, until_at: datetime
) -> None:
    """Refuse where that colleague doesn't watch, or not as long.

    :raises CannotCheckIn: then
    """
    if watches_until is None or watches_until < until_at:
        raise CannotCheckIn(
            _("Nobody watches until then. Choose an earlier hour, or ask a colleague to watch longer."),
            reverse("accompaniment:check_in", args=[accompaniment.id]),
        )
