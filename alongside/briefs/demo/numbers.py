"""Thousands of invented requests that came to nothing, counted, prepared and protected like real ones.

What was counted is invented; how it is protected is not.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from alongside.briefs.demo import words
from alongside.gaps import commands as gaps
from alongside.indicators import commands as indicators
from alongside.kernel import clock, ctx

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

EACH = 240  # requests of each agency
NEEDS = (
    ("shelter_tonight", 46),
    ("housing", 17),
    ("counselling", 12),
    ("transport", 9),
    ("legal_advice", 6),
    ("money", 5),
    ("dental", 3),
    ("pets", 2),
)
BARRIERS = (
    ("full", 40),
    ("far", 16),
    ("identification", 12),
    ("cost", 9),
    ("pets", 7),
    ("house_rules", 6),
    ("referral_source", 5),
    ("language", 3),
    ("age", 2),
)
FINDINGS: dict[str, words.Pair] = {
    "need-half": (
        "A place to sleep was asked for more often than the two next needs together",
        "Un endroit où dormir a été demandé plus souvent que les deux besoins suivants réunis",
    ),
    "barrier-region": (
        "Most often there was simply no room, and after that it was too far",
        "Le plus souvent, il n’y avait tout simplement pas de place\u00a0; ensuite, c’était trop loin",
    ),
    "need-region": (
        "It is not one town: everywhere in the district people asked and were told no",
        "Ce n’est pas une seule ville\u00a0: partout dans le district, des gens ont demandé et se sont fait "
        "dire non",
    ),
}


def half_before(at: datetime) -> str:
    """Return the half-year that is over on this day."""
    day = clock.day(at)
    return f"{day.year}-H1" if day.month > 6 else f"{day.year - 1}-H2"


def count(callers: Sequence[Worker], leaders: Sequence[Worker], at: datetime) -> int:
    """Let each agency's worker meet a half-year of noes, and its leader give them to be counted with others'.

    Return how many there are.
    """
    chance, half = random.Random(18), half_before(at)  # noqa: S311 - invented numbers, no secret
    first = date(int(half[:4]), 1 if half.endswith("H1") else 7, 2)
    begin = timezone.make_aware(datetime(first.year, first.month, first.day, 12))  # noqa: DTZ001 - made aware at once
    for caller in callers:
        with ctx.as_worker(caller.pk):
            for number in range(EACH):
                _no(caller, begin + timedelta(days=number % 175), chance)
    for leader in leaders:
        with ctx.as_worker(leader.pk):
            indicators.contribute(by=leader, at=at)
    return EACH * len(callers)


def prepare(*, by: Worker, at: datetime) -> dict[str, tuple[UUID, words.Pair]]:
    """Prepare the invented tables for everybody: what was sought, what stood in the way, where.

    Return each release with its finding.
    """
    half = half_before(at)
    return {
        code: (indicators.prepare(code, half, "public", by=by, at=at).pk, finding)
        for code, finding in FINDINGS.items()
    }


def _no(by: Worker, at: datetime, chance: random.Random) -> None:
    need = chance.choices([code for code, _n in NEEDS], [n for _code, n in NEEDS])[0]
    barriers = {
        chance.choices([code for code, _n in BARRIERS], [n for _code, n in BARRIERS])[0]
        for _one in range(chance.choice((1, 1, 2)))
    }
    gaps.record(by=by, at=at, reason=gaps.OUTSIDE, need=need, barriers=sorted(barriers))
