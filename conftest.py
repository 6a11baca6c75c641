"""What every test can ask for: the database as `app`, the real web server, a real browser."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests import browsers

pytest_plugins = ["tests.lanes", "tests.budget"]

if TYPE_CHECKING:
    import psycopg
    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """A throw-away cluster, a migrated template, and a clone of it for this worker (instead of Django's own way)."""
    from django.db import connections

    from tests import databases

    with django_db_blocker.unblock():
        cluster = databases.make()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        databases.superuser().close()
    cluster.let_go()


@pytest.fixture
def _django_db_helper(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """Real transactions, as `app`; afterwards the superuser empties the tables. `db` and `django_db` both come to this."""
    from django.db import connections

    from tests import budget, databases

    with django_db_blocker.unblock():
        yield
        budget.used()  # what its connections took can be read only while they are open
        for connection in connections.all(initialized_only=True):
            connection.close()
        databases.empty()


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Every test begins in English: a page asked for in French leaves its language on the thread."""
    from django.utils import translation

    translation.activate("en")


@pytest.fixture
def superuser(db: None) -> "psycopg.Connection":
    """A connection that no policy holds back, to look at what is really there."""
    from tests import databases

    return databases.superuser()


@pytest.fixture(scope="session")
def _live_server_process(django_db_setup: None) -> Iterator[str]:
    from tests.live import serving_pages

    with serving_pages() as address:
        yield address


@pytest.fixture
def live(_live_server_process: str, db: None) -> str:
    """The address of the real web server (granian), on this worker's database."""
    return _live_server_process


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The machine's Chromium, or whichever `tests.browsers` finds; without one the test is skipped by name."""
    found = browsers.find()
    if found.path is None:
        (pytest.fail if os.environ.get("ALONGSIDE_BROWSER") == "required" else pytest.skip)("no browser on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.path, args=list(browsers.ARGUMENTS), ignore_default_args=["--disable-back-forward-cache"]
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: "Browser", live: str) -> Iterator[Callable[..., "Page"]]:
    """Open a page in a browser context of its own: `new_page(java_script_enabled=False, viewport={...}, locale="fr-CA")`.

    At the end of the test no page may have broken the content security policy or thrown an error.
    """
    opened, complaints = [], []

    def open_page(**options: Any) -> "Page":
        context = browser.new_context(**{"base_url": live, "reduced_motion": "reduce", "locale": "en-CA", **options})
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in opened:
        context.close()
    assert not complaints


@pytest.fixture
def page(new_page: Callable[..., "Page"]) -> "Page":
    """One page at 1280 px, in English, with JavaScript."""
    return new_page(viewport={"width": 1280, "height": 800})


@pytest.fixture(scope="session")
def axe() -> Callable[["Page"], list[str]]:
    """Every rule of WCAG 2.2 AA that a page breaks, as `rule: element`. The page needs a context with bypass_csp=True."""
    from axe_playwright_python.sync_playwright import Axe

    script = Axe().axe_script
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

    def look(page: "Page") -> list[str]:
        if not page.evaluate("'axe' in window"):  # a page looked at in two widths is given the half megabyte once
            page.evaluate(script)
        found = page.evaluate("options => axe.run(document, options).then(results => results.violations)", options)
        return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]

    return look


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser or a database, so that they can be chosen: `-m browser`, `-m database`."""
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if "browser" in needs:
            item.add_marker(pytest.mark.browser)
        if needs & {"db", "transactional_db", "cluster", "rung"} or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
