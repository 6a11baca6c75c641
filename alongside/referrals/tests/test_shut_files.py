"""What a colleague tries to whom a file doesn't open, and what their worker tries at a recusal.

By ids in addresses, from sessions that went idle, and by SQL as `app` signed as them.
"""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from alongside.agencies.tests import cast
from alongside.kernel import ctx
from tests.databases import without_triggers
from tests.test_access_matrix import scene  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
IDLE = "update ctx.session set seen_at = seen_at - interval '16 minutes'"


def answer(statement, *values):
    """What the database answers: rows, how many were touched, or none if it refuses."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else cursor.rowcount
    except DatabaseError:
        return 0


def taken_away(superuser, ids):
    ended = "select ended_at is not null from consent_release where id = %s"
    counts = f"select (select count(*) from consent_block), ({ended})"
    return superuser.execute(counts, [ids["release_id"]]).fetchone()


@pytest.mark.parametrize("opens", ["not", "on", "with a reason"])
def test_an_idle_session_takes_away_only_where_the_file_opens(scene, superuser, opens):
    ids = scene.ids
    client = cast.sign_in(Client(), scene.people["colleague"])
    if opens == "on":
        client.post("/account/me/shift")
    elif opens == "with a reason":
        client.post(f"/files/{ids['file_id']}/justification", {"why": "there"})
    before = taken_away(superuser, ids)
    superuser.execute(IDLE)

    client.post(f"/requests/of/{ids['file_id']}/agreements/{ids['release_id']}/end")
    client.post(
        f"/requests/of/{ids['file_id']}/blocks", {"which": "who", "against": f"agency:{ids['other_id']}"}
    )

    more = 0 if opens == "not" else 1
    assert taken_away(superuser, ids) == (before[0] + more, bool(more))


@pytest.mark.parametrize("how", ["exit", "sign out", "again"])
def test_leaving_ends_being_on_also_when_the_session_went_idle(scene, superuser, how):
    cleo = scene.people["colleague"]
    client = cast.sign_in(Client(), cleo)
    client.post("/account/me/shift")
    superuser.execute(IDLE)

    if how == "exit":
        client.get("/exit")
    elif how == "sign out":
        client.post("/account/session")
    else:
        client.get("/day")
        cast.sign_in(client, cleo)

    with ctx.as_worker(cleo.pk):
        assert answer("select ctx.is_on()") == [(how == "again",)]


def test_no_recusal_is_lifted_by_a_colleague_or_set_for_one(scene, superuser):
    maya, cleo, file = scene.people["caseworker"], scene.people["colleague"], scene.made["file"]
    lifts = "update consent_block set lifted_at = now(), lifted_how = 'desk', lifted_by = %s"
    forges = (
        "insert into consent_block (id, file_id, agency_id, against, set_at, set_by, set_how)"
        " values (gen_random_uuid(), %s, %s, %s, now(), %s, 'desk')"
    )
    with ctx.as_worker(maya.pk):
        assert answer(forges, file.id, maya.agency_id, f"worker:{cleo.pk}", cleo.pk) == 0
        assert answer(lifts, maya.pk)
        assert answer("select ctx.take_back_recusal(%s)", file.id) == [(False,)]
    with ctx.as_worker(cleo.pk):
        assert answer("select ctx.take_back_recusal(%s)", file.id) == [(False,)]

    standing = "select count(*) from consent_block where set_how = 'desk' and lifted_at is null"
    assert superuser.execute(standing).fetchone() == (1,)


def test_no_trail_tells_who_said_not_me(scene):
    noted = "select worker_id from trail_entry where action = 'consent.recused'"
    looks = f"/files/{scene.ids['file_id']}/looks"
    other = scene.made["other"]

    assert "not me" not in cast.sign_in(Client(), scene.people["caseworker"]).get(looks).content.decode()
    with ctx.as_worker(scene.people["caseworker"].pk):
        assert answer(noted) == []
    with ctx.as_worker(scene.people["privacy"].pk):
        assert answer(noted) == [(other.pk,)]


def test_what_is_still_to_be_lent_tells_a_colleague_of_no_agreement(scene):
    maya, ids = scene.people["caseworker"], scene.ids
    with without_triggers() as past:
        past.execute(
            "insert into kernel_effect (id, kind, agency_id, about, particulars, due_at)"
            " values (gen_random_uuid(), 'consent.lend_keys', %s, %s, %s, now())",
            [maya.agency_id, ids["file_id"], json.dumps({"to": str(ids["other_id"])})],
        )
    seen = "select particulars ->> 'to' from kernel_effect"
    for who in ("colleague", "companion", "specialist", "barred", "privacy", "leader", "admin"):
        with ctx.as_worker(scene.people[who].pk):
            assert answer(seen) == [], who
    with ctx.as_worker(maya.pk):
        assert answer(seen) == [(str(ids["other_id"]),)]


@pytest.mark.parametrize("why", ["", "because", "other"])
def test_no_file_opens_without_a_reason(scene, why):
    cleo, file = scene.people["colleague"], scene.made["file"]
    opens = (
        "insert into files_justification (file_id, id, agency_id, worker_id, why, opened_at, until)"
        " values (%s, gen_random_uuid(), %s, %s, %s, now(), now())"
    )
    with ctx.as_worker(cleo.pk):
        assert answer(opens, file.id, cleo.agency_id, cleo.pk, why) == 0
        assert answer("select * from files_detail") == []
