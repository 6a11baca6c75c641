"""The ground under the tests of the database itself.

Rows made by the superuser, read and attacked by `app`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.types.json import Jsonb

from alongside.kernel.ids import uuid7
from config import postgres
from config.state import default_state
from tests import databases


def connect(role: str = "app", **more: Any) -> psycopg.Connection:
    """A connection of one's own, as a role, outside Django."""
    return psycopg.connect(**postgres.at(default_state()).url(role, databases.MINE), **more)


@contextmanager
def acting(
    worker: UUID | None, *, connection: psycopg.Connection | None = None
) -> Iterator[psycopg.Connection]:
    """A transaction as `app` signed for a worker (for nobody, if None), rolled back at the end."""
    own = connection or connect()
    try:
        if worker is not None:
            assert own.execute(
                "select ctx.begin_as(%s, %s, 'test')", [settings.SERVER_SECRET, worker]
            ).fetchone() == (True,)
        yield own
    finally:
        own.rollback()
        if connection is None:
            own.close()


@dataclass
class Ground:
    """What the superuser put down for a test."""

    superuser: psycopg.Connection
    put_down: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def insert(self, table: str, **columns: Any) -> dict[str, Any]:
        """Put down a row as it stands, whatever guards the table."""
        columns = {
            name: Jsonb(value) if isinstance(value, dict) else value for name, value in columns.items()
        }
        words = sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join(map(sql.Placeholder, columns)),
        )
        self.superuser.execute(words, columns)
        self.put_down.append((table, columns))
        return columns

    def being_destroyed(self, keeper: UUID, agency: UUID) -> None:
        """What was sealed under a key is to be destroyed, and the key is still there."""
        self.insert(
            "kernel_effect",
            id=uuid7(),
            kind="files.destroy_key",
            about=keeper,
            agency_id=agency,
            particulars={},
            due_at="now",
        )

    def agency(self, sector: str = "community", **more: Any) -> UUID:
        """An agency."""
        id = uuid7()
        facts = {
            "slug": f"a-{id.hex}",
            "name": "Invented",
            "name_fr": "",
            "face": "",
            "face_fr": "",
            "kind": "open-desk",
            "regime": "none",
            "division": "",
        }
        self.insert("agencies_agency", id=id, sector=sector, **{**facts, **more})
        return id

    def worker(self, agency: UUID, role: str = "caseworker", *, on: bool = True) -> UUID:
        """A seat in an agency, and the account that holds it; on today unless it is said."""
        account, worker = uuid7(), uuid7()
        self.insert("agencies_account", id=account, username=f"u{account.hex}", password="!", is_active=True)
        self.insert(
            "agencies_worker",
            id=worker,
            account_id=account,
            agency_id=agency,
            name="Invented",
            role=role,
            joined_at="now",
        )
        if on:
            self.insert(
                "agencies_shift",
                id=uuid7(),
                agency_id=agency,
                worker_id=worker,
                starts_at="now",
                ends_at="tomorrow",
            )
        return worker

    def account_of(self, worker: UUID) -> UUID:
        """The account behind a seat."""
        return self.superuser.execute(
            "select account_id from agencies_worker where id = %s", [worker]
        ).fetchone()[0]
