"""The invented numbers of a half-year, prepared and protected like real ones. What was counted is invented; how it is protected is not."""

from __future__ import annotations

import random
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from alongside.briefs.demo import words
from alongside.disclosure import commands as disclosure
from alongside.disclosure.queries import Cube, Shape, Table, summed
from alongside.kernel import geography, vocabulary

if TYPE_CHECKING:
    from alongside.agencies.models import Worker

AGENCIES = 7
NEEDS = {"shelter_tonight": 1400, "housing_long_term": 520, "counselling": 370, "transport": 230, "legal_advice": 105, "dental": 34}
FINDINGS: dict[str, words.Pair] = {
    "needs": ("A place to sleep was asked for more often than the three next needs together", "Un endroit où dormir a été demandé plus souvent que les trois besoins suivants réunis"),
    "barriers": ("Most often there was simply nothing there", "Le plus souvent, il n’y avait tout simplement rien"),
    "regions": ("It is not one town: each region of the district asked and was told no", "Ce n’est pas une seule ville : chaque région du district a demandé et s’est fait répondre non"),
}  # fmt: skip
TABLES = {
    "needs": Table("needs", "requests", "need"),
    "barriers": Table("barriers", "mentions", "barrier"),
    "regions": Table("regions", "requests", "region"),
}


def half_before(at: datetime) -> str:
    """Return the half-year that is over on this day."""
    day = timezone.localdate(at)
    return f"{day.year}-H1" if day.month > 6 else f"{day.year - 1}-H2"


def prepare(*, by: Worker, at: datetime) -> dict[str, tuple[UUID, words.Pair]]:
    """Prepare the invented tables for everybody: what was sought, what stood in the way, where; return each release with its finding."""
    made = {}
    for name, table in TABLES.items():
        release = disclosure.propose(take=invented, cube="invented", table=table, half=half_before(at), audience="public", by=by, at=at)
        made[name] = (release.pk, FINDINGS[name])
    return made


def invented() -> Cube:
    """Return thousands of invented requests of seven agencies, the same ones every time."""
    chance, base = random.Random(18), {}  # noqa: S311 - invented numbers, no secret
    needs = {code: count for code, count in NEEDS.items() if code in vocabulary.NEEDS} or dict.fromkeys(list(vocabulary.NEEDS)[:6], 200)
    regions, barriers = list(geography.REGIONS)[:5], list(vocabulary.BARRIERS)[:8]
    shape = Shape(
        "invented", {"requests": ("need", "region"), "mentions": ("barrier",)},
        {"need": tuple(needs), "region": tuple(regions), "barrier": tuple(barriers)},
    )  # fmt: skip
    for need, count in needs.items():
        for place, region in enumerate(regions):
            node = base.setdefault(("requests", need, region), {})
            for agency in range(AGENCIES):
                node[f"agency-{agency}"] = int(count * (0.36, 0.27, 0.2, 0.12, 0.05)[place] / AGENCIES * chance.uniform(0.6, 1.4))
    for place, barrier in enumerate(barriers):
        node = base.setdefault(("mentions", barrier), {})
        for agency in range(AGENCIES):
            node[f"agency-{agency}"] = int(230 / (place + 1) ** 1.1 * chance.uniform(0.6, 1.4))
    return summed(shape, base)
