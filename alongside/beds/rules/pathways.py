"""The refusal of a step that can’t be taken on the way to a home."""

from __future__ import annotations

from alongside.kernel.refusal import Refusal


class CannotGoOn(Refusal):
    """A step can't end so, or what it lacked was counted already."""
