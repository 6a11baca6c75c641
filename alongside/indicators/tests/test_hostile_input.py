"""Nothing that can be sent breaks a page of the numbers."""

import pytest
from django.test import Client

from alongside.indicators.tests.test_doors import there  # noqa: F401 - a fixture
from tests import cast, hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("indicators")
def test_nothing_sent_breaks_a_page(there, address):
    for who in ("editor", "leader"):
        client = cast.sign_in(Client(), there[who])

        assert not hostile.broken(client, address, {"line": hostile.NOBODYS})
