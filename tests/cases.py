"""Inputs that went wrong once: what somebody wrote, exported or typed, all of it invented."""

from pathlib import Path

INPUTS = Path(__file__).parent / "inputs"


def case(path: str) -> Path:
    """Return the file of a case, such as `01-hours-24-hours-notice/hours.txt`."""
    return INPUTS / path
