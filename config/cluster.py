"""The cluster that is ours: its place, its making, its start and its end. Standard library only.

A socket in a folder closed to others, passwords (scram), checksums, and a log without statements or
parameters.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from config.binaries import Binaries, Runner, choose, find_runner, run_as
from config.state import Trouble, open_folder, secrets

PORT = 5432  # only part of the socket's name: nothing listens on the network
SOCKET_PATH = 100  # bytes; Linux takes 107 and macOS 103
ROOTS_CLUSTERS = Path(
    "/var/lib/alongside"
)  # root's state folder is closed to the user that PostgreSQL runs as


ARCHIVE = "archive.json"  # in the cluster's home: what seals the write-ahead log, and for whom
UNFINISHED = "restore-unfinished"  # in a state folder that is being restored into


def home_of(state: Path) -> Path:
    """Where the cluster lives.

    In the state folder, or for root where the user it steps down to can reach it.
    """
    if os.geteuid() != 0:
        return state.absolute() / "postgres"
    return ROOTS_CLUSTERS / hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]


def sockets_of(home: Path) -> Path:
    """The folder of the socket.

    In the cluster's home, or in a short path where that one is too long for a socket.
    """
    name = f".s.PGSQL.{PORT}"
    short = f"alongside-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"
    for folder in (home / "s", Path(tempfile.gettempdir()) / short, Path("/tmp") / short):  # noqa: S108 - 0700, owner checked
        if len(os.fsencode(folder / name)) <= SOCKET_PATH:
            return folder
    raise Trouble(
        f"The path {home} is too long for a socket, and so is "
        "the temporary folder. Set TMPDIR to a shorter one."
    )


def start(state: Path, *, fast: bool, more: Mapping[str, object] | None = None) -> None:
    """Start the cluster of a state folder, making it first if there is none.

    :param more: settings for one start that recovers: it is not waited for
    :raises Trouble: with what stands in the way
    """
    if more is None and (state / UNFINISHED).exists():
        raise Trouble(
            f"A restore into {state} was begun and not finished. Run `alongside restore` into it again, or "
            "remove the folder."
        )
    home, runner = make_home(state)
    data = home / "data"
    major = text_of(data / "PG_VERSION")
    binaries = choose(home, runner, major=int(major) if major else None)
    give(runner, open_folder(_checked(sockets_of(home), runner)))
    if not major:
        _init(binaries, runner, home, secrets(state)["postgres"], fast=fast)
    _write_settings(home, {**_settings(home, fast=fast), **(more or {})})
    (home / "rung").write_text(f"{binaries.source} {binaries.version}")
    (home / "state").write_text(str(state.absolute()))
    _clear_stale_pid(data)
    log = home / "log"
    log.write_text("")
    give(runner, log, 0o600)
    started = run_as(
        runner,
        [binaries.folder / "pg_ctl", "-D", data, "-W" if more else "-w", "-t", "120", "-l", log, "start"],
        output=subprocess.DEVNULL,
    )
    if started.returncode:
        last = text_of(log).splitlines()[-1:] or ["it said nothing"]
        raise Trouble(f"PostgreSQL {binaries.version} did not start: {last[0]} (its own words are in {log}).")


def make_home(state: Path) -> tuple[Path, Runner]:
    """The home of a state folder's cluster, made if there is none, and the user its server runs as."""
    home = home_of(state)
    runner = find_runner(home / "data")
    if runner.steps_down:
        _open_to(runner, home)
    else:
        open_folder(home)
    return home, runner


def _init(binaries: Binaries, runner: Runner, home: Path, password: str, *, fast: bool) -> None:
    """Make the cluster beside its place and move it there when it is whole.

    So an interrupted start leaves nothing.
    """
    draft, words = home / "data.new", home / "password"
    shutil.rmtree(draft, ignore_errors=True)
    words.unlink(missing_ok=True)
    words.touch(mode=0o600)
    words.write_text(password)
    give(runner, words, 0o600)
    give(runner, open_folder(draft))
    letters = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    command: list[str | Path] = [
        binaries.folder / "initdb",
        "-D",
        draft,
        "-U",
        "postgres",
        "-A",
        "scram-sha-256",
        f"--pwfile={words}",
    ]
    command += ["-k", "-E", "UTF8", "--locale=C", f"--lc-ctype={letters}", *(["--no-sync"] if fast else [])]
    made = run_as(runner, command)
    words.unlink()
    if made.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        said = made.stdout.strip().splitlines()[-1:] or ["it said nothing"]
        raise Trouble(f"PostgreSQL {binaries.version} could not make its data folder in {home}: {said[0]}")
    draft.rename(home / "data")


