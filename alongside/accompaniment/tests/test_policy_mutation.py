"""Weaken any policy of what is planned with, and a test fails.

Two companions and who plans at one agency, some who do neither, and another agency.
"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from psycopg import sql

from alongside.kernel import clock
from alongside.kernel.ids import uuid7
from tests.ground import Ground, connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = (
    "accompaniment_availability",
    "accompaniment_place",
    "accompaniment_way",
    "accompaniment_suggestionrun",
)
ROLES = ("caseworker", "caseworker", "companion", "companion", "coordinator", "leader", "privacy-officer")


class Planning(Judge):
    """Who wrote a row or asked stands in a copied row; a place's name and a way's minutes may change."""

    signed = ("written_by",)

    def _updates(self, table):
        changes = {
            "accompaniment_place": "update accompaniment_place set name = name || 'x'",
            "accompaniment_way": "update accompaniment_way set minutes = minutes + 1",
            "accompaniment_suggestionrun": "update accompaniment_suggestionrun set is_over = true",
        }
        return [sql.SQL(changes[table]), *super()._updates(table)] if table in changes else []


def _plan(ground, person, now):
    one, two = uuid7(), uuid7()
    own = {"agency_id": person.agency}
    ground.insert(
        "accompaniment_availability",
        id=uuid7(),
        worker_id=person.id,
        weekday=1,
        from_minute=60,
        until_minute=90,
        written_by=person.id,
        written_at=now,
        **own,
    )
    for place in (one, two):
        ground.insert("accompaniment_place", id=place, name=f"Place {_letters(place)}", **own)
    ground.insert("accompaniment_way", id=uuid7(), from_place_id=one, to_place_id=two, minutes=5, **own)
    for ago in (0, 13):
        ground.insert(
            "accompaniment_suggestionrun",
            id=uuid7(),
            worker_id=person.id,
            asked="a",
            first_day=clock.day(now),
            days=7,
            asked_at=now - timedelta(hours=ago),
            **own,
        )


def _letters(place):
    return "".join(chr(ord("a") + int(digit, 16)) for digit in place.hex[-12:])


def test_whoever_weakens_a_policy_of_the_planning_makes_a_test_fail(superuser):
    ground, now = Ground(superuser), clock.now()
    here, other = ground.agency("community"), ground.agency("healthcare")
    people = [
        SimpleNamespace(id=ground.worker(agency, role), agency=agency)
        for agency in (here, other)
        for role in ROLES
    ]
    for person in (people[0], people[2], people[5], people[len(ROLES)]):
        _plan(ground, person, now)

    with connect() as app:
        unnoticed = Planning(superuser, app, TABLES, people, {}).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed) == [
        "accompaniment_suggestionrun.app_update: leaves anything behind"  # a column's grant: found or not
    ]
