"""Wherever somebody is asked to agree, a mark that no agency chooses stands beside the name of the one asked.

The pages are those whose words a person hears (`HEARD`), of whatever capability; a new one is looked at by
being there.
"""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.agencies.queries import other_agencies
from alongside.agencies.tests import cast
from alongside.kernel import ctx
from tests.addresses import addresses, filled
from tests.examples import build, examples
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
HEARD = sorted(
    name
    for label, given in examples().items()
    for name in addresses()
    if name.startswith(f"{label}:") and ("*" in given.heard or name.partition(":")[2] in given.heard)
)


@pytest.fixture
@frozen
def scene():
    """A file, and whoever is asked about it."""
    return build("on_every_page")


@pytest.mark.parametrize("name", HEARD)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_beside_the_name_of_whom_they_agree_to_stands_a_mark(scene, name, language):
    caseworker = scene.people["caseworker"]
    client = cast.sign_in(Client(), caseworker)
    client.cookies["lang"] = language
    with ctx.as_worker(caseworker.pk):
        agencies = list(other_agencies(caseworker))

    pages = [
        client.get(filled(path, scene.ids | ids))
        for path in addresses()[name]
        for ids in scene.pages.get(name, [{}])
    ]

    for main in (page.content.decode().partition("<main")[2] for page in pages if page.status_code == 200):
        named = [agency for agency in agencies if agency.full_name in main]
        assert named, f"{name} names nobody"
        assert [agency.full_name for agency in named if agency.mark not in main] == []
    assert any(page.status_code == 200 for page in pages)


def test_there_are_such_pages():
    assert len(HEARD) >= 4
