"""Nothing that can be sent breaks a page of the evidence."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.evidence.tests.test_doors import full  # noqa: F401 - a fixture
from alongside.kernel.seal import keyring
from tests import hostile

pytestmark = pytest.mark.django_db
ABSENT = {
    "/evidence/exchanges/<uuid:exchange_id>",
    "/evidence/studies/<uuid:study_id>/exchange/file",
}  # nothing came from another program


@hostile.every_address_of("evidence")
def test_nothing_sent_breaks_a_page(full, address):
    client = cast.sign_in(Client(), full.ana)
    raw = "/words" in address[1]

    assert not hostile.broken(
        client, address, full.ids | ({"source_id": full.raw.pk} if raw else {}), absent=ABSENT
    )


def test_no_page_breaks_where_the_keys_were_destroyed_and_nothing_is_written_with_them(full):
    client = cast.sign_in(Client(), full.ana)
    for held in (full.study, full.source, full.raw):
        keyring().destroy(held.file_id)

    told = {}
    for address in hostile.addresses_of("evidence"):
        told |= hostile.answers(
            client, address, full.ids | ({"source_id": full.raw.pk} if "/words" in address[1] else {})
        )
    memo = client.post(reverse("evidence:memos", args=[full.study.pk]), {"words": "A thought."})

    assert {path: status for path, status in told.items() if status >= 500} == {}
    assert memo.status_code == 409
    assert "was destroyed" in memo.content.decode()
