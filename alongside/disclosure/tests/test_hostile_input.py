"""Nothing that can be sent breaks a page of the ledger."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.indicators.tests.conftest import pool  # noqa: F401 - a fixture
from alongside.indicators.tests.test_doors import there  # noqa: F401 - a fixture
from tests import hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("disclosure")
def test_nothing_sent_breaks_a_page(there, address):
    client = cast.sign_in(Client(), there["editor"])

    assert not hostile.broken(client, address, {"release_id": there["release"].pk})
