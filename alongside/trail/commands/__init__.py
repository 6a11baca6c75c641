"""Writing on the trail, and appending what was written to its signed log."""

from alongside.trail.commands import append
from alongside.trail.commands.notes import gathered, note

__all__ = ["append", "gathered", "note"]
