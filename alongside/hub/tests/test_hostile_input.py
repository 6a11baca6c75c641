"""Nothing that can be sent breaks a page of the hub."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from tests import hostile
from tests.test_access_matrix import scene  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@hostile.every_address_of("hub")
def test_nothing_sent_to_the_hub_breaks_a_page(scene, address):
    client = cast.sign_in(Client(), scene.people["caseworker"])

    assert not hostile.broken(client, address, scene.ids)