def _settings(home: Path, *, fast: bool) -> dict[str, object]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    chosen: dict[str, object] = {
        "listen_addresses": "''",  # no network at all
        "port": PORT,
        "unix_socket_directories": f"'{sockets_of(home)}'",
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
        "log_min_messages": "log",  # an error's own message may quote what was typed
        "log_statement": "none",
        "log_min_duration_statement": -1,
        "log_min_error_statement": "panic",
        "log_parameter_max_length": 0,
        "log_parameter_max_length_on_error": 0,
        "log_error_verbosity": "terse",
    }
    if fast:
        chosen |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "wal_level": "minimal",
            "max_wal_senders": 0,
        }
        return chosen
    return chosen | {
        "archive_mode": "on",
        **_archiving(home),
    }


def _write_settings(home: Path, settings: Mapping[str, object]) -> None:
    lines = [f"{name} = {value}\n" for name, value in settings.items()]
    (home / "data" / "postgresql.conf").write_text("".join(lines))


def _archiving(home: Path) -> dict[str, object]:
    """What becomes of each finished segment of the write-ahead log: nothing, until a backup is set up."""
    known = text_of(home / ARCHIVE)
    if not known:
        return {"archive_command": "'true'"}
    command = json.loads(known)["command"].replace("'", "''")
    return {"archive_command": f"'{command}'", "archive_timeout": "60s"}


def reload(state: Path) -> None:
    """Let a running cluster take up what its settings are now."""
    home = home_of(state)
    runner = find_runner(home / "data")
    _write_settings(home, _settings(home, fast=False))
    binaries = choose(home, runner, major=int(text_of(home / "data" / "PG_VERSION")))
    run_as(runner, [binaries.folder / "pg_ctl", "-D", home / "data", "reload"])


def is_running(home: Path) -> bool:
    """Whether the server of a home is up, and not merely its file left behind by a crash."""
    pid = text_of(home / "data" / "postmaster.pid").partition("\n")[0]
    return pid.isdigit() and _is_ours(int(pid), home / "data")


def _is_ours(pid: int, data: Path) -> bool:
    """Whether a process is the server of a data folder.

    After a crash its number may belong to something else.
    """
    link = Path(f"/proc/{pid}/cwd")
    if link.parent.parent.joinpath("self").exists():
        try:
            return link.readlink() == data.resolve()
        except OSError:
            return False
    shown = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "postgres" in shown.stdout


def _clear_stale_pid(data: Path) -> None:
    for left in (data / "postmaster.pid", *sockets_of(data.parent).glob(f".s.PGSQL.{PORT}*")):
        left.unlink(missing_ok=True)


def stop(home: Path) -> None:
    """Stop the cluster of a home, if it is running."""
    if not is_running(home):
        return
    runner = find_runner(home / "data")
    binaries = choose(home, runner, major=int(text_of(home / "data" / "PG_VERSION")))
    run_as(runner, [binaries.folder / "pg_ctl", "-D", home / "data", "-m", "fast", "-w", "-t", "60", "stop"])


def _open_to(runner: Runner, home: Path) -> None:
    """Make the cluster's home for the user root steps down to.

    The parents may be passed through, the home is theirs.
    """
    try:
        ROOTS_CLUSTERS.mkdir(mode=0o711, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"The folder {ROOTS_CLUSTERS} cannot be made ({error.strerror}). "
            "Run as a user other than root, or set DATABASE_URL."
        ) from error
    give(runner, open_folder(home))


def _checked(folder: Path, runner: Runner) -> Path:
    """A folder in a shared place is used only if it is ours: somebody else may have put one there first."""
    if folder.is_symlink() or (folder.exists() and folder.stat().st_uid not in (runner.uid, os.geteuid())):
        raise Trouble(
            f"The folder {folder} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own."
        )
    return folder


def give(runner: Runner, path: Path, mode: int = 0o700) -> None:
    """Close a file or folder to all but the user the server runs as."""
    path.chmod(mode)
    if runner.steps_down:
        os.chown(path, runner.uid, runner.gid)


def orphans(below: Path) -> list[Path]:
    """Root's clusters whose state folder was below a folder and is gone.

    Left behind by tests that were killed.
    """
    homes = ROOTS_CLUSTERS.glob("*") if os.geteuid() == 0 else []
    known = [(home, Path(text_of(home / "state"))) for home in homes if text_of(home / "state")]
    return [home for home, state in known if state.is_relative_to(below) and not state.exists()]


def text_of(path: Path) -> str:
    """What a file holds, or nothing if it is not there or not ours to read."""
    try:
        return path.read_text()
    except OSError:
        return ""
