"""Whom numbers may be shown to, how small is too small for them, and what a number gives away.

Pure: no database, no Django but for words.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AGENCIES = 3  # fewer agencies behind a number than this, and one of them learns another's (security.md D7)


@dataclass(frozen=True)
class Audience:
    """Readers of a kind: what is too small for them, and how their numbers are rounded (practice.md 6).

    `reach` orders them: whoever reads with a smaller reach holds everything published with a larger one as
    well.
    """

    code: str
    label: str | Promise
    threshold: int
    rounding: int
    reach: int


AUDIENCES: dict[str, Audience] = {
    "table": Audience("table", _("The agencies around the table"), 6, 1, 1),
    "funder": Audience("funder", _("A funder under contract"), 11, 1, 2),
    "public": Audience("public", _("Everybody"), 20, 5, 3),
}


def holds(audience: str) -> list[str]:
    """Return the audiences whose releases a reader of this one holds too: its own, and every wider one."""
    return [code for code, other in AUDIENCES.items() if other.reach >= AUDIENCES[audience].reach]


def readers_of(audience: str) -> list[str]:
    """Return the audiences that read what is released to this one: its own, and every narrower one."""
    return [code for code, other in AUDIENCES.items() if other.reach <= AUDIENCES[audience].reach]


def rounded(value: int, to: int) -> int:
    """Return the multiple of `to` next to a number.

    Every number is rounded by itself, totals too, and always to the same.
    """
    return (2 * value + to) // (2 * to) * to


def hidden_by(shown: int, to: int) -> tuple[int, int]:
    """Return the least and the most that a rounded number may have been."""
    return max(0, shown - to // 2), shown + (to - 1) // 2
