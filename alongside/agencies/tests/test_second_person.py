"""Two people means two: held for a week, and not let in by whoever asks (standing check 2)."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from psycopg import sql
from psycopg.types.json import Jsonb

from alongside.agencies.commands import What
from alongside.agencies.tests.conftest import came_in, proved, same_again, sign_in
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests.ground import acting, connect

pytestmark = pytest.mark.django_db
DAYS = "update agencies_worker set right_since = right_since - %s * interval '1 day'"
REFUSED = psycopg.errors.InsufficientPrivilege


def as_app(worker, statement, values=()):
    with proved(worker) as app:
        return app.execute(statement, values).rowcount


def puppet(superuser, house, *, of, role="caseworker"):
    """A seat that only these colleagues let in, long ago."""
    account, seat = uuid7(), uuid7()
    superuser.execute(
        "insert into agencies_account (id, username, password, is_active)"
        " select %s, %s, password, true from agencies_account where id = %s",
        [account, f"puppet-{account.hex[-8:]}", house.ana.account_id],
    )
    superuser.execute(
        "insert into agencies_worker"
        " (id, account_id, agency_id, name, role, joined_at, right_since, vouched_by)"
        " values (%s, %s, %s, 'Puppet', %s, now(), now() - interval '90 days', %s)",
        [seat, account, house.cedar.pk, role, [one.pk for one in of]],
    )
    return SimpleNamespace(
        pk=seat, account_id=account, account=SimpleNamespace(username=f"puppet-{account.hex[-8:]}")
    )


def independent(superuser, by, second, asker):
    with connect() as app:
        app.execute("select ctx.begin_as(%s, %s, 'care')", [settings.SERVER_SECRET, by.pk])
        return app.execute("select ctx.is_independent_second(%s, %s)", [second.pk, asker.pk]).fetchone()[0]


def test_a_second_has_had_their_right_for_seven_days(house, superuser):
    superuser.execute("update agencies_worker set right_since = now() - interval '6 days 23 hours'")
    assert not independent(superuser, house.ana, house.bo, house.ana)

    superuser.execute("update agencies_worker set right_since = now() - interval '7 days 1 minute'")
    assert independent(superuser, house.ana, house.bo, house.ana)
    assert not independent(superuser, house.ana, house.ana, house.ana)


def test_whoever_only_the_asker_let_in_is_no_second_however_long_the_chain(house, superuser):
    first = puppet(superuser, house, of=[house.ana], role="administrator")
    second = puppet(superuser, house, of=[first, house.ana])
    with_bo = puppet(superuser, house, of=[house.ana, house.bo])

    assert not independent(superuser, house.ana, first, house.ana)
    assert not independent(superuser, house.ana, second, house.ana)
    assert independent(superuser, house.ana, with_bo, house.ana)
    assert independent(superuser, house.ana, second, house.bo)


def test_no_line_of_people_passes_through_the_asker(house, superuser):
    """Ana herself was let in by Bo: whom she alone let in is still hers."""
    superuser.execute(
        "update agencies_worker set vouched_by = %s where id = %s", [[house.bo.pk], house.ana.pk]
    )
    hers = puppet(superuser, house, of=[house.ana])

    assert not independent(superuser, house.ana, hers, house.ana)
    assert independent(superuser, house.ana, hers, house.lee)


def test_nobody_of_another_agency_is_a_second(house, superuser):
    assert not independent(superuser, house.ana, house.sam, house.ana)
    assert not independent(superuser, house.pat, house.bo, house.ana)


@pytest.mark.parametrize("column", ["role", "left_at", "suspended_until", "name"])
def test_no_statement_changes_a_seat_ones_own_or_anothers(house, column):
    with pytest.raises(REFUSED, match="permission denied"):
        as_app(house.ana, f"update agencies_worker set {column} = {column}")


@pytest.mark.parametrize("change", ["right_since = now() - interval '1 year'", "vouched_by = '{}'"])
def test_app_dates_nothing_back_and_vouches_for_nobody(house, change):
    with pytest.raises(REFUSED):
        as_app(house.ana, f"update agencies_worker set {change}")


def asked(superuser, house, what, *, by=None, of=None, **more):
    """Something that waits for a second person."""
    id = uuid7()
    row = {
        "id": id,
        "agency_id": house.cedar.pk,
        "what": what,
        "worker_id": None if what in ("seat", "face") else (of or house.maya).pk,
        "facts": Jsonb(FACE) if what == "face" else None,
        "account_id": (of or house.maya).account_id if what == "recovery" else None,
        "role": "leader" if what in ("seat", "role") else "",
        "asked_by_id": (by or house.ana).pk,
        "asked_at": clock.now(),
        "until": clock.now() + timedelta(hours=20),
    } | more
    superuser.execute(
        sql.SQL("insert into agencies_accessrequest ({}) values ({})").format(
            sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(map(sql.Placeholder, row))
        ),
        row,
    )
    return id


FACE = {"name": "Pine House", "name_fr": "", "face": "", "face_fr": "", "kind": "shelter"}
CONFIRM = "update agencies_accessrequest set confirmed_by_id = %s, confirmed_at = now() where id = %s"


@pytest.mark.parametrize("what", list(What))
def test_what_gives_or_takes_access_is_confirmed_by_an_independent_second_only(house, superuser, what):
    request = asked(superuser, house, what)
    mine = puppet(superuser, house, of=[house.ana], role="administrator")
    new = puppet(superuser, house, of=[], role="administrator")
    superuser.execute("update agencies_worker set right_since = now() where id = %s", [new.pk])

    for who in (house.ana, mine, new):
        with pytest.raises(REFUSED, match="independent second"):
            as_app(who, CONFIRM, [house.bo.pk if who is house.ana else who.pk, request])
    for who in (house.lee, house.maya, house.pat) if what != "recovery" else (house.pat,):
        assert as_app(who, CONFIRM, [who.pk, request]) == 0
    assert as_app(house.bo, CONFIRM, [house.bo.pk, request]) == 1


@pytest.mark.parametrize("what", list(What))
def test_nothing_is_confirmed_in_the_same_breath_or_without_proof(house, superuser, what):
    columns = "id, agency_id, what, worker_id, role, asked_by_id, asked_at, until"
    worker = None if what in ("seat", "face") else house.maya.pk
    values = [house.cedar.pk, what, worker, "leader", house.ana.pk]
    insert = (
        f"insert into agencies_accessrequest ({columns}{{}}) values"
        " (%s, %s, %s, %s, %s, %s, now(), now() + interval '1 day'{})"
    )

    with pytest.raises(REFUSED, match="independent second"):
        as_app(house.ana, insert.format(", confirmed_at", ", now()"), [uuid4(), *values])
    with acting(house.ana.pk) as app, pytest.raises(REFUSED, match="not shown just now"):
        app.execute(insert.format("", ""), [uuid4(), *values])
    request = asked(superuser, house, what, by=house.bo)
    with acting(house.ana.pk) as app, pytest.raises(REFUSED, match="not shown just now"):
        app.execute(CONFIRM, [house.ana.pk, request])
    assert as_app(house.ana, insert.format("", ""), [uuid4(), *values]) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("done_at = now()", "only whoever has the code"),
        ("code_hash = 'x'", "independent second"),
        ("until = 'infinity'", "independent second"),
    ],
)
def test_nobody_signed_in_does_what_the_code_is_for(house, superuser, change, said):
    request = asked(superuser, house, "recovery", confirmed_at=clock.now(), code_hash=b"y")

    with pytest.raises(REFUSED, match=said):
        as_app(house.bo, f"update agencies_accessrequest set {change} where id = %s", [request])


@pytest.mark.parametrize("over", ["until = now()", "withdrawn_at = now()", "done_at = now()"])
def test_what_is_over_is_confirmed_by_nobody(house, superuser, over):
    request = asked(superuser, house, "role")
    superuser.execute(f"update agencies_accessrequest set {over}")

    with pytest.raises(REFUSED, match="over"):
        as_app(house.bo, CONFIRM, [house.bo.pk, request])


def test_nobody_lets_back_in_somebody_of_another_agency(house):
    with pytest.raises(REFUSED, match="nobody of that agency"):
        as_app(
            house.ana,
            "insert into agencies_accessrequest (id, agency_id, what, worker_id, account_id, asked_by_id,"
            " asked_at, until) values (%s, %s, 'recovery', %s, %s, %s, now(), now())",
            [uuid4(), house.cedar.pk, house.sam.pk, house.sam.account_id, house.ana.pk],
        )


def test_proof_is_asked_again_after_five_minutes_of_asker_and_confirmer(house, superuser):
    request = asked(superuser, house, "role")
    ana, bo = came_in(house.ana), came_in(house.bo)
    superuser.execute("update ctx.session set proved_at = proved_at - interval '5 minutes'")

    answers = [
        ana.post(f"/account/agency/workers/{house.maya.pk}/{what}", {"role": "leader"})
        for what in ("role", "leaving", "recovery", "suspension", "return")
    ] + [bo.post(f"/account/agency/requests/{request}/confirmation")]

    assert {answer["Location"].partition("?")[0] for answer in answers} == {"/account/me/again"}
    assert superuser.execute(
        "select count(*), count(confirmed_at) from agencies_accessrequest"
    ).fetchone() == (1, 0)
    same_again(bo)
    assert bo.post(f"/account/agency/requests/{request}/confirmation")["Location"] == "/account/agency"
    assert superuser.execute(
        "select role from agencies_worker where id = %s", [house.maya.pk]
    ).fetchone() == ("leader",)


def seat_of(superuser, who):
    return superuser.execute(
        "select role, left_at is null, coalesce(suspended_until > now(), false), vouched_by,"
        " right_since > now() - interval '1 minute' from agencies_worker where id = %s",
        [who.pk],
    ).fetchone()


@pytest.mark.parametrize(
    ("path", "sent", "after"),
    [
        ("role", {"role": "intake"}, ("intake", True, False, True)),
        ("suspension", {}, ("caseworker", True, True, False)),
        ("leaving", {}, ("caseworker", False, False, False)),
    ],
)
def test_a_second_confirms_and_both_stand_on_the_trail_and_behind_the_seat(
    house, superuser, path, sent, after
):
    came_in(house.ana).post(f"/account/agency/workers/{house.maya.pk}/{path}", sent)
    (request,) = superuser.execute("select id from agencies_accessrequest").fetchone()

    came_in(house.bo).post(f"/account/agency/requests/{request}/confirmation")

    role, there, closed, behind, anew = seat_of(superuser, house.maya)
    assert (role, there, closed, anew) == after
    assert behind == ([house.ana.pk, house.bo.pk] if anew else [])
    assert superuser.execute(
        "select worker_id, item_id from trail_entry where action like 'agencies.%' order by at"
    ).fetchall() == [(house.ana.pk, house.maya.pk), (house.bo.pk, house.maya.pk)]


def test_taking_access_away_is_done_by_one_at_once_and_lapses_after_three_days(house, superuser):
    maya = came_in(house.maya)
    came_in(house.ana).post(f"/account/agency/workers/{house.maya.pk}/suspension")

    out = maya.get("/account/me").status_code
    closed = sign_in(Client(), house.maya)
    superuser.execute("update ctx.seat set suspended_until = suspended_until - interval '72 hours'")
    superuser.execute("update agencies_worker set suspended_until = suspended_until - interval '72 hours'")

    assert (out, closed.status_code) == (302, 409)
    assert "closed for now" in closed.content.decode()
    assert sign_in(Client(), house.maya).status_code == 302
    assert maya.get("/account/me").status_code == 302
    again = came_in(house.ana).post(f"/account/agency/workers/{house.maya.pk}/suspension")
    assert again.status_code == 409
    with pytest.raises(REFUSED, match="confirmed by nobody"):
        as_app(
            house.ana,
            "insert into agencies_accessrequest"
            " (id, agency_id, what, worker_id, asked_by_id, asked_at, until)"
            " values (%s, %s, 'departure', %s, %s, now(), now())",
            [uuid4(), house.cedar.pk, house.maya.pk, house.ana.pk],
        )


def test_no_job_runs_for_a_closed_seat_either(house):
    came_in(house.ana).post(f"/account/agency/workers/{house.maya.pk}/suspension")

    with pytest.raises(PermissionError), ctx.as_worker(house.maya.pk):
        pass


def test_who_closed_a_seat_opens_it_and_nobody_else_does_alone(house, superuser):
    ana, bo = came_in(house.ana), came_in(house.bo)
    ana.post(f"/account/agency/workers/{house.maya.pk}/suspension")
    (request,) = superuser.execute("select id from agencies_accessrequest").fetchone()
    by_another = bo.post(f"/account/agency/requests/{request}/withdrawal")
    with pytest.raises(REFUSED, match="whoever closed a seat"):
        as_app(house.bo, "update agencies_accessrequest set withdrawn_at = now()")

    ana.post(f"/account/agency/requests/{request}/withdrawal")

    assert by_another.status_code == 409
    assert seat_of(superuser, house.maya)[2] is False


def test_a_closed_seat_comes_back_by_two_and_counts_meanwhile(house, superuser):
    """Who closes the other administrator's seat has not become alone: nobody else stands in for them."""
    ana = came_in(house.ana)
    ana.post(f"/account/agency/workers/{house.bo.pk}/suspension")
    page = ana.get("/account/agency/invitations").content.decode()
    other = puppet(superuser, house, of=[], role="administrator")
    (request,) = superuser.execute("select id from agencies_accessrequest").fetchone()
    came_in(other).post(f"/account/agency/requests/{request}/confirmation")
    assert superuser.execute(
        "select suspended_until > now() + interval '100 years' from agencies_worker where id = %s",
        [house.bo.pk],
    ).fetchone() == (True,)
    came_in(other).post(f"/account/agency/workers/{house.bo.pk}/return")
    (back,) = superuser.execute("select id from agencies_accessrequest where what = 'return'").fetchone()
    came_in(house.ana).post(f"/account/agency/requests/{back}/confirmation")

    assert "Whoever runs Alongside" not in page
    assert seat_of(superuser, house.bo) == ("administrator", True, False, [other.pk, house.ana.pk], True)


