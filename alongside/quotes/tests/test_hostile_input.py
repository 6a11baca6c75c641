"""Nothing that can be sent breaks a page of the quotes."""

import pytest
from django.test import Client

from alongside.quotes.tests.test_doors import there  # noqa: F401 - a fixture
from tests import cast, hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("quotes")
def test_nothing_sent_breaks_a_page(there, address):
    client = cast.sign_in(Client(), there.noor)

    assert not hostile.broken(client, address, there.ids, absent={"/quotes/passages/<uuid:coding_id>"})
