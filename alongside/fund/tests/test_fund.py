"""A small thing asked, approved by somebody else, paid, receipted: who sees what, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client
from lxml import html

from alongside.files.tests import cast as files
from alongside.fund import commands, queries
from alongside.fund.models import FilePurchase, Purchase
from alongside.fund.queries import pots
from alongside.fund.tests import cast
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.kernel.refusal import Refusal
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db
WRONG = "12.345", "1,234", "0", "0.00", "-5", "", "ten", "1e3", "10000.01", "12.50.1", "١٢", "99999999999"


@pytest.fixture
@frozen
def there(live):
    """Maya and Priya at one desk, Ruth leads it, Noor is elsewhere; Jo has a file; a pot of $100."""
    here, elsewhere = files.agency("Riverside"), files.agency("Hillcrest")
    maya, priya = files.worker(here), files.worker(here, "Priya")
    ruth = cast.leader(here)
    return SimpleNamespace(
        maya=maya,
        priya=priya,
        ruth=ruth,
        noor=files.worker(elsewhere, "Noor"),
        file=files.file(maya, "Jo"),
        pot=cast.pot(ruth, 100_00),
    )


def the_form(client, address="/fund/new"):
    page = client.get(address)
    return next(form for form in html.fromstring(page.content).forms if "amount" in form.fields)


def ask(client, there, **said):
    sends = {"id": the_form(client).fields["id"], "kind": "taxi", "amount": "22.50", "payee": "seller"}
    return client.post("/fund/new", sends | {"pot": str(there.pot.id), "often": "once"} | said)


def gaps(there):
    with ctx.as_worker(there.maya.pk):
        return list(Gap.objects.values_list("need", "reason", "cost_band"))


def test_asked_approved_paid_and_receipted_it_stands_in_the_books(there):
    maya, ruth = (files.sign_in(Client(), who) for who in (there.maya, there.ruth))
    address = ask(maya, there)["Location"]

    ruth.post(f"{address}/approval")
    payment = html.fromstring(maya.get(address).content).xpath("//form[contains(@action, '/payments/')]")[0]
    maya.post(payment.action, {"amount": "20"})
    maya.post(f"{payment.action}/receipt", {"number": "a-17", "amount": "19,50"})

    page = files.words(maya.get(address))
    assert "Paid, with a receipt" in page
    assert "A-17" in page
    stands = cast.accounts(there.pot)
    assert (stands["available"], stands["receipted"], stands["granted"]) == (80_50, 19_50, -100_00)
    assert (stands["committed"], stands["paid"]) == (0, 0)


def test_said_first_it_may_count_as_income(there):
    page = files.words(files.sign_in(Client(), there.maya).get("/fund/new"))

    assert page.index("may count as income") < page.index("What for?")


@pytest.mark.parametrize("amount", WRONG)
def test_what_is_no_amount_is_said_at_the_field_and_all_that_was_typed_is_kept(there, amount):
    client = files.sign_in(Client(), there.maya)

    answer = ask(client, there, amount=amount, kind="night", payee="person")

    (form,) = (form for form in html.fromstring(answer.content).forms if "amount" in form.fields)
    assert answer.status_code == 422
    assert form.xpath("//div[contains(@class, 'wrong')]//input[@name='amount']")
    typed = ("amount", "kind", "payee", "pot")
    assert [form.fields[name] or "" for name in typed] == [amount, "night", "person", str(there.pot.id)]
    with ctx.as_worker(there.maya.pk):
        assert not Purchase.objects.exists()


def test_pressed_twice_it_is_asked_approved_and_paid_once(there):
    maya, ruth = (files.sign_in(Client(), who) for who in (there.maya, there.ruth))
    id = the_form(maya).fields["id"]
    first, second = (ask(maya, there, id=id)["Location"] for _ in range(2))

    assert first == second
    assert [ruth.post(f"{first}/approval").status_code for _ in range(2)] == [302, 302]
    assert cast.accounts(there.pot)["committed"] == 22_50
    with ctx.as_worker(there.maya.pk):
        (payment,) = queries.instalments_of(Purchase.objects.get())
    for status in (302, 409):
        assert maya.post(f"/fund/payments/{payment.id}", {"amount": "22.50"}).status_code == status
    assert cast.accounts(there.pot)["paid"] == 22_50


def test_nobody_approves_their_own_whatever_their_limit(there, superuser):
    purchase = cast.asked(there.maya, there.pot)
    client = files.sign_in(Client(), there.maya)

    answer = client.post(f"/fund/{purchase.id}/approval")

    assert answer.status_code == 409
    assert "somebody else" in files.words(answer)
    assert f"/fund/{purchase.id}/approval" not in client.get(f"/fund/{purchase.id}").content.decode()
    assert "waits for you" not in files.words(client.get("/fund/waiting")).replace(
        "Nothing waits for you", ""
    )
    with pytest.raises(psycopg.errors.CheckViolation), superuser.transaction():
        superuser.execute(
            "update fund_purchase set state = 'approved', decided_by = asked_by, decided_at = now()"
        )


def test_over_ones_limit_it_is_somebody_else_s_to_approve(there):
    with ctx.as_worker(there.ruth.pk):
        commands.set_limit(worker_id=there.priya.pk, cents=30_00, by=there.ruth, at=clock.now())
    purchase = cast.asked(there.maya, there.pot, 10_00, times=4)
    priya, ruth = (files.sign_in(Client(), who) for who in (there.priya, there.ruth))

    assert priya.post(f"/fund/{purchase.id}/approval").status_code == 409
    assert "For somebody with a higher limit" in files.words(priya.get("/fund/waiting"))
    assert ruth.post(f"/fund/{purchase.id}/approval").status_code == 302


def test_whoever_approves_sees_kind_amount_and_pot_and_nobody(there):
    purchase = cast.asked(there.maya, there.pot, file_id=there.file.id)

    for who in (there.priya, there.ruth):
        client = files.sign_in(Client(), who)
        for address in ("/fund/waiting", f"/fund/{purchase.id}", f"/fund/pots/{there.pot.id}"):
            page = client.get(address).content.decode()
            assert not [word for word in (there.file.handle, str(there.file.id), "Jo<") if word in page]
            assert there.maya.name not in page.replace(f"{there.maya.name}</a", "")


def test_two_who_approve_at_once_never_overdraw_and_the_second_reads_what_is_left(there):
    asked = [cast.asked(there.maya, there.pot, 60_00) for _ in range(2)]
    clients = [files.sign_in(Client(), who) for who in (there.priya, there.ruth)]

    with ThreadPoolExecutor(2) as at_once:
        answers = list(at_once.map(_and_close, clients, [f"/fund/{each.id}/approval" for each in asked]))

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    (refused,) = (answer for answer in answers if answer.status_code == 422)
    assert "There is $40.00 left in this pot" in files.words(refused)
    stands = cast.accounts(there.pot)
    assert (stands["available"], stands["committed"]) == (40_00, 60_00)


def _and_close(client, address):
    try:
        return client.post(address)
    finally:
        connection.close()


def test_more_than_is_left_is_said_with_what_is_left_and_can_be_counted(there):
    client = files.sign_in(Client(), there.maya)
    answer = ask(client, there, amount="150", kind="night")

    assert answer.status_code == 422
    assert "There is $100.00 left in this pot" in files.words(answer)
    assert "Count it as a no" in files.words(answer)
    ask(client, there, amount="150", kind="night", count="1")

    assert gaps(there) == [("shelter_tonight", "no-money", "50_200")]
    with ctx.as_worker(there.maya.pk):
        assert not Purchase.objects.exists()


def test_more_than_anybody_may_approve_is_said_before_it_is_asked(there):
    with ctx.as_worker(there.ruth.pk):
        for role in ("caseworker", "leader"):
            commands.set_limit(role=role, cents=20_00, by=there.ruth, at=clock.now())

    answer = ask(files.sign_in(Client(), there.maya), there)

    assert answer.status_code == 422
    assert "Nobody else here may approve that much" in files.words(answer)


@pytest.mark.parametrize(("reason", "counted"), [("pot-empty", 1), ("not-covered", 1), ("otherwise", 0)])
def test_what_is_declined_is_a_gap_unless_it_is_had_otherwise(there, reason, counted):
    purchase = cast.asked(there.maya, there.pot, 40_00, file_id=there.file.id)

    files.sign_in(Client(), there.ruth).post(f"/fund/{purchase.id}/refusal", {"reason": reason})

    assert gaps(there) == [("transport", "no-money", "under_50")] * counted
    with ctx.as_worker(there.maya.pk):
        assert Purchase.objects.get().reason == reason


@pytest.mark.parametrize(
    "number", ["Jo", "Room 4, Kenora", "A-17 for Jo", "ABCD-1", "17 rue X", "", "1" * 30]
)
def test_a_receipt_is_a_number_and_nothing_else(there, number, superuser):
    payment = cast.paid(there.maya, cast.approved(there.ruth, cast.asked(there.maya, there.pot)))
    client = files.sign_in(Client(), there.maya)

    answer = client.post(f"/fund/payments/{payment.id}/receipt", {"number": number, "amount": "40"})

    assert answer.status_code == 422
    if number:
        assert number.strip() in html.fromstring(answer.content).xpath("//input[@name='number']/@value")
        with pytest.raises(psycopg.Error), superuser.transaction():
            superuser.execute("update fund_instalment set state = 'receipted', receipt = %s", [number])


def test_less_was_paid_and_less_stands_on_the_receipt_the_rest_is_back(there):
    payment = cast.approved(there.ruth, cast.asked(there.maya, there.pot, 40_00))
    payment = cast.paid(there.maya, payment, 35_00)
    payment = cast.receipted(there.maya, payment, 30_00)
    client = files.sign_in(Client(), there.maya)

    assert client.post(f"/fund/payments/{payment.id}/refund", {"amount": "31"}).status_code == 422
    sends = {"amount": "12", "id": str(uuid7())}
    for _ in range(2):
        client.post(f"/fund/payments/{payment.id}/refund", sends)

    stands = cast.accounts(there.pot)
    assert (stands["available"], stands["receipted"]) == (82_00, 18_00)


def test_more_than_was_set_aside_is_not_paid(there):
    payment = cast.approved(there.ruth, cast.asked(there.maya, there.pot, 40_00))
    client = files.sign_in(Client(), there.maya)

    answer = client.post(f"/fund/payments/{payment.id}", {"amount": "40.01"})

    assert answer.status_code == 422
    assert "more than the $40.00" in files.words(answer)


def test_whose_it_is_stands_in_the_file_alone_and_goes_with_it(there, superuser):
    purchase = cast.asked(there.maya, there.pot, file_id=there.file.id)
    cast.receipted(there.maya, cast.paid(there.maya, cast.approved(there.ruth, purchase)))
    page = files.words(files.sign_in(Client(), there.maya).get(f"/files/{there.file.id}"))
    assert "A taxi, $40.00" in page
    for who in (there.ruth, there.noor):
        with ctx.as_worker(who.pk):
            assert not FilePurchase.objects.exists()

    before = cast.accounts(there.pot)
    files.destroy(there.file, there.maya)

    assert cast.accounts(there.pot) == before
    with ctx.as_worker(there.maya.pk):
        assert queries.of_file(there.maya, there.file.id) == []
    tables = ("purchase", "instalment", "transaction", "entry")
    columns = "select column_name from information_schema.columns where table_name = any(%s)"
    assert "file_id" not in {name for (name,) in superuser.execute(columns, [[f"fund_{t}" for t in tables]])}
    dumped = superuser.execute(
        "select t::text from fund_filepurchase t union all select t::text from trail_entry t"
    )
    assert str(purchase.id) not in str(dumped.fetchall()), "once the key is gone nothing joins the two"


def test_a_pot_that_ended_takes_nothing(there):
    purchase = cast.asked(there.maya, there.pot)
    with ctx.as_worker(there.ruth.pk):
        commands.change_pot(pot=there.pot, name="W", ends_on=clock.today() - timedelta(days=1), by=there.ruth)
    clients = [files.sign_in(Client(), who) for who in (there.maya, there.ruth)]

    assert "No pot gives just now" in files.words(clients[0].get("/fund/new"))
    assert ask_anyway(clients[0], there).status_code == 422
    assert clients[1].post(f"/fund/{purchase.id}/approval").status_code == 422
    amount = {"amount": "5"}
    assert clients[1].post(f"/fund/pots/{there.pot.id}/allotments", amount).status_code == 409


def ask_anyway(client, there):
    said = {"kind": "taxi", "amount": "5", "pot": str(there.pot.id), "payee": "seller", "often": "once"}
    return client.post("/fund/new", said)


def test_it_comes_along_from_a_visit_and_leads_back(there):
    visit, client = uuid4(), files.sign_in(Client(), there.maya)
    form = the_form(client, f"/fund/new?visit={visit}&file={there.file.id}&kind=food")

    assert (form.fields["file"], form.fields["kind"]) == (str(there.file.id), "food")
    answer = ask(client, there, visit=form.fields["visit"], file=str(there.file.id))

    assert answer["Location"].endswith(f"?visit={visit}")
    assert f"/visits/{visit}" in client.get(answer["Location"]).content.decode()
    with ctx.as_worker(there.maya.pk):
        assert [asked.purchase.cents for asked in queries.of_file(there.maya, there.file.id)] == [22_50]
    noor = files.sign_in(Client(), there.noor)
    assert (
        noor.get(f"/fund/new?file={there.file.id}").status_code
        == noor.get(f"/fund/new?file={visit}").status_code
        == 404
    )


ATTACKS = {
    "approves their own": "update fund_purchase set state = 'approved', decided_by = %(me)s,"
    " decided_at = now()",
    "approves in another's name": "update fund_purchase set state = 'approved', decided_by = %(ruth)s,"
    " decided_at = now()",
    "changes what was asked": "update fund_purchase set cents = 1",
    "moves an account": "update fund_potaccount set cents = 0",
    "takes out a line": "delete from fund_transaction",
    "changes an entry": "update fund_entry set cents = cents - 1",
    "puts money in": "insert into fund_transaction (id, agency_id, pot_id, act, cents, made_by, made_at)"
    " values (gen_random_uuid(), %(agency)s, %(pot)s, 'allot', 5, %(me)s, now())",
    "sets aside what nobody approved": "insert into fund_transaction (id, agency_id, pot_id, purchase_id,"
    " act, cents, made_by, made_at) select gen_random_uuid(), agency_id, pot_id, id, 'commit', cents,"
    " %(me)s, now() from fund_purchase",
    "raises the limit": "insert into fund_limit (id, agency_id, worker_id, cents, set_by, set_at)"
    " values (gen_random_uuid(), %(agency)s, %(me)s, 999999, %(me)s, now())",
    "asks in another's name": "insert into fund_purchase (id, agency_id, pot_id, kind, cents, payee,"
    " asked_by, asked_at) values (gen_random_uuid(), %(agency)s, %(pot)s, 'taxi', 5, 'seller',"
    " %(ruth)s, now())",
    "opens a pot": "insert into fund_pot (id, agency_id, name, ends_on, opened_by, opened_at)"
    " values (gen_random_uuid(), %(agency)s, 'Mine', '2040-01-01', %(me)s, now())",
    "lets a pot go on": "update fund_pot set ends_on = '2040-01-01'",
}


@pytest.mark.every_postgresql
@pytest.mark.parametrize("attack", ATTACKS)
def test_by_sql_whoever_asks_helps_themselves_to_nothing(there, attack):
    cast.asked(there.maya, there.pot)
    who = {"me": there.maya.pk, "ruth": there.ruth.pk, "agency": there.maya.agency_id, "pot": there.pot.id}

    with acting(there.maya.pk) as app, pytest.raises(psycopg.Error):
        app.execute(ATTACKS[attack], who)


LINE = (
    "insert into fund_transaction (id, agency_id, pot_id, act, cents, made_by, made_at)"
    " values (%(line)s, %(agency)s, %(pot)s, %(act)s, %(cents)s, %(me)s, now())"
)
SIDE = (
    "insert into fund_entry (id, agency_id, transaction_id, account, cents)"
    " values (gen_random_uuid(), %(agency)s, %(line)s, %(account)s, %(side)s)"
)


@pytest.mark.every_postgresql
@pytest.mark.parametrize(
    ("act", "cents", "sides"),
    [
        ("allot", 5, {}),
        ("allot", 5, {"granted": -5}),
        ("allot", 5, {"granted": -5, "available": 4}),
        ("allot", 5, {"granted": -6, "available": 6}),
        ("allot", 5, {"granted": 5, "available": -5}),
        ("allot", 5, {"committed": -5, "available": 5}),
        ("take-back", 100_01, {"available": -100_01, "granted": 100_01}),
    ],
)
def test_by_sql_whoever_keeps_the_pot_writes_no_line_that_does_not_balance(there, act, cents, sides):
    who = {"me": there.ruth.pk, "agency": there.ruth.agency_id, "pot": there.pot.id, "line": uuid7()}

    with acting(there.ruth.pk) as app, pytest.raises(psycopg.errors.CheckViolation):
        _write(app, who | {"act": act, "cents": cents}, sides)


def _write(app, line, sides):
    app.execute(LINE, line)
    for account, side in sides.items():
        app.execute(SIDE, line | {"account": account, "side": side})
    app.execute("set constraints all immediate")


def test_the_refusals_are_sentences_and_change_nothing(there):
    payment = cast.paid(there.maya, cast.approved(there.ruth, cast.asked(there.maya, there.pot)))
    before = cast.accounts(there.pot)

    with ctx.as_worker(there.maya.pk):
        for act in (commands.release, commands.count_unpaid):
            with pytest.raises(Refusal, match="stands otherwise by now"):
                act(instalment=payment, by=there.maya, at=clock.now())
    assert cast.accounts(there.pot) == before


def test_what_the_fund_waits_for_stands_on_the_day_of_whoever_goes_on_with_it(there):
    purchase = cast.asked(there.maya, there.pot, file_id=there.file.id)
    days = {who: files.sign_in(Client(), getattr(there, who)) for who in ("maya", "ruth", "noor")}
    assert "A taxi, $40.00: waits for your approval" in files.words(days["ruth"].get("/day"))
    assert "A taxi" not in files.words(days["maya"].get("/day"))

    payment = cast.approved(there.ruth, purchase)
    page = days["maya"].get("/day").content.decode()
    assert "Pay it" in page
    assert f"/fund/{purchase.id}" in page
    assert there.file.handle in page
    assert "Their file" in files.words(days["maya"].get(f"/fund/{purchase.id}"))
    cast.paid(there.maya, payment)

    assert "Receipt missing" in files.words(days["maya"].get("/day"))
    assert "A taxi" not in files.words(days["ruth"].get("/day")) + files.words(days["noor"].get("/day"))


def test_what_somebody_asked_who_left_is_on_the_leader_s_day(there, superuser):
    cast.approved(there.ruth, cast.asked(there.maya, there.pot))
    superuser.execute("update agencies_worker set left_at = now() where id = %s", [there.maya.pk])
    ruth = files.sign_in(Client(), there.ruth)

    assert "A payment of somebody who left" in files.words(ruth.get("/day"))
    assert "A taxi, $40.00" in files.words(ruth.get("/fund/"))


def test_the_leader_says_who_may_approve_how_much_and_others_read_it(there):
    ruth, priya = (files.sign_in(Client(), who) for who in (there.ruth, there.priya))
    sends = {"caseworker": "75", "coordinator": "", "leader": "1 000,00", str(there.priya.pk): "12.50"}

    assert ruth.post("/fund/limits", sends | {"leader": "1,000"}).status_code == 422
    assert ruth.post("/fund/limits", sends).status_code == 302

    assert "$12.50" in files.words(priya.get("/fund/limits"))
    assert priya.post("/fund/limits", sends).status_code == 404
    with ctx.as_worker(there.ruth.pk):
        limits = [queries.limit_of(who) for who in (there.maya, there.priya, there.ruth)]
    assert limits == [75_00, 12_50, 1000_00]


def test_a_long_ledger_is_read_in_pages_and_every_line_stands_in_one(there, monkeypatch):
    monkeypatch.setattr(pots, "LINES", 3)
    for _ in range(3):
        cast.approved(there.ruth, cast.asked(there.maya, there.pot, 5_00))
    cast.paid(there.maya, cast.approved(there.ruth, cast.asked(there.maya, there.pot, 5_00)))
    client, seen, address = files.sign_in(Client(), there.maya), [], f"/fund/pots/{there.pot.id}"

    while address:
        page = html.fromstring(client.get(address).content)
        seen += page.xpath("//section[@aria-labelledby='lines']//tbody/tr/td[1]/text()")
        (older,) = page.xpath("//a[starts-with(@href, '?before=')]/@href") or [""]
        address = older and f"/fund/pots/{there.pot.id}{older}"

    assert seen == ["Paid", *["Set aside"] * 4, "Put into the pot"]
