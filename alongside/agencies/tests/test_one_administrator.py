"""One administrator alone tries everything: every address, and every write as `app` in their session.

Afterwards nobody has gained access anywhere, they included. Taking access away is theirs.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.test import Client
from psycopg import sql

from alongside.agencies.commands import What
from alongside.agencies.roles import Role
from alongside.agencies.tests.conftest import PASSPHRASE, came_in, proved, same_again, sign_in
from alongside.agencies.tests.test_second_person import asked, puppet
from alongside.kernel import one_time_codes
from alongside.kernel.capabilities import capabilities
from alongside.kernel.rls.declarations import blocks, declared
from tests.addresses import addresses, filled

pytestmark = pytest.mark.django_db
CHECK_ACCESS = re.compile("create trigger check_access [^;]*")
CODE = "ABCD-EFGH-JKMN-PQRS"
NEW = "nine lamps in the fog"
ACCESS = """
    select 'seat', worker::text, concat_ws(' ', account, agency, role) from ctx.seat
        where active and coalesce(suspended_until <= now(), true)
    union all select 'passphrase', id::text, password from agencies_account where id <> %(mine)s
    union all select 'account', id::text, '' from agencies_account where is_active
    union all select 'factor', user_id::text, id::text from mfa_authenticator where user_id <> %(mine)s
    union all select 'session', account::text, assurance::text from ctx.session
        where ended_at is null and account <> %(mine)s
    union all select 'code', id::text, '' from agencies_accessrequest where code_hash is not null
    union all select 'confirmed', id::text, '' from agencies_accessrequest
        where confirmed_at is not null and what not in ('suspension', 'departure')
    union all select 'face', id::text, concat_ws('|', name, name_fr, face, face_fr, kind) from agencies_agency
    union all select 'behind', id::text, unnest(vouched_by)::text from agencies_worker
    union all select 'right since', id::text, right_since::text from agencies_worker
"""
SEAT_COLUMNS = """
    select attname, atttypid::regtype::text from pg_attribute
    where attrelid = %s::regclass and attnum > 0 and not attisdropped
