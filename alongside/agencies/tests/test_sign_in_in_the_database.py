"""What the pages before signing in may do in the database, if somebody made them say any SQL.

Almost nothing.
"""

from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from psycopg.errors import CheckViolation, InsufficientPrivilege

from alongside.agencies.tests.conftest import came_in, proved
from alongside.kernel import one_time_codes
from tests import ground

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
CODE = "ABCD-EFGH-JKMN-PQRS"


@pytest.fixture
def signing_in(house):
    """A connection of `app` before sign-in, with no code and no account shown."""
    with ground.connect() as connection:
        assert connection.execute("select ctx.begin_sign_in(%s)", [settings.SERVER_SECRET]).fetchone() == (
            True,
        )
        yield connection
        connection.rollback()


def show(connection, code=CODE):
    connection.execute("select set_config('app.code', %s, true)", [one_time_codes.shown(code)])


def invite(superuser, house, **changes):
    row = {
        "id": uuid4(),
        "agency_id": house.cedar.pk,
        "name": "Noor",
        "role": "caseworker",
        "code_hash": one_time_codes.kept(CODE),
    } | changes
    superuser.execute(
        "insert into agencies_accessrequest"
        " (id, agency_id, what, name, role, code_hash, asked_at, confirmed_at, until) values (%(id)s,"
        " %(agency_id)s, 'seat', %(name)s, %(role)s, %(code_hash)s, now(), now(), now() + interval '7 days')",
        row,
    )


def account(connection, name="new-one"):
    pk = uuid4()
    connection.execute(
        "insert into agencies_account (id, username, password, is_active) values (%s, %s, 'x', true)",
        [pk, name],
    )
    return pk


def seat(connection, house, whose, role="caseworker", name="Noor", agency=None):
    connection.execute(
        (
            "insert into agencies_worker (id, account_id, agency_id, "
            "name, role, joined_at) values (%s, %s, %s, %s, %s, now())"
        ),
        [uuid4(), whose, agency or house.cedar.pk, name, role],
    )


@pytest.mark.parametrize(
    "table",
    [
        "agencies_worker",
        "agencies_accessrequest",
        "mfa_authenticator",
        "kernel_draft",
        "files_file",
        "trail_entry",
    ],
)
def test_signing_in_one_sees_no_row_of(signing_in, superuser, house, table):
    invite(superuser, house)

    assert signing_in.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_nobody_makes_an_account_without_an_invitation(signing_in):
    with pytest.raises(InsufficientPrivilege):
        account(signing_in)


def test_an_invitation_lets_in_who_shows_its_code_and_into_that_seat_only(signing_in, superuser, house):
    invite(superuser, house)
    show(signing_in)
    whose = account(signing_in)
    for wrong in ({"role": "administrator"}, {"name": "Somebody"}, {"agency": house.police.pk}):
        with pytest.raises(InsufficientPrivilege), signing_in.transaction():
            seat(signing_in, house, whose, **wrong)

    seat(signing_in, house, whose)


@pytest.mark.parametrize("spoil", ["until = now()", "withdrawn_at = now()", "done_at = now()"])
def test_an_invitation_that_is_over_lets_nobody_in(signing_in, superuser, house, spoil):
    invite(superuser, house)
    superuser.execute(f"update agencies_accessrequest set {spoil}")
    show(signing_in)

    with pytest.raises(InsufficientPrivilege):
        account(signing_in)


def test_the_hash_that_is_kept_does_not_open_what_it_stands_for(signing_in, superuser, house):
    """Reading the table isn't holding the code: the database hashes once more what it is shown."""
    invite(superuser, house)
    signing_in.execute("select set_config('app.code', %s, true)", [one_time_codes.kept(CODE).hex()])

    assert signing_in.execute("select count(*) from agencies_accessrequest").fetchone() == (0,)


def test_nobody_sets_a_passphrase_without_a_recovery(signing_in, house):
    assert signing_in.execute("update agencies_account set password = 'x'").rowcount == 0


@pytest.mark.parametrize("column", ["id", "username", "is_active"])
def test_nothing_of_an_account_but_its_passphrase_is_ever_changed(signing_in, column):
    with pytest.raises(InsufficientPrivilege):
        signing_in.execute(f"update agencies_account set {column} = {column}")


def test_a_signed_in_administrator_can_not_seat_anybody_or_let_back_in_alone(house, superuser):
    with proved(house.ana) as connection:
        with pytest.raises(InsufficientPrivilege), connection.transaction():
            seat(connection, house, house.sam.account_id)
        with pytest.raises(InsufficientPrivilege), connection.transaction():
            recovery(connection, house, code_hash=b"x")
        recovery(connection, house)
        with pytest.raises((CheckViolation, InsufficientPrivilege)), connection.transaction():
            connection.execute(
                "update agencies_accessrequest"
                " set code_hash = 'x', confirmed_by_id = %s, confirmed_at = now()",
                [house.ana.pk],
            )


def recovery(connection: psycopg.Connection, house, code_hash=None):
    connection.execute(
        "insert into agencies_accessrequest (id, agency_id, what, worker_id, also_second_step,"
        " asked_by_id, asked_at, until, code_hash, confirmed_at) values (%s, %s, 'recovery', %s, false, %s,"
        " now(), now() + interval '1 day', %s, %s)",
        [uuid4(), house.cedar.pk, house.maya.pk, house.ana.pk, code_hash, code_hash and "now"],
    )


@pytest.mark.parametrize("column", ["agency_id", "account_id", "id"])
def test_an_administrator_moves_nobody_to_another_agency(house, column):
    with ground.acting(house.ana.pk) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(f"update agencies_worker set {column} = {column}")


def test_an_administrator_changes_no_sector(house):
    with ground.acting(house.ana.pk) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute("update agencies_agency set sector = 'community'")


def test_after_the_passphrase_one_sees_that_accounts_factors_and_no_others(signing_in, superuser, house):
    for who in (house.maya, house.ana):
        superuser.execute(
            (
                "insert into mfa_authenticator (user_id, type, data, "
                "created_at) values (%s, 'totp', '{}', now())"
            ),
            [who.account_id],
        )
    signing_in.execute("select ctx.begin_sign_in(%s, %s)", [settings.SERVER_SECRET, house.maya.account_id])

    assert signing_in.execute("select user_id from mfa_authenticator").fetchall() == [
        (house.maya.account_id,)
    ]
    assert signing_in.execute("delete from mfa_authenticator").rowcount == 0
    with pytest.raises(InsufficientPrivilege):
        signing_in.execute(
            (
                "insert into mfa_authenticator (user_id, type, data, "
                "created_at) values (%s, 'webauthn', '{}', now())"
            ),
            [house.maya.account_id],
        )


def test_without_the_process_secret_there_is_no_door(house):
    with ground.connect() as connection:
        assert connection.execute("select ctx.begin_sign_in('guess')").fetchone() == (False,)
        assert connection.execute(
            "select ctx.begin_sign_in('guess', %s)", [house.maya.account_id]
        ).fetchone() == (False,)
        assert connection.execute("select ctx.may_try('guess', 'x')").fetchone() == (False,)
        assert connection.execute("select count(*) from agencies_account").fetchone() == (0,)
        connection.rollback()


def test_what_can_be_read_of_a_session_is_not_enough_to_end_it(house):
    """Django's row tells the first part of the cookie's hash; ending it takes the whole."""
    client = came_in(house.maya)
    with ground.connect() as connection:
        [(key,)] = connection.execute("select session_key from django_session").fetchall()
        connection.execute("select ctx.end_left_session(%s)", [key + "0" * (64 - len(key))])

    assert client.get("/day").status_code == 200
