"""How asking went for one's own agency, and how soon another answers: counts and a word, nobody in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from alongside.kernel import clock, geography

if TYPE_CHECKING:
    from alongside.agencies.models import Worker


@dataclass(frozen=True)
class Cell:
    """So many requests that are alike in all that is counted of them."""

    sector: str
    region: str
    answer: str
    appointment: str
    outcome: str
    is_again: bool
    count: int


def cells(worker: Worker, since: datetime, until: datetime, *, answered: bool) -> list[Cell]:
    """Return the requests of a time, counted: what the worker's agency asked, or what it was asked.

    Nothing for whoever may not read gaps.
    """
    side = "answered" if answered else "asked"
    with connection.cursor() as cursor:
        cursor.execute(
            "select sector, division, answer, appointment, outcome, is_again, n"
            " from ctx.request_measures(%s, %s) where side = %s",
            [since, until, side],
        )
        rows = cursor.fetchall()
    return [Cell(row[0], geography.region_of(row[1]) or "unknown", *row[2:]) for row in rows]


def overdue_counts(at: datetime) -> dict[str, tuple[int, datetime]]:
    """Return how many requests of the asker's agency are stuck, and since when the oldest.

    `asked` has no answer past its term, `answering` had none from us, `heard` came back a day ago or longer
    and nobody has noted it, or answered the question. Nothing for whoever may not read gaps.
    """
    with connection.cursor() as cursor:
        cursor.execute("select what, n, since from ctx.overdue_requests(%s, %s)", [at, clock.day(at)])
        return {what: (many, since) for what, many, since in cursor.fetchall()}


def speeds(agencies: Iterable[UUID]) -> dict[UUID, str]:
    """Return how soon agencies answer, where it may be said: from six answers up, as one of three words.

    Their answers to us come first; else everybody's, of the two quarters before this one, where three
    agencies asked them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select agency_id, is_ours, speed from ctx.answer_speeds(%s) order by is_ours", [list(agencies)]
        )
        return {agency_id: _speed(speed, is_ours=is_ours) for agency_id, is_ours, speed in cursor.fetchall()}


def _speed(speed: str, *, is_ours: bool) -> str:
    said = {
        ("same-day", True): _("usually answers us the same day"),
        ("some-days", True): _("usually answers us in some days"),
        ("longer", True): _("usually takes longer than a week to answer us"),
        ("same-day", False): _("usually answers the same day"),
        ("some-days", False): _("usually answers in some days"),
        ("longer", False): _("usually takes longer than a week to answer"),
    }
    return said[speed, is_ours]