"""


@pytest.fixture
def alone(house, superuser):
    """Ana, a seat that she let in, one that ended, one that Bo closed; then all that she can have asked."""
    puppet(superuser, house, of=[house.ana], role="administrator")
    ended = puppet(superuser, house, of=[house.bo])
    superuser.execute("update agencies_worker set left_at = now() where id = %s", [ended.pk])
    asked(superuser, house, "suspension", by=house.bo, of=house.lee)
    house.before = access(superuser, house)
    for what in What:
        asked(superuser, house, what)
    return house


def access(superuser, house):
    return set(superuser.execute(ACCESS, {"mine": house.ana.account_id}).fetchall())


def post_everything(house, superuser) -> set[str]:
    """Post at every address, with every id there is; return the addresses where that was taken."""
    taken = set()
    requests = [id for (id,) in superuser.execute("select id from agencies_accessrequest").fetchall()]
    workers = [id for (id,) in superuser.execute("select id from agencies_worker").fetchall()]
    sent: dict[str, Any] = {
        "id": str(uuid4()), "name": "Me", "role": "caseworker", "also_second_step": "on", "code": CODE,
        "username": "me-again", "passphrase": PASSPHRASE, "again": PASSPHRASE, "password": PASSPHRASE,
    }  # fmt: skip
    client = came_in(house.ana)
    for name, paths in addresses().items():
        for path, index in product(paths, range(max(len(requests), len(workers)))):
            if index and not re.search("worker_id|request_id", path):
                continue
            ids = {"request_id": requests[index % len(requests)], "worker_id": workers[index % len(workers)]}
            client.raise_request_exception = False
            answer = client.post(filled(path, ids), sent)
            if answer.status_code in (200, 302) and "/sign-in/" not in answer.get("Location", ""):
                taken.add(name)
            if client.get("/account/me").status_code != 200:
                client = Client()
                sign_in(client, house.ana)
                same_again(client)
    return taken


def statements(house, superuser) -> Iterator[tuple[sql.Composed, list[Any]]]:
    """Every write that could be of use to her: each column of each table to each value of its type."""
    workers = superuser.execute("select id, account_id from agencies_worker").fetchall()
    ids = [id for row in workers for id in row] + [house.cedar.pk, house.police.pk, None]
    values = {
        "uuid": ids,
        "timestamp with time zone": ["now", "2000-01-01", "9000-01-01", None],
        "bytea": [one_time_codes.kept(CODE)],
        "boolean": [True, False],
        "uuid[]": [[]],
        "text": [*Role, "recovery", "seat", ""],
        "character varying": [*Role, "recovery", "seat", ""],
    }
    for table in (table for table in declared() if not table.startswith("django_migr")):
        name = sql.SQL(".").join(map(sql.Identifier, table.split(".")))
        for column, kind in superuser.execute(SEAT_COLUMNS, [table]).fetchall():
            for value in values.get(kind.partition("(")[0], ["1"]):
                yield sql.SQL("update {} set {} = %s").format(name, sql.Identifier(column)), [value]
        yield sql.SQL("delete from {}").format(name), []
    for what, (worker, account), by, second in product(
        What, [*workers, (None, None)], (house.ana.pk, house.bo.pk, None), (house.ana.pk, house.bo.pk, None)
    ):
        yield (
            sql.SQL(
                "insert into agencies_accessrequest (id, agency_id, what, worker_id, account_id, name, role,"
                " asked_by_id, asked_at, confirmed_by_id, confirmed_at, code_hash, until) values"
                " (%s, %s, %s, %s, %s, 'Me', 'intake', %s, now(), %s, now(), %s, now() + interval '1 day')"
            ),
            [uuid4(), house.cedar.pk, what, worker, account, by, second, one_time_codes.kept(CODE)],
        )
    for (_, account), role in product(workers, Role):
        yield (
            sql.SQL(
                "insert into agencies_worker (id, account_id, agency_id, name, role, joined_at)"
                " values (%s, %s, %s, 'Me', %s, now())"
            ),
            [uuid4(), account, house.cedar.pk, role],
        )


def write_everything(house, superuser) -> int:
    """Run every statement in her session and keep what was taken; return how many were."""
    done = 0
    tried = list(statements(house, superuser))
    with proved(house.ana) as app:
        for statement in tried:
            try:
                with app.transaction():
                    done += app.execute(*statement).rowcount
            except psycopg.Error:
                continue
        app.commit()
    return done


@pytest.mark.costly("posts at every address, in several shapes")
def test_one_administrator_alone_gains_no_access_at_any_address(alone, superuser):
    taken = post_everything(alone, superuser)

    assert {"invitations", "colleague_role", "colleague_departure", "access_withdrawal"} <= taken
    assert access(superuser, alone) <= alone.before


def test_one_administrator_alone_gains_no_access_by_any_statement(alone, superuser):
    assert write_everything(alone, superuser) > 0

    assert access(superuser, alone) <= alone.before
    for door in ("invitation", "recovery"):
        sent = {"code": CODE, "username": "me-again", "passphrase": NEW, "again": NEW}
        assert Client().post(f"/account/{door}", sent).status_code == 422


@pytest.mark.costly("everything one administrator can try, with each rule taken away")
@pytest.mark.parametrize(
    "broken",
    [
        "drop trigger check_access on agencies_accessrequest",
        "grant update (role, left_at, suspended_until, right_since, vouched_by) on agencies_worker to app;"
        " create policy broken on agencies_worker for update to app using (true)",
        "drop policy app_insert on agencies_worker;"
        " create policy broken on agencies_worker for insert to app with check (true)",
        "drop policy app_update on agencies_account;"
        " create policy broken on agencies_account for update to app using (true)",
    ],
)
def test_a_rule_that_is_gone_is_noticed(alone, superuser, broken):
    superuser.execute(f"begin; {broken}; commit")
    try:
        write_everything(alone, superuser)

        assert not access(superuser, alone) <= alone.before
    finally:
        _make_again(superuser)


def _make_again(superuser):
    """The rules of the tables that were broken, as they are declared, by whichever capability."""
    said = blocks("agencies")
    everybodys = [one for config in capabilities() for one in blocks(config.label).items()]
    superuser.execute("drop trigger if exists check_access on agencies_accessrequest")
    superuser.execute(CHECK_ACCESS.search(said["access"].create)[0])
    for table in ("agencies_worker", "agencies_account"):
        policies = "select polname from pg_policy where polrelid = %s::regclass"
        for (policy,) in superuser.execute(policies, [table]).fetchall():
            superuser.execute(f"drop policy {policy} on {table}")
        superuser.execute(f"revoke all on {table} from app; {said[table].create}")
        for key, block in everybodys:
            if key.startswith(f"{table} by "):
                superuser.execute(block.create)
