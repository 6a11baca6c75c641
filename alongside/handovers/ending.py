"""Whom somebody said they would check on: not any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.handovers import commands, queries
from alongside.kernel.endings import Open

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


def still_open(worker: Worker, file_id: UUID, at: datetime) -> Iterator[Open]:
    """Yield each check that is still to be made."""
    for check, who in queries.checks_of_file(worker, file_id):
        words = _("%(who)s would check on them") % {"who": who} if who else _("Somebody would check on them")
        yield Open(id=check.id, words=words, on=check.due_on)


def end(worker: Worker, file_id: UUID, check_id: UUID, at: datetime) -> None:
    """Say that nobody is to check on them any more."""
    commands.end_check(check=queries.get_check(worker, check_id), by=worker, at=at)
