"""One contact at the open desk, and everything that can be done from it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from alongside.files import queries as files
from alongside.kernel import toolboxes
from alongside.kernel.toolboxes import Occasion
from alongside.plans import queries as plans
from alongside.visits import queries as visits

if TYPE_CHECKING:
    from datetime import datetime

    from alongside.agencies.models import Worker

Chosen = tuple[UUID | None, UUID | None]


def occasion(worker: Worker, visit_id: UUID, chosen: Chosen) -> Occasion:
    """Return a contact with what was said of it.

    Which file it is for is as it was chosen; else the one in which the visit stands.

    :raises ObjectDoesNotExist: if the visit is none, or somebody else's
    """
    visit = visits.get_visit(worker, visit_id)
    file_id, priority_id = chosen
    file_id = file_id or visits.file_of(visit)
    file = files.sought_for(worker, {"file": str(file_id)}) if file_id else None
    need = visits.need_of(visit)
    if file and priority_id:
        with suppress(ObjectDoesNotExist):
            priority = plans.get_priority(file.id, priority_id)
            return Occasion(visit.id, priority.need or need, file.id, priority.id)
    return Occasion(visit.id, need, file.id if file else None)


def at_the_desk(worker: Worker, visit_id: UUID, chosen: Chosen, at: datetime) -> dict[str, Any]:
    """Everything on the page of one contact: what was counted, whose file it is for, and the tools.

    :raises ObjectDoesNotExist: if the visit is none, or somebody else's
    """
    visit, about = visits.get_visit(worker, visit_id), occasion(worker, visit_id, chosen)
    file = files.get_file(worker, about.file_id) if about.file_id else None
    want = plans.get_priority(file.id, about.priority_id) if file and about.priority_id else None
    return {
        "visit": visit,
        "can_undo": visits.can_undo(visit, at),
        "lengths": visits.Length.choices,
        "file": file,
        "person": files.person(worker, file) if file else None,
        "want": plans.unsealed(worker, want) if want else None,
        "stands_in_it": file is not None and visits.file_of(visit) == file.id,
        "tiles": toolboxes.tiles(worker, about),
    }
