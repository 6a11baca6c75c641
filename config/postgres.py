"""One PostgreSQL for this machine.

DATABASE_URL, else our own cluster from the machine's programs, else from the wheel's.

Our own cluster listens on a Unix socket in a folder closed to others, asks for a password (scram), keeps
checksums and writes no statement and no parameter to its log. The last process that uses it stops it. No
Django in here.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from config.cluster import PORT, UNFINISHED, home_of, is_running, sockets_of, start, stop, text_of
from config.pool import OPTIONS, reset
from config.roles import prepare
from config.state import Trouble, locked, open_folder, secrets

__all__ = ["Cluster", "Trouble", "at", "databases", "ensure", "prepare", "remove", "secrets"]
RECOVERY = 60.0  # seconds for a server to be ready again after a crash
NOT_YET = (  # what it says meanwhile, and what is heard of it where it falls over in just that moment
    "the database system is in recovery mode",
    "the database system is starting up",
    "the database system is not yet accepting connections",
    "the connection unexpectedly",
    "because of crash of another server process",
)


@dataclass
class Cluster:
    """A PostgreSQL server, ours or given, and how each role reaches it."""

    state: Path
    source: str  # "DATABASE_URL", "machine" or "wheel"
    version: str  # "15.18", or "" before the first start
    base: dict[str, Any]  # where: host, port, and what a DATABASE_URL adds to them
    admin: dict[str, Any]  # the user who may make roles, the password, and the database to connect to first
    dbname: str = "alongside"
    holds: list[int] = field(default_factory=list, repr=False)  # open locks that say: in use

    def url(self, role: str, dbname: str | None = None) -> dict[str, Any]:
        """What to connect with as a role (`postgres` means: whoever may make roles here)."""
        if role == "postgres":
            return {**self.base, **self.admin, **({"dbname": dbname} if dbname else {})}
        return {
            **self.base,
            "user": role,
            "password": secrets(self.state)[role],
            "dbname": dbname or self.dbname,
        }

    def let_go(self) -> None:
        """No longer count among those who use the cluster."""
        while self.holds:
            os.close(self.holds.pop())

    def stop(self) -> None:
        """Let go of the cluster, and stop it unless another process still uses it.

        A given server is left alone.
        """
        if self.source == "DATABASE_URL":
            return
        self.let_go()
        with (self.state / "postgres.use").open("a") as use:
            try:
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            stop(home_of(self.state))


def ensure(state: Path, *, fast: bool = False) -> Cluster:
    """A running PostgreSQL for this state folder: made if there is none, started if it stands still.

    `fast` gives up safety against power cuts, for tests.

    :raises Trouble: with what to do, if there is none to be had
    """
    if os.environ.get("DATABASE_URL"):
        return _reach(at(state))
    hold = os.open(open_folder(state) / "postgres.use", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(hold, fcntl.LOCK_SH)
    try:
        with locked(state, "postgres"):
            if not is_running(home_of(state)):
                start(state, fast=fast)
            cluster = _reach(at(state))
    except BaseException:
        os.close(hold)
        raise
    cluster.holds.append(hold)
    _check_rung(cluster)
    return cluster


def at(state: Path) -> Cluster:
    """How this state folder's PostgreSQL is reached, whether or not it is running."""
    if given := os.environ.get("DATABASE_URL"):
        return _given(state, given)
    home = home_of(state)
    source, _, version = text_of(home / "rung").partition(" ")
    base = {"host": str(sockets_of(home)), "port": PORT}
    admin = {"user": "postgres", "password": secrets(state).get("postgres"), "dbname": "postgres"}
    return Cluster(state, source, version, base, admin)


