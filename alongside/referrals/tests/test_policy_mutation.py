"""Weaken any policy of a table of a file, and a test fails (measures.md).

Each policy of every table about a person is opened, dropped and turned round.

The judge is one world at every stage: what each worker sees in it, and what the database answers to a try at
every verb on every table.
"""

import pytest

from alongside.referrals.tests.ground import Ground
from alongside.referrals.tests.worlds import ITEMS, build
from tests.examples import examples, tables_of_a_file
from tests.ground import connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = (*tables_of_a_file(), "consent_notice")
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
    (0, [("worker", 1, None, False, False)], [(1, "", (-30, 30), True, False, EVERY, "requested", "")], True),
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
UNIQUE = {table: unique for given in examples().values() for table, unique in given.unique.items()}

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
    (
        "trail_entry.app_select",
        "sees everything",
    ): "the policy beside it: of a file, only who sees the file",
}


@pytest.mark.costly("weakens every policy of every table of a file")
def test_whoever_weakens_a_policy_makes_a_test_fail(superuser):
    with connect() as app:
        world = build(Ground(superuser), (ROLES, AT_EVERY_STAGE))
        unnoticed = Judge(superuser, app, TABLES, world.people, UNIQUE).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed - set(HELD_ELSEWHERE)) == []
    assert set(HELD_ELSEWHERE) <= unnoticed
