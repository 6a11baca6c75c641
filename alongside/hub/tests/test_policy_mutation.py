"""Weaken any policy of a hub, and a test fails.

Two agencies of one hub that keep files, one of the criminal-legal sector there, and one outside.
"""

from __future__ import annotations

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
TABLES = ("hub_hub", "hub_member", "hub_sitting", "hub_waiting", "hub_notwhile")
ROLES = ("caseworker", "caseworker", "specialist", "leader")


class AtTheHub(Judge):
    """Who sits there stands in a copied row; what may change of each table is one column."""

    signed = ("worker_id",)

    def _updates(self, table):
        changes = {
            "hub_member": ["next_for = 'food'"],
            "hub_sitting": ["called = 'the nurse'", "sits_on = '2090-01-01'"],
            "hub_waiting": ["worker_id = null"],
        }
        return [sql.SQL(f"update {table} set {change}") for change in changes.get(table, [])]


def test_whoever_weakens_a_policy_of_the_hub_makes_a_test_fail(superuser):
    ground, now = Ground(superuser), clock.now()
    today, until = clock.shared_day(now), clock.shared_midnight(clock.shared_day(now)) + timedelta(days=1)
    sectors = ("community", "healthcare", "criminal-legal", "community")
    agencies = [ground.agency(sector) for sector in sectors]
    people = [
        SimpleNamespace(id=ground.worker(agency, role), agency=agency)
        for agency in agencies
        for role in ROLES
    ]
    hub, elsewhere = uuid7(), uuid7()
    for id_, members in ((hub, agencies[:3]), (elsewhere, agencies[3:])):
        ground.insert("hub_hub", id=id_, name="Station Street")
        for agency in members:
            ground.insert("hub_member", id=uuid7(), hub_id=id_, agency_id=agency)
    for number, person in enumerate(people):
        if number % len(ROLES) in (0, 2):  # of each agency a caseworker and a specialist sit there
            at = elsewhere if person.agency == agencies[3] else hub
            told = {"called": "x", "sits_on": today, "until": until, "desk_since": now if number else None}
            id_ = uuid7()
            ground.insert(
                "hub_sitting", id=id_, hub_id=at, agency_id=person.agency, worker_id=person.id, **told
            )
    words = iter(("acorn", "anchor", "apple", "apron"))
    for agency, at, kept_out in (
        (agencies[0], hub, []),
        (agencies[0], hub, [f"agency:{agencies[1]}"]),
        (agencies[3], elsewhere, []),
    ):
        for day in (today, today - timedelta(days=1))[: 1 + (not kept_out and at == hub)]:
            waiting = uuid4()
            told = {"word": next(words), "topic": "", "services": [], "kept_out": kept_out, "came_at": now}
            ground.insert("hub_waiting", id=waiting, hub_id=at, agency_id=agency, waits_on=day, **told)
            ground.insert("hub_notwhile", waiting_id=waiting, hub_id=at, words=b"\x01")

    with connect() as app:
        unnoticed = AtTheHub(superuser, app, TABLES, people, {}).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed) == [
        "hub_hub.app_insert: dropped",  # the operator’s, like the next two: every other test stands on them
        "hub_member.app_delete: dropped",
        "hub_member.app_insert: dropped",
        "hub_member.app_update: leaves anything behind",  # a column's grant: only when they are there next
        "hub_waiting.app_update: leaves anything behind",  # a column's grant: only whom they see
    ]
