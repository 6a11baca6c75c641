"""`alongside backup`: one base backup, the keyring after it, the ledger, the manifest last."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import psycopg

from config.backup import keys, pieces, retention
from config.backup import manifest as manifests
from config.backup.manifest import Manifest
from config.backup.pieces import SIGNED, Piece, Sealer
from config.backup.plan import Plan, check_target
from config.binaries import choose, find_runner
from config.cluster import home_of
from config.postgres import Cluster
from config.state import ROOT, Trouble, open_folder

SAY_EVERY = 10.0  # seconds between two lines on how far it is
ARCHIVED_WITHIN = 90.0  # seconds for the last segment to be in the target


def back_up(cluster: Cluster, plan: Plan) -> int:
    """Make one whole backup, and delete what is past its days. Ends with 1 if the log does not follow it.

    :raises Trouble: with what stands in the way; then nothing that looks whole is left
    """
    check_target(Path(plan.target))
    with _alone(cluster.state), _said(plan):
        began = time.monotonic()
        manifest = _make(cluster, plan)
        size, sealed = (
            f"{number / 1e6:,.0f} MB" for number in (manifest.base.plain_size, manifest.base.size)
        )
        print(f"  {size}, sealed as {sealed}, in {time.monotonic() - began:.1f} s", flush=True)
        follows = _check_followed(cluster, plan, manifest)
        _prune(plan)
        _say_what_is_kept(plan)
    return 0 if follows else 1


def _make(cluster: Cluster, plan: Plan) -> Manifest:
    sealer, name = plan.sealer, pieces.stamp()
    with psycopg.connect(**cluster.url("postgres", cluster.dbname), autocommit=True) as connection:
        began_at, wal_from, size, segment_size, system = _where(connection)
        if system != plan.system:
            raise Trouble(
                "The backups were set up for another database. Move backup.json away and set them up anew, "
                "into another folder: nothing is mixed."
            )
        print(f"· The database ({size / 1e6:,.0f} MB) …", flush=True)
        base = _base(cluster, sealer, f"base/{name}/base", size)
        print("· The keyring, after it, and the ledger of what was destroyed …", flush=True)
        keyring, canaries = keys.with_canaries(cluster.state, sealer)
        ledger = keys.copy_ledger(cluster.state, sealer)
        # A new segment is begun, so that all of this one is archived now.
        ended_at, wal_to = _one(connection, "select clock_timestamp(), pg_switch_wal()::text")
    manifest = Manifest(
        name=name,
        alongside=tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"],
        postgresql=cluster.version,
        database=cluster.dbname,
        began_at=began_at.isoformat(),
        ended_at=ended_at.isoformat(),
        wal_from=wal_from,
        wal_to=wal_to,
        wal_segment_size=segment_size,
        base=base,
        keyring=keyring.name if keyring else None,
        ledger=ledger.name,
        canaries=tuple(map(str, canaries)),
    )
    manifest.write(sealer)
    return manifest


def _where(connection: psycopg.Connection[Any]) -> tuple[Any, ...]:
    """The moment and the segment a backup begins with, how big the cluster is, and which."""
    return _one(
        connection,
        "select clock_timestamp(), pg_walfile_name(pg_current_wal_lsn() + 1),"
        " (select sum(pg_database_size(oid))::bigint from pg_database), setting::bigint,"
        " (select system_identifier::text from pg_control_system())"
        " from pg_settings where name = 'wal_segment_size'",
    )


def _one(connection: psycopg.Connection[Any], statement: str) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = connection.execute(statement.encode()).fetchone()
    if row is None:
        raise Trouble("PostgreSQL gave no answer.")
    return row


def _base(cluster: Cluster, sealer: Sealer, name: str, size: int) -> Piece:
    """The server’s own base backup, sealed as it comes."""
    home = home_of(cluster.state)
    folder = choose(home, find_runner(home / "data")).folder
    how = cluster.url("postgres")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PG")},
        **{f"PG{key.upper()}": str(value) for key, value in how.items() if key in ("host", "port", "user")},
        "PGPASSWORD": str(how.get("password", "")),
    }
    more = {key: value for key, value in how.items() if key not in ("host", "port", "user", "password")}
    command: list[str | Path] = [
        folder / "pg_basebackup",
        "-D",
        "-",
        "-Ft",
        "-X",
        "fetch",
        "-c",
        "fast",
        "--no-password",
    ]
    command += ["-d", psycopg.conninfo.make_conninfo(**{**more, "dbname": ""})] if more else []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd="/"
    ) as process:
        stdout: Any = process.stdout
        stderr: Any = process.stderr
        try:
            source = _Ended(stdout, process, stderr, size)
            return sealer.put(name, source, signed=False)
        finally:
            process.kill()


class _Ended:
    """What a program writes, to its good end: one that broke off is no end. Says how far it is."""

    def __init__(
        self, stdout: BinaryIO, process: subprocess.Popen[bytes], stderr: BinaryIO, size: int
    ) -> None:
        self._stdout, self._process, self._stderr, self._size = stdout, process, stderr, size
        self._read, self._said_at = 0, time.monotonic()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes.

        :raises Trouble: if the program ended badly
        """
        chunk = self._stdout.read(size)
        self._read += len(chunk)
        if not chunk and self._process.wait():
            said = self._stderr.read().decode(errors="replace").strip().splitlines()[-1:] or [
                "it said nothing"
            ]
            raise Trouble(f"PostgreSQL’s base backup broke off: {said[0]}")
        if time.monotonic() - self._said_at > SAY_EVERY:
            self._said_at = time.monotonic()
            print(f"  {min(99, 100 * self._read // max(1, self._size))} %", flush=True)
        return chunk


