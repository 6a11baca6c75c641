"""Who may bring in counts, and where an import can go.

Everybody who is signed in may look: the counts are published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from alongside.kernel.imports.runs import MOVES, CannotImport, check_can_move

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

__all__ = ["MOVES", "CannotImport", "check_can_import", "check_can_move", "may_import"]


def may_import(worker: Worker) -> bool:
    """Say whether this worker brings in counts for their agency."""
    return worker.may("import-lists")


def check_can_import(worker: Worker) -> None:
    """Check that a worker brings in counts for their agency.

    :raises CannotImport: if their role doesn't
    """
    if not may_import(worker):
        raise CannotImport(
            _("Whoever leads, coordinates or administers your agency imports files. Ask one of them.")
        )
