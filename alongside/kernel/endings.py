"""What is still open in a file when somebody leaves the programme: each capability says its own, and ends it.

Said in its module `ending`: `still_open`, and `end` for what does not go on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.kernel.capabilities import capabilities, said_in

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@dataclass(frozen=True, kw_only=True)
class Open:
    """One thing that is still open: in words for whoever the file opens to, and its day."""

    id: UUID
    words: str
    on: date | None = None
    subject: str = ""  # the capability that says it, filled in

    @property
    def key(self) -> str:
        """By which it is told from every other."""
        return f"{self.subject}-{self.id}"


def still_open(worker: Worker, file_id: UUID, at: datetime) -> Iterator[Open]:
    """Yield what is still open in a file, as every capability says it."""
    for capability in capabilities():
        if says := said_in(capability, "ending"):
            yield from (
                replace(one, subject=capability.label) for one in says.still_open(worker, file_id, at)
            )


def end(worker: Worker, file_id: UUID, at: datetime, *, goes_on: Collection[str]) -> None:
    """End what is still open in a file, but for what goes on, by its key."""
    for capability in capabilities():
        if says := said_in(capability, "ending"):
            for one in list(says.still_open(worker, file_id, at)):
                if replace(one, subject=capability.label).key not in goes_on:
                    says.end(worker, file_id, one.id, at)
