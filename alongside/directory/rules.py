"""Who may change what in the directory, and where an import can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alongside.kernel.imports.runs import MOVES, CannotImport, check_can_move
from alongside.kernel.refusal import Refusal

if TYPE_CHECKING:
    from alongside.agencies.models import Worker
    from alongside.directory.models import Entry


__all__ = [
    "MOVES",
    "CannotEdit",
    "CannotImport",
    "check_can_edit",
    "check_can_import",
    "check_can_move",
    "may_import",
]


class CannotEdit(Refusal):
    """This entry isn't theirs to change."""


def may_import(worker: Worker) -> bool:
    """Say whether this worker looks after their agency's lists."""
    return worker.may("import-lists")


def check_can_import(worker: Worker) -> None:
    """Check that a worker looks after their agency's lists.

    :raises CannotImport: if their role doesn't
    """
    if not may_import(worker):
        raise CannotImport(
            _(
                "Whoever leads, coordinates or administers your agency "
                "imports lists. You can add one entry at a time."
                " Ask them, or add it."
            )
        )


def check_can_edit(worker: Worker, entry: Entry) -> None:
    """Check that an entry is kept by the worker's own agency.

    :raises CannotEdit: if another agency, or whoever runs this machine, keeps it
    """
    if entry.agency_id != worker.agency_id:
        raise CannotEdit(
            _("Another organisation keeps this entry. Tell them what is wrong, or make your own.")
        )
