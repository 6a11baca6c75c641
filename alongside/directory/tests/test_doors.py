"""Every page of the directory answers."""

import pytest
from django.urls import reverse

from alongside.directory.tests import factories


@pytest.mark.parametrize("name", ["search", "own", "new", "imports", "mappings", "csv", "hsds"])
def test_every_page_answers(page, name):
    assert page.get(reverse(f"directory:{name}")).status_code == 200


def test_a_search_shows_what_fits(page):
    factories.entry("Harbour house")

    answer = page.get(reverse("directory:search"), {"need": "shelter_tonight", "place": "Thunder Bya"})

    assert "Harbour house" in answer.text
    assert page.get(reverse("directory:entry", args=[factories.entry("Two").pk])).status_code == 200
