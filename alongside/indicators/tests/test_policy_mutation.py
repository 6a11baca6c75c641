"""Weaken any policy of the ledger or of who contributes, and a test fails.

The judge is that of tests/weakening.py.
"""

from __future__ import annotations

from types import SimpleNamespace
from uuid import uuid4

import pytest
from psycopg import sql

from alongside.kernel.ids import uuid7
from tests.frozen import frozen
from tests.ground import Ground, acting, connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = ("disclosure_snapshot", "disclosure_release", "indicators_contribution", "indicators_parameter")
ROLES = ("editor", "data-steward", "leader", "privacy-officer", "caseworker", "administrator")
HELD_ELSEWHERE = {
    (
        "disclosure_release.app_update",
        "leaves anything behind",
    ): "a trigger: the numbers and the agency of a release are never rewritten",
    (
        "indicators_contribution.app_update",
        "leaves anything behind",
    ): "a grant: only the end of it can be written",
}
AS_CTXO = """
    select polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid) from pg_policy
    where 'ctxo'::regrole = any(polroles) and polcmd = 'r'
        and polrelid::regclass::text in ('gaps_gap', 'gaps_cause', 'indicators_contribution')
"""


class LedgerJudge(Judge):
    """The judge who also tries to drop a table, and to end a contribution."""

    moments = frozenset({"dropped_at", "ended_at"})

    def _updates(self, table):
        extra = {
            "disclosure_release": [
                "update disclosure_release set state = 'dropped', dropped_at = now(), dropped_by = "
                "gen_random_uuid() where state = 'proposed'",
                "update disclosure_release set state = 'dropped', dropped_at = now(), dropped_by = "
                "gen_random_uuid()",
            ],
            "indicators_contribution": [
                "update indicators_contribution set ended_at = now(), ended_by = gen_random_uuid()"
            ],
        }
        return [*super()._updates(table), *map(sql.SQL, extra.get(table, []))]


@pytest.fixture
@frozen
def ground(superuser):
    """Two agencies; tables prepared, released and dropped in each; one contributes, one did and ended it."""
    made = Ground(superuser)
    agencies = [made.agency("community") for _ in range(2)]
    people = [
        SimpleNamespace(id=made.worker(agency, role), agency=agency) for agency in agencies for role in ROLES
    ]
    for agency in agencies:
        snapshot = {
            "id": uuid7(),
            "agency_id": agency,
            "cube": "gaps",
            "half": "2026-H1",
            "body": b"\x01",
            "checksum": "x",
            "taken_by": uuid4(),
            "taken_at": "now",
        }
        made.insert("disclosure_snapshot", **snapshot)
        for state in ("proposed", "published", "dropped"):
            table = f"need-{agencies.index(agency)}"
            told = {
                "cube": "gaps",
                "table": table,
                "unit": "requests",
                "rows": "need",
                "columns": "",
                "half": "2026-H1",
                "audience": "public",
            }
            facts = {
                "threshold": 20,
                "rounding": 5,
                "figures": "{}",
                "stewarded": False,
                "checksum": "x",
                "cut_off_at": "now",
            }
            said = {f"{state}_by": uuid4(), f"{state}_at": "now"} if state != "proposed" else {}
            row = {
                "id": uuid7(),
                "agency_id": agency,
                "snapshot_id": snapshot["id"],
                "state": state,
                "proposed_by": uuid4(),
                "proposed_at": "now",
            }
            _inserted(superuser, row | told | facts | said)
    made.insert(
        "indicators_contribution", id=uuid7(), agency_id=agencies[0], given_by=uuid4(), given_at="now"
    )
    numbers = {f"{what}_{end}": 1 for what in ("units", "cost") for end in ("low", "base", "high")}
    words = dict.fromkeys(("need", "unit", "unit_fr", "source", "owner"), "")
    for person in people[:1] + people[len(ROLES) : len(ROLES) + 1]:
        line = {
            "id": uuid7(),
            "agency_id": person.agency,
            "line": uuid7(),
            "version": 1,
            "kind": "service",
            "year": 2026,
            "stands": True,
        }
        made.insert(
            "indicators_parameter", **line, **numbers, **words, written_by=person.id, written_at="now"
        )
    made.insert(
        "indicators_contribution",
        id=uuid7(),
        agency_id=agencies[1],
        given_by=uuid4(),
        given_at="now",
        ended_by=uuid4(),
        ended_at="now",
    )
    return SimpleNamespace(made=made, agencies=agencies, people=people)


def _inserted(superuser, row):
    names = sql.SQL(", ").join(map(sql.Identifier, row))
    values = sql.SQL(", ").join(map(sql.Placeholder, row))
    superuser.execute(sql.SQL("insert into disclosure_release ({}) values ({})").format(names, values), row)


def test_whoever_weakens_a_policy_of_the_numbers_makes_a_test_fail(superuser, ground):
    unique = {
        "disclosure_release": {"table": "another"},
        "indicators_contribution": {},
        "indicators_parameter": {"version": 2},
    }
    with connect() as app:
        unnoticed = LedgerJudge(superuser, app, TABLES, ground.people, unique).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed - set(HELD_ELSEWHERE)) == []


def test_what_the_counting_function_reads_it_needs(superuser, ground):
    asking, asked = ground.agencies
    superuser.execute("delete from indicators_contribution")
    for agency in ground.agencies:
        ground.made.insert(
            "indicators_contribution", id=uuid7(), agency_id=agency, given_by=uuid4(), given_at="now"
        )
    gap = uuid4()
    words = dict.fromkeys(("recommendation", "wait_band", "workaround", "staff_hours_band"), "")
    ground.made.insert(
        "gaps_gap",
        id=gap,
        asking_agency_id=asking,
        asked_agency_id=asked,
        quarter="2026-Q1",
        region="east",
        need="dental",
        reason="full",
        barriers=["cost"],
        **words,
    )
    ground.made.insert("gaps_cause", gap_id=gap, agency_id=asked, barriers=["pets"])
    editor = next(person.id for person in ground.people if person.agency == asking)

    def told():
        with acting(editor) as app:
            return sorted(app.execute("select * from ctx.gap_cube('{2026-Q1}')").fetchall())

    usual, unnoticed = told(), []
    with connect("owner", autocommit=True) as owner:
        for table, name, using in superuser.execute(AS_CTXO).fetchall():
            owner.execute(f"drop policy {name} on {table}")
            try:
                unnoticed += [table] if told() == usual else []
            finally:
                owner.execute(f"create policy {name} on {table} for select to ctxo using ({using})")

    assert ("mentions", "dental", "east", "pets", 1, 1) in usual
    assert not unnoticed
