"""Weaken any policy of the beds, and a test fails.

A shelter, two that ask it, and somebody who may never look, at every stage of a request and a wait.

The judge is that of tests/weakening.py. What the context's own functions read is judged by what
they then tell, or no longer hold to.
"""

from __future__ import annotations

from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from alongside.kernel.ids import uuid7
from tests.frozen import frozen
from tests.ground import Ground, acting, connect
from tests.weakening import Judge

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
TABLES = (
    "beds_offering",
    "beds_whereabouts",
    "beds_rule",
    "beds_count",
    "beds_request",
    "beds_waiting",
    "beds_hold",
    "beds_pathway",
    "beds_step",
    "beds_outofturn",
)
SEATS = {
    "shelter": ("intake", "caseworker", "coordinator", "leader", "privacy-officer", "administrator"),
    "asker": ("caseworker", "coordinator", "leader", "privacy-officer"),
    "other": ("caseworker", "coordinator"),
    "police": ("caseworker", "coordinator"),
}
PROFILE = {"gender": "", "household": "", "children": [], "circumstances": [], "languages": []}
LISTS = ("genders", "households", "room_types", "languages", "stops", "talks", "clears")

# What weakening a policy leaves as it is, and what holds it all the same.
HELD_ELSEWHERE = {
    ("beds_request.app_update", "leaves anything behind"): "a trigger: a request is not passed on",
    (
        "beds_waiting.app_update",
        "leaves anything behind",
    ): "a trigger: nobody is moved in the line, nor to another agency",
    (
        "beds_hold.app_update",
        "leaves anything behind",
    ): "a trigger: a hold is only extended once, or ended once",
}


class BedJudge(Judge):
    """The judge who also tries to make a row another shelter's."""

    keepers = ("agency_id", "shelter_id")
    moments = frozenset({"kept_at", "moved_at", "extended_at", "left_at", "ended_at"})


@pytest.fixture
@frozen
def night(superuser):
    """Everybody, and what they have of each other: offerings with and without holds at once.

    Requests, waits and holds at every stage.
    """
    ground = Ground(superuser)
    agencies = {name: ground.agency("criminal-legal" if name == "police" else "community") for name in SEATS}
    people = [
        SimpleNamespace(id=ground.worker(agencies[name], role), agency=agencies[name], name=name, role=role)
        for name, roles in SEATS.items()
        for role in roles
    ]
    there = SimpleNamespace(ground=ground, people=people, **agencies)
    there.tonight, there.at_once, there.months = (
        _offering(there, stay, at_once)
        for stay, at_once in (("tonight", False), ("tonight", True), ("months", False))
    )
    there.spare = _offering(there, "tonight", False)
    for by in (there.asker, there.other):
        _asked(there, by)
    return there


def _offering(there, stay, at_once):
    """A programme with a rule, a count and, but for the last, a place where it is."""
    own = {"agency_id": there.shelter, "id": uuid7()}
    words = dict.fromkeys(
        ("name", "name_fr", "face", "face_fr", "exceptions_contact", "exceptions_phone", "urgent_phone"), ""
    )
    facts = {
        "stay": stay,
        "unit": "bed",
        "region": "central",
        "holds_at_once": at_once,
        "hold_hours": 4,
        "think_hours": 72,
        "covers": {},
    }
    there.ground.insert(
        "beds_offering",
        **own,
        **words,
        **facts,
        **{name: [] for name in LISTS},
        kept_by=uuid4(),
        kept_at="now",
    )
    offering = {"agency_id": there.shelter, "offering_id": own["id"]}
    rule = {
        "barrier": "pets",
        "stands": True,
        "negotiable": True,
        "decided_by": "",
        "words": "",
        "words_fr": "",
        "verified_on": "now",
    }
    there.ground.insert("beds_rule", id=uuid7(), **offering, **rule)
    counted = {
        "number": 0,
        "actual": 9,
        "unavailable": 0,
        "occupied": 1,
        "reason": "shift",
        "counted_by": uuid4(),
        "counted_at": "yesterday",
    }
    there.ground.insert("beds_count", id=uuid7(), **offering, **counted)
    if not hasattr(there, "months") or stay == "months":
        there.ground.insert("beds_whereabouts", **offering, words=b"\x01sealed")
    return own["id"]


def _asked(there, by):
    """What one agency asks for: drafted, asked, held and let go; waiting and offered out of turn.

    Each a step of a pathway.
    """
    sides = {"shelter_id": there.shelter, "agency_id": by}
    asker = next(person.id for person in there.people if person.agency == by)
    pathway = there.ground.insert(
        "beds_pathway", id=uuid7(), agency_id=by, handle="Invented Heron", begun_by=asker, begun_at="now"
    )["id"]
    for state, offering in (
        ("drafted", there.tonight),
        ("asked", there.tonight),
        ("soft-hold", there.at_once),
    ):
        request = {"id": uuid7(), "offering_id": offering, **sides}
        moments = {"drafted_at": "now", "asked_at": None if state == "drafted" else "now", "moved_at": "now"}
        there.ground.insert(
            "beds_request",
            **request,
            **PROFILE,
            **moments,
            handle="Invented Owl",
            state=state,
            asked_by=asker,
            answer="",
        )
        _step(there, by, pathway, request_id=request["id"])
        if state == "soft-hold":
            _hold(there, request, asker, request_id=request["id"])
    for state in ("waiting", "offered"):
        waiting = {"id": uuid7(), "offering_id": there.months, **sides}
        moments = {"joined_at": "now", "moved_at": "now"}
        there.ground.insert(
            "beds_waiting",
            **waiting,
            **PROFILE,
            **moments,
            handle="Invented Wren",
            state=state,
            joined_by=asker,
            answer="",
        )
        _step(there, by, pathway, waiting_id=waiting["id"])
        if state == "offered":
            _hold(there, waiting, asker, waiting_id=waiting["id"])
            turn = {"reason": "suited", "offered_by": uuid4(), "offered_at": "now"}
            there.ground.insert(
                "beds_outofturn", id=uuid7(), agency_id=there.shelter, waiting_id=waiting["id"], **turn
            )


