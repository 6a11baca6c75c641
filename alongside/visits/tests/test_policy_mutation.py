"""Weaken any policy of the open desk's counts, and a test fails.

Two at one desk, some who keep no files there, and another desk.
"""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from psycopg import sql

from alongside.kernel import clock
from alongside.kernel.ids import uuid7
from tests.ground import Ground, connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = ("visits_visit", "visits_told")
ROLES = ("caseworker", "caseworker", "specialist", "privacy-officer", "leader", "administrator")


class AtTheDesk(Judge):
    """Who counted somebody stands in a copied row; how long it took is what may change."""

    signed = ("met_by",)

    def _updates(self, table):
        return [sql.SQL("update visits_visit set length = 'longer'")]


def test_whoever_weakens_a_policy_of_the_open_desk_makes_a_test_fail(superuser):
    ground, now = Ground(superuser), clock.now()
    here, other = ground.agency("community"), ground.agency("healthcare")
    people = [
        SimpleNamespace(id=ground.worker(agency, role), agency=agency)
        for agency in (here, other)
        for role in ROLES
    ]
    for person in people[:2] + people[len(ROLES) : len(ROLES) + 1]:
        for ago, is_written in ((1, False), (1, True), (30, False)):
            ground.insert(
                "visits_visit",
                id=uuid7(),
                agency_id=person.agency,
                topic="housing",
                met_by=person.id,
                met_at=now - timedelta(minutes=ago),
                is_written=is_written,
            )

    for agency in (here, other):
        ground.insert("visits_told", id=uuid4(), agency_id=agency, told_on=clock.today())

    with connect() as app:
        unnoticed = AtTheDesk(superuser, app, TABLES, people, {}).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed) == [
        "visits_visit.app_update: leaves anything behind"  # a column's grant: only how long may change
    ]
