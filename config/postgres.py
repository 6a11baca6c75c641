"""One PostgreSQL for this machine: DATABASE_URL, else our own cluster from the machine's programs, else from the wheel's.

Our own cluster listens on a Unix socket in a folder closed to others, asks for a password (scram), keeps checksums and
writes no statement and no parameter to its log. The last process that uses it stops it. No Django in here.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from config.binaries import Binaries, Runner, choose, find_runner, run_as
from config.roles import prepare
from config.state import Trouble, locked, open_folder, secrets

__all__ = ["Cluster", "Trouble", "at", "databases", "ensure", "prepare", "remove", "secrets"]

PORT = 5432  # only part of the socket's name: nothing listens on the network
SOCKET_PATH = 100  # bytes; Linux takes 107 and macOS 103
ROOTS_CLUSTERS = Path("/var/lib/alongside")  # root's state folder is closed to the user that PostgreSQL runs as


@dataclass
class Cluster:
    """A PostgreSQL server, ours or given, and how each role reaches it."""

    state: Path
    source: str  # "DATABASE_URL", "machine" or "wheel"
    version: str  # "15.18", or "" before the first start
    base: dict[str, Any]  # where: host, port, and what a DATABASE_URL adds to them
    admin: dict[str, Any]  # the user who may make roles, the password, and the database to connect to first
    dbname: str = "alongside"
    holds: list[IO[str]] = field(default_factory=list, repr=False)

    def url(self, role: str, dbname: str | None = None) -> dict[str, Any]:
        """What to connect with as a role (`postgres` means: whoever may make roles here)."""
        if role == "postgres":
            return {**self.base, **self.admin, **({"dbname": dbname} if dbname else {})}
        return {**self.base, "user": role, "password": secrets(self.state)[role], "dbname": dbname or self.dbname}

    def stop(self) -> None:
        """Let go of the cluster, and stop it unless another process still uses it. A given server is left alone."""
        if self.source == "DATABASE_URL":
            return
        while self.holds:
            self.holds.pop().close()
        with (self.state / "postgres.use").open("a") as use:
            try:
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            _stop(self.state)


def ensure(state: Path, *, fast: bool = False) -> Cluster:
    """A running PostgreSQL for this state folder: made if there is none, started if it stands still.

    `fast` gives up safety against power cuts, for tests.

    :raises Trouble: with what to do, if there is none to be had
    """
    if os.environ.get("DATABASE_URL"):
        return _reach(at(state))
    hold = (open_folder(state) / "postgres.use").open("a")
    fcntl.flock(hold, fcntl.LOCK_SH)
    try:
        with locked(state, "postgres"):
            if not _running(_home(state)):
                _start(state, fast=fast)
            cluster = _reach(at(state))
    except BaseException:
        hold.close()
        raise
    cluster.holds.append(hold)
    _check_rung(cluster)
    return cluster


def at(state: Path) -> Cluster:
    """How this state folder's PostgreSQL is reached, whether or not it is running."""
    if given := os.environ.get("DATABASE_URL"):
        return _given(state, given)
    home = _home(state)
    source, _, version = _text(home / "rung").partition(" ")
    base = {"host": str(_sockets(home)), "port": PORT}
    admin = {"user": "postgres", "password": secrets(state)["postgres"], "dbname": "postgres"}
    return Cluster(state, source, version, base, admin)


