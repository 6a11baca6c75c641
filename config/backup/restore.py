"""`alongside restore`: a new installation from the backups, to the end of the log or to a second."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pyrage

from config import postgres
from config.backup import age, archive, examination, keys, manifest, pieces, recovery
from config.backup.examination import Examined
from config.backup.manifest import Manifest
from config.backup.pieces import Piece
from config.backup.signing import NotSigned, Verifier
from config.cluster import UNFINISHED, home_of, stop
from config.state import Trouble, open_folder

SECRETS = {"kek", "server_secret", "secret_key", "postgres", "owner", "app", "log_writer"}


@dataclass(frozen=True)
class Wanted:
    """What is to be restored, with what opens it."""

    target: Path  # where the backups are
    verifier: Verifier
    identities: Sequence[pyrage.x25519.Identity]
    secrets: str  # what secrets.json says
    until: datetime | None  # the end of the log, if it is None


@dataclass(frozen=True)
class Chosen:
    """The pieces that it takes, each of them as it was signed."""

    manifest: Manifest
    log: list[Piece]
    keyring: Piece | None
    ledgers: list[Piece]

    @property
    def reach(self) -> datetime:
        """Up to when everything is in these pieces."""
        return max([self.manifest.moment, *(piece.moment for piece in self.log)])

    def room(self) -> int:
        """About how many bytes it takes unpacked."""
        return self.manifest.base.plain_size + sum(min(4 * each.size, each.plain_size) for each in self.log)


@dataclass(frozen=True)
class Restored:
    """What came of it."""

    state: Path
    manifest: Manifest
    reached: datetime  # what was committed until then is there
    reach: datetime  # as far as the pieces go
    examined: Examined


def read_wanted(target: Path, key: str, identity: str, secrets: Path, until: datetime | None) -> Wanted:
    """What opens a backup, from where it is kept; `identity` is a file, or - for what is typed or piped.

    :raises Trouble: if something of it can’t be read
    """
    if not (target / "base").is_dir():
        raise Trouble(f"In {target} there are no backups: is the disk mounted?")
    try:
        verifier = Verifier.read(key)
    except NotSigned as error:
        raise Trouble(f"The public key {error}.") from None
    try:
        text = sys.stdin.read() if identity == "-" else Path(identity).read_text()
        known = secrets.read_text()
        missing = SECRETS - set(json.loads(known))
    except OSError as error:
        raise Trouble(f"{error.filename} can’t be read ({(error.strerror or '').lower()}).") from None
    except ValueError:
        missing = SECRETS
    if missing:
        raise Trouble(f"{secrets} is no secrets.json of Alongside. Take the copy from your safe.")
    return Wanted(target, verifier, age.identities_of(text, identity), known, until)


def choose(wanted: Wanted) -> Chosen:
    """Which pieces it takes; the signature of each was checked, and that none is missing.

    :raises Trouble: if what is wanted can’t be had from what is there
    """
    target, verifier, until = wanted.target, wanted.verifier, wanted.until
    found = manifest.before(target, verifier, until)
    log = archive.needed(target, verifier, found.wal_from, found.wal_segment_size, until)
    keyrings = keys.copies(target, "keyring", verifier)
    chosen = Chosen(found, log, keyrings[-1] if keyrings else None, keys.copies(target, "erasures", verifier))
    _check_newest(wanted, chosen)
    strangers = {piece.system for piece in (found.base, *log, *keyrings)} - {found.base.system}
    if strangers:
        raise Trouble(f"In {target} lie pieces of another database. Take them apart first.")
    if until is not None and until > chosen.reach:
        raise Trouble(
            f"That moment lies after the end of the log, which goes to {chosen.reach.isoformat()}. Leave "
            "`--to` out to restore to there. Nothing was done."
        )
    return chosen


def _check_newest(wanted: Wanted, chosen: Chosen) -> None:
    """See that keyring and ledger are no older than the newest backup says: an old one revives keys."""
    newest = manifest.before(wanted.target, wanted.verifier, None)
    keyring, ledgers = chosen.keyring.name if chosen.keyring else "", chosen.ledgers
    for expected, found, what in (
        (newest.keyring or "", keyring, "without it nobody can read a word"),
        (newest.ledger, ledgers[-1].name if ledgers else "", "without it destroyed keys come back"),
    ):
        if found < expected:
            raise Trouble(
                f"The piece {expected} is missing from {wanted.target}, and there is no newer one: {what}."
            )


def check(wanted: Wanted, chosen: Chosen) -> set[UUID]:
    """Compare each piece with what was signed, and open the ledger: whose keys stay destroyed.

    :raises Trouble: naming the piece that is not what it was, or the identity that opens none
    """
    every = [
        chosen.manifest.base,
        *chosen.log,
        *([chosen.keyring] if chosen.keyring else []),
        *chosen.ledgers,
    ]
    print(f"· Checking {len(every)} pieces against their signatures …", flush=True)
    for piece in every:
        pieces.check(wanted.target, piece)
    return keys.read_ledgers(wanted.target, chosen.ledgers, wanted.identities)


def restore(wanted: Wanted, state: Path) -> Restored:
    """Make a new installation in a state folder that is not there yet. Afterwards its server stands still.

    :raises Trouble: with what stands in the way; then nothing is left of it
    """
    _check_new(state)
    chosen = choose(wanted)
    erased = check(wanted, chosen)
    _check_room(state, chosen)
    with _whole_or_not(state):
        return _restore(wanted, chosen, erased, state)


def _restore(wanted: Wanted, chosen: Chosen, erased: set[UUID], state: Path) -> Restored:
    made = chosen.manifest
    descriptor = os.open(state / "secrets.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(wanted.secrets)
    if chosen.keyring:
        keys.restore_keyring(state, wanted.target, chosen.keyring, wanted.identities)
        examination.check_opens(state, made)
    _say(f"Unpacking the database of {made.ended_at} ({made.base.plain_size / 1e6:,.0f} MB)")
    recovery.unpack(state, wanted.target, made, wanted.identities)
    recovery.unpack_log(state, wanted.target, chosen.log, wanted.identities)
    _say(f"Replaying {len(chosen.log)} pieces of the log, to {wanted.until or 'their end'}")
    recovery.recover(state, wanted.until)
    cluster = postgres.at(state)
    recovery.take_in(cluster, made)
    _say("Ending sessions, and destroying again what was destroyed")
    examined = examination.examine(cluster, erased)
    examination.check_stays_destroyed(state, made)
    stop(home_of(state))
    return Restored(state, made, wanted.until or chosen.reach, chosen.reach, examined)


def _check_new(state: Path) -> None:
    if (state / UNFINISHED).exists():
        postgres.remove(state)
    if state.exists() and any(state.iterdir()):
        raise Trouble(
            f"The folder {state} is not empty. A restore goes into a new one, and never over what is there."
        )
    if (home_of(state) / "data").exists():
        raise Trouble(
            f"In {home_of(state)} there is a database already. A restore goes into a new place, and never "
            "over what is there."
        )


def _check_room(state: Path, chosen: Chosen) -> None:
    folder = home_of(state)
    while not folder.exists():
        folder = folder.parent
    need, free = chosen.room(), shutil.disk_usage(folder).free
    if need > free:
        raise Trouble(
            f"It takes about {need / 1e6:,.0f} MB, and in {folder} {free / 1e6:,.0f} MB are free. Make room, "
            "or name another folder. Nothing was done."
        )


@contextmanager
def _whole_or_not(state: Path) -> Iterator[None]:
    """Leave a whole installation, or nothing; what a killed process left is taken away by the next."""
    (open_folder(state) / UNFINISHED).touch()
    try:
        yield
        (state / UNFINISHED).unlink()
    except (OSError, psycopg.Error, sqlite3.Error) as error:
        postgres.remove(state)
        full = "No space left" in str(error)
        why = f"The disk is full: {state} needs more room" if full else f"It broke off ({error})"
        raise Trouble(f"{why}. What was begun was taken away again.") from error
    except BaseException:
        postgres.remove(state)
        raise


def _say(what: str) -> None:
    print(f"· {what} …", flush=True)


def took(began: float) -> str:
    """How long something took, in words."""
    seconds = time.monotonic() - began
    return f"{seconds:.1f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
