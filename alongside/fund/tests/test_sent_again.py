"""Going back and sending the page again with something else: nothing answers as if that were done."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client

from alongside.files.tests import cast as files
from alongside.fund.tests import cast
from alongside.kernel import clock
from alongside.kernel.ids import uuid7
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there(live):
    here = files.agency("Riverside")
    maya, ruth = files.worker(here), cast.leader(here)
    return SimpleNamespace(maya=maya, ruth=ruth, pot=cast.pot(ruth, 100_00), file=files.file(maya, "Jo"))


def sent(client, path, id, **said):
    return client.post(path, {"id": str(id)} | said)


def test_more_into_a_pot_with_another_amount_is_refused_with_what_stands(there):
    ruth, line = files.sign_in(Client(), there.ruth), uuid7()
    path = f"/fund/pots/{there.pot.id}/allotments"

    answers = [sent(ruth, path, line, amount=amount) for amount in ("5", "5", "7")]
    out = sent(ruth, path, line, amount="5", out="1")

    assert [answer.status_code for answer in (*answers, out)] == [302, 302, 409, 409]
    assert "It stands in the books with $5.00" in files.words(answers[2])
    assert f"/fund/pots/{there.pot.id}" in answers[2].content.decode()
    assert cast.accounts(there.pot)["available"] == 105_00


def test_a_refund_of_another_amount_or_under_another_line_is_refused(there):
    payment = cast.approved(there.ruth, cast.asked(there.maya, there.pot))
    payment = cast.receipted(there.maya, cast.paid(there.maya, payment))
    ruth, maya = (files.sign_in(Client(), who) for who in (there.ruth, there.maya))
    line, other = uuid7(), uuid7()
    sent(ruth, f"/fund/pots/{there.pot.id}/allotments", other, amount="5")
    path = f"/fund/payments/{payment.id}/refund"

    answers = [sent(maya, path, id, amount=a) for id, a in ((line, "5"), (line, "5"), (line, "30"))]
    of_another = sent(maya, path, other, amount="5")

    assert [answer.status_code for answer in (*answers, of_another)] == [302, 302, 409, 409]
    assert cast.accounts(there.pot)["receipted"] == 35_00


def test_another_request_under_the_same_page_is_refused_and_leads_to_the_first(there):
    maya, id = files.sign_in(Client(), there.maya), uuid7()
    said = {"kind": "taxi", "amount": "5", "payee": "seller", "pot": str(there.pot.id), "often": "once"}
    said["file"] = str(there.file.id)
    others = {"amount": "7"}, {"kind": "night"}, {"payee": "person"}, {"file": ""}

    assert [sent(maya, "/fund/new", id, **said).status_code for _ in range(2)] == [302, 302]
    answers = [sent(maya, "/fund/new", id, **said | other) for other in others]

    assert [answer.status_code for answer in answers] == [409] * 4
    assert all(f"/fund/{id}" in answer.content.decode() for answer in answers)


def test_a_pot_is_opened_with_what_was_sent_first(there):
    ruth, id = files.sign_in(Client(), there.ruth), uuid7()
    said = {"name": "Spring", "ends_on": str(clock.today() + timedelta(days=9)), "granted": "10"}

    answers = [sent(ruth, "/fund/pots/new", id, **said | {"granted": n}) for n in ("10", "10", "20")]

    assert [answer.status_code for answer in answers] == [302, 302, 409]
    assert "“Spring” with $10.00" in files.words(answers[2])


def test_a_no_is_counted_once_and_not_for_what_the_pot_could_give(there, superuser):
    maya, id = files.sign_in(Client(), there.maya), uuid4()
    said = {"kind": "taxi", "payee": "seller", "pot": str(there.pot.id), "often": "once", "count": "1"}
    said["gap_id"] = str(id)

    answers = [maya.post("/fund/new", said | {"amount": amount}) for amount in ("5", "150", "150")]

    assert [answer.status_code for answer in answers] == [422, 302, 302]
    assert "This pot can give that" in files.words(answers[0])
    assert superuser.execute("select count(*) from gaps_gap").fetchone() == (1,)


@pytest.mark.parametrize(("name", "kept"), [("\u200b", None), ("Winter\r\n  fund", "Winter fund")])
def test_a_pot_is_called_something_that_can_be_read_in_one_line(there, superuser, name, kept):
    ruth = files.sign_in(Client(), there.ruth)
    said = {"name": name, "ends_on": str(clock.today() + timedelta(days=9)), "granted": "10"}

    assert ruth.post("/fund/pots/new", said).status_code == (302 if kept else 422)
    names = superuser.execute("select name from fund_pot where id <> %s", [there.pot.id]).fetchall()
    assert names == ([(kept,)] if kept else [])
