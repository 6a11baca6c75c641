"""Nothing that can be sent breaks a page of the evidence."""

import pytest
from django.test import Client

from alongside.evidence.tests.test_doors import full  # noqa: F401 - a fixture
from tests import cast, hostile

pytestmark = pytest.mark.django_db
ABSENT = {"/evidence/exchanges/<uuid:exchange_id>", "/evidence/studies/<uuid:study_id>/exchange/file"}  # nothing came from another program


@hostile.every_address_of("evidence")
def test_nothing_sent_breaks_a_page(full, address):
    client = cast.sign_in(Client(), full.ana)
    raw = "/words" in address[1]

    assert not hostile.broken(client, address, full.ids | ({"source_id": full.raw.pk} if raw else {}), absent=ABSENT)
