"""Letting a colleague back in: two of them, a code for half an hour, old sessions over."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from alongside.agencies.tests.conftest import PASSPHRASE, came_in, sign_in
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
NEW = "nine lamps in the fog"


@pytest.fixture
@frozen
def begun(house, superuser):
    """Ana began for Maya; the id."""
    answer = came_in(house.ana).post(f"/account/agency/workers/{house.maya.pk}/recovery")
    assert answer.status_code == 302
    return superuser.execute("select id from agencies_accessrequest").fetchone()[0]


@pytest.fixture
def code(house, begun):
    """Lee, no administrator, confirmed it."""
    page = came_in(house.lee).post(f"/account/agency/requests/{begun}/confirmation").content.decode()
    return re.search(r"<code>([0-9A-Z-]{19})</code>", page)[1]


def recover(code, passphrase=NEW, again=None):
    return Client().post(
        "/account/recovery", {"code": code, "passphrase": passphrase, "again": again or passphrase}
    )


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("maya", 409), ("lee", 409), ("pat", 404)])
def test_an_administrator_begins(house, superuser, who, status):
    answer = came_in(getattr(house, who)).post(f"/account/agency/workers/{house.bo.pk}/recovery")

    assert answer.status_code == status
    assert superuser.execute("select count(*) from agencies_accessrequest").fetchone() == (
        1 if status == 302 else 0,
    )


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 409), ("bo", 200), ("lee", 200), ("maya", 409), ("pat", 404)]
)
def test_another_colleague_confirms(house, begun, superuser, who, status):
    answer = came_in(getattr(house, who)).post(f"/account/agency/requests/{begun}/confirmation")

    assert answer.status_code == status
    assert superuser.execute("select code_hash is not null from agencies_accessrequest").fetchone() == (
        status == 200,
    )


def test_recovery_needs_two_staff_in_the_database_itself(house, begun, superuser):
    """Not only the rule: a row with a code and one colleague behind it can't be written, by anybody."""
    with pytest.raises(Exception, match="access_needs_two"):
        superuser.execute("update agencies_accessrequest set code_hash = 'x'")
    with pytest.raises(Exception, match="access_confirmed_by_another"):
        superuser.execute(
            "update agencies_accessrequest set code_hash = 'x', "
            "confirmed_by_id = asked_by_id, confirmed_at = now()"
        )


def test_with_the_code_the_passphrase_is_replaced_and_old_sessions_end(house, code):
    old = came_in(house.maya)

    answer = recover(code)

    assert answer["Location"] == "/account/sign-in/"
    assert old.get("/account/me").status_code == 302
    assert sign_in(Client(), house.maya, PASSPHRASE).status_code == 422
    assert sign_in(Client(), house.maya, NEW).status_code == 302


@pytest.mark.parametrize(
    "spoil", ["until = now() - interval '1 second'", "withdrawn_at = now()", "done_at = now()"]
)
def test_an_old_stopped_or_used_code_opens_nothing(house, code, superuser, spoil):
    superuser.execute(f"update agencies_accessrequest set {spoil}")

    assert recover(code).status_code == 422
    assert sign_in(Client(), house.maya).status_code == 302


def test_the_code_is_good_for_half_an_hour(code, superuser):
    assert superuser.execute(
        "select until - confirmed_at between interval '29:59' minute to second and interval '30 minutes'"
        " from agencies_accessrequest"
    ).fetchone() == (True,)


def test_the_code_changes_nobody_elses_passphrase(house, code, superuser):
    recover(code)

    assert sign_in(Client(), house.bo).status_code == 302


def test_second_steps_stay_unless_the_colleagues_said_they_are_gone(house, superuser):
    for also, left in (("", 1), ("on", 0)):
        superuser.execute("delete from mfa_authenticator")
        superuser.execute(
            (
                "insert into mfa_authenticator (user_id, type, data, "
                "created_at) values (%s, 'webauthn', '{}', now())"
            ),
            [house.maya.account_id],
        )
        came_in(house.ana).post(
            f"/account/agency/workers/{house.maya.pk}/recovery", {"also_second_step": also} if also else {}
        )
        (begun,) = superuser.execute(
            "select id from agencies_accessrequest where done_at is null and withdrawn_at is null"
        ).fetchone()
        page = came_in(house.bo).post(f"/account/agency/requests/{begun}/confirmation").content.decode()
        assert recover(re.search(r"<code>([0-9A-Z-]{19})</code>", page)[1]).status_code == 302

        assert superuser.execute("select count(*) from mfa_authenticator").fetchone() == (left,)


def test_any_colleague_can_stop_it(house, begun, superuser):
    came_in(house.lee).post(f"/account/agency/requests/{begun}/withdrawal")

    assert came_in(house.bo).post(f"/account/agency/requests/{begun}/confirmation").status_code == 409


def test_both_colleagues_stand_on_the_trail(house, code, superuser):
    told = superuser.execute(
        "select action, worker_id, item_id from trail_entry where action like '%recovery%' order by at"
    ).fetchall()

    assert told == [
        ("agencies.recovery-started", house.ana.pk, house.maya.pk),
        ("agencies.recovery-confirmed", house.lee.pk, house.maya.pk),
    ]


def test_the_operator_lets_back_in_where_there_are_no_two_others(house, capsys):
    call_command("worker_recover", user=house.pat.account.username)
    code = capsys.readouterr().out.splitlines()[0]

    assert recover(code).status_code == 302
    assert sign_in(Client(), house.pat, NEW).status_code == 302
