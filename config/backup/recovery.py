"""A new cluster from a base backup and the log: recovered to a second, then an ordinary one of ours."""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
import pyrage
from psycopg import sql

from config.backup import pieces
from config.backup.manifest import Manifest
from config.backup.pieces import Piece
from config.binaries import choose
from config.cluster import give, is_running, make_home, start, stop, text_of
from config.postgres import NOT_YET, Cluster, at
from config.roles import prepare
from config.state import Trouble, open_folder, secrets

HBA = "local all all scram-sha-256\nlocal replication all scram-sha-256\n"
HBA_MEANWHILE = f"local all postgres peer map=restore\n{HBA}"  # us alone, whatever password it had there
NOT_REACHED = "recovery ended before configured recovery target was reached"
MEANWHILE = (*NOT_YET, "not accepting connections", "No such file")
BEGINS_WITHIN = 10.0  # seconds for the server to be a process
SPARSE = 1 << 16  # bytes of nothing that are not written: a segment cut short by the clock is mostly that

Identities = Sequence[pyrage.x25519.Identity]


def unpack(state: Path, target: Path, manifest: Manifest, identities: Identities) -> None:
    """Unpack a base backup into the place of a new cluster.

    :raises Trouble: if the disk is full, or PostgreSQL’s own digests don’t fit
    """
    home, runner = make_home(state)
    data = home / "data"
    give(runner, open_folder(data))
    identity: dict[str, Any] = {"user": runner.uid, "group": runner.gid, "extra_groups": []}
    with subprocess.Popen(
        ["tar", "-x", "-f", "-", "-C", data],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        **(identity if runner.steps_down else {}),
    ) as tar:
        stdin: Any = tar.stdin
        try:
            pieces.open_into(target, manifest.base, stdin.write, identities)
            stdin.close()
            tar.wait()
        except BrokenPipeError:
            tar.wait()
        except BaseException:
            tar.kill()
            raise
        if tar.returncode:
            raise OSError(_last(tar.stderr.read().decode() if tar.stderr else ""))
    _check(home, runner, manifest)


def _check(home: Path, runner: Any, manifest: Manifest) -> None:
    """Let PostgreSQL’s own tool compare each file with the list that came with the base backup."""
    folder = choose(home, runner, major=manifest.major).folder
    done = subprocess.run(
        [folder / "pg_verifybackup", "-n", "-q", home / "data"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd="/",
    )
    if done.returncode:
        raise Trouble(f"The base backup is not what PostgreSQL made: {_last(done.stdout)}.")


def unpack_log(state: Path, target: Path, log: Sequence[Piece], identities: Identities) -> None:
    """Lay out the segments that the recovery asks for; they go once it is done."""
    home, runner = make_home(state)
    give(runner, open_folder(home / "wal"))
    for piece in log:
        path = home / piece.name
        with path.open("wb") as file:
            pieces.open_into(target, piece, _Sparse(file).write, identities)
            file.truncate(piece.plain_size)
        give(runner, path, 0o600)


class _Sparse:
    """Writes a file without its stretches of nothing."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes) -> None:
        for begin in range(0, len(data), SPARSE):
            part = data[begin : begin + SPARSE]
            if part.count(0) == len(part):
                self._file.seek(len(part), os.SEEK_CUR)
            else:
                self._file.write(part)


def recover(state: Path, until: datetime | None) -> None:
    """Let the cluster recover to a moment, or to the end of the log, and make it one of ours.

    :raises Trouble: with PostgreSQL’s own words, if it can’t
    """
    home, runner = make_home(state)
    data = home / "data"
    _write(data / "postgresql.auto.conf", "", runner)
    _write(data / "pg_hba.conf", HBA_MEANWHILE, runner)
    _write(data / "pg_ident.conf", f"restore {pwd.getpwuid(os.geteuid()).pw_name} postgres\n", runner)
    _write(data / "recovery.signal", "", runner)
    recovered = _recovers(state, until)
    if not recovered and NOT_REACHED in text_of(home / "log"):  # nothing was committed after that moment
        recovered = _recovers(state, None)
    if not recovered:
        raise Trouble(f"PostgreSQL could not recover: {_last_failure(text_of(home / 'log'))}.")
    with psycopg.connect(**at(state).url("postgres"), autocommit=True) as connection:
        _set_password(connection, secrets(state)["postgres"])
    _write(data / "pg_hba.conf", HBA, runner)
    shutil.rmtree(home / "wal")


def _recovers(state: Path, until: datetime | None) -> bool:
    """Start the recovery and wait for its end; whether there was one."""
    home, _ = make_home(state)
    fetch = f'cp {shlex.quote(str(home / "wal"))}/"%f" "%p"'.replace("'", "''")
    more = {
        "restore_command": f"'{fetch}'",
        "recovery_target_action": "'promote'",
        "archive_mode": "off",
        "hot_standby": "off",
        "lc_messages": "'C'",
        **({"recovery_target_time": f"'{until.isoformat()}'"} if until else {}),
    }
    start(state, fast=False, more=more)
    begun = time.monotonic()
    while True:
        try:
            psycopg.connect(**at(state).url("postgres"), connect_timeout=10).close()
        except psycopg.OperationalError as error:
            gone = not is_running(home) and time.monotonic() - begun > BEGINS_WITHIN
            failed = not is_running(home) and "FATAL" in text_of(home / "log")
            if gone or failed:
                return False
            if is_running(home) and not any(words in str(error) for words in MEANWHILE):
                stop(home)
                raise Trouble(f"PostgreSQL recovered and lets nobody in: {_last(str(error))}.") from None
        else:
            return True
        time.sleep(0.1)


def _set_password(connection: psycopg.Connection[Any], password: str) -> None:
    verifier = connection.pgconn.encrypt_password(password.encode(), b"postgres", b"scram-sha-256")
    connection.execute(sql.SQL("alter role postgres password {}").format(verifier.decode()))


def take_in(cluster: Cluster, manifest: Manifest) -> None:
    """Give the database the name it has here, and the roles what they are meant to be."""
    if manifest.database != cluster.dbname:
        with psycopg.connect(**cluster.url("postgres"), autocommit=True) as connection:
            names = map(sql.Identifier, (manifest.database, cluster.dbname))
            connection.execute(sql.SQL("alter database {} rename to {}").format(*names))
    prepare(cluster)


def _write(path: Path, text: str, runner: Any) -> None:
    path.write_text(text)
    give(runner, path, 0o600)


def _last_failure(log: str) -> str:
    failures = [
        line
        for line in log.splitlines()
        if ("FATAL" in line or "PANIC" in line) and not any(words in line for words in MEANWHILE)
    ]
    return _last("\n".join(failures) or log)


def _last(said: str) -> str:
    return ([line.strip() for line in said.splitlines() if line.strip()] or ["it said nothing"])[-1].rstrip(
        "."
    )
