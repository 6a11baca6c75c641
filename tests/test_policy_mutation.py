"""Weaken any policy, and a test fails (measures.md).

Each policy of every table about a person is opened, dropped and turned round.

The judge is one world at every stage: what each worker sees in it, and what the database answers to a try at
every verb on every table.
"""

import pytest

from alongside.beds.tests.test_policy_mutation import TABLES as BEDS
from alongside.briefs.tests.test_policy_mutation import TABLES as BRIEFS
from alongside.evidence.tests.test_policy_mutation import TABLES as EVIDENCE
from alongside.indicators.tests.test_policy_mutation import TABLES as INDICATORS
from alongside.kernel.ids import uuid7
from alongside.quotes.tests.test_policy_mutation import TABLES as QUOTES
from tests.ground import Ground, connect
from tests.weakening import Judge
from tests.worlds import ITEMS, build

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = (
    "files_file",
    "files_detail",
    "files_safecontact",
    "files_searchterm",
    "plans_priority",
    "plans_step",
    "plans_suggestion",
    "consent_release",
    "consent_releaseditem",
    "consent_block",
    "consent_notice",
    "referrals_referral",
    "referrals_referralintake",
    "trail_entry",
    "gaps_gap",
    "gaps_cause",
    "beds_pathwayfile",
)
SPARE = str(uuid7())  # a gap without a cause yet
ROLES = [
    "caseworker",
    "caseworker",
    "caseworker",
    "specialist",
    "specialist",
    "privacy-officer",
    "privacy-officer",
    "leader",
    "administrator",
]
EVERY = set(range(ITEMS))
AT_EVERY_STAGE = [
    (0, [],
     [(1, "", (-30, 30), True, False, EVERY, "requested", ""),
      (2, "", (-30, 30), True, False, {0}, "draft", "")]),
    (0, [("worker", 0, None, False, True)], [(1, "", (-30, 30), True, False, EVERY, "accepted", "")]),
    (0, [("worker", 1, None, False, False)],
     [(1, "specialist", (-30, 30), True, False, EVERY, "requested", "specialist")]),
    (0, [("worker", 4, 0, False, False), ("worker", 0, 1, False, False), ("agency", 1, 2, False, False)],
     [(1, "", (-30, 30), True, False, EVERY, "requested", "")]),
    (0, [],
     [(1, "", (-30, -1), True, False, EVERY, "requested", ""),
      (1, "", (1, 30), True, False, EVERY, "requested", "")]),
    (0, [],
     [(1, "", (-30, 30), False, False, EVERY, "draft", ""),
      (1, "", (-30, 30), True, True, EVERY, "requested", "")]),
    (2, [], [(1, "", (-30, 30), True, False, EVERY, "requested", "")]),
    (1, [], [(1, "", (-30, 30), False, False, {0}, "", "")]),
]  # fmt: skip
UNIQUE = {
    "files_file": {"handle": uuid7().hex, "blocked_principals": []},
    "files_detail": {"kind": "another"},
    "files_searchterm": {"term": 2},
    "plans_priority": {"rank": 99},
    "consent_releaseditem": {"item_id": str(uuid7())},
    "gaps_cause": {"gap_id": SPARE},
    "beds_pathwayfile": {"pathway_id": str(uuid7())},
    "consent_release": {
        "state": "offered",
        "given_at": None,
        "given_by": None,
        "given_how": "",
        "ended_at": None,
        "ended_by": None,
        "ended_how": "",
    },
}

# What weakening a policy leaves as it is, and what holds it all the same.
HELD_ELSEWHERE = {
    ("consent_block.custody_update", "leaves anything behind"): "a trigger: a block is only ever lifted",
    (
        "consent_notice.app_update",
        "leaves anything behind",
    ): "a column's grant: only when it was read can be written",
    (
        "consent_releaseditem.custody_update",
        "leaves anything behind",
    ): "a trigger: an item follows its agreement",
    (
        "trail_entry.app_insert",
        "leaves anything behind",
    ): "a trigger: the actor is set from the signed context",
}


def people(superuser):
    """One world with something at every stage, and who is in it."""
    ground = Ground(superuser)
    world = build(ground, (ROLES, AT_EVERY_STAGE))
    for file in world.files:
        ground.insert("files_searchterm", agency_id=file.agency, term=1, file_id=file.id)
    codes = {
        "quarter": "2026Q4",
        "region": "",
        "need": "",
        "recommendation": "",
        "reason": "",
        "wait_band": "",
        "workaround": "",
        "staff_hours_band": "",
    }
    asking, asked = world.people[0].agency, world.people[1].agency
    for gap in (gap_with_cause := uuid7(), SPARE):
        ground.insert(
            "gaps_gap", id=gap, asking_agency_id=asking, asked_agency_id=asked, barriers=[], **codes
        )
    ground.insert("gaps_cause", gap_id=gap_with_cause, agency_id=asked, barriers=[])
    return world.people


@pytest.mark.costly("weakens every policy of every table of a file")
def test_whoever_weakens_a_policy_makes_a_test_fail(superuser):
    with connect() as app:
        unnoticed = Judge(superuser, app, TABLES, people(superuser), UNIQUE).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed - set(HELD_ELSEWHERE)) == []


def test_every_table_with_a_policy_is_judged_or_said_why_not(superuser):
    tables = {
        row[0]
        for row in superuser.execute(
            "select distinct polrelid::regclass::text from pg_policy where 'app'::regrole = any(polroles)"
        )
    }

    assert tables - {
        *TABLES,
        *BEDS,
        *EVIDENCE,
        *QUOTES,
        *INDICATORS,
        *BRIEFS,
    } == {  # about workers: alongside/agencies/tests and tests/test_bypass_context.py
        "agencies_account",
        "agencies_agency",
        "agencies_worker",
        "agencies_invitation",
        "agencies_recovery",
        "mfa_authenticator",
        "account_emailaddress",
        "account_emailconfirmation",
        "kernel_draft",
    }
