"""What the privacy officer wants to see of the trail, as it stands in the address: ids, codes and days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from alongside.kernel.sent import NOTHING, as_day, as_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.http import QueryDict

SORTS = {
    "acts": _("What was done"),
    "looks": _("Who read"),
    "lists": _("In lists, beside others"),
}
AT_FIRST = ("acts", "looks")  # most of the trail is lists
ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Wanted:
    """A part of the trail; whatever is left out is wanted of everybody, every file and every day."""

    sorts: tuple[str, ...] = AT_FIRST
    file_id: UUID | None = None
    worker_id: UUID | None = None
    is_elsewhere: bool = False
    action: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return self != Wanted()

    def query(self, **more: Any) -> str:
        """Return the query of the address that wants this, with something more in it."""
        said: list[tuple[str, Any]] = [("show", sort) for sort in self.sorts if self.sorts != AT_FIRST]
        who = ELSEWHERE if self.is_elsewhere else self.worker_id
        what = self.action or self.subject
        named = {"file": self.file_id, "who": who, "action": what, "since": self.since}
        said += [(name, value) for name, value in (named | {"until": self.until} | more).items() if value]
        return "?" + urlencode(said) if said else ""


def wanted_in(query: QueryDict, actions: Iterable[str], subjects: Iterable[str]) -> Wanted:
    """Return what is wanted in the query of an address.

    A file or worker that is no id is nobody's, so that no mistyped address shows more than it asks for; a
    code or day that is none is left out, as the form beside it shows.

    :param actions: the codes there are, and `subjects` the capabilities they are of
    """
    file, who, action = query.get("file", ""), query.get("who", ""), query.get("action", "")
    is_elsewhere = who == ELSEWHERE
    return Wanted(
        sorts=tuple(sort for sort in SORTS if sort in query.getlist("show")) or AT_FIRST,
        file_id=as_id(file, NOTHING) if file else None,
        worker_id=as_id(who, NOTHING) if who and not is_elsewhere else None,
        is_elsewhere=is_elsewhere,
        action=action if action in actions else "",
        subject=action if action in subjects else "",
        since=as_day(query.get("since", "")),
        until=as_day(query.get("until", "")),
    )
