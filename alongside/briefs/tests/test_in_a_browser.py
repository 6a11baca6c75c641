"""The pages of briefs in a real browser: read by everybody, in both languages, on a small screen.

And the way from a proof to an edition with the keyboard alone.
"""

from __future__ import annotations

import re

import pytest

from alongside.briefs.models import Section
from alongside.briefs.tests.conftest import BASE, asked, do, written
from alongside.briefs.tests.test_demo import people, signed  # noqa: F401
from tests.browsing import press

pytestmark = pytest.mark.django_db
LONG = "Wilhelmina-Konstantyna Nʔaxʷəlqʷə́wayəɬ Ó Conchobhair-Anishinaabekwe de la Vérendrye " * 2


def everything(house):
    """Two editions, a brief in proof, one being written with a very long title, an empty one.

    And every address of them.
    """
    brief = written(house.esme)
    for number in (1, 2):
        checksum = do("prove", house.esme, brief=brief, base=BASE).checksum
        for who in (house.kofi, house.ruth):
            do("sign", who, brief=brief, checksum=checksum)
        do("publish", house.kofi, brief=brief)
        do("take_back", house.kofi, brief=brief)
        do(
            "describe",
            house.kofi,
            brief=brief,
            facts={"title": {"en": f"After {number}", "fr": f"Après {number}"}},
        )
    checksum = do("prove", house.esme, brief=brief, base=BASE).checksum
    do("sign", house.ruth, brief=brief, checksum=checksum)
    other = written(house.esme, slug="long", title={"en": LONG, "fr": ""})
    empty = do("begin", house.esme, facts={"slug": "empty"})
    part, plea = asked(
        house.esme,
        lambda: [
            Section.objects.filter(brief=other, kind=kind).first() for kind in ("recommendation", "plea")
        ],
    )
    paths = [
        "",
        "/new",
        f"/{brief.pk}",
        f"/{brief.pk}/proof",
        f"/{other.pk}",
        f"/{other.pk}/proof",
        f"/{empty.pk}",
        f"/{empty.pk}/proof",
        f"/{other.pk}/about",
    ]
    paths += [
        f"/{other.pk}/checks",
        f"/{other.pk}/sections/{part.pk}",
        f"/{other.pk}/sections/{plea.pk}",
        f"/{other.pk}/sections/{part.pk}/quotes",
    ]
    paths += [
        f"/{other.pk}/sections/{part.pk}/figures",
        "/published",
        "/two-rivers/2",
        "/two-rivers/2/since/1",
    ]
    return ["/briefs" + (path or "/") for path in paths]


@pytest.mark.costly("every page of briefs, in a browser")
@pytest.mark.thorough("looks at every page through axe; the quick lane walks through them in a browser")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_can_be_read_by_everybody(signed_in, look, house, language):
    look.at(signed_in(house.esme, bypass_csp=True, locale=f"{language}-CA"), *everything(house))


@pytest.mark.costly("typesets a brief, in a browser")
def test_from_proof_to_edition_with_the_keyboard_alone(signed_in, house):
    brief = written(house.esme)

    def press(page, name):
        """Walk there with the Tab key and press Enter."""
        for _step in range(200):
            page.keyboard.press("Tab")
            if (
                page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
                .strip()
                .startswith(name)
            ):
                break
        else:
            pytest.fail(f"no way to {name}")
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page = signed_in(house.esme, java_script_enabled=True)
    page.goto(f"/briefs/{brief.pk}")
    press(page, "The proof: read, sign, publish")
    press(page, "Put it in proof")
    press(page, "I have read it and sign")
    assert "Signed." in page.inner_text("main")
    other = signed_in(house.ruth)
    other.goto(f"/briefs/{brief.pk}/proof")
    press(other, "I have read it and sign")
    page.reload()
    press(page, "Publish it")

    assert page.url.endswith("/briefs/two-rivers/1")
    assert re.search("Recommendation 9", page.inner_text("main"))


def test_without_javascript_a_part_is_written_in_both_languages(signed_in, house):
    brief = do("begin", house.esme, facts={"slug": "plain"})
    page = signed_in(house.esme, java_script_enabled=False)
    page.goto(f"/briefs/{brief.pk}/sections/new/definition")

    page.fill("[name=heading_en]", "Gap")
    page.fill("[name=heading_fr]", "Manque")
    page.fill("[name=body_fr]", "Ce qui manque.")
    press(page, "main button.button")

    assert page.locator(".tag.no", has_text="EN").count() == 1
    assert page.locator(".tag.yes", has_text="FR").count() == 1


@pytest.mark.thorough("tells a whole study first; the quick lane looks at the same pages with less on them")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_quotes_and_figures_are_chosen_with_what_there_is(signed_in, look, language, people, signed):
    brief, _gathered = signed
    do("take_back", people.editor, brief=brief)
    part = asked(people.editor, lambda: Section.objects.filter(brief=brief, code="R1").get())
    page = signed_in(people.editor, bypass_csp=True, locale=f"{language}-CA")
    look.at(
        page,
        *(
            f"/briefs/{brief.pk}{path}"
            for path in (f"/sections/{part.pk}/quotes", f"/sections/{part.pk}/figures", "", "/proof")
        ),
    )
    page.goto(f"/briefs/{brief.pk}/sections/{part.pk}/quotes")

    assert page.locator("[name=quote]:checked").count() == 2
