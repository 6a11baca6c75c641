"""What a funder is told: totals by kind, nobody in them, and no small number to be worked out."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.files.tests import cast as files
from alongside.fund.queries import reports
from alongside.fund.rules import span_of
from alongside.fund.tests import cast
from alongside.kernel import clock
from tests.frozen import frozen

COUNTS = st.dictionaries(st.sampled_from(reports.KINDS), st.integers(0, 40), max_size=6)


@pytest.fixture
@frozen
def there(live):
    """A pot of last half-year, from which twelve taxis, eleven nights and two phones were paid."""
    here = files.agency("Riverside")
    maya, ruth = files.worker(here), cast.leader(here)
    half = "2026-H1"
    first = clock.shared_midnight(span_of(half)[0]) + timedelta(days=40)
    pot = cast.pot(ruth, 5000_00, at=first)
    for kind, many in (("taxi", 12), ("night", 11), ("phone", 2)):
        for _ in range(many):
            purchase = cast.asked(maya, pot, 10_00, kind=kind, at=first)
            cast.paid(maya, cast.approved(ruth, purchase, at=first), at=first)
    noor = files.worker(here, "Noor", "privacy-officer")
    return SimpleNamespace(maya=maya, ruth=ruth, noor=noor, pot=pot, half=half)


@pytest.mark.django_db
def test_it_is_counted_by_one_told_by_another_and_small_numbers_are_not_in_it(there, superuser):
    ruth, noor = (files.sign_in(Client(), who) for who in (there.ruth, there.noor))
    address = ruth.post(f"/fund/pots/{there.pot.id}/reports", {"half": there.half})["Location"]

    page = files.words(ruth.get(address))
    assert ("A taxi" in page) != ("A night in a room" in page), "one of the two hides the phones"
    assert "A phone" not in page
    assert ruth.post(address).status_code == 409
    assert noor.post(address).status_code == 302
    assert noor.post(address).status_code == 409
    with pytest.raises(psycopg.Error), superuser.transaction():
        superuser.execute("update fund_report set figures = '{}'")


@pytest.mark.django_db
def test_a_half_year_that_is_not_over_is_not_counted(there):
    ruth = files.sign_in(Client(), there.ruth)

    for half in ("2099-H1", "2026-H3", "", "x" * 300):
        assert ruth.post(f"/fund/pots/{there.pot.id}/reports", {"half": half}).status_code == 409


@settings(deadline=None)
@given(COUNTS)
def test_no_kind_below_the_threshold_is_told_nor_worked_out_from_the_rest(many):
    all_of_them = dict.fromkeys(reports.KINDS, 0) | many
    told = reports.protected(all_of_them, {kind: n * 100 for kind, n in all_of_them.items()}, seed="x")

    shown = {kind: n for kind, n, _cents in told["rows"] if n is not None}
    assert all(n >= 11 for n in shown.values())
    total, cents = told["total"]
    if total is not None and len(shown) < len(reports.KINDS):
        hidden = [n for kind, n in all_of_them.items() if kind not in shown]
        assert total - sum(shown.values()) >= 11 or not sum(hidden)
        assert len(hidden) > 1
    assert (total is None) == (cents is None)


@pytest.mark.django_db
def test_a_half_year_before_the_pot_was_opened_is_not_counted(there, superuser):
    ruth = files.sign_in(Client(), there.ruth)

    assert ruth.post(f"/fund/pots/{there.pot.id}/reports", {"half": "2025-H2"}).status_code == 409
    assert superuser.execute("select count(*) from fund_report").fetchone() == (0,)
