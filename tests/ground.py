"""The ground under the tests of the database itself.

Rows made by the superuser, read and attacked by `app`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

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


def _signed(at: Any) -> tuple[Any, UUID | None, str]:
    """When something was done, by whom and how: by a worker on the person's word, or not at all."""
    return (at, uuid4(), "their-word") if at else (None, None, "")


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

    def worker(self, agency: UUID, role: str = "caseworker") -> UUID:
        """A seat in an agency, and the account that holds it."""
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
        return worker

    def account_of(self, worker: UUID) -> UUID:
        """The account behind a seat."""
        return self.superuser.execute(
            "select account_id from agencies_worker where id = %s", [worker]
        ).fetchone()[0]

    def file(self, agency: UUID, worker: UUID, **more: Any) -> UUID:
        """A file with nothing in it."""
        id = uuid7()
        self.insert(
            "files_file",
            id=id,
            agency_id=agency,
            handle=f"h{id.hex}",
            opened_by=worker,
            opened_at="now",
            **more,
        )
        return id

    def row(self, table: str, file: UUID, agency: UUID, **columns: Any) -> UUID:
        """A row of a file."""
        id = uuid7()
        self.insert(table, file_id=file, id=id, agency_id=agency, **columns)
        return id

    def detail(self, file: UUID, agency: UUID, kind: str = "called") -> UUID:
        """Something the person told about themselves."""
        return self.row(
            "files_detail",
            file,
            agency,
            kind=kind,
            body=b"\x01sealed",
            written_by=uuid4(),
            written_how="their-word",
            written_at="now",
        )

    def priority(self, file: UUID, agency: UUID, rank: int = 1) -> UUID:
        """Something the person wants."""
        return self.row(
            "plans_priority",
            file,
            agency,
            rank=rank,
            words=b"\x01sealed",
            written_by=uuid4(),
            written_how="their-word",
            written_at="now",
        )

    def release(
        self, file: UUID, agency: UUID, to: UUID, *, items: dict[UUID, str] | None = None, **more: Any
    ) -> UUID:
        """An agreement: given, live and for everybody at the other agency, unless said otherwise."""
        terms = {
            "to_role": "",
            "starts_at": "yesterday",
            "until": "tomorrow",
            "given_at": "now",
            "ended_at": None,
        } | more
        sides = {"offered_by": uuid4(), "offered_at": "now"}
        state = terms.pop(
            "state", "withdrawn" if terms["ended_at"] else "given" if terms["given_at"] else "offered"
        )
        later = {name: terms.pop(name) for name in ("given_at", "ended_at")}
        release = self.row("consent_release", file, agency, to_agency_id=to, explained=True, **terms, **sides)
        for item, kind in (items or {}).items():
            self.row(
                "consent_releaseditem",
                file,
                agency,
                release_id=release,
                item_id=item,
                kind=kind,
                columns="body",
                to_agency_id=to,
                **terms,
            )
        if later["given_at"]:
            self.superuser.execute(
                (
                    "update consent_release set state = 'given', given_at = %s, given_by = %s, "
                    "given_how = %s where id = %s"
                ),
                [*_signed(later["given_at"]), release],
            )
        self.superuser.execute(
            (
                "update consent_release set state = %s, ended_at = %s, ended_by = %s, ended_how = %s "
                "where id = %s"
            ),
            [state, *_signed(later["ended_at"]), release],
        )
        self.superuser.execute(
            (
                "update consent_releaseditem set given_at = r.given_at, ended_at = r.ended_at from "
                "consent_release r where r.id = %s and release_id = r.id"
            ),
            [release],
        )
        return release

    def referral(self, file: UUID, agency: UUID, to: UUID, release: UUID | None, **more: Any) -> UUID:
        """A request, sent unless said otherwise."""
        facts = {
            "to_role": "",
            "handle": "Invented Heron",
            "ours": True,
            "state": "requested",
        }
        return self.row(
            "referrals_referral",
            file,
            agency,
            to_agency_id=to,
            release_id=release,
            written_by=uuid4(),
            written_at="now",
            **{**facts, **more},
        )

    def block(self, file: UUID, agency: UUID, against: str, item: UUID | None = None) -> UUID:
        """A "not them"."""
        return self.row(
            "consent_block",
            file,
            agency,
            against=against,
            item_id=item,
            set_at="now",
            set_by=uuid4(),
            set_how="their-word",
        )
