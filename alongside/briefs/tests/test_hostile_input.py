"""Nothing that can be sent breaks a page of the briefs."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.briefs.models import Brief
from alongside.briefs.tests.conftest import asked, do
from alongside.briefs.tests.test_doors import scene  # noqa: F401 - a fixture
from tests import hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("briefs")
def test_nothing_sent_breaks_a_page(scene, address):
    house, ids = scene
    if "/sections" in address[1] or "/about" in address[1] or "/checks" in address[1]:
        do("take_back", house.esme, brief=asked(house.esme, lambda: Brief.objects.get(pk=ids["brief_id"])))

    assert not hostile.broken(cast.sign_in(Client(), house.esme), address, ids)
