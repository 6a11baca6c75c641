"""What a step on the way to a home can’t be."""

from __future__ import annotations

from alongside.kernel.refusal import Refusal


class CannotGoOn(Refusal):
    """A step can't end so, or what it lacked was counted already."""
