"""A real browser for the tests.

Pages, somebody signed in, and looking at a page as everybody has to be able to read it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import browsers, lanes

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, Locator, Page

    from alongside.agencies.models import Worker

WIDTHS = (1280, 320)
SCREENS = {320: {"width": 320, "height": 640}, 1280: {"width": 1280, "height": 800}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = os.environ.get("ALONGSIDE_PICTURES")  # a folder, to look at what was looked at
ROOM = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium, or whichever `tests.browsers` finds.

    Without one the test is skipped by name.
    """
    found = browsers.find()
    if found.path is None:
        (pytest.fail if os.environ.get("ALONGSIDE_BROWSER") == "required" else pytest.skip)(
            "no browser on this machine"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.path,
            args=list(browsers.ARGUMENTS),
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, live: str) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser context of its own.

    `new_page(java_script_enabled=False, viewport={...}, locale="fr-CA")`.

    At the end of the test no page may have broken the content security policy or thrown an error.
    """
    opened, complaints = [], []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(
            **{"base_url": live, "reduced_motion": "reduce", "locale": "en-CA", **options}
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in opened:
        context.close()
    assert not complaints


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page at 1280 px, in English, with JavaScript."""
    return new_page(viewport={"width": 1280, "height": 800})


@pytest.fixture
def signed_in(new_page: Callable[..., Page], live: str) -> Callable[..., Page]:
    """Open a page in which a worker is signed in: `signed_in(maya, locale="fr-CA")`."""
    from django.test import Client

    from alongside.agencies.tests import cast

    def open_page(who: Worker, **options: Any) -> Page:
        client: Client = cast.sign_in(Client(), who)
        page = new_page(**options)
        page.context.add_cookies([{"name": "s", "value": client.cookies["s"].value, "url": live}])
        return page

    return open_page


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Every rule of WCAG 2.2 AA, and of axe's best practice, that a page breaks, as `rule: element`.

    The page needs a context with bypass_csp=True.
    """
    from axe_playwright_python.sync_playwright import Axe

    script, options = Axe().axe_script, {"runOnly": RULES, "resultTypes": ["violations"]}

    def broken(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
            page.add_init_script(script)  # the pages that follow in this window bring it with them
        found = page.evaluate(
            "options => axe.run(document, options).then(results => results.violations)", options
        )
        return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]

    return broken


class Look:
    """Looks at pages at 1280 and 320 px and gathers what somebody could not read there.

    At both widths nothing is wider than the screen. The rules are asked at 1280 px in English;
    in the thorough lane at both widths, in every language.
    """

    def __init__(self, axe: Callable[[Page], list[str]]) -> None:
        self.axe, self.trouble, self.seen = axe, list[str](), 0

    def __call__(self, page: Page, name: str = "") -> None:
        """Look at a page as it is."""
        page.wait_for_load_state()
        self.seen, name = self.seen + 1, name or page.url
        assert page.locator("h1").count() >= 1, name
        language = str(page.evaluate("document.documentElement.lang"))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate(ROOM):
                self.trouble.append(f"{name} is wider than {width} px")
            if lanes.THOROUGH or (width == WIDTHS[0] and language.startswith("en")):
                self.trouble += [f"{name} at {width}: {broken}" for broken in self.axe(page)]
            if PICTURES:
                page.screenshot(
                    path=Path(PICTURES) / f"{self.seen:03}-{language}-{width}.png", full_page=True
                )

    def at(self, page: Page, *paths: str, status: int = 200) -> None:
        """Go to pages and look at each."""
        for path in paths:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == status, path
            self(page, path)


@pytest.fixture
def look(axe: Callable[[Page], list[str]]) -> Iterator[Look]:
    """Look at pages; at the end of the test nothing is amiss on any of them."""
    look = Look(axe)
    yield look
    assert look.seen
    assert not look.trouble, "\n".join(look.trouble)


def sign_in(page: Page, worker: Any) -> None:
    """Sign in at the front door, by hand."""
    from alongside.agencies.tests.cast import PASSPHRASE

    page.goto("/account/sign-in/")
    page.fill("input[name=login]", worker.account.username)
    page.fill("input[name=password]", PASSPHRASE)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/day")


def press(page: Page, thing: str | Locator) -> None:
    """Press the first thing that matches, and wait for the page that follows.

    A click alone returns while the old page still stands, or when none does.
    """
    with page.expect_navigation():
        (page.locator(thing) if isinstance(thing, str) else thing).first.click()


def fits(page: Page) -> None:
    """No page is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
        page.url
    )
