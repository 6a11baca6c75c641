"""What a measurement finds: the network in the database and the keyring, and workers who are signed in."""

from __future__ import annotations

from uuid import UUID

import psycopg
from django.test import Client

from alongside.agencies.models import Account
from alongside.kernel import clock, ctx, seal
from bench.network import PRIORITY, REFERRAL, RELEASE, ROLES, STATES, Made, Network, Terms
from bench.offerings import Offerings
from bench.rows import COLUMNS, Rows, copy, items_of
from config import postgres
from config.state import default_state

AT_ONCE = 2_000  # files written together
SHOWN = 60  # files of agency 0 that are opened by a measurement


def make(files: int, offerings: int = 0) -> dict[str, object]:
    """Write the network, sign the measured workers in, and say where everything is.

    Its shelters have as many programmes as asked.
    """
    network = Network(files, clock.now())
    with psycopg.connect(
        **postgres.at(default_state()).url("postgres", "alongside"), autocommit=True
    ) as connection:
        _people(connection, network)
        shown, received = _files(connection, network)
        last_bed = Offerings(network, offerings).fill(connection) if offerings else ""
        connection.execute("vacuum (analyze)")
        cookies = _sign_in(connection, network)
    return {**_about(network), "cookies": cookies, "files": shown, "received": received, "last_bed": last_bed}


def _about(network: Network) -> dict[str, object]:
    return {
        "workers": [who[0] for who in network.workers],
        "agencies": network.agencies,
        "hidden": network.hidden,
        "nobody": network.nobody,
        "names": network.names,
    }


def _people(connection: psycopg.Connection, network: Network) -> None:
    """Agencies, their workers and accounts; the seats follow by trigger."""
    for number, agency in enumerate(network.agencies):
        sector = "criminal-legal" if number >= 54 else ("healthcare" if number % 3 == 2 else "community")
        connection.execute(
            "insert into agencies_agency (id, slug, name, name_fr, face, face_fr, sector, kind, regime, "
            "division) values (%s, %s, %s, '', '', '', %s, %s, 'none', '3558')",
            [
                agency,
                f"agency-{number}",
                f"Agency {number}",
                sector,
                "police" if number >= 54 else "open-desk",
            ],
        )
        for place, role in enumerate(ROLES):
            account, worker = network.accounts[number][place], network.workers[number][place]
            connection.execute(
                "insert into agencies_account (id, username, password, is_active) values (%s, %s, '!', true)",
                [account, f"worker-{number}-{place}"],
            )
            connection.execute(
                (
                    "insert into agencies_worker (id, account_id, agency_id, name, role, joined_at) values "
                    "(%s, %s, %s, %s, %s, now())"
                ),
                [worker, account, agency, f"Worker {place}", role],
            )
            connection.execute(
                (
                    "insert into agencies_shift (id, agency_id, worker_id, starts_at, ends_at) values "
                    "(gen_random_uuid(), %s, %s, now(), now() + interval '30 days')"
                ),
                [agency, worker],
            )


def _files(
    connection: psycopg.Connection, network: Network
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """All files, a few thousand at a time."""

    keyring = seal.keyring()
    rows = Rows(network, Terms([keyring.derive(UUID(agency), "search") for agency in network.agencies]))
    shown: list[dict[str, object]] = []
    received: list[dict[str, object]] = []
    with keyring.together():
        for start in range(0, network.files, AT_ONCE):
            for number in range(start, min(start + AT_ONCE, network.files)):
                made = network.make(number)
                _keys(network, made)
                rows.add(made)
                if made.agency == 0 and not made.hides:
                    shown.append(_shown(made, network))
                elif 0 in made.others and len(received) < SHOWN:
                    received.append(_shown(made, network))
            copy(connection, rows.lines, COLUMNS)
            rows.lines.clear()
    return shown[-400:], received


def _keys(network: Network, made: Made) -> None:
    """The file's key; and lent ones where a measurement will read."""

    file, owner = UUID(made.id), UUID(network.agencies[made.agency])
    seal.keyring().make(file, owner)
    if made.is_opened:
        for nth, other in enumerate(made.others):
            envelopes = [seal.item(UUID(item), column) for _, item, column in items_of(made, nth)]
            release = UUID(made.row(RELEASE, nth))
            seal.keyring().lend(file, envelopes, owner, UUID(network.agencies[other]), release)


def _shown(made: Made, network: Network) -> dict[str, object]:

    return {
        "id": made.id,
        "handle": made.handle,
        "called": made.called,
        "priorities": [made.row(PRIORITY, nth) for nth in range(4)],
        "shares": [
            {
                "referral": made.row(REFERRAL, nth),
                "release": made.row(RELEASE, nth),
                "to": other,
                "mark": f"Quiet Harp {made.number}-{nth}",
                "state": STATES[(made.number + nth * 3) % len(STATES)],
            }
            for nth, other in enumerate(made.others)
        ],
    }


def _sign_in(connection: psycopg.Connection, network: Network) -> list[str]:
    """A session for the first worker of every agency, as after the sign-in page.

    It doesn't go idle while others are measured.
    """

    cookies = [signed_in(UUID(accounts[0])) for accounts in network.accounts]
    connection.execute("update ctx.session set idle = interval '12 hours'")
    return cookies


def signed_in(account_id: UUID) -> str:
    """Open a session for an account as after the sign-in page, and return its cookie."""
    client = Client()
    with ctx.signing_in():
        client.force_login(
            Account.objects.get(pk=account_id),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
    token = str(client.session.session_key)
    ctx.open_session(token, account_id, assurance=2)
    return token
