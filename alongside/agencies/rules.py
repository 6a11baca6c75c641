"""What an agency may do follows from its sector; what a worker may arrange follows from their role."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.agencies.models import AccessRequest, Agency, Worker
from alongside.agencies.roles import ONLY_IN, Role, roles_with
from alongside.kernel import clock, ctx
from alongside.kernel.refusal import Refusal

OPERATOR_CONFIRMS = _(
    "Nobody here can confirm this yet: it takes another administrator who has been one for a week, and whom"
    " not only you let in. Whoever runs Alongside for you confirms it instead: tell them it waits."
)


@dataclass(frozen=True)
class Capabilities:
    """What a sector's agencies can do here (practice.md 1.3)."""

    receives: bool = True
    answers: bool = True
    keeps_files: bool = False
    searches: bool = False
    lists: bool = False
    asks: bool = False


class OnlyReceives(Refusal):
    """A criminal-legal agency tried to look rather than to receive."""


class NotYourRole(Refusal):
    """The worker's role doesn't do this."""


class CannotArrange(Refusal):
    """This can't be arranged as asked."""


def capabilities_of(agency: Agency) -> Capabilities:
    """What this agency can do here."""
    serves = agency.sector in ONLY_IN["keep-files"]
    return Capabilities(keeps_files=serves, searches=serves, lists=serves, asks=serves)


def may_keep_files(worker: Worker) -> bool:
    """Whether the worker meets people and their agency keeps files here."""
    return worker.may("keep-files")


def may_search_files(worker: Worker) -> bool:
    """Whether the worker may search or list their agency's files."""
    return worker.may("keep-files")


def may_ask(worker: Worker) -> bool:
    """Whether the worker may ask another agency for something."""
    return worker.may("keep-files")


def may_answer(worker: Worker) -> bool:
    """Whether the worker may read and answer what was addressed to their agency."""
    return worker.meets_people


def check_can_keep_files(worker: Worker) -> None:
    """:raises Refusal: unless the worker meets people and the agency keeps files"""
    _check_keeps_files(worker)
    if not may_keep_files(worker):
        raise OnlyReceives(
            _(
                "Your agency receives what is addressed to it. It keeps no files here."
                " Read and answer it under Requests."
            )
        )


def check_can_search_files(worker: Worker) -> None:
    """:raises Refusal: unless the worker may search their agency's files"""
    _check_keeps_files(worker)
    if not may_search_files(worker):
        raise OnlyReceives(
            _(
                "Your agency receives what is addressed to it. It can’t search or list here."
                " Read and answer it under Requests."
            )
        )


def check_can_ask(worker: Worker) -> None:
    """:raises Refusal: unless the worker may ask another agency"""
    _check_keeps_files(worker)
    if not may_ask(worker):
        raise OnlyReceives(
            _(
                "Your agency answers what it is asked. It sends no requests from here."
                " Call the agency that asked you."
            )
        )


def check_can_answer(worker: Worker) -> None:
    """:raises Refusal: unless the worker may answer what was addressed to their agency"""
    _check_meets_people(worker)


def check_can_arrange(by: Worker) -> None:
    """:raises NotYourRole: unless this is an administrator who is still there"""
    if not by.may("arrange-seats") or by.left_at is not None:
        raise NotYourRole(_("Only an administrator of your agency can do this. Ask one."))


def check_can_ask_about(by: Worker, what: str, worker: Worker) -> None:
    """:raises Refusal: if it is one's own seat, or the seat isn't such that this could be asked of it"""
    check_can_arrange(by)
    if worker.pk == by.pk:
        raise CannotArrange(_("Nobody changes their own seat. Ask another administrator of your agency."))
    if what == AccessRequest.What.RETURN:
        if worker.left_at is None and not worker.is_suspended:
            raise CannotArrange(_("This worker has their seat. Look at their page."))
    elif worker.left_at is not None:
        raise CannotArrange(_("This worker has left already. Ask for their seat again if they are back."))


def check_name_is_free(taken: bool) -> None:
    """:raises CannotArrange: if a name is another agency's, or looks or sounds like it"""
    if taken:
        raise CannotArrange(
            _(
                "Another agency here is called that, or so that it looks or sounds the same. Choose a name"
                " that people can’t take for theirs."
            )
        )


def check_can_close(closed_in_vain: bool) -> None:
    """:raises CannotArrange: if whoever asks closed this seat within the week and nobody confirmed it"""
    if closed_in_vain:
        raise CannotArrange(
            _(
                "You closed this seat within the week, and nobody confirmed it. Another administrator can, or"
                " whoever runs Alongside for you."
                " Ask them."
            )
        )


def check_can_confirm(by: Worker, request: AccessRequest) -> None:
    """Check that an independent second confirms what waits for it.

    :raises Refusal: if it is who asked, whom it is about, or somebody who can't be the second
    """
    if request.what != AccessRequest.What.RECOVERY:
        check_can_arrange(by)
    check_waits(request)
    if request.asked_by_id == by.pk:
        raise CannotArrange(_("You asked this, so another colleague confirms it. Ask one."))
    if request.worker_id == by.pk:
        raise CannotArrange(_("This is about you; others confirm it. Ask a colleague."))
    if request.asked_by_id is None or not ctx.is_independent_second(by.pk, request.asked_by_id):
        raise CannotArrange(
            _(
                "Somebody confirms this who has had their role for a week, and whom not only whoever asks"
                " let in. Ask such a colleague, or whoever runs Alongside for you."
            )
        )


def check_waits(request: AccessRequest) -> None:
    """:raises CannotArrange: unless it still waits for a second person"""
    if request.state != AccessRequest.WAITS or request.confirmed_at:
        raise CannotArrange(_("This no longer waits for anybody. Look at what was decided."))


def check_can_withdraw(by: Worker, request: AccessRequest) -> None:
    """Check that it isn't over, and that whoever opens a seat again is who closed it.

    :raises Refusal: if it is over, or somebody else closed the seat
    """
    if request.what != AccessRequest.What.RECOVERY:
        check_can_arrange(by)
    if request.done_at or request.withdrawn_at:
        raise CannotArrange(_("This was done or taken back already. Look at where it stands now."))
    if request.closes and request.asked_by_id != by.pk:
        raise CannotArrange(
            _(
                "Whoever closed this seat takes it back. Without a second person it opens again by itself."
                " Ask them, or wait."
            )
        )


def check_is_open(thing: AccessRequest | None) -> None:
    """:raises CannotArrange: unless the code opens something, just now"""
    if thing is None or thing.state != thing.OPEN or thing.until is None or thing.until <= clock.now():
        raise CannotArrange(
            _("This code opens nothing: it may be mistyped, used already or too old. Ask for a new one.")
        )


def _check_meets_people(worker: Worker) -> None:
    if not worker.meets_people:
        raise NotYourRole(
            _(
                "Your role doesn’t read about people. Caseworkers, intake workers, specialists and "
                "companions do: ask one of them."
            )
        )


def _check_keeps_files(worker: Worker) -> None:
    _check_meets_people(worker)
    if Role(worker.role) not in roles_with("keep-files"):
        raise NotYourRole(_("Your role opens no file. Caseworkers and intake workers do: ask one of them."))