def test_who_left_comes_back_by_two_unless_they_belong_elsewhere(house, superuser):
    superuser.execute("update agencies_worker set left_at = now() where id = %s", [house.maya.pk])
    superuser.execute("update ctx.seat set active = false where worker = %s", [house.maya.pk])
    ana, bo = came_in(house.ana), came_in(house.bo)
    assert house.maya.name in ana.get("/account/agency/left").content.decode()
    assert came_in(house.lee).get("/account/agency/left").status_code == 404
    ana.post(f"/account/agency/workers/{house.maya.pk}/return")
    (request,) = superuser.execute("select id from agencies_accessrequest").fetchone()
    superuser.execute(
        "update ctx.seat set account = %s where worker = %s", [house.maya.account_id, house.sam.pk]
    )

    elsewhere = bo.post(f"/account/agency/requests/{request}/confirmation")
    superuser.execute(
        "update ctx.seat set account = %s where worker = %s", [house.sam.account_id, house.sam.pk]
    )
    here = bo.post(f"/account/agency/requests/{request}/confirmation")

    assert (elsewhere.status_code, here.status_code) == (409, 302)
    assert seat_of(superuser, house.maya)[:3] == ("caseworker", True, False)


def test_the_end_of_a_seat_takes_back_what_was_asked_for_it_and_by_it(house, superuser):
    about = asked(superuser, house, "recovery", by=house.bo)
    by_them = asked(superuser, house, "recovery", by=house.maya, of=house.lee)
    others = asked(superuser, house, "recovery", by=house.ana, of=house.lee)
    end = asked(superuser, house, "departure")

    came_in(house.bo).post(f"/account/agency/requests/{end}/confirmation")

    assert dict(
        superuser.execute("select id, withdrawn_at is not null from agencies_accessrequest").fetchall()
    ) == {about: True, by_them: True, others: False, end: False}


