"""Writing on the trail, and appending what was written to its signed log."""

from alongside.trail.commands import append
from alongside.trail.commands.notes import gathered, note
from alongside.trail.commands.readings import end_sittings, note_opened

__all__ = ["append", "end_sittings", "gathered", "note", "note_opened"]