def databases(state: Path, pool: int = 0) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` as `app`; `owner` and `log_writer` only where ALONGSIDE_ROLES names them.

    A process that serves is started without them. `pool` is the most connections it may keep open; none are
    kept when it is 0.
    """
    cluster = at(state)
    roles = {
        "default": "app",
        **{role: role for role in os.environ.get("ALONGSIDE_ROLES", "").split(",") if role},
    }
    return {alias: _django(cluster, role, pool if alias == "default" else 0) for alias, role in roles.items()}


def remove(state: Path) -> None:
    """Forget everything this machine keeps for one Alongside: the cluster, the keyring and the secrets.

    :raises Trouble: if another process is using it, or the folder is not ours
    """
    if not state.exists() and not home_of(state).exists():
        return
    ours = any((state / name).exists() for name in ("secrets.json", UNFINISHED))
    if state.exists() and not ours and any(state.iterdir()):
        raise Trouble(
            f"The folder {state} does not look like one of ours, so it is not removed. Look into it yourself."
        )
    with (open_folder(state) / "postgres.use").open("a") as use:
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(
                "Alongside is still running from this folder. Stop it first (Ctrl-C where it runs)."
            ) from None
        home = home_of(state)
        stop(home)
        sockets = sockets_of(home)
        for folder in (sockets, home, state):
            shutil.rmtree(folder, ignore_errors=True)


def _django(cluster: Cluster, role: str, pool: int) -> dict[str, Any]:
    how = cluster.url(role, os.environ.get("ALONGSIDE_DATABASE"))
    options = {
        name: value
        for name, value in how.items()
        if name not in ("host", "port", "user", "password", "dbname")
    }
    options |= {"server_side_binding": True, "connect_timeout": 10, "application_name": f"alongside {role}"}
    if role == "app":
        options["options"] = f"{options.get('options', '')} {OPTIONS}".strip()
        # Planning with the policies costs more than running: a connection plans a statement once.
        options["prepare_threshold"] = 0
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 5, "reset": reset}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": how["host"],
        "PORT": str(how["port"]),
        "USER": how["user"],
        "PASSWORD": how["password"],
        "NAME": how["dbname"],
        "OPTIONS": options,
    }


def _given(state: Path, url: str) -> Cluster:
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error as error:
        raise Trouble(
            f"DATABASE_URL cannot be read ({str(error).strip()}). Write it as "
            "postgresql://user:password@host/database."
        ) from None
    dbname = str(parts.pop("dbname", None) or "alongside")
    admin = {name: parts.pop(name) for name in ("user", "password") if name in parts}
    base = {"host": "", "port": PORT, **parts}
    return Cluster(state, "DATABASE_URL", "", base, {**admin, "dbname": "postgres"}, dbname)


def _reach(cluster: Cluster) -> Cluster:
    """The same cluster once it has answered; its version is then known.

    One that recovers from a crash, or is still starting, is waited for.
    """
    until = time.monotonic() + RECOVERY
    while True:
        try:
            with psycopg.connect(**cluster.url("postgres"), connect_timeout=10) as connection:
                number = connection.info.server_version
            break
        except psycopg.OperationalError as error:
            if not any(words in str(error) for words in NOT_YET) or time.monotonic() > until:
                raise Trouble(_what_to_do(cluster, str(error))) from None
        time.sleep(0.1)
    if number < 150000:
        raise Trouble(
            f"The server in DATABASE_URL is PostgreSQL {number // 10000}; Alongside needs 15 or newer."
        )
    cluster.version = f"{number // 10000}.{number % 10000}"
    return cluster


def _what_to_do(cluster: Cluster, said: str) -> str:
    if cluster.source == "DATABASE_URL":
        return (
            f"The server in DATABASE_URL does not let us in: {said.strip()}. Correct DATABASE_URL, or unset "
            "it to use our own PostgreSQL."
        )
    if "password authentication failed" in said:
        home = home_of(cluster.state)
        return (
            f"The database in {home} was made with other secrets than those in "
            f"{cluster.state / 'secrets.json'}. Bring that file back from a copy, or start over without its "
            "data: `make run FRESH=1`."
        )
    return (
        f"PostgreSQL does not answer: {said.strip()}. Its own words are in {home_of(cluster.state) / 'log'}."
    )


def _check_rung(cluster: Cluster) -> None:
    forced = os.environ.get("ALONGSIDE_POSTGRES")
    if forced and forced != cluster.source:
        cluster.stop()
        raise Trouble(
            f"ALONGSIDE_POSTGRES asks for {forced}, but the database of this folder runs from "
            f"{cluster.source}. Stop it first, or use another folder (ALONGSIDE_STATE)."
        )
