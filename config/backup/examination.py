"""What a restored installation is like: whose sessions end, whose files have no key, what stays destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from config.backup import keys
from config.backup.manifest import Manifest
from config.postgres import Cluster
from config.state import Trouble

# Each kind of thing that has a key of its own: which of them should have one still, and all there are.
HOLDERS = {
    "files_file": ("id", "shredded_at is null"),
    "evidence_study": ("id", "true"),
    "evidence_source": ("id", "state <> 'withdrawn'"),
    "quotes_quote": ("holder_id", "holder_id = id and state not in ('no', 'withdrawn')"),
}
END_SESSIONS = (
    "update ctx.session set ended_at = clock_timestamp() where ended_at is null",
    "delete from django_session",
)
DESTROY = (  # what becoming final does in the database (files/sql/destruction.sql); the key is gone already
    "update files_file set shut_at = null, shredded_at = clock_timestamp(),"
    " closed_at = coalesce(closed_at, clock_timestamp()) where id = any(%s) and shredded_at is null",
    "delete from files_searchterm where file_id = any(%s)",
)


@dataclass(frozen=True)
class Examined:
    """What was found and put right."""

    sessions: int
    came_back: int  # keys that an older copy had brought back
    erased: int  # that stay destroyed
    files: int  # that have a key and can be read
    without_key: int
    without_file: int

    def sentences(self) -> list[str]:
        """What whoever restored has to know."""
        return [
            f"{self.sessions} sessions were ended: everybody signs in anew.",
            f"{self.erased} keys stay destroyed, of which {self.came_back} had come back with the copy.",
            f"{self.files} files, studies, interviews and quotes have their key; {self.without_key} have none"
            f"{' (what is sealed in them can’t be read)' if self.without_key else ''}; "
            f"{self.without_file} keys open nothing that is here.",
        ]


def end_sessions(connection: psycopg.Connection[Any]) -> int:
    """Sign everybody out: a session that was alive in the copy is nobody’s now."""
    ended = connection.execute(END_SESSIONS[0].encode()).rowcount
    connection.execute(END_SESSIONS[1].encode())
    return ended


def destroy_again(connection: psycopg.Connection[Any], erased: set[UUID]) -> None:
    """Let the database say of each file whose key was destroyed that it was, as it did where it happened."""
    with connection.transaction():
        connection.execute(
            "set local session_replication_role = replica"
        )  # a hold of back then stops nothing
        for statement in DESTROY:
            connection.execute(statement.encode(), [list(erased)])


def examine(cluster: Cluster, erased: set[UUID]) -> Examined:
    """Put right what a copy brings back, and count what is whole."""
    came_back = keys.replay(cluster.state, erased)  # also where there was no keyring: the ledger goes on
    with psycopg.connect(**cluster.url("postgres", cluster.dbname), autocommit=True) as connection:
        sessions = end_sessions(connection)
        destroy_again(connection, erased)
        should, known = _holders(connection)
    held = keys.without_canaries(keys.held(cluster.state))
    alive = should - erased
    return Examined(
        sessions,
        len(keys.without_canaries(came_back)),
        len(keys.without_canaries(erased)),
        len(alive & held),
        len(alive - held),
        len(held - known),
    )


def _holders(connection: psycopg.Connection[Any]) -> tuple[set[UUID], set[UUID]]:
    should: set[UUID] = set()
    known: set[UUID] = set()
    for table, (column, condition) in HOLDERS.items():
        statement = f"select {column}, {condition} from {table}"  # noqa: S608 - our own words
        for whose, alive in connection.execute(statement.encode()):
            known.add(whose)
            if alive:
                should.add(whose)
    return should, known


def check_opens(state: Path, manifest: Manifest) -> None:
    """Open the word that was sealed to be opened.

    :raises Trouble: if it does not: keyring and secrets are not of one installation
    """
    if manifest.canaries and not _opens(state, manifest.canaries[0]):
        raise Trouble(
            "The copy of the keyring does not open what was sealed to be opened after a restore: that "
            "secrets.json is not the one of this installation."
        )


def check_stays_destroyed(state: Path, manifest: Manifest) -> None:
    """Fail to open the word whose key was destroyed right after it was copied.

    :raises Trouble: if it opens
    """
    if any(_opens(state, text) for text in manifest.canaries[1:]):
        raise Trouble("A word whose key was destroyed opens again: the ledger was not replayed.")


def _opens(state: Path, canary: str) -> bool:
    keyring = keys.keyring_of(state)
    try:
        return keys.Canary.read(canary).opens(keyring)
    finally:
        keyring.close()
