"""Weaken any policy of a table of a file, and a test fails (measures.md).

Each policy of every table about a person is opened, dropped and turned round.

The judge is one world at every stage: what each worker sees in it, and what the database answers to a try at
every verb on every table.
"""

import pytest

from alongside.kernel.ids import uuid7
from alongside.referrals.tests.ground import Ground
from alongside.referrals.tests.worlds import ITEMS, build
from tests.examples import examples, tables_of_a_file
from tests.ground import connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = (*tables_of_a_file(), "consent_notice", "referrals_capacityrequest")
ROLES = [
    "caseworker",
    "caseworker",
    "caseworker",
    "intake",
    "specialist",
    "privacy-officer",
    "privacy-officer",
    "leader",
    "administrator",
]
OFF = {0}  # who sees what they lead, what they asked and what they promised, and no more
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
    (0, [], [(2, "", (-30, 30), True, False, EVERY, "requested", "")]),
]  # fmt: skip
UNIQUE = {table: unique for given in examples().values() for table, unique in given.unique.items()}

# What weakening a policy leaves as it is, and what holds it all the same.
IN_OWN_NAME = (
    "accompaniment_wish.written",
    "accompaniment_accompaniment.written",
    "accompaniment_card.written",
    "appointments_appointment.written",
    "appointments_attendancenote.written",
    "appointments_interpreter.written",
    "handovers_check.done",
    "handovers_check.said",
    "handovers_handover.given",
    "handovers_handover.taken",
    "referrals_rankedagency.written",
    "visits_visitnote.written",
)
HELD_ELSEWHERE = {
    ("consent_block.privacy_officer_update", "leaves anything behind"): "a trigger: it is only ever lifted",
    **{
        (
            "files_destruction.app_update",
            how,
        ): "its state is moved in alongside/files/tests/test_destruction.py"
        for how in ("dropped", "leaves anything behind", "sees everything", "turned round")
    },
    ("consent_block.recusals_update", "leaves anything behind"): "who lifted it is asked first",
    ("trail_entry.recusals", "dropped"): "nobody recused themselves by a page here: test_shut_files.py",
    (
        "trail_entry.recusals",
        "sees everything",
    ): "nobody recused themselves by a page here: test_shut_files.py",
    ("files_file.custody_update", "leaves anything behind"): "a column's grant: whose it is can't be written",
    (
        "referrals_capacityrequest.app_update",
        "leaves anything behind",
    ): "a column's grant: of whom it is asked can't be written",
    (
        "referrals_referral.asker_update",
        "dropped",
    ): "triggers keep what is tried; test_each_side_writes_its_own.py",
    **{
        ("visits_visitnote.custody_update", how): "a trigger: what was written stays; test_visits.py"
        for how in ("leaves anything behind",)
    },
    (
        "handovers_handover.custody_update",
        "leaves anything behind",
    ): "a trigger: what was handed over is only ever taken",
    (
        "referrals_rankedagency.custody_update",
        "leaves anything behind",
    ): "a trigger: another agency is another line",
    **{
        ("referrals_rankedagency.never_among_several", how): "of police, which asks nobody: test_in_turn.py"
        for how in ("dropped", "leaves anything behind")
    },
    **{
        ("referrals_capacityrequest.of_who_answers", how): "of police: test_moments_and_codes.py"
        for how in ("dropped", "leaves anything behind")
    },
    **{
        (
            f"{policy}_in_own_name",
            how,
        ): "here everybody signs for themselves: test_in_turn.py"
        for policy in IN_OWN_NAME
        for how in ("dropped", "leaves anything behind")
    },
    **{
        (
            "appointments_attendancenote.custody_delete",
            how,
        ): "taken back by whoever wrote it: alongside/appointments"
        for how in ("dropped", "sees everything", "turned round")
    },
    **{
        (policy, "dropped"): "of whoever goes along, whom no row here names: test_going_along.py"
        for policy in (
            "accompaniment_accompaniment.companion_select",
            "accompaniment_accompaniment.companion_update",
            "accompaniment_card.companion_select",
            "appointments_attendancenote.companion_insert",
            "appointments_attendancenote.companion_select",
        )
    },
    **{
        (f"accompaniment_checkin.{policy}", how): "of two whom no row here names: test_check_ins.py"
        for policy, hows in {
            "app_insert": ("dropped",),
            "app_select": ("dropped",),
            "app_update": ("dropped", "leaves anything behind"),
        }.items()
        for how in hows
    },
    ("visits_visitnote.rewritten_in_own_name", "sees everything"): "which rows is the policy beside it",
    ("handovers_handover.taken_in_own_name", "sees everything"): "which rows is the policy beside it",
    ("handovers_check.done_in_own_name", "sees everything"): "which rows is the policy beside it",
    (
        "handovers_check.checker_update",
        "leaves anything behind",
    ): "of who took it over: handovers/tests/test_checks.py",
    ("handovers_check.custody_update", "leaves anything behind"): "a trigger: what was said stays",
    (
        "files_safecontact.to_be_asked_select",
        "dropped",
    ): "of who may ask: handovers/tests/test_leaving.py",
    **{
        ("handovers_transfer.being_destroyed", how): "of who may ask: handovers/tests/test_leaving.py"
        for how in ("dropped", "sees everything")
    },
    ("files_justification.app_update", "leaves anything behind"): "a trigger: it is only ever read",
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
    **{
        (f"referrals_message.{policy}", how): "the policy beside it: of a request that is seen, and agreed to"
        for policy, how in (
            ("asked_select", "sees everything"),
            ("custody_select", "sees everything"),
            ("asked_insert", "leaves anything behind"),
            ("custody_insert", "leaves anything behind"),
            ("being_destroyed", "sees everything"),
            ("being_destroyed", "dropped"),
        )
    },
    (
        "trail_entry.app_select",
        "sees everything",
    ): "the policy beside it: of a file, only who sees the file",
}


def _capacity(world, superuser):
    """The first agency asked the second what it has, and the day before somebody asked it too."""
    asker, asked = (world.people[n] for n in (0, 1))
    for lapses in ("tomorrow", "yesterday"):
        Ground(superuser).insert(
            "referrals_capacityrequest",
            id=uuid7(),
            agency_id=asker.agency,
            to_agency_id=asked.agency,
            need="housing",
            day="today",
            people=3,
            state="asked",
            asked_by=asker.id,
            asked_at="now",
            reason="",
            lapses_at=lapses,
        )


def _recused(world, who, superuser):
    """Somebody said "not me" of the fourth file."""
    person, file = world.people[who], world.files[3]
    against = f"worker:{person.id}"
    Ground(superuser).row(
        "consent_block", file.id, file.agency, against=against, set_at="now", set_by=person.id, set_how="desk"
    )


@pytest.mark.costly("weakens every policy of every table of a file")
def test_whoever_weakens_a_policy_makes_a_test_fail(superuser):
    with connect() as app:
        led = [(*(*file, False)[:4], (0, None, None)) for file in AT_EVERY_STAGE]
        led[1] = (*led[1][:4], (None, None, 3))  # led by nobody, opened by one who said why
        world = build(Ground(superuser), (ROLES, led, set(range(9)) - OFF))
        _recused(world, 3, superuser)
        _capacity(world, superuser)
        judge = Judge(superuser, app, TABLES, world.people, UNIQUE)
        judge.signed = (*judge.signed, "given_by", "moved_by", "said_by")
        judge.few = {"referrals_message": 20, "consent_releaseditem": 12, "files_justification": 10}
        unnoticed = judge.unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed - set(HELD_ELSEWHERE)) == []
    assert set(HELD_ELSEWHERE) <= unnoticed
