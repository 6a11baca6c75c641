"""Nothing that can be sent breaks a page of the numbers."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.indicators.tests.test_doors import there  # noqa: F401 - a fixture
from tests import hostile

pytestmark = pytest.mark.django_db
ABSENT = {  # without a table, a call list or a line of the parameters there is nothing
    "/numbers/preparation", "/numbers/outside/calls.csv", "/numbers/costs/parameters/<uuid:line>",
    "/numbers/costs/parameters/<uuid:line>/removal",
}  # fmt: skip


@hostile.every_address_of("indicators")
def test_nothing_sent_breaks_a_page(there, address):
    clients = [cast.sign_in(Client(), there[who]) for who in ("editor", "leader", "data-steward")]

    assert not hostile.broken(clients, address, {}, absent=ABSENT)
