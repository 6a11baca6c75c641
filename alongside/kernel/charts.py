"""Where things lie in a picture that is drawn on the server; each capability draws its own with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """A stretch of numbers, `first` to `last`, drawn from `start` to `end` in the units of the picture."""

    first: float
    last: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where a number lies. A stretch without length is taken as one long."""
        return self.start + (self.end - self.start) * (value - self.first) / ((self.last - self.first) or 1)


def bar_width(value: float, largest: float) -> int:
    """Return how wide a bar is beside the largest, which is a hundred wide (`kernel/_bar.html`)."""
    return round(Scale(0, largest, 0, 100)(value))
