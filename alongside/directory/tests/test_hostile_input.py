"""Nothing that can be sent breaks a page of the directory."""

import json

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.directory.formats import feeds
from alongside.directory.tests import factories
from alongside.kernel.imports.delimited import Broken
from tests import hostile
from tests.cases import case

pytestmark = pytest.mark.django_db


@hostile.every_address_of("directory")
def test_nothing_sent_breaks_a_page(maya, address):
    entry = factories.kept(maya)
    ids = {"entry_id": entry.pk, "kind": "services", "key": entry.pk}

    assert not hostile.broken(
        cast.sign_in(Client(), maya), address, ids, absent={"/directory/imports/<uuid:run_id>"}
    )


@pytest.mark.parametrize(
    "path",
    [
        "03-pm-is-forgotten/airs.xml",
        "03-pm-is-forgotten/hsds.json",
        "05-withheld-address-in-another-spelling/airs.xml",
        "06-confidential-in-other-words/list.csv",
        "09-tables-with-plain-numbers/tables.zip",
    ],
)
@pytest.mark.costly("hundreds of broken files in the thorough lane, a few in the quick one")
def test_no_list_breaks_its_reader(path):
    beside = case(path).parent / "mapping.json"
    mapping = json.loads(beside.read_text()) if beside.exists() else None

    def read(content):
        feeds.read(content, feeds.format_of(content, path), mapping=mapping)

    assert hostile.unread(read, case(path).read_bytes(), Broken) == []
