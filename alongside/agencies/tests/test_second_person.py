"""Two people means two: held for a week, and not let in by whoever asks (standing check 2)."""

from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from alongside.agencies.tests.conftest import came_in
from alongside.kernel.ids import uuid7
from tests.ground import connect

pytestmark = pytest.mark.django_db
DAYS = "update agencies_worker set right_since = right_since - %s * interval '1 day'"
REFUSED = psycopg.errors.InsufficientPrivilege


def as_app(worker, statement, values=()):
    with connect() as app:
        app.execute("select ctx.begin_as(%s, %s, 'care')", [settings.SERVER_SECRET, worker.pk])
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


@pytest.mark.parametrize("change", ["role = 'leader'", "left_at = now()"])
def test_no_administrator_changes_their_own_seat_in_the_database_either(house, change):
    with pytest.raises(REFUSED, match="nobody changes their own seat"):
        as_app(house.ana, f"update agencies_worker set {change} where id = %s", [house.ana.pk])


@pytest.mark.parametrize("change", ["right_since = now() - interval '1 year'", "vouched_by = '{}'"])
def test_app_dates_nothing_back_and_vouches_for_nobody(house, change):
    with pytest.raises(REFUSED):
        as_app(house.ana, f"update agencies_worker set {change}")


def test_another_role_begins_the_right_anew(house, superuser):
    came_in(house.ana).post(f"/account/agency/workers/{house.bo.pk}/role", {"role": "leader"})

    assert superuser.execute(
        "select right_since > now() - interval '1 minute', vouched_by from agencies_worker where id = %s",
        [house.bo.pk],
    ).fetchone() == (True, [house.ana.pk])


@pytest.mark.parametrize("asks", ["insert", "code", "confirmed", "the operator's"])
def test_no_code_without_an_independent_second_in_the_database_either(house, superuser, asks):
    id = uuid4()
    columns = "(id, agency_id, name, role, invited_by_id, invited_at, until, code_hash)"
    values = "(%s, %s, 'X', 'leader', %s, now(), now() + interval '1 day', %s)"
    row = f"insert into agencies_invitation {columns} values {values}"
    if asks == "insert":
        with pytest.raises(REFUSED, match="independent second"):
            as_app(house.ana, row, [id, house.cedar.pk, house.ana.pk, b"x"])
        return
    superuser.execute(row, [id, house.cedar.pk, None if asks == "the operator's" else house.ana.pk, None])
    change = {
        "confirmed": f"confirmed_by_id = '{house.bo.pk}', confirmed_at = now(), code_hash = 'x'",
    }.get(asks, "code_hash = 'x'")
    with pytest.raises(REFUSED, match="independent second"):
        as_app(house.ana, f"update agencies_invitation set {change} where id = %s", [id])


def test_one_administrator_alone_over_weeks_signs_in_as_nobody_else(house, superuser):
    """Demotes the second, invites, waits, confirms with a seat that only they let in: each way is shut."""
    ana = came_in(house.ana)
    ana.post(f"/account/agency/workers/{house.bo.pk}/role", {"role": "caseworker"})
    superuser.execute(DAYS, [30])
    invited = ana.post(
        "/account/agency/invitations", {"id": str(uuid4()), "name": "Me", "role": "caseworker"}
    )
    mine = puppet(superuser, house, of=[house.ana])
    begun = ana.post(f"/account/agency/workers/{house.maya.pk}/recovery")
    (recovery,) = superuser.execute("select id from agencies_recovery").fetchone()

    confirmed = came_in(mine).post(f"/account/agency/recoveries/{recovery}/confirmation")

    assert (invited.status_code, begun.status_code, confirmed.status_code) == (409, 302, 409)
    assert "whoever runs Alongside" in confirmed.content.decode()
    with pytest.raises(REFUSED, match="independent second"):
        as_app(
            mine,
            "update agencies_recovery set confirmed_by_id = %s, confirmed_at = now(), code_hash = 'x'"
            " where id = %s",
            [mine.pk, recovery],
        )
    assert superuser.execute("select count(code_hash) from agencies_recovery").fetchone() == (0,)


def test_who_was_let_back_in_begins_anew_behind_both_colleagues(house, superuser, capsys):
    came_in(house.ana).post(f"/account/agency/workers/{house.bo.pk}/recovery")
    (recovery,) = superuser.execute("select id from agencies_recovery").fetchone()
    page = came_in(house.lee).post(f"/account/agency/recoveries/{recovery}/confirmation").content.decode()
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
