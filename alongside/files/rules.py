"""When a file and a way of reaching somebody may be used."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.files.models import File, SafeContact
from alongside.kernel import clock
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

MOVES = SafeContact.MOVES
STATES = SafeContact.State.choices
SAFE_FOR = timedelta(days=30)  # practice.md 3.2: safety changes, so it is asked again


class CannotOpen(Refusal):
    """No file may be opened by this worker."""


class CannotUse(Refusal):
    """This way of reaching the person may not be used now."""


class CannotWrite(Refusal):
    """The file is closed, or what it said was destroyed."""


def is_meant(worker: "Worker", principals: list[str]) -> bool:
    """Whether a "not them" means this worker: by themselves, by their role, or by their agency."""
    agency, role = worker.agency_id, worker.role
    own = {f"worker:{worker.pk}", f"role:{role}", f"role:{agency}:{role}", f"agency:{agency}"}
    return not own.isdisjoint(principals)


def check_can_open(worker: "object") -> None:
    """Refuse a worker whose agency keeps no files here, or whose role meets nobody.

    :raises CannotOpen: for criminal-legal agencies (practice.md 1.3) and for roles that read no file (0.1)
    """
    if not getattr(worker, "keeps_files", False):
        raise CannotOpen(_("Your agency receives what is addressed to it and keeps no files here."))


def check_can_write(file: File) -> None:
    """Refuse to add anything to a file that is closed or whose key was destroyed.

    What ends, takes away or says "not them" never asks this.

    :raises CannotWrite: if it is
    """
    check_can_reopen(file)
    if file.closed_at:
        raise CannotWrite(
            _("This file is closed. Open it again first."), reverse("files:closure", args=[file.pk])
        )


def is_to_ask_again(day: date | None, today: date) -> bool:
    """Whether they can be asked again on this day: one that is still to come, or today."""
    return day is not None and day >= today


def is_stopped(contact: SafeContact) -> bool:
    """Whether somebody stopped this way, for now or for good."""
    return contact.state in (SafeContact.State.SUSPENDED, SafeContact.State.REVOKED)


def later(said: str, stands: date | None) -> str:
    """Return the later of a day that was typed and the one that stands: a pause is not cut short unseen."""
    return said if stands is None or said > stands.isoformat() else stands.isoformat()


def union_of(one: str, other: str) -> str:
    """Return both of two notes of what never to use, without saying anything twice."""
    return one if other.strip() in one else other if one.strip() in other else f"{one}; {other}"


def check_can_reopen(file: File) -> None:
    """Refuse to open a file again whose key was destroyed: nobody could ever read what is written there.

    :raises CannotWrite: if it was
    """
    if file.shredded_at:
        raise CannotWrite(
            _(
                "What this file said was destroyed, and nothing more "
                "is written in it. If they come back, open a new file."
            ),
            reverse("files:list"),
        )


def check_can_close(file: File) -> None:
    """Refuse to close what is closed.

    :raises CannotWrite: if it is
    """
    check_can_reopen(file)
    if file.closed_at:
        raise CannotWrite(_("This file is closed already."))


def check_can_move(contact: SafeContact, to: str) -> None:
    """Refuse to call safe, or to pause, what the person said never to use again.

    :raises CannotUse: if that can't follow from where the contact stands
    """
    if SafeContact.State(to) not in MOVES[SafeContact.State(contact.state)]:
        raise CannotUse(_("They said: never this way again. If they changed their mind, write it down anew."))


def standing(contact: SafeContact, at: datetime) -> str:
    """Return how a contact stands.

    Its stored state, except that a safe one goes stale, and a pause may be over (practice.md 3.2).
    """
    if contact.state == SafeContact.State.OK and contact.expires_at and contact.expires_at <= at:
        return "stale"
    if contact.state == SafeContact.State.OK and contact.stop_until and contact.stop_until > clock.day(at):
        return "suspended"
    return contact.state


def check_can_use(contact: SafeContact, at: datetime) -> None:
    """Refuse a contact that the person has not called safe in the last thirty days.

    :raises CannotUse: if it is unverified, stale, suspended or revoked
    """
    words = {
        SafeContact.State.UNVERIFIED: _("Nobody has checked with them yet whether this is safe."),
        "stale": _("It is more than 30 days since they said this is safe. Ask them again first."),
        SafeContact.State.SUSPENDED: _("They asked not to be reached this way for now."),
        SafeContact.State.REVOKED: _("They said: never this way again."),
    }
    state = standing(contact, at)
    if state in words:
        raise CannotUse(words[state])
