"""Every page, in both languages, at 1280 and 320 px.

Nothing that WCAG 2.2 AA forbids, nothing wider than the screen, nobody in a title. What is put on each page,
and what is looked at elsewhere, stands with each capability, in its `tests/examples.py`.
"""

from __future__ import annotations

import re

import pytest
import time_machine

from alongside.agencies.tests import cast
from alongside.kernel import clock
from tests import lanes
from tests.addresses import filled
from tests.examples import addresses_of, build, examples
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def full(live):
    """A file with everything in it, a very long name included; and what there is beside it."""
    return build("on_every_page")


def where(scene):
    """Every page there is, with ids, and more than once where there is more than one of it."""
    for label, given in examples().items():
        for name, paths in addresses_of(label).items():
            if name not in given.not_pages and not given.looked_at_in:
                pages = scene.pages.get(name, [{}])
                yield from (filled(path, scene.ids | ids) for path in paths for ids in pages)
        yield from given.further_pages
    yield "/nothing/here"


@pytest.mark.costly("every page of casework, in a browser")
@lanes.variants("language", [("en",), ("fr",)], quick=[("en",)])
def test_every_page_can_be_read_by_everybody(signed_in, look, full, language):
    page = signed_in(full.people["caseworker"], bypass_csp=True, locale=f"{language}-CA")
    for path in where(full):
        look.at(page, path, status=404 if path == "/nothing/here" else 200)
        assert page.locator("h1").count() == 1, path
        assert not re.search(r"Wilhelmina|Jo\b", page.title()), path


def test_the_form_of_an_empty_file_needs_nothing(client, db):
    maya = cast.worker(cast.agency("Riverside"), "Maya")
    cast.sign_in(client, maya)

    opened = client.post("/files/")

    assert opened.status_code == 302
    assert client.get(opened.headers["Location"]).status_code == 200


def test_a_safe_contact_goes_stale_after_thirty_days_and_refuses_to_be_used(client, full):
    maya = full.people["caseworker"]
    address = filled("/files/<uuid:file_id>/contacts/<uuid:contact_id>/use", full.ids)
    cast.sign_in(client, maya)
    assert b"555 0134" in client.post(address).content

    with time_machine.travel(clock.now().timestamp() + 31 * 86400, tick=False):
        cast.sign_in(client, maya)
        refused = client.post(address)
        file_page = client.get(filled("/files/<uuid:file_id>", full.ids))

    assert refused.status_code == 409
    assert b"555 0134" not in refused.content + file_page.content