def test_both_and_the_privacy_officer_are_told_and_nobody_else(house, superuser):
    officer = puppet(superuser, house, of=[], role="privacy-officer")
    other = puppet(superuser, house, of=[])
    end = asked(superuser, house, "role")
    came_in(house.bo).post(f"/account/agency/requests/{end}/confirmation")

    told = {
        who.pk: "Who may come in" in came_in(who).get("/day").content.decode()
        and "Confirmed by Bo" in came_in(who).get("/account/agency").content.decode()
        for who in (house.ana, house.bo, house.maya, house.lee, officer, other, house.sam)
    }

    assert told == dict.fromkeys(told, True) | {other.pk: False, house.sam.pk: False}


def test_who_was_let_back_in_begins_anew_behind_both_colleagues(house, superuser, capsys):
    came_in(house.ana).post(f"/account/agency/workers/{house.bo.pk}/recovery")
    (recovery,) = superuser.execute("select id from agencies_accessrequest").fetchone()
    page = came_in(house.lee).post(f"/account/agency/requests/{recovery}/confirmation").content.decode()
    code = page.split("<code>")[1].split("</code>")[0]
    new = "nine lamps in the fog"
    assert (
        Client().post("/account/recovery", {"code": code, "passphrase": new, "again": new}).status_code == 302
    )

    assert superuser.execute(
        "select right_since > now() - interval '1 minute', vouched_by from agencies_worker where id = %s",
        [house.bo.pk],
    ).fetchone() == (True, [house.ana.pk, house.lee.pk])


def test_whom_the_operator_lets_in_stands_behind_nobody(client, house, superuser, capsys):
    slug = house.police.slug
    call_command("worker_invite", agency=slug, role="administrator", name="Ines")
    code = capsys.readouterr().out.splitlines()[0]
    new = "seven kites above town"
    client.post(
        "/account/invitation", {"code": code, "username": "ines-here", "passphrase": new, "again": new}
    )
    assert superuser.execute("select vouched_by from agencies_worker where name = 'Ines'").fetchone() == ([],)

    superuser.execute(DAYS, [8])

    answer = came_in(house.pat).post(
        "/account/agency/invitations", {"id": str(uuid4()), "name": "Noor", "role": "intake"}
    )
    assert answer.status_code == 302
