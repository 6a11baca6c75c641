"""Nothing that can be sent breaks the sign-in pages, or a page of one's own or of the agency."""

import pytest
from django.test import Client

from alongside.agencies.tests.conftest import came_in
from tests import hostile

pytestmark = pytest.mark.django_db
ABSENT = {  # nobody is invited or let back in just now
    f"/account/agency/{path}/{what}"
    for path in ("invitations/<uuid:invitation_id>", "recoveries/<uuid:recovery_id>")
    for what in ("confirmation", "withdrawal")
}


@hostile.every_address_of("agencies")
def test_nothing_sent_breaks_a_page(house, address):
    ids = {"worker_id": house.maya.pk, "pk": "7"}

    assert not hostile.broken([came_in(house.ana), Client()], address, ids, absent=ABSENT)
