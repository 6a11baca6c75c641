"""When a file and a way of reaching somebody may be used."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.files.models import Destruction, File, Justification, SafeContact
from alongside.kernel import clock, ctx
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

MOVES = SafeContact.MOVES
STATES = SafeContact.State.choices
OCCASIONS = Justification.Why.choices
OTHER_OCCASION = Justification.Why.OTHER
SAFE_FOR = timedelta(days=30)  # practice.md 3.2: safety changes, so it is asked again


class CannotOpen(Refusal):
    """No file may be opened by this worker."""


class NotOpen(Refusal):
    """The file does not open to this worker until they say why."""

    status = 403
    leads_there = True


class CannotUse(Refusal):
    """This way of reaching the person may not be used now."""


class CannotWrite(Refusal):
    """The file is closed, or what it said was destroyed."""


class CannotDestroy(Refusal):
    """This can't be destroyed so, or not by this worker, or no longer kept."""


class Held(Refusal):
    """Nothing of the file may be destroyed just now."""


def check_is_not_held(*, free: bool) -> None:
    """Refuse what destroys something of a file on which a hold stands (practice.md 2.6).

    :raises Held: if one does
    """
    if not free:
        raise Held(
            _(
                "Nothing of this file may be destroyed or closed just now. "
                "Your privacy officer knows why, and ends it when it is over."
                " Ask them."
            )
        )


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
        raise CannotOpen(
            _(
                "Your agency receives what is addressed to it and keeps no files here."
                " Read and answer it under Requests."
            )
        )


def check_opens(file: File, *, opens: bool) -> None:
    """Refuse a colleague who neither works with the person nor is on (practice.md 0.1).

    :raises NotOpen: with the way to say why they open it
    """
    if not opens:
        raise NotOpen(
            _("%(handle)s opens to whoever works with them and whoever is on. Come on, or say why.")
            % {"handle": file.handle},
            reverse("files:justification", args=[file.pk]),
        )


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


def check_can_ask_to_destroy(by: "Worker", file: File, under_way: Destruction | None) -> None:
    """Check that one who may asks that what a file says be destroyed, and that nobody asked it already.

    :raises Refusal: if it is destroyed or asked already, or the role destroys nothing (practice.md 0.1)
    """
    if file.shredded_at:
        check_can_reopen(file)
    if not by.may("destroy-files"):
        raise CannotDestroy(_("Your role destroys nothing. A caseworker can: ask one."))
    if under_way:
        raise CannotDestroy(_("This was asked for already."), _of(under_way))


def check_can_be_second(by: "Worker | None", destruction: Destruction) -> None:
    """Check that an independent second says that what a file says is to be destroyed.

    :param by: nobody is the operator
    :raises CannotDestroy: if it doesn't wait, or it is who asked, or somebody who can't be the second
    """
    if destruction.state != Destruction.State.ASKED:
        raise CannotDestroy(_("This no longer waits for anybody."), _of(destruction))
    if by is None:
        return
    if by.pk == destruction.asked_by:
        raise CannotDestroy(_("You asked for this, so somebody else is the second."), _of(destruction))
    if not by.may("destroy-files") or not ctx.is_independent_second(by.pk, destruction.asked_by):
        raise CannotDestroy(
            _(
                "The second is a caseworker, leader or privacy officer of your agency who has had their role "
                "for a week, and whom not only whoever asks let in. Ask such a colleague, or whoever runs "
                "Alongside for you."
            ),
            _of(destruction),
        )


def check_can_undo(destruction: Destruction) -> None:
    """:raises CannotDestroy: if it is final, or was taken back"""
    if not destruction.is_under_way:
        raise CannotDestroy(_("This is final, or was taken back already."), _of(destruction))


def _of(destruction: Destruction) -> str:
    return reverse("files:destruction", args=[destruction.id])


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
    """Refuse to open a file again whose key was destroyed, or is to be: nobody could read what is written.

    :raises CannotWrite: if it was, or is
    """
    if file.shredded_at:
        raise CannotWrite(
            _(
                "What this file said was destroyed, and nothing more "
                "is written in it. If they come back, open a new file."
            ),
            reverse("files:list"),
        )
    if file.shut_at:
        raise CannotWrite(
            _(
                "This file is shut: two people said that what it says is to be destroyed. "
                "Until that is final it can be undone."
            ),
            reverse("files:closure", args=[file.pk]),
        )


def check_can_close(file: File) -> None:
    """Refuse to close what is closed.

    :raises CannotWrite: if it is
    """
    check_can_reopen(file)
    if file.closed_at:
        raise CannotWrite(_("This file is closed already. Open it again if they come back."))


def check_can_move(contact: SafeContact, to: str) -> None:
    """Refuse to call safe, or to pause, what the person said never to use again.

    :raises CannotUse: if that can't follow from where the contact stands
    """
    if SafeContact.State(to) not in MOVES[SafeContact.State(contact.state)]:
        raise CannotUse(
            _("They said: never this way again. Have they changed their mind? Write it down anew.")
        )


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
