"""What every format is read into.

HSDS-shaped documents, entries to be found, and notes about lines somebody should look at.
"""

from dataclasses import dataclass, field
from hashlib import md5
from typing import Any

from alongside.kernel.imports.delimited import Note

Record = dict[str, Any]  # a record is whatever somebody exported
Stretch = tuple[
    int, str, str, str | None, str | None
]  # weekday, "HH:MM:SS", "HH:MM:SS", from or None, to or None


@dataclass(slots=True)
class Document:
    """One HSDS record.

    `kind` as HSDS names it, `key` its id in the source, and the keys of what it hangs from.
    """

    kind: str
    key: str
    data: Record
    organization: str = ""
    service: str = ""
    location: str = ""
    program: str = ""
    taxonomy: str = ""
    disclosure: str = "public"
    line: int = 0


@dataclass(slots=True)
class Found:
    """One entry as it will be found.

    The fields are those of `models.Entry`, the three keys those of the documents behind it.
    """

    key: str
    name: str
    line: int = 0
    name_fr: str = ""
    organization_name: str = ""
    organization: str = ""
    service: str = ""
    location: str = ""
    service_type: str = ""
    needs: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    community: str = ""
    division: str = ""
    placed_by: str = ""
    serves: tuple[str, ...] = ()
    disclosure: str = "public"
    details: Record = field(default_factory=dict)
    openings: tuple[Stretch, ...] = ()
    unread_hours: list[str] = field(default_factory=list)
    as_of: str | None = None
    closed: bool = False
    text: tuple[str, ...] = ()  # more words to be found by
    words: list[str] = field(default_factory=list)
    digest: str = ""  # of what the list said, where less of it is kept


@dataclass(slots=True)
class Feed:
    """All of one file, read."""

    documents: list[Document] = field(default_factory=list)
    entries: list[Found] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    rows: int = 0
    left_out: int = 0

    def note(self, line: int, field: str, code: str, about: str = "") -> None:
        """Add a line to the report."""
        self.notes.append(Note(line, field, code, about[:120]))


def made_id(*parts: str) -> str:
    """Return the same identifier for the same parts, always: a UUID of version 8 over their digest."""
    digest = md5("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-a{digest[17:20]}-{digest[20:]}"
