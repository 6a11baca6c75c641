"""Pressed twice at the same moment it is asked and kept once; another agency's number tells nothing."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from alongside.agencies.models import Worker
from alongside.agencies.tests import cast as people
from alongside.fund import commands
from alongside.fund.models import Transaction
from alongside.fund.tests import cast
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests.at_once import twice_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    here = people.agency("Riverside")
    found = SimpleNamespace(
        ruth=cast.leader(here), maya=people.worker(here), tala=people.worker(here, "Tala")
    )
    found.pot = cast.pot(found.ruth)
    found.elsewhere = cast.leader(people.agency("Elsewhere"))
    found.far = cast.pot(found.elsewhere, name="Far")
    return found


def test_asked_twice_at_once_it_is_one_request(there, superuser):
    said = {"kind": "taxi", "cents": 500, "times": 1, "payee": "seller", "file_id": None}
    number, at = uuid7(), clock.now()

    def ask():
        return commands.ask(purchase_id=number, pot=there.pot, **said, by=there.maya, at=at).id

    assert twice_at_once(ask, there.maya) == [number, number]
    assert superuser.execute("select count(*) from fund_purchase").fetchone() == (1,)


def test_a_pot_and_a_limit_kept_twice_at_once_are_kept_once(there, superuser):
    number, at = uuid7(), clock.now()
    ends_on = clock.today() + timedelta(days=9)

    def open_and_limit():
        commands.set_limit(worker_id=there.tala.pk, cents=100, by=there.ruth, at=at)
        return commands.open_pot(
            pot_id=number, name="Spring", ends_on=ends_on, cents=100, by=there.ruth, at=at
        ).id

    assert twice_at_once(open_and_limit, there.ruth) == [number, number]
    assert superuser.execute("select count(*) from fund_limit where worker_id is not null").fetchone() == (1,)


def test_a_number_of_another_agency_is_as_one_of_nobody(there):
    with ctx.as_worker(there.elsewhere.pk):
        line = str(Transaction.objects.filter(pot=there.far).get().id)
    payment = cast.approved(there.tala, cast.asked(there.maya, there.pot))
    payment = cast.receipted(there.maya, cast.paid(there.maya, payment))
    ruth = people.sign_in(Client(), there.ruth)
    pot = {"name": "Spring", "ends_on": str(clock.today() + timedelta(days=9)), "granted": "10"}
    pages = {
        "/fund/pots/new": pot | {"id": str(there.far.id)},
        f"/fund/pots/{there.pot.id}/allotments": {"id": line, "amount": "5"},
    }

    answers = [ruth.post(path, sent).status_code for path, sent in pages.items()]
    refund = people.sign_in(Client(), there.maya).post(
        f"/fund/payments/{payment.id}/refund", {"id": line, "amount": "5"}
    )

    assert answers == [302, 302]
    assert refund.status_code == 302
    assert cast.accounts(there.pot)["receipted"] == 35_00


def test_nobody_approves_by_another_seat_what_they_asked_for(there, superuser):
    asked = cast.asked(there.maya, there.pot)
    superuser.execute("update agencies_worker set left_at = now() where id = %s", [there.maya.pk])
    with ctx.as_operator(there.maya.agency_id):
        again = Worker.objects.create(
            account=there.maya.account, agency=there.maya.agency, name="Maya", role="caseworker"
        )
    client = people.sign_in(Client(), again)

    answers = [
        client.post(f"/fund/{asked.id}/approval"),
        client.post(f"/fund/{asked.id}/refusal", {"reason": "not-covered"}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert superuser.execute("select state from fund_purchase").fetchone() == ("asked",)
