"""Nothing that can be sent breaks the doors, or a page of one's own or of the agency."""

import pytest
from django.test import Client

from alongside.agencies.tests.conftest import came_in
from tests import hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("agencies")
def test_nothing_sent_breaks_a_page(house, address):
    ids = {"worker_id": house.maya.pk, "pk": "7"}

    for client in (came_in(house.ana), Client()):
        assert not hostile.broken(client, address, ids)
