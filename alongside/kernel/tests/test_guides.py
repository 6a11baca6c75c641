"""Every page leads to its guide, every guide is a page in both languages; keys can be switched off."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.urls import resolve, reverse
from playwright.sync_api import expect

from alongside.agencies.roles import GUIDES, Role
from alongside.agencies.tests import cast
from alongside.kernel import guides
from alongside.kernel.capabilities import capabilities
from tests.addresses import patterns

LED = [
    (capability.label, page, name, part)
    for capability in capabilities()
    for page, said in getattr(capability, "guides", {}).items()
    for name, part in said.items()
]


@pytest.mark.parametrize(("capability", "page", "name", "part"), LED)
def test_what_a_capability_leads_to_is_there(capability, page, name, part):
    assert part in guides.parts(name)
    assert name in [*GUIDES.values(), "criminal-legal-partner"]
    if page:
        assert any(pattern.name == page for _, _, pattern in patterns()), f"{capability} has no page {page}"


@pytest.mark.parametrize("capability", [each.label for each in capabilities() if hasattr(each, "guide")])
def test_a_capabilitys_own_guide_is_there(capability):
    assert apps.get_app_config(capability).guide in guides.names()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", guides.names())
def test_a_guide_has_its_parts_and_no_link_that_leads_nowhere(name, language):
    read = guides.guide(name, language)

    assert read.title
    assert all(f'id="{part}"' in read.body for part in guides.parts(name))
    assert ".md" not in read.body.replace("CONTRIBUTING.md", "")
    assert "<img" not in read.body


def test_every_role_has_a_guide():
    assert set(GUIDES) == set(Role)
    assert set(GUIDES.values()) <= set(guides.names())


@pytest.fixture
def house():
    """A caseworker and somebody of intake in one agency, an officer in another."""
    maya = cast.worker(cast.agency("Riverside"))
    police = cast.agency("Police", sector="criminal-legal", kind="police")
    return {
        "maya": maya,
        "dev": cast.worker(maya.agency, "Dev", "intake"),
        "officer": cast.worker(police, "Max", "intake"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "page", "leads_to"),
    [
        ("maya", "referrals:list", "/help/caseworker#asking-another-agency"),
        ("dev", "referrals:list", "/help/intake#a-request-comes-in"),
        ("officer", "referrals:list", "/help/criminal-legal-partner"),
        ("maya", "day", "/help/caseworker"),
    ],
)
def test_a_page_leads_to_what_explains_it_to_whoever_is_there(client, house, who, page, leads_to):
    assert guides.link(house[who], resolve(reverse(page))) == leads_to
    cast.sign_in(client, house[who])
    assert f'href="{leads_to}"' in client.get(reverse(page)).content.decode()
    assert client.get(leads_to).status_code == 200


@pytest.mark.django_db
def test_a_guide_that_is_not_there_is_absent(client, house):
    cast.sign_in(client, house["maya"])

    assert client.get("/help/nothing").status_code == 404


@pytest.mark.django_db
def test_keys_lead_to_places_and_can_be_switched_off(signed_in, house):
    page = signed_in(house["maya"])
    page.goto("/day")
    page.keyboard.press("?")
    page.wait_for_url("**/help#keyboard")
    page.keyboard.press("g")
    page.keyboard.press("2")
    page.wait_for_url("**/files/")
    page.keyboard.press("/")
    expect(page.locator("main input[type=search]").first).to_be_focused()
    page.keyboard.type("?g1")  # typed into a field they are letters
    expect(page.locator("main input[type=search]").first).to_have_value("?g1")

    page.goto("/help")
    page.get_by_role("button", name="Switch these keys off").click()
    expect(page.get_by_role("button", name="Switch them on again")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("1")
    page.wait_for_timeout(300)
    assert page.url.endswith("/help#keyboard")
