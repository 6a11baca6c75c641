"""Nothing that can be sent breaks a page of the gaps."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from tests import hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("gaps")
def test_nothing_sent_breaks_a_page(address):
    client = cast.sign_in(Client(), cast.worker(cast.agency("Riverside")))

    assert not hostile.broken(client, address, {})
