"""Who prepares numbers, who releases them, and who may look at what was released."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.agencies.queries import roles_with
from alongside.disclosure.models import MOVES, Release, State
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.disclosure.suppression.cube import Shape, Table


class CannotPropose(Refusal):
    """This table can't be prepared."""


class CannotPublish(Refusal):
    """These tables can't be released."""


class CannotDrop(Refusal):
    """This table can't be dropped."""


def may_look(worker: Worker) -> bool:
    """Whether this role reads the ledger of releases."""
    return worker.may("read-numbers")


def check_can_propose(worker: Worker) -> None:
    """:raises CannotPropose: unless they are an evidence editor"""
    if not worker.may("edit-evidence"):
        raise CannotPropose(_("An evidence editor prepares numbers. Ask one."))


def check_was_counted(table: Table, shape: Shape) -> None:
    """:raises CannotPropose: if the numbers were taken when nothing was counted by what the table is by"""
    if not {table.rows, table.columns} - {""} <= set(shape.units.get(table.unit, ())):
        raise CannotPropose(
            _(
                "The numbers of this half-year were taken before they were counted so, and they are taken "
                "once. Ask for this table of the next half-year."
            )
        )


class Signer(Protocol):
    """Somebody who stands behind a table: a worker, or whoever signed what it is printed in."""

    @property
    def pk(self) -> UUID:
        """Who it is."""

    @property
    def role(self) -> str:
        """In which role."""


def check_can_publish(worker: Worker, release: Release, signers: Sequence[Signer]) -> None:
    """Refuse to release what isn't one's own, what is settled already, and what nobody else looked at.

    Settled is what was released or dropped; two people sign (practice.md 6).

    :raises CannotPublish: unless somebody besides who prepared it stands behind it, and the Indigenous data
        steward where it concerns them
    """
    _check_moves(worker, release, State.PUBLISHED, CannotPublish)
    if all(signer.pk == release.proposed_by for signer in signers):
        raise CannotPublish(
            _(
                "Somebody else than who prepared it releases it: two people stand behind every number."
                " Ask a colleague."
            )
        )
    if release.stewarded and not any(signer.role in roles_with("steward-data") for signer in signers):
        raise CannotPublish(
            _("This table says something about Indigenous people. Their data steward releases it. Ask them.")
        )


def check_can_drop(worker: Worker, release: Release) -> None:
    """:raises CannotDrop: if it was released: what is out can't be taken back"""
    _check_moves(worker, release, State.DROPPED, CannotDrop)


def _check_moves(worker: Worker, release: Release, to: State, refusal: type[Refusal]) -> None:
    if not worker.may("release-numbers") or worker.agency_id != release.agency_id:
        raise refusal(_("The agency that prepared this table decides about it."))
    if to not in MOVES[State(release.state)]:
        raise refusal(_("This table was released or dropped already. What was released stays as it is."))
