"""Weaken any policy of the gaps, and a test fails.

An agency that met a "no", the one that said it, and one that did neither.
"""

from types import SimpleNamespace

import pytest

from alongside.kernel.ids import uuid7
from tests.ground import Ground, connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = ("gaps_gap", "gaps_cause")
ROLES = ("caseworker", "specialist", "privacy-officer", "leader", "administrator")
CODES = ("region", "need", "recommendation", "reason", "wait_band", "workaround", "staff_hours_band")


def test_whoever_weakens_a_policy_of_the_gaps_makes_a_test_fail(superuser):
    ground = Ground(superuser)
    asking, asked, other = (ground.agency(sector) for sector in ("community", "healthcare", "criminal-legal"))
    people = [
        SimpleNamespace(id=ground.worker(agency, role), agency=agency)
        for agency in (asking, asked, other)
        for role in ROLES
    ]
    told, spare = uuid7(), uuid7()  # of the second nobody has said a cause yet
    for gap in (told, spare):
        ground.insert(
            "gaps_gap",
            id=gap,
            asking_agency_id=asking,
            asked_agency_id=asked,
            barriers=[],
            quarter="2026Q4",
            **dict.fromkeys(CODES, ""),
        )
    ground.insert("gaps_cause", gap_id=told, agency_id=asked, barriers=[])

    with connect() as app:
        unnoticed = Judge(superuser, app, TABLES, people, {"gaps_cause": {"gap_id": str(spare)}}).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed) == [
        "gaps_gap.companion_insert: dropped"  # of whoever goes along: test_going_along.py
    ]
