"""The keys of files, kept outside PostgreSQL (security.md D2).

So a destroyed key is gone from heap, log and replica alike.

Every file has one key. Each sealed thing in it (an *item*) is sealed under a key derived from the file's key
and the item's name, so that an item can be lent to another agency without lending the file. Custodian and
borrower each hold their copy wrapped under their own agency's key, and agencies' keys are wrapped under the
installation's key-encryption key. A loan names the agreement it is made under, so that what is recalled with
one is not what was lent with the next. Four verbs: `make`, `open`, `lend`/`recall`, `destroy`. Other
implementations (KMS, age) give the same.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar, cast
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from alongside.kernel import erasures
from alongside.kernel.refusal import Refusal

FORMAT = 2  # of the file: said in it, so that a later version knows what it has before it
PATIENCE = 3  # seconds that another process's lock is waited for
SCHEMA = """
create table if not exists agency_key (agency text primary key, wrapped blob not null);
create table if not exists file_key (file text primary key, agency text not null, wrapped blob not null);
create table if not exists lent_key (file text not null, item text not null, agency text not null,
    release text not null, wrapped blob not null, primary key (file, item, agency, release));
"""
TABLES = {"agency_key": 2, "file_key": 3, "lent_key": 5}  # and how many columns they have
FROM_FORMAT_1 = (  # whose loans did not say under which agreement they were made
    "alter table lent_key rename to lent_before",
    SCHEMA.split(";")[2],
    "insert into lent_key select file, item, agency, '', wrapped from lent_before",
    "drop table lent_before",
)


Given = ParamSpec("Given")
Answer = TypeVar("Answer")


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


class KeyringAway(Refusal):
    """The keyring can't be reached: another process holds it, or the disk is full or can't be read."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            _(
                "The keys that open what is written here can’t be reached just now. Wait a minute and try "
                "again; if it happens again, tell your administrator the time."
            )
        )


def _reached(method: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let a verb of the keyring say in words that its file can't be reached."""

    @wraps(method)
    def reach(*given: Given.args, **named: Given.kwargs) -> Answer:
        try:
            return method(*given, **named)
        except sqlite3.IntegrityError:
            raise
        except (sqlite3.Error, OSError) as error:
            cast(Keyring, given[0]).close()
            raise KeyringAway from error

    return reach


class Keyring:
    """A keyring in one SQLite file with secure_delete, readable by the process's user only."""

    def __init__(self, path: Path, kek: bytes) -> None:
        self._path, self._kek = path, kek
        self._local = threading.local()

    @_reached
    def make(self, file_id: UUID, agency_id: UUID) -> None:
        """Make the key of a new file in the custody of an agency."""
        wrapped = aes_key_wrap(self._agency_key(agency_id, make=True), os.urandom(32))
        with self._db as db:
            db.execute("insert into file_key values (?, ?, ?)", (str(file_id), str(agency_id), wrapped))

    @_reached
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

    @_reached
    def lend(
        self, file_id: UUID, items: Iterable[str], owner_id: UUID, to_id: UUID, release_id: UUID
    ) -> None:
        """Wrap the keys of these items for another agency as well, under an agreement."""
        borrower = self._agency_key(to_id, make=True)
        rows = [
            (
                str(file_id),
                item,
                str(to_id),
                str(release_id),
                aes_key_wrap(borrower, self.open(file_id, item, owner_id)),
            )
            for item in items
        ]
        with self._db as db:
            db.executemany("insert or replace into lent_key values (?, ?, ?, ?, ?)", rows)

    @_reached
    def recall(self, file_id: UUID, from_id: UUID, release_id: UUID, unnamed: Iterable[str] = ()) -> None:
        """Destroy what was lent to another agency under an agreement.

        :param unnamed: the items of it that no other agreement lends: of these also what was lent before
            loans said under which
        """
        file, agency = str(file_id), str(from_id)
        with self._db as db:
            db.execute(
                "delete from lent_key where file = ? and agency = ? and release = ?",
                (file, agency, str(release_id)),
            )
            db.executemany(
                "delete from lent_key where file = ? and agency = ? and item = ? and release = ''",
                [(file, agency, item) for item in unnamed],
            )

    @_reached
    def destroy(self, file_id: UUID) -> bool:
        """Destroy the file's key and every copy lent from it.

        Whatever was sealed stays sealed, for everybody, for good: the ledger says so to who restores an older
        copy.
        """
        erasures.note(self._path.parent, file_id)
        with self._db as db:
            db.execute("delete from lent_key where file = ?", (str(file_id),))
            return db.execute("delete from file_key where file = ?", (str(file_id),)).rowcount > 0

    @_reached
    def holds(self, file_id: UUID) -> bool:
        """Whether the file still has a key."""
        return (
            self._db.execute("select 1 from file_key where file = ?", (str(file_id),)).fetchone() is not None
        )

    @_reached
    def derive(self, agency_id: UUID, purpose: str) -> bytes:
        """Return a 32-byte key of the agency for a purpose of its own (the blind index).

        So no two agencies can compare.
        """
        return self._item_key(self._agency_key(agency_id, make=True), purpose)

    def close(self) -> None:
        """Let go of the file: where it could not be read or written, it may be another one next time."""
        if hasattr(self._local, "db"):
            self._local.db.close()
            del self._local.db

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
        """Open the file, a new one or one of a format that is known, which is brought up to date.

        :raises ImproperlyConfigured: if a later version wrote it
        """
        db = sqlite3.connect(self._path, timeout=PATIENCE)
        db.execute("pragma secure_delete = on")
        if _format(db) > FORMAT:
            found = _format(db)
            db.close()
            raise ImproperlyConfigured(
                f"The keyring {self._path.name} has format {found}, and this version knows {FORMAT}. "
                "Nothing was changed: "
                "start the version that wrote it."
            )
        if _format(db) < FORMAT:
            _bring_up_to_date(db)
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


def _format(db: sqlite3.Connection) -> int:
    """What format the file says it has; 0: a new one, or from before it was said."""
    (found,) = db.execute("pragma user_version").fetchone()
    return int(found)


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    """Bring the file to this format, whole or not at all; another process may be faster."""
    with db:
        db.execute("begin immediate")
        if _format(db) < FORMAT:
            for statement in SCHEMA.split(";"):
                db.execute(statement)
            if "release" not in {row[1] for row in db.execute("pragma table_info(lent_key)")}:
                for statement in FROM_FORMAT_1:
                    db.execute(statement)
            db.execute(f"pragma user_version = {FORMAT}")


def _rows(db: sqlite3.Connection, table: str) -> set[tuple[object, ...]]:
    return set(db.execute(f"select * from {table}"))  # noqa: S608 - our own names