def _check_followed(cluster: Cluster, plan: Plan, manifest: Manifest) -> bool:
    """See that the log comes after it: without that only this moment could be restored.

    At a segment's edge PostgreSQL 17 names the next one, and those before it the last: so one byte before.
    """
    with psycopg.connect(**cluster.url("postgres"), autocommit=True) as connection:
        hands_over, name = _one(
            connection,
            "select current_setting('archive_mode') <> 'off' and current_setting('archive_command')"
            " ~ 'alongside backup wal|config.backup.archive',"
            f" pg_walfile_name('{manifest.wal_to}'::pg_lsn - 1)",
        )
    path = Path(plan.target) / "wal" / f"{name}{SIGNED}"
    until = time.monotonic() + ARCHIVED_WITHIN
    print("· The write-ahead log up to here …", flush=True)
    while hands_over and not path.exists() and time.monotonic() < until:
        time.sleep(0.1)
    if path.exists():
        return True
    why = "PostgreSQL’s own log says why" if hands_over else "`alongside backup init` said what to set on it"
    print(
        "The backup is whole, but the write-ahead log does not follow it: what is written from now on would "
        f"be lost ({why}).",
        flush=True,
    )
    return False


def _prune(plan: Plan) -> None:
    left = retention.prune(plan)
    if left:
        print(
            f"{len(left)} pieces are past their days and may not be deleted from here, such as {left[0]}. "
            "Whoever keeps the target has to: old copies of the keyring bring destroyed keys back.",
            flush=True,
        )


def _say_what_is_kept(plan: Plan) -> None:
    known = manifests.all_of(Path(plan.target), plan.verifier)
    print(
        f"Backed up to {plan.target}: {len(known)} whole, every second since {known[0].ended_at} can be "
        f"restored. They are kept for {plan.keep_days} days.",
        flush=True,
    )


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    with (open_folder(state) / "backup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("A backup is being made already. This one did nothing.") from None
        yield


@contextmanager
def _said(plan: Plan) -> Iterator[None]:
    """Say in a sentence what a disk refuses, and leave nothing half-made."""
    try:
        yield
    except OSError as error:
        free = shutil.disk_usage(plan.target).free if Path(plan.target).exists() else 0
        raise Trouble(
            f"{plan.target} can’t be written to ({(error.strerror or str(error)).lower()}; "
            f"{free / 1e6:,.0f} MB are free). This backup is not whole and will not be "
            "used; the ones before are as they were."
        ) from error
