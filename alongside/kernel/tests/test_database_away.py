"""The database is lost, frozen or gone: an answer soon, nothing typed is lost, and leaving works at once."""

import os
import signal
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.exceptions import ConnectorException

from alongside.agencies.tests.conftest import came_in, cookie_of, house, passphrase_hash  # noqa: F401
from alongside.kernel import left_sessions
from alongside.kernel.watchdog import watchdog
from tests import databases

pytestmark = pytest.mark.django_db
WEATHER = "https://weather.gc.ca/"
SOON = 5.0  # seconds


@contextmanager
def frozen():
    """Stop the process of PostgreSQL that answers this test, and let it go on afterwards."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
        connection.close()
        while watchdog.is_away:
            time.sleep(0.05)


def lost():
    """End the connection as a server that falls over does."""
    connection.ensure_connection()
    databases.superuser().execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])


@pytest.fixture
def away(monkeypatch):
    """A database that can't be reached at all."""
    connection.close()
    with monkeypatch.context() as patched:
        patched.setitem(connection.settings_dict, "HOST", "/nowhere")
        yield
    connection.close()


def test_a_frozen_database_is_answered_for_within_five_seconds(house):
    client = came_in(house.maya)
    with frozen():
        began = time.monotonic()
        answer = client.get("/day")
        took = time.monotonic() - began

    assert answer.status_code == 503
    assert took < SOON
    assert client.get("/day").status_code == 200


def test_while_it_is_away_nobody_waits(house, monkeypatch):
    client = came_in(house.maya)
    monkeypatch.setattr(watchdog, "_away", True)

    with CaptureQueriesContext(connection) as asked:
        assert client.get("/day").status_code == 503
    assert len(asked) == 0


def test_a_database_that_freezes_at_the_end_of_a_request_is_no_different(house, monkeypatch):
    """The commit is waited for as a statement is."""
    client = came_in(house.maya)
    commit = connection._commit

    def freeze_first():
        with_backend.append(connection.connection.info.backend_pid)
        os.kill(with_backend[0], signal.SIGSTOP)
        commit()

    with_backend: list[int] = []
    monkeypatch.setattr(connection, "_commit", freeze_first, raising=True)
    began = time.monotonic()
    try:
        answer = client.get("/account/me")
    finally:
        os.kill(with_backend[0], signal.SIGCONT)
        monkeypatch.undo()
        connection.close()

    assert answer.status_code == 503
    assert time.monotonic() - began < SOON


def lost_to_a_library():
    """As the queue of jobs says it: in an error of its own."""
    raise ConnectorException from psycopg.OperationalError("consuming input failed")


@pytest.mark.parametrize("moment", ["before", "inside", "by a library"])
def test_a_connection_lost_keeps_what_was_typed(house, moment, monkeypatch):
    client = came_in(house.ana)
    client.raise_request_exception = False
    if moment == "before":
        lost()
    else:
        once = iter([lost if moment == "inside" else lost_to_a_library])
        monkeypatch.setattr(
            "alongside.agencies.views.agency.Offer",
            lambda *a, **k: next(once)() or connection.cursor().execute("select 1"),
        )
    words = {"name": "Zoë <b>", "role": "caseworker"}

    answer = client.post("/account/agency/invitations", words)

    assert answer.status_code == 503
    page = answer.content.decode()
    assert 'name="name" value="Zoë &lt;b&gt;"' in page
    assert 'name="role" value="caseworker"' in page


def test_a_secret_is_not_said_back(house, away):
    page = Client().post("/account/sign-in/", {"login": "maya", "password": "four geese"})

    assert page.status_code == 503
    assert "four geese" not in page.content.decode()
    assert "maya" not in page.content.decode()


def test_leaving_needs_no_database(house, monkeypatch):
    client = came_in(house.maya)
    cookie = cookie_of(client)
    connection.close()
    with monkeypatch.context() as patched:
        patched.setitem(connection.settings_dict, "HOST", "/nowhere")
        answer = client.get("/exit")
        assert client.get("/day").status_code == 503

    assert (answer.status_code, answer["Location"]) == (302, WEATHER)
    assert answer.cookies["s"]["max-age"] == 0
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert len(left_sessions.waiting()) == 1
    assert cookie not in str(left_sessions.waiting())
    client.cookies["s"] = cookie
    assert client.get("/day").status_code == 302
    assert left_sessions.waiting() == []


def test_leaving_a_frozen_database_waits_no_longer(house):
    client = came_in(house.maya)
    with frozen():
        began = time.monotonic()
        assert client.get("/exit").status_code == 302
        assert time.monotonic() - began < SOON
    assert client.get("/day").status_code == 302


def test_a_session_that_was_left_does_nothing_even_if_the_database_was_not_told(house, monkeypatch):
    client = came_in(house.maya)
    monkeypatch.setattr(left_sessions, "end_all", lambda: None)
    left_sessions.leave(cookie_of(client))

    assert client.get("/day").status_code == 302


def test_telling_the_database_takes_the_session_away_whole(house, superuser):
    client = came_in(house.maya)
    client.get("/exit")

    assert superuser.execute("select count(*) from ctx.session where ended_at is null").fetchone() == (0,)
    assert superuser.execute("select count(*) from django_session").fetchone() == (0,)
