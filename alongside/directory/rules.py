"""Who may change what in the directory, and where an import can go."""

from django.utils.translation import gettext_lazy as _

from alongside.directory.models import RunState
from alongside.kernel.refusal import Refusal

MOVES = {
    RunState.UPLOADED: {RunState.WAITING, RunState.READING},
    RunState.WAITING: {RunState.READING},
    RunState.READING: {RunState.WRITING, RunState.REFUSED},
    RunState.WRITING: {RunState.DONE, RunState.REFUSED},
    RunState.DONE: set(),
    RunState.REFUSED: set(),
}
IMPORTS = ("administrator", "leader", "coordinator")


class CannotEdit(Refusal):
    """This entry isn't theirs to change."""


class CannotImport(Refusal):
    """This worker or this file can't be imported now."""


def may_import(worker):
    """Say whether this worker looks after their agency's lists."""
    return worker.role in IMPORTS


def check_can_import(worker):
    """Check that a worker looks after their agency's lists.

    :raises CannotImport: if their role doesn't
    """
    if not may_import(worker):
        raise CannotImport(_("Whoever leads, coordinates or administers your agency imports lists. You can add one entry at a time."))


def check_can_edit(worker, entry):
    """Check that an entry is kept by the worker's own agency.

    :raises CannotEdit: if another agency, or whoever runs this machine, keeps it
    """
    if entry.agency_id != worker.agency_id:
        raise CannotEdit(_("Another organisation keeps this entry. Tell them what is wrong, or make your own."))


def check_can_move(run, to):
    """Check that an import can go on to this state.

    :raises CannotImport: if it is over, or already under way
    """
    if to not in MOVES[RunState(run.state)]:
        raise CannotImport(_("This import is already under way or over."))
