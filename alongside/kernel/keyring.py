"""The keys of files, kept outside PostgreSQL (security.md D2).

So a destroyed key is gone from heap, log and replica alike.

Every file has one key. Each sealed thing in it (an *item*) is sealed under a key derived from the file's key
and the item's name, so that an item can be lent to another agency without lending the file. Custodian and
borrower each hold their copy wrapped under their own agency's key, and agencies' keys are wrapped under the
installation's key-encryption key. Four verbs: `make`, `open`, `lend`/`recall`, `destroy`. Other
implementations (KMS, age) give the same.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from alongside.kernel.refusal import Refusal

FORMAT = 1  # of the file: said in it, so that a later version knows what it has before it
SCHEMA = """
create table if not exists agency_key (agency text primary key, wrapped blob not null);
create table if not exists file_key (file text primary key, agency text not null, wrapped blob not null);
create table if not exists lent_key (file text not null, item text not null, agency text not null,
    wrapped blob not null,
                                     primary key (file, item, agency));
"""
TABLES = {"agency_key": 2, "file_key": 3, "lent_key": 4}  # and how many columns they have


class KeyGone(Refusal):
    """There is no key: it was destroyed, recalled, or never lent to this agency.

    Who only reads takes it for nothing there. Who writes says so: whatever was typed could never be read by
    anybody.
    """

    def __init__(self) -> None:
        super().__init__(
            _(
                "What was written here was destroyed, and nothing more can be written with it. If it is "
                "still wanted, begin anew."
            )
        )


class Keyring:
    """A keyring in one SQLite file with secure_delete, readable by the process's user only."""

    def __init__(self, path: Path, kek: bytes) -> None:
        self._path, self._kek = path, kek
        self._local = threading.local()

    def make(self, file_id: UUID, agency_id: UUID) -> None:
        """Make the key of a new file in the custody of an agency."""
        wrapped = aes_key_wrap(self._agency_key(agency_id, make=True), os.urandom(32))
        with self._db as db:
            db.execute("insert into file_key values (?, ?, ?)", (str(file_id), str(agency_id), wrapped))

    def open(self, file_id: UUID, item: str, agency_id: UUID) -> bytes:
        """Return the 32-byte key of one item, for its custodian or for an agency it is lent to.

        :raises KeyGone: if this agency holds no key that opens it
        """
        file, agency = str(file_id), str(agency_id)
        row = self._db.execute(
            "select wrapped from file_key where file = ? and agency = ?", (file, agency)
        ).fetchone()
        if row:
            return self._item_key(aes_key_unwrap(self._agency_key(agency_id), row[0]), item)
        row = self._db.execute(
            "select wrapped from lent_key where file = ? and item = ? and agency = ?", (file, item, agency)
        ).fetchone()
        if row:
            return aes_key_unwrap(self._agency_key(agency_id), row[0])
        raise KeyGone

    def lend(self, file_id: UUID, items: list[str], owner_id: UUID, to_id: UUID) -> None:
        """Wrap the keys of these items for another agency as well."""
        borrower = self._agency_key(to_id, make=True)
        rows = [
            (str(file_id), item, str(to_id), aes_key_wrap(borrower, self.open(file_id, item, owner_id)))
            for item in items
        ]
        with self._db as db:
            db.executemany("insert or replace into lent_key values (?, ?, ?, ?)", rows)

    def recall(self, file_id: UUID, items: list[str], from_id: UUID) -> None:
        """Destroy another agency's keys to these items."""
        with self._db as db:
            db.executemany(
                "delete from lent_key where file = ? and item = ? and agency = ?",
                [(str(file_id), i, str(from_id)) for i in items],
            )

    def destroy(self, file_id: UUID) -> bool:
        """Destroy the file's key and every copy lent from it.

        Whatever was sealed stays sealed, for everybody, for good.
        """
        with self._db as db:
            db.execute("delete from lent_key where file = ?", (str(file_id),))
            return db.execute("delete from file_key where file = ?", (str(file_id),)).rowcount > 0

    def holds(self, file_id: UUID) -> bool:
        """Whether the file still has a key."""
        return (
            self._db.execute("select 1 from file_key where file = ?", (str(file_id),)).fetchone() is not None
        )

    def derive(self, agency_id: UUID, purpose: str) -> bytes:
        """Return a 32-byte key of the agency for a purpose of its own (the blind index).

        So no two agencies can compare.
        """
        return self._item_key(self._agency_key(agency_id, make=True), purpose)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep every change made while the block runs in one piece.

        Worked out in memory, written to disk at its end, or not at all.

        Put it inside the database's transaction: then keys are on disk before the rows they open, and a
        failure leaves at most a spare key. Nobody else's key waits meanwhile. For a keyring that fits in
        memory.
        """
        disk, draft = self._db, sqlite3.connect(":memory:")
        disk.backup(draft)
        before = {table: _rows(draft, table) for table in TABLES}
        self._local.db = draft
        try:
            yield
        finally:
            self._local.db = disk
        with disk:
            for table, rows in before.items():
                after = _rows(draft, table)
                gone = [(row[-1],) for row in rows - after]
                disk.executemany(f"delete from {table} where wrapped = ?", gone)  # noqa: S608 - our own names
                given = ", ".join("?" * TABLES[table])
                disk.executemany(f"insert into {table} values ({given})", list(after - rows))  # noqa: S608
        draft.close()

    @property
    def _db(self) -> sqlite3.Connection:
        if not hasattr(self._local, "db"):
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            self._local.db = self._open_file()
        db: sqlite3.Connection = self._local.db
        return db

    def _open_file(self) -> sqlite3.Connection:
        """Open the file, a new one or one of a format that is known.

        :raises ImproperlyConfigured: if a later version wrote it
        """
        db = sqlite3.connect(self._path, timeout=10)
        (found,) = db.execute("pragma user_version").fetchone()
        if found not in (0, FORMAT):  # 0: new, or from before the format was said
            db.close()
            raise ImproperlyConfigured(
                f"The keyring {self._path.name} has format {found}, and this version knows {FORMAT}. "
                "Nothing was changed: "
                "start the version that wrote it."
            )
        db.executescript(
            "pragma secure_delete = on; pragma journal_mode = delete; "
            f"{SCHEMA} pragma user_version = {FORMAT}"
        )
        return db

    def _agency_key(self, agency_id: UUID, *, make: bool = False) -> bytes:
        agency = str(agency_id)
        row = self._db.execute("select wrapped from agency_key where agency = ?", (agency,)).fetchone()
        if row:
            return aes_key_unwrap(self._kek, row[0])
        if not make:
            raise KeyGone
        with self._db as db:
            db.execute(
                "insert or ignore into agency_key values (?, ?)",
                (agency, aes_key_wrap(self._kek, os.urandom(32))),
            )
        return self._agency_key(agency_id)

    @staticmethod
    def _item_key(key: bytes, item: str) -> bytes:
        return HKDFExpand(hashes.SHA256(), 32, item.encode()).derive(key)


def _rows(db: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    return set(db.execute(f"select * from {table}"))  # noqa: S608 - our own names
