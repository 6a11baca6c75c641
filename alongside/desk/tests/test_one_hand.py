"""My day with forty things: on a phone in one hand, and on one sheet of paper."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from bench import waiting
from tests.browsing import fits
from tests.frozen import frozen

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db

SCREENS = [(320, 640), (390, 844)]
TOUCH = 44
BOTTOMS = "rows => rows.map(row => row.getBoundingClientRect().bottom)"
BOXES = "all => all.map(each => each.getBoundingClientRect()).map(at => [at.top, at.width, at.height])"


@pytest.fixture
@frozen
def there(live):
    """Maya, for whom forty things wait."""
    return waiting.make()


@pytest.fixture
def day(signed_in, there):
    """Her day."""

    def opened(locale: str, width: int = 1280, height: int = 800) -> Page:
        page = signed_in(there.maya, locale=locale, viewport={"width": width, "height": height})
        page.goto("/day")
        return page

    return opened


@pytest.mark.costly("a day in a browser, on two phones and in two languages")
@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
def test_the_first_things_that_wait_are_on_the_first_screen_of_a_phone(day, locale):
    for width, height in SCREENS:
        page = day(locale, width, height)
        thumb = page.locator(".places").bounding_box()["y"]

        bottoms = page.eval_on_selector_all(".day > li", BOTTOMS)
        assert sum(bottom <= thumb for bottom in bottoms) >= 2, "above the bar under the thumb"
        fits(page)


@pytest.mark.costly("a day in a browser, on two phones and in two languages")
@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
def test_what_is_pressed_on_a_phone_is_large_enough_and_what_is_at_hand_is_one_line(day, locale):
    for width, height in SCREENS:
        page = day(locale, width, height)

        at_hand = page.eval_on_selector_all(".at-hand .button", BOXES)
        pressed = page.eval_on_selector_all("main .button", BOXES)

        assert max(top for top, *_size in at_hand) - min(top for top, *_size in at_hand) < TOUCH / 2
        assert all(tall >= TOUCH for _top, _wide, tall in pressed)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext reads what was printed")
@pytest.mark.costly("prints a day in a browser, on two kinds of paper and in two languages")
@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
def test_forty_things_are_printed_on_one_page_and_say_no_more_than_the_screen(day, tmp_path, locale):
    page = day(locale)
    shown = "".join(page.locator("body").inner_text().split())
    buttons = [words.split("\n")[0] for words in page.locator("main .at-hand .button").all_inner_texts()]

    for paper in ("A4", "Letter"):
        page.pdf(format=paper, path=tmp_path / "day.pdf")
        words = _told("pdftotext", tmp_path / "day.pdf", "-")

        assert "Pages:           1\n" in _told("pdfinfo", tmp_path / "day.pdf")
        assert not [word for word in words.split() if word.strip("·") not in shown]
        assert not [label for label in buttons if label in words]
        assert words.count("Ring the school") == 8


def _told(*command):
    return subprocess.run(list(command), capture_output=True, text=True, check=True).stdout