def databases(state: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: `default` as `app`; `owner` and `sealer` only where ALONGSIDE_ROLES names them.

    A process that serves is started without them, and with ALONGSIDE_POOL: the most connections it may keep open.
    """
    cluster, pool = at(state), os.environ.get("ALONGSIDE_POOL")
    roles = {"default": "app", **{role: role for role in os.environ.get("ALONGSIDE_ROLES", "").split(",") if role}}
    return {alias: _django(cluster, role, pool if alias == "default" else None) for alias, role in roles.items()}


def remove(state: Path) -> None:
    """Forget everything this machine keeps for one Alongside: the cluster, the keyring and the secrets.

    :raises Trouble: if another process is using it, or the folder is not ours
    """
    if not state.exists():
        return
    if not (state / "secrets.json").exists() and any(state.iterdir()):
        raise Trouble(f"The folder {state} does not look like one of ours, so it is not removed. Look into it yourself.")
    with (state / "postgres.use").open("a") as use:
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("Alongside is still running from this folder. Stop it first (Ctrl-C where it runs).") from None
        _stop(state)
        home = _home(state)
        sockets = _sockets(home)
        for folder in (sockets, home, state):
            shutil.rmtree(folder, ignore_errors=True)


def _django(cluster: Cluster, role: str, pool: str | None) -> dict[str, Any]:
    how = cluster.url(role, os.environ.get("ALONGSIDE_DATABASE"))
    options = {name: value for name, value in how.items() if name not in ("host", "port", "user", "password", "dbname")}
    options |= {"server_side_binding": True, "connect_timeout": 10, "application_name": f"alongside {role}"}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": int(pool), "timeout": 10}
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
        raise Trouble(f"DATABASE_URL cannot be read ({str(error).strip()}). Write it as postgresql://user:password@host/database.") from None
    dbname = str(parts.pop("dbname", None) or "alongside")
    admin = {name: parts.pop(name) for name in ("user", "password") if name in parts}
    base = {"host": "", "port": PORT, **parts}
    return Cluster(state, "DATABASE_URL", "", base, {**admin, "dbname": "postgres"}, dbname)


def _reach(cluster: Cluster) -> Cluster:
    """The same cluster once it has answered; its version is then known."""
    try:
        with psycopg.connect(**cluster.url("postgres"), connect_timeout=10) as connection:
            number = connection.info.server_version
    except psycopg.OperationalError as error:
        raise Trouble(_what_to_do(cluster, str(error))) from None
    if number < 150000:
        raise Trouble(f"The server in DATABASE_URL is PostgreSQL {number // 10000}; Alongside needs 15 or newer.")
    cluster.version = f"{number // 10000}.{number % 10000}"
    return cluster


def _what_to_do(cluster: Cluster, said: str) -> str:
    if cluster.source == "DATABASE_URL":
        return f"The server in DATABASE_URL does not let us in: {said.strip()}. Correct DATABASE_URL, or unset it to use our own PostgreSQL."
    if "password authentication failed" in said:
        home = _home(cluster.state)
        return (
            f"The database in {home} was made with other secrets than those in {cluster.state / 'secrets.json'}. "
            "Bring that file back from a copy, or start over without its data: `make run FRESH=1`."
        )
    return f"PostgreSQL does not answer: {said.strip()}. Its own words are in {_home(cluster.state) / 'log'}."


def _check_rung(cluster: Cluster) -> None:
    forced = os.environ.get("ALONGSIDE_POSTGRES")
    if forced and forced != cluster.source:
        cluster.stop()
        raise Trouble(
            f"ALONGSIDE_POSTGRES asks for {forced}, but the database of this folder runs from {cluster.source}. "
            "Stop it first, or use another folder (ALONGSIDE_STATE)."
        )


def _home(state: Path) -> Path:
    """Where the cluster lives: in the state folder, or for root where the user it steps down to can reach it."""
    if os.geteuid() != 0:
        return state.absolute() / "postgres"
    return ROOTS_CLUSTERS / hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]


def _sockets(home: Path) -> Path:
    """The folder of the socket: in the cluster's home, or in a short path where that one is too long for a socket."""
    name = f".s.PGSQL.{PORT}"
    short = f"alongside-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"
    for folder in (home / "s", Path(tempfile.gettempdir()) / short, Path("/tmp") / short):  # noqa: S108 - 0700, owner checked
        if len(os.fsencode(folder / name)) <= SOCKET_PATH:
            return folder
    raise Trouble(f"The path {home} is too long for a socket, and so is the temporary folder. Set TMPDIR to a shorter one.")


def _start(state: Path, *, fast: bool) -> None:
    home = _home(state)
    data = home / "data"
    runner = find_runner(data)
    if runner.steps_down:
        _open_to(runner, home)
    else:
        open_folder(home)
    major = _text(data / "PG_VERSION")
    binaries = choose(home, runner, major=int(major) if major else None)
    _give(runner, open_folder(_checked(_sockets(home), runner)))
    if not major:
        _init(binaries, runner, home, secrets(state)["postgres"], fast=fast)
    (data / "postgresql.conf").write_text(_settings(_sockets(home), fast=fast))
    (home / "rung").write_text(f"{binaries.source} {binaries.version}")
    _clear_stale_pid(data)
    log = home / "log"
    log.write_text("")
    _give(runner, log, 0o600)
    started = run_as(runner, [binaries.folder / "pg_ctl", "-D", data, "-w", "-t", "120", "-l", log, "start"], output=subprocess.DEVNULL)
    if started.returncode:
        last = _text(log).splitlines()[-1:] or ["it said nothing"]
        raise Trouble(f"PostgreSQL {binaries.version} did not start: {last[0]} (its own words are in {log}).")


def _init(binaries: Binaries, runner: Runner, home: Path, password: str, *, fast: bool) -> None:
    """Make the cluster beside its place and move it there when it is whole, so that an interrupted start leaves nothing."""
    draft, words = home / "data.new", home / "password"
    shutil.rmtree(draft, ignore_errors=True)
    words.unlink(missing_ok=True)
    words.touch(mode=0o600)
    words.write_text(password)
    _give(runner, words, 0o600)
    _give(runner, open_folder(draft))
    letters = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    command = [binaries.folder / "initdb", "-D", draft, "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={words}"]
    command += ["-k", "-E", "UTF8", "--locale=C", f"--lc-ctype={letters}", *(["--no-sync"] if fast else [])]
    made = run_as(runner, command)
    words.unlink()
    if made.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        said = made.stdout.strip().splitlines()[-1:] or ["it said nothing"]
        raise Trouble(f"PostgreSQL {binaries.version} could not make its data folder in {home}: {said[0]}")
    draft.rename(home / "data")


def _settings(sockets: Path, *, fast: bool) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    chosen = {
        "listen_addresses": "''",  # no network at all
        "port": PORT,
        "unix_socket_directories": f"'{sockets}'",
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "timezone": "'UTC'",
        "cluster_name": "'alongside'",
        "jit": "off",  # short queries: compiling costs more than it saves
        "random_page_cost": 1.1,
        "shared_buffers": "128MB" if fast else f"{max(128, min(1024, memory // 4))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "max_parallel_workers_per_gather": 0,  # small machines, small /dev/shm, steady times
        # What somebody wrote, asked for or searched never reaches the server's log.
        "log_statement": "none",
        "log_min_duration_statement": -1,
        "log_min_error_statement": "panic",
        "log_parameter_max_length": 0,
        "log_parameter_max_length_on_error": 0,
        "log_error_verbosity": "terse",
    }
    if fast:
        chosen |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": 0}
    return "".join(f"{name} = {value}\n" for name, value in chosen.items())


def _running(home: Path) -> bool:
    pid = _text(home / "data" / "postmaster.pid").partition("\n")[0]
    return pid.isdigit() and _is_ours(int(pid), home / "data")


def _is_ours(pid: int, data: Path) -> bool:
    """Whether a process is the server of a data folder; after a crash its number may belong to something else."""
    link = Path(f"/proc/{pid}/cwd")
    if link.parent.parent.joinpath("self").exists():
        try:
            return link.readlink() == data.resolve()
        except OSError:
            return False
    shown = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return "postgres" in shown.stdout


def _clear_stale_pid(data: Path) -> None:
    for left in (data / "postmaster.pid", *_sockets(data.parent).glob(f".s.PGSQL.{PORT}*")):
        left.unlink(missing_ok=True)


def _stop(state: Path) -> None:
    home = _home(state)
    if not _running(home):
        return
    runner = find_runner(home / "data")
    binaries = choose(home, runner, major=int(_text(home / "data" / "PG_VERSION")))
    run_as(runner, [binaries.folder / "pg_ctl", "-D", home / "data", "-m", "fast", "-w", "-t", "60", "stop"])


def _open_to(runner: Runner, home: Path) -> None:
    """Make the cluster's home for the user root steps down to: the parents may be passed through, the home is theirs."""
    try:
        ROOTS_CLUSTERS.mkdir(mode=0o711, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"The folder {ROOTS_CLUSTERS} cannot be made ({error.strerror}). Run as a user other than root, or set DATABASE_URL.") from error
    _give(runner, open_folder(home))


def _checked(folder: Path, runner: Runner) -> Path:
    """A folder in a shared place is used only if it is ours: somebody else may have put one there first."""
    if folder.is_symlink() or (folder.exists() and folder.stat().st_uid not in (runner.uid, os.geteuid())):
        raise Trouble(f"The folder {folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own.")
    return folder


def _give(runner: Runner, path: Path, mode: int = 0o700) -> None:
    path.chmod(mode)
    if runner.steps_down:
        os.chown(path, runner.uid, runner.gid)


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
