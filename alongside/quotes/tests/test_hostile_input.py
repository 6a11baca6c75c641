"""Nothing that can be sent breaks a page of the quotes."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.kernel.seal import keyring
from alongside.quotes.tests.test_doors import there  # noqa: F401 - a fixture
from tests import hostile

pytestmark = pytest.mark.django_db


@hostile.every_address_of("quotes")
def test_nothing_sent_breaks_a_page(there, address):
    client = cast.sign_in(Client(), there.noor)

    assert not hostile.broken(client, address, there.ids, absent={"/quotes/passages/<uuid:coding_id>"})


def test_no_page_breaks_where_a_key_was_destroyed_and_a_quote_of_it_can_still_be_taken_back(there):
    client = cast.sign_in(Client(), there.noor)
    keyring().destroy(there.quote.holder_id)

    told = {}
    for address in hostile.addresses_of("quotes"):
        told |= hostile.answers(client, address, there.ids)
    reworded = client.post(
        f"/quotes/{there.quote.id}/wording", {"words": "They asked me again.", "kind": "edited"}
    )
    taken_back = client.post(f"/quotes/{there.quote.id}/withdrawal")

    assert {path: status for path, status in told.items() if status >= 500} == {}
    assert (reworded.status_code, taken_back.status_code) == (409, 302)
