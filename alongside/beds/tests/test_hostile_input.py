"""Nothing that can be sent breaks a page of the beds."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.beds.tests.test_doors import SLUGS, night  # noqa: F401 - a fixture
from tests import hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("beds")
def test_nothing_sent_breaks_a_page(night, address):
    clients = [cast.sign_in(Client(), night["people"][who]) for who in ("caseworker", "answerer")]
    ids = night["ids"] | SLUGS | ({"request_id": night["draft"]} if address[1].endswith("/check") else {})

    assert not hostile.broken(clients, address, ids, absent={"/beds/new"})
