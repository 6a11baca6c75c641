"""Loaded before the settings are read.

Each run of the tests has a state folder, a cluster and databases of its own.

So several people can run the tests at once, and nothing of theirs is left behind.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config import cluster, postgres, setup
from config.binaries import choose, find_runner
from config.state import Trouble, default_state
from tests import browsers

PREFIX = "alongside-tests-"
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ


def _begin() -> None:
    run = Path(tempfile.gettempdir()) / f"{PREFIX}{os.getpid()}"
    run.mkdir(mode=0o700)
    if os.environ.get(
        "DATABASE_URL"
    ):  # the roles of a given server are shared, so their passwords must be too
        postgres.secrets(default_state())
        shutil.copy2(default_state() / "secrets.json", run)
    setup.compile_words()
    os.environ |= {"ALONGSIDE_STATE": str(run), "ALONGSIDE_TESTS": f"alongside_test_{os.getpid()}"}


if not IS_WORKER:
    _begin()
os.environ["ALONGSIDE_DATABASE"] = (
    f"{os.environ['ALONGSIDE_TESTS']}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
)
os.environ["ALONGSIDE_ROLES"] = "owner,log_writer"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the thread of the tests


def pytest_configure() -> None:
    """Clear away what runs that were killed left behind."""
    if not IS_WORKER:
        for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            if not _alive(int(left.name.removeprefix(PREFIX))):
                postgres.remove(left)
        for home in cluster.orphans(Path(tempfile.gettempdir())):
            cluster.stop(home)
            shutil.rmtree(home, ignore_errors=True)


def pytest_report_header() -> list[str]:
    """Say on which PostgreSQL and in which browser this run tests."""
    return [f"postgresql: {_postgresql()}", f"browser: {browsers.find().said}"]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    if IS_WORKER:
        return
    state = default_state()
    if os.environ.get("DATABASE_URL"):
        from tests.databases import drop_all

        drop_all()
        shutil.rmtree(state, ignore_errors=True)
    elif state.exists():
        (state / "secrets.json").touch()
        postgres.remove(state)


def _postgresql() -> str:
    if os.environ.get("DATABASE_URL"):
        return "the server in DATABASE_URL"
    try:
        binaries = choose(default_state(), find_runner(default_state()))
    except Trouble as trouble:
        return str(trouble)
    return f"{binaries.version} ({binaries.source}: {binaries.folder})"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
