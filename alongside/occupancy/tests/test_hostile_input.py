"""Nothing that can be sent breaks a page of the published counts."""

import json
from datetime import date

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.beds.tests.conftest import house  # noqa: F401 - a fixture
from alongside.beds.tests.test_doors import SLUGS, night  # noqa: F401 - a fixture
from alongside.kernel.imports.delimited import Broken
from alongside.occupancy.formats import mapped_csv
from tests import hostile
from tests.cases import case

pytestmark = pytest.mark.django_db


@hostile.every_address_of("occupancy")
def test_nothing_sent_breaks_a_page(night, address):
    client = cast.sign_in(Client(), night["people"]["director"])

    assert not hostile.broken(client, address, night["ids"] | SLUGS)


@pytest.mark.costly("hundreds of broken files in the thorough lane, a few in the quick one")
def test_no_table_breaks_its_reader():
    there = case("13-overcrowded-nights-thrown-out/nights.csv")
    mapping = json.loads((there.parent / "mapping.json").read_text())

    def read(content):
        mapped_csv.read(content, mapping, today=date(2026, 11, 29))

    assert hostile.unread(read, there.read_bytes(), Broken) == []
