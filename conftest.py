"""What every test can ask for: the database as `app`, and the real web server.

A real browser: tests/browsing.py.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest_plugins = ["tests.lanes", "tests.budget", "tests.browsing"]

if TYPE_CHECKING:
    import psycopg
    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:
    """A throw-away cluster, a migrated template, and a clone of it for this worker.

    This stands in for Django's own way.
    """
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
    """Real transactions, as `app`; afterwards the superuser empties the tables.

    `db` and `django_db` both come to this.
    """
    from django.db import connections

    from tests import databases

    with django_db_blocker.unblock():
        yield
        for connection in connections.all(initialized_only=True):
            databases.let_go(connection)
        databases.empty()


@pytest.fixture(autouse=True, scope="session")
def _checked_against_what_is_made_anew() -> None:
    """Every query whose SQL was made before is compared with the one that would be made now."""
    from alongside.kernel import prepared

    prepared.CHECKED = True


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
    from tests import budget
    from tests.live import serving_pages

    budget.watch()
    with serving_pages() as address:
        yield address


@pytest.fixture
def live(_live_server_process: str, db: None) -> str:
    """The address of the real web server (granian), on this worker's database."""
    return _live_server_process


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser or a database, so that they can be chosen.

    `-m browser`, `-m database`.
    """
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if "browser" in needs:
            item.add_marker(pytest.mark.browser)
        if needs & {"db", "transactional_db", "cluster", "rung"} or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
