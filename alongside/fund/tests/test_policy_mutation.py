"""Weaken any policy of the fund, and a test fails: two agencies, every role that has to do with money."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from psycopg import sql

from alongside.kernel import clock
from alongside.kernel.ids import uuid7
from tests.ground import Ground, connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = (
    "fund_pot",
    "fund_potaccount",
    "fund_transaction",
    "fund_entry",
    "fund_limit",
    "fund_purchase",
    "fund_instalment",
    "fund_report",
)
ROLES = ("caseworker", "intake", "coordinator", "leader", "privacy-officer", "specialist", "administrator")

WHO = ("ctx.worker()", "gen_random_uuid()")
RELEASED = "released_by = {}, released_at = now()"
APPROVED = "state = 'approved', decided_by = {}, decided_at = now()"


class AtTheFund(Judge):
    """Who asked, decided, made and keeps stands in a copied row; how something stands is what may change."""

    signed = ("asked_by", "made_by", "opened_by", "set_by", "prepared_by")
    moments = frozenset({"set_at", "moved_at"})

    def _updates(self, table):
        moved = {
            "fund_pot": ["update fund_pot set name = 'Spring'"],
            "fund_limit": [f"update fund_limit set cents = 7, set_by = {who}, set_at = now()" for who in WHO],
            "fund_purchase": [
                *(f"update fund_purchase set {APPROVED.format(who)} where state = 'asked'" for who in WHO),
                "update fund_purchase set state = 'withdrawn', ended_by = ctx.worker(), ended_at = now()"
                " where state = 'asked'",
            ],
            "fund_instalment": ["update fund_instalment set moved_at = now()"],
            "fund_report": [
                f"update fund_report set released_by = {who}, released_at = now()" for who in WHO
            ],
        }
        return [sql.SQL(words) for words in moved.get(table, [])]


def _pot_of(ground: Ground, agency: UUID, people: dict[str, UUID]) -> None:
    """A pot with a line of its ledger, what was asked of it at two stages, a limit and a report."""
    now, pot, ended = clock.now(), uuid7(), uuid7()
    own = {"agency_id": agency}
    for id, days in ((pot, 9), (ended, -9)):
        ends_on = clock.today() + timedelta(days=days)
        opened = {"name": "Winter", "ends_on": ends_on, "opened_by": people["leader"], "opened_at": now}
        ground.insert("fund_pot", id=id, **opened, **own)
    for code, cents in (("granted", 0), ("available", 0)):
        ground.insert("fund_potaccount", id=uuid7(), pot_id=pot, code=code, cents=cents, **own)
    asked = {"pot_id": pot, "kind": "taxi", "cents": 5, "payee": "seller", "asked_at": now, **own}
    ids = [uuid7() for _ in range(3)]
    ground.insert("fund_purchase", id=ids[0], asked_by=people["caseworker"], **asked)
    ground.insert("fund_purchase", id=ids[1], asked_by=people["intake"], **asked)
    decided = {"state": "approved", "decided_by": people["leader"], "decided_at": now}
    with ground.superuser.transaction():
        ground.superuser.execute("set local session_replication_role = replica")
        ground.insert("fund_purchase", id=ids[2], asked_by=people["intake"], **asked, **decided)
        payment = ground.insert(
            "fund_instalment",
            id=uuid7(),
            purchase_id=ids[2],
            due_on=clock.today(),
            cents=5,
            moved_at=now,
            **own,
        )
        lines = (("allot", None, pot), ("allot", None, ended), ("commit", payment["id"], pot))
        for act, of, from_pot in (*lines, ("release", payment["id"], pot)):
            made = {"made_by": people["leader"], "made_at": now, "cents": 5, "act": act, **own}
            bought = {"purchase_id": ids[2], "instalment_id": of} if of else {}
            line = uuid7()
            ground.insert("fund_transaction", id=line, pot_id=from_pot, **made, **bought)
            ground.insert("fund_entry", id=uuid7(), transaction_id=line, account="available", cents=5, **own)
    for role in ("caseworker", "leader"):
        ground.insert(
            "fund_limit", id=uuid7(), role=role, cents=100, set_by=people["leader"], set_at=now, **own
        )
    ground.insert(
        "fund_limit",
        id=uuid7(),
        worker_id=people["coordinator"],
        cents=9,
        set_by=people["leader"],
        set_at=now,
        **own,
    )
    ground.insert(
        "fund_report",
        id=uuid7(),
        pot_id=pot,
        half="2026-H1",
        threshold=11,
        figures={},
        prepared_by=people["leader"],
        prepared_at=now,
        **own,
    )


# What weakening a policy leaves as it is, and what holds it all the same.
HELD_ELSEWHERE = {
    (
        "fund_instalment.app_update",
        "leaves anything behind",
    ): "a column's grant: not whose it is",
    **{
        ("fund_purchase.operator_locks", how): "the months that are due by themselves: test_months.py"
        for how in ("dropped", "leaves anything behind")
    },
}


def test_whoever_weakens_a_policy_of_the_fund_makes_a_test_fail(superuser):
    ground = Ground(superuser)
    people = []
    for sector in ("community", "healthcare"):
        agency = ground.agency(sector)
        seats = {role: ground.worker(agency, role) for role in ROLES}
        people += [SimpleNamespace(id=seat, agency=agency) for seat in seats.values()]
        _pot_of(ground, agency, seats)
    unique = {
        "fund_potaccount": {"code": "paid"},
        "fund_limit": {"role": "coordinator", "worker_id": None},
        "fund_instalment": {"due_on": "2040-01-01"},
        "fund_report": {"half": "2026-H2"},
        "fund_entry": {"account": "granted", "cents": -1},
    }

    with connect() as app:
        unnoticed = AtTheFund(superuser, app, TABLES, people, unique).unnoticed()

    assert sorted(unnoticed - set(HELD_ELSEWHERE)) == []
