"""By SQL, past every page: nothing is paid, set aside, decided or dated otherwise than the books allow."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.test import Client

from alongside.agencies.models import Worker
from alongside.agencies.tests import cast as people
from alongside.fund import commands
from alongside.fund.rules import half_of
from alongside.fund.tests import cast
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests.frozen import frozen
from tests.ground import acting

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
LINE = (
    "insert into fund_transaction (id, agency_id, pot_id, purchase_id, instalment_id, act, cents, made_by,"
    " made_at) values (%(line)s, %(agency)s, %(pot)s, %(purchase)s, %(payment)s, %(act)s, %(cents)s, %(me)s,"
    " now())"
)
SIDE = (
    "insert into fund_entry (id, agency_id, transaction_id, account, cents)"
    " values (gen_random_uuid(), %(agency)s, %(line)s, %(account)s, %(side)s)"
)
PAYMENT = (
    "insert into fund_instalment (id, agency_id, purchase_id, due_on, cents, moved_at)"
    " values (%(payment)s, %(agency)s, %(purchase)s, current_date + 40, 4000, now())"
)
ASK = (
    "insert into fund_purchase (id, agency_id, pot_id, kind, cents, payee, asked_by, asked_at) values"
    " (gen_random_uuid(), %(agency)s, %(pot)s, 'taxi', 5, 'seller', %(me)s, now() - interval '3 days')"
)
ALLOT = (
    "insert into fund_transaction (id, agency_id, pot_id, act, cents, made_by, made_at) values"
    " (gen_random_uuid(), %(agency)s, %(pot)s, 'allot', 5, %(me)s, now() - interval '3 days')"
)


@pytest.fixture
@frozen
def there(live):
    """One taxi of $40 approved and one of $300 beside it, both once, in one pot."""
    here = people.agency("Riverside")
    maya, ruth = people.worker(here), cast.leader(here)
    pot = cast.pot(ruth, at=clock.now() - timedelta(days=2))
    payment = cast.approved(ruth, cast.asked(maya, pot))
    other = cast.approved(ruth, cast.asked(maya, pot, 300_00))
    return SimpleNamespace(here=here, maya=maya, ruth=ruth, pot=pot, payment=payment, other=other)


def said(there, by, **more):
    payment = there.payment
    told = {"me": by.pk, "agency": there.here.pk, "pot": there.pot.id, "line": uuid7()}
    return told | {"purchase": payment.purchase_id, "payment": payment.id} | more


def write(app, line, sides):
    app.execute(LINE, line)
    for account, side in sides.items():
        app.execute(SIDE, line | {"account": account, "side": side})
    app.execute("set constraints all immediate")


@pytest.mark.parametrize(
    ("act", "sides"),
    [
        ("pay", {"committed": -340_00, "paid": 340_00}),
        ("pay", {"committed": -40_00, "paid": 40_00}),
        ("release", {"committed": -340_00, "available": 340_00}),
        ("release", {"committed": -10_00, "available": 10_00}),
    ],
)
def test_no_line_moves_more_than_is_held_for_its_payment_nor_without_it(there, act, sides):
    line = said(there, there.maya, act=act, cents=max(sides.values()))

    with acting(there.maya.pk) as app, pytest.raises(psycopg.errors.CheckViolation, match="books say"):
        write(app, line, sides)


@pytest.mark.parametrize(
    "changed", ["cents = 999900", "state = 'paid'", "state = 'released'", "cents = 3900, state = 'paid'"]
)
def test_no_payment_says_what_no_line_says(there, changed):
    change = f"update fund_instalment set {changed} where id = %s"

    with acting(there.maya.pk) as app:
        app.execute(change, [there.payment.id])
        with pytest.raises(psycopg.errors.CheckViolation, match="books say"):
            app.execute("set constraints all immediate")


def test_what_was_approved_once_is_set_aside_once(there):
    line = said(there, there.maya, payment=uuid7(), act="commit", cents=40_00)

    with acting(there.maya.pk) as app:
        app.execute(PAYMENT, line)
        with pytest.raises(psycopg.errors.CheckViolation, match="fewer times"):
            write(app, line, {"available": -40_00, "committed": 40_00})


@pytest.mark.parametrize(("words", "who"), [(ASK, "maya"), (ALLOT, "ruth")])
def test_nothing_is_dated_before_what_stands_in_the_books(there, words, who):
    by = getattr(there, who)

    with acting(by.pk) as app, pytest.raises(psycopg.errors.CheckViolation, match="in order"):
        app.execute(words, said(there, by))


@pytest.mark.parametrize(("words", "who"), [(ASK, "maya"), (ALLOT, "ruth")])
def test_a_pot_that_has_ended_takes_nothing_whatever_the_row_says(there, words, who):
    by = getattr(there, who)
    with ctx.as_worker(there.ruth.pk):
        ends_on = clock.today() - timedelta(days=1)
        commands.change_pot(pot=there.pot, name="Winter", ends_on=ends_on, by=there.ruth)

    with acting(by.pk) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(words.replace("3 days", "23 hours"), said(there, by))


def another_seat(of, role):
    with ctx.as_operator(of.agency_id):
        return Worker.objects.create(account=of.account, agency=of.agency, name=of.name, role=role)


def test_by_sql_nobody_decides_from_another_seat_what_they_asked_for(there, superuser):
    cast.asked(there.maya, there.pot)
    superuser.execute("update agencies_worker set left_at = now() where id = %s", [there.maya.pk])
    again = another_seat(there.maya, "caseworker")

    with acting(again.pk) as app, pytest.raises(psycopg.errors.CheckViolation, match="same account"):
        app.execute(
            "update fund_purchase set state = 'approved', decided_by = %s, decided_at = now()"
            " where state = 'asked'",
            [again.pk],
        )


def test_nobody_tells_from_another_seat_what_they_prepared(there, superuser):
    pot = cast.pot(there.ruth, at=clock.shared_midnight(clock.today()) - timedelta(days=400))
    half = half_of(clock.today() - timedelta(days=300))
    with ctx.as_worker(there.ruth.pk):
        report = commands.prepare(pot=pot, half=half, by=there.ruth, at=clock.now())
    superuser.execute("update agencies_worker set left_at = now() where id = %s", [there.ruth.pk])
    again = another_seat(there.ruth, "leader")

    assert people.sign_in(Client(), again).post(f"/fund/reports/{report.id}").status_code == 409
    with acting(again.pk) as app, pytest.raises(psycopg.errors.CheckViolation, match="same account"):
        app.execute("update fund_report set released_by = %s, released_at = now()", [again.pk])


def test_no_line_is_dated_into_a_half_year_that_was_counted(there):
    pot = cast.pot(there.ruth, at=clock.shared_midnight(clock.today()) - timedelta(days=400))
    before = clock.now() - timedelta(days=300)
    with ctx.as_worker(there.ruth.pk):
        commands.prepare(pot=pot, half=half_of(clock.day(before)), by=there.ruth, at=clock.now())

    with acting(there.ruth.pk) as app, pytest.raises(psycopg.errors.CheckViolation, match="in order"):
        app.execute(ALLOT.replace("3 days", "300 days"), said(there, there.ruth, pot=pot.id))