def _step(there, by, pathway, **what):
    there.ground.insert(
        "beds_step",
        id=uuid7(),
        pathway_id=pathway,
        agency_id=by,
        stay="tonight",
        taken_at="now",
        counted=False,
        **what,
    )


def _hold(there, asked, asker, **what):
    hours = "4 hours" if "request_id" in what else "3 days"
    there.ground.superuser.execute(
        "insert into beds_hold (id, offering_id, shelter_id, agency_id, request_id, waiting_id, token, slot, "
        "asker, held_at, until)"
        " values (%s, %s, %s, %s, %s, %s, 'BCDFG', 0, %s, now() - interval '31 minutes', now() - interval "
        "'31 minutes' + %s::interval)",
        [
            uuid7(),
            asked["offering_id"],
            asked["shelter_id"],
            asked["agency_id"],
            what.get("request_id"),
            what.get("waiting_id"),
            asker,
            hours,
        ],
    )


@pytest.mark.costly("weakens every policy of every table of the beds")
def test_whoever_weakens_a_policy_of_the_beds_makes_a_test_fail(superuser, night):
    unique = {
        "beds_rule": {"barrier": "smoking"},
        "beds_whereabouts": {"offering_id": str(night.spare)},
        "beds_step": {"request_id": None, "waiting_id": None},
    }
    with connect() as app:
        unnoticed = BedJudge(superuser, app, TABLES, night.people, unique).unnoticed()

    assert sorted(f"{policy}: {how}" for policy, how in unnoticed - set(HELD_ELSEWHERE)) == []
    assert set(HELD_ELSEWHERE) <= unnoticed


OF_THE_CONTEXT = """
    select polrelid::regclass::text, polname,
        pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid),
        case polcmd when 'r' then 'select' when 'w' then 'update' end
    from pg_policy where 'ctxo'::regrole = any(polroles) and polrelid::regclass::text like 'beds_%'
    order by 1, 2
"""


def _told(night, superuser):
    """What the context's functions tell outside, hold to and lock, as they stand."""
    stranger = next(person.id for person in night.people if person.agency == night.other)
    ruth = next(person.id for person in night.people if person.agency == night.shelter)
    waits = superuser.execute(
        "select id from beds_waiting where agency_id = %s order by id", [night.other]
    ).fetchall()
    with acting(stranger) as app:
        outlook = app.execute(
            "select outlook from ctx.bed_outlook(%s, now())", [[night.tonight, night.at_once]]
        ).fetchall()
        line = [app.execute("select * from ctx.bed_line(%s, now())", [wait]).fetchone() for (wait,) in waits]
    full = (
        "insert into beds_count (id, offering_id, agency_id, number, actual, unavailable, occupied, reason, "
        "counted_by, counted_at)"
    )
    full += " values (gen_random_uuid(), %s, %s, 0, %s, 0, %s, 'shift', gen_random_uuid(), now())"
    with acting(ruth) as app:
        tries = []
        for offering, actual, occupied in ((night.at_once, 9, 8), (night.tonight, 9, 2)):
            try:
                with app.transaction():
                    app.execute(full, [offering, night.shelter, actual, occupied])
                tries.append("done")
            except psycopg.Error as error:
                tries.append(error.diag.constraint_name or error.sqlstate)
        tries.append(
            app.execute(
                "select max(number) from beds_count where offering_id = %s", [night.tonight]
            ).fetchone()
        )
        tries.append(_is_locked(superuser, night.tonight))
    superuser.execute("update beds_request set keep_apart = 'sealed', moved_at = now() - interval '3 days'")
    with acting(stranger) as app:
        swept = app.execute("select ctx.sweep_names(%s)", [settings.SERVER_SECRET]).fetchone()
    return outlook, line, tries, swept


def _is_locked(superuser, offering):
    """Whether somebody holds the row of an offering to themselves, as one who counts does.

    A foreign key alone leaves it to others.
    """
    try:
        with superuser.transaction(force_rollback=True):
            superuser.execute("select 1 from beds_offering where id = %s for key share nowait", [offering])
    except psycopg.errors.LockNotAvailable:
        return True
    return False


@pytest.fixture
def passes_nothing_on():
    """What lets other functions pass things on lets these read too: taken away (alongside/handovers)."""
    with connect("owner", autocommit=True) as owner:
        owner.execute("drop policy held_select on beds_request")
        yield
        owner.execute(
            "create policy held_select on beds_request for select to ctxo using (current_user = 'ctxo')"
        )


@pytest.mark.usefixtures("passes_nothing_on")
def test_what_the_context_reads_of_the_beds_it_needs(superuser, night):
    usual = _told(night, superuser)
    unnoticed = []
    with connect("owner", autocommit=True) as owner:
        for table, name, using, check, verb in superuser.execute(OF_THE_CONTEXT).fetchall():
            made = f"create policy {name} on {table} for {verb} to ctxo using ({using})" + (
                f" with check ({check})" if check else ""
            )
            owner.execute(f"drop policy {name} on {table}")
            try:
                if _told(night, superuser) == usual:
                    unnoticed.append(f"{table}.{name}")
            finally:
                owner.execute(made)

    assert not unnoticed
    assert usual[2][-1] is True
