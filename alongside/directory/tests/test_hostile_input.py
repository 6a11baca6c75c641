"""Nothing that can be sent breaks a page of the directory."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.directory.tests import factories
from tests import hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("directory")
def test_nothing_sent_breaks_a_page(maya, address):
    entry = factories.kept(maya)
    ids = {"entry_id": entry.pk, "kind": "services", "key": entry.pk}

    assert not hostile.broken(
        cast.sign_in(Client(), maya), address, ids, absent={"/directory/imports/<uuid:run_id>"}
    )
