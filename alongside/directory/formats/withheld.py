"""What must not be known is taken out here, before anything is stored.

The field itself, and the same words wherever else they stand.
"""

from __future__ import annotations

import re
from typing import Any

from alongside.directory.formats.records import Feed

MARK = "[…]"
_SPACES = re.compile(r"\s+")
_LEAST = 6  # shorter strings would take innocent words with them


class Secrets:
    """Collects what is withheld in a file, then wipes it out of every text of the file."""

    def __init__(self) -> None:
        self._found: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def add(self, *values: object) -> None:
        """Remember values that may appear nowhere."""
        for value in values:
            text = _SPACES.sub(" ", str(value or "")).strip()
            telling = any(c.isdigit() for c in text) or " " in text
            if len(text) >= _LEAST and telling:
                self._found.add(text)
                self._pattern = None

    def __bool__(self) -> bool:
        return bool(self._found)

    def wiped(self, value: Any) -> Any:
        """Return the same value, text, list or record, with everything withheld taken out."""
        if not self._found:
            return value
        if isinstance(value, str):
            return self._matcher().sub(MARK, value)
        if isinstance(value, dict):
            return {self.wiped(key): self.wiped(each) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(self.wiped(each) for each in value)
        if isinstance(value, float) and str(value) in self._found:
            return None
        return value

    def _matcher(self) -> re.Pattern[str]:
        if self._pattern is None:
            loose = (
                r"[\s,]+".join(re.escape(word) for word in re.split(r"[\s,]+", text) if word)
                for text in sorted(self._found, key=len, reverse=True)
            )
            self._pattern = re.compile("|".join(loose), re.IGNORECASE)
        return self._pattern


def wipe_feed(feed: Feed, secrets: Secrets) -> Feed:
    """Take everything withheld out of a whole feed: documents, entries and the report."""
    if not secrets:
        return feed
    for document in feed.documents:
        document.data = secrets.wiped(document.data)
    for entry in feed.entries:
        for name in ("name", "name_fr", "organization_name", "community", "details", "text"):
            setattr(entry, name, secrets.wiped(getattr(entry, name)))
    for note in feed.notes:
        note.about, note.field = secrets.wiped(note.about), secrets.wiped(note.field)
    return feed
