"""Nothing that can be sent breaks a page of the published counts."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.beds.tests.conftest import house  # noqa: F401 - a fixture
from alongside.beds.tests.test_doors import SLUGS, night  # noqa: F401 - a fixture
from tests import hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("occupancy")
def test_nothing_sent_breaks_a_page(night, address):
    client = cast.sign_in(Client(), night["people"]["director"])

    assert not hostile.broken(client, address, night["ids"] | SLUGS)
