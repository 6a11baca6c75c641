"""What comes every month is set aside by itself, until the pot ends, is empty, or somebody ends it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.files.tests import cast as files
from alongside.fund import commands, jobs, queries, rules
from alongside.fund.models import Purchase
from alongside.fund.tests import cast
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from tests.frozen import frozen

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.fixture
@frozen
def there(live):
    """Maya asked for a phone plan of $30 for five months, a hundred days ago; Ruth approved it."""
    here = files.agency("Riverside")
    maya, ruth = files.worker(here), cast.leader(here)
    at = clock.now() - timedelta(days=100)
    pot = cast.pot(ruth, 1000_00, ends_on=clock.today() + timedelta(days=200), at=at)
    said = {"kind": "phone_plan", "cents": 30_00, "times": 5, "payee": "seller", "file_id": None}
    with ctx.as_worker(maya.pk):
        purchase = commands.ask(purchase_id=pot.id, pot=pot, **said, by=maya, at=at)
    with ctx.as_worker(ruth.pk):
        commands.approve(purchase=purchase, by=ruth, at=at)
    return SimpleNamespace(maya=maya, ruth=ruth, pot=pot, purchase=purchase, at=at)


def states(there):
    with ctx.as_worker(there.maya.pk):
        return [payment.state for payment in queries.instalments_of(there.purchase)]


@pytest.mark.django_db
def test_each_month_is_set_aside_when_it_is_due_and_once(there):
    jobs.commit_due(0)
    jobs.commit_due(0)

    assert states(there) == ["committed"] * 4
    assert cast.accounts(there.pot)["committed"] == 120_00


@pytest.mark.django_db
def test_ended_no_further_month_is_set_aside_and_what_is_can_be_let_go(there):
    client = files.sign_in(Client(), there.maya)
    client.post(f"/fund/{there.purchase.id}/ending")
    jobs.commit_due(0)

    assert states(there) == ["committed"]
    assert "Not needed after all" in files.words(client.get(f"/fund/{there.purchase.id}"))


@pytest.mark.django_db
def test_after_the_pot_s_end_nothing_is_set_aside(there):
    with ctx.as_worker(there.ruth.pk):
        ends_on = clock.today() - timedelta(days=1)
        commands.change_pot(pot=there.pot, name="Winter", ends_on=ends_on, by=there.ruth)

    jobs.commit_due(0)

    assert states(there) == ["committed"]


@pytest.mark.django_db
def test_a_month_for_which_the_pot_is_empty_waits_is_told_and_can_be_counted(there):
    _take_out(there, 940_00)
    jobs.commit_due(0)
    assert states(there) == ["committed", "committed", "lacking", "lacking"]
    client = files.sign_in(Client(), there.maya)
    assert "The pot is empty" in files.words(client.get("/day"))

    with ctx.as_worker(there.maya.pk):
        lacking = queries.instalments_of(there.purchase)[2]
    client.post(f"/fund/payments/{lacking.id}/count")
    with ctx.as_worker(there.ruth.pk):
        commands.allot(pot=there.pot, line_id=lacking.id, cents=500_00, by=there.ruth, at=clock.now())
    jobs.commit_due(0)

    assert states(there) == ["committed", "committed", "counted", "committed"]
    with ctx.as_worker(there.maya.pk):
        assert [gap.cost_band for gap in Gap.objects.all()] == ["under_50"]


def _take_out(there, cents):
    with ctx.as_worker(there.ruth.pk):
        commands.take_back(pot=there.pot, line_id=there.pot.id, cents=cents, by=there.ruth, at=clock.now())


@pytest.mark.django_db
def test_what_is_asked_once_never_comes_again(there):
    cast.approved(there.ruth, cast.asked(there.maya, there.pot))

    jobs.commit_due(0)

    with ctx.as_worker(there.maya.pk):
        once = Purchase.objects.get(times=1)
        assert len(queries.instalments_of(once)) == 1


@given(DAYS, st.integers(1, 24), DAYS, DAYS)
def test_a_month_is_due_once_never_before_its_day_nor_after_the_end(first, times, ends_on, today):
    days = list(rules.due_by(first, times, ends_on, today))

    assert len(days) <= times
    assert all(first <= day <= min(ends_on, today) for day in days)
    assert len({(day.year, day.month) for day in days}) == len(days)
    assert all(day.day == first.day or (day + timedelta(days=1)).day == 1 for day in days)


def test_the_31st_is_the_last_of_a_shorter_month():
    assert [rules.due_on(date(2027, 12, 31), n) for n in range(3)] == [
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),
    ]
    assert rules.half_of(datetime(2028, 7, 1).date()) == "2028-H2"  # noqa: DTZ001
