"""An agency with two administrators, a caseworker and a second agency.

And how they come in through the real sign-in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from alongside.agencies import devices
from alongside.agencies.tests import cast
from tests import ground
from tests.frozen import frozen

PASSPHRASE = "four geese over the lake"


@pytest.fixture(scope="session")
def passphrase_hash() -> str:
    """Everybody's passphrase, hashed once: Argon2 is slow on purpose."""
    return make_password(PASSPHRASE)


@pytest.fixture
@frozen
def house(db: None, superuser: Any, passphrase_hash: str) -> SimpleNamespace:
    """Cedar House and Old Town Police.

    Ana and Bo are administrators of the first, Maya a caseworker, Lee a leader; Sam is intake at the second.
    """
    cedar = cast.agency("Cedar House", face="Cedar Place", kind="shelter")
    police = cast.agency("Old Town Police", sector="criminal-legal", kind="police")
    seats = {
        "ana": (cedar, "administrator"),
        "bo": (cedar, "administrator"),
        "maya": (cedar, "caseworker"),
        "lee": (cedar, "leader"),
        "sam": (police, "intake"),
        "pat": (police, "administrator"),
    }
    workers = {name: cast.worker(of, name.title(), role) for name, (of, role) in seats.items()}
    superuser.execute("update agencies_account set password = %s", [passphrase_hash])
    superuser.execute("update agencies_worker set right_since = now() - interval '8 days'")
    return SimpleNamespace(cedar=cedar, police=police, **workers)


def sign_in(client: Client, worker: Any, passphrase: str = PASSPHRASE, **more: Any) -> Any:
    """Type a user name and a passphrase on the sign-in page."""
    return client.post(
        "/account/sign-in/", {"login": worker.account.username, "password": passphrase, **more}
    )


def same_again(client: Client) -> Any:
    """Type the passphrase once more."""
    return client.post("/account/me/again", {"password": PASSPHRASE})


def came_in(worker: Any) -> Client:
    """A browser in which this worker has signed in and typed the passphrase once more."""
    client = Client()
    assert sign_in(client, worker).status_code == 302
    same_again(client)
    return client


@contextmanager
def proved(worker: Any) -> Iterator[psycopg.Connection]:
    """What an injected statement has in the session of a worker who has just shown their passphrase again.

    It is undone at the end.
    """
    token = uuid4().hex
    with ground.connect() as app:
        app.execute(
            "select ctx.open_session(%s, %s, %s, 2, '1 hour', '1 hour')",
            [settings.SERVER_SECRET, token, worker.account_id],
        )
        app.execute("select ctx.begin(%s, 'care')", [token])
        app.execute("select ctx.prove(%s, %s)", [settings.SERVER_SECRET, token])
        app.execute("select ctx.begin(%s, 'care')", [token])
        yield app
        app.rollback()


def cookie_of(client: Client) -> str:
    """The raw session cookie."""
    return str(client.cookies["s"].value)


def attempts(superuser: Any, username: str) -> Any:
    """What is kept of wrong tries at this user name, from where the test client is."""
    what = devices.tried_from(username, {}, {"REMOTE_ADDR": "127.0.0.1"})
    return superuser.execute("select wrong, closed_until from ctx.attempt where key = %s", [what]).fetchone()
