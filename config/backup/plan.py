"""Where this installation is backed up to, for whom, and in whose name: `backup.json` in the state folder."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from config.backup import age
from config.backup.pieces import Sealer
from config.backup.signing import Signer, Verifier
from config.binaries import Runner, find_runner, run_as
from config.cluster import ARCHIVE, home_of
from config.state import PLAN, ROOT, Trouble, open_folder

KEEP_DAYS = 35  # a key that was destroyed lives in old copies for as long: the pages promise this
FOLDERS = ("base", "wal", "keyring", "erasures")


@dataclass(frozen=True)
class Plan:
    """What `alongside backup init` decided."""

    target: str
    recipients: tuple[str, ...]
    keep_days: int
    signing_key: str  # the private half, as hex
    system: str  # PostgreSQL’s own identifier of the cluster

    @property
    def sealer(self) -> Sealer:
        """Whoever makes the pieces."""
        recipients = age.recipients_of(self.recipients)
        return Sealer(Path(self.target), recipients, self.signer, self.system)

    @property
    def signer(self) -> Signer:
        """Whoever signs them."""
        return Signer(bytes.fromhex(self.signing_key))

    @property
    def verifier(self) -> Verifier:
        """Whoever checks them."""
        return self.signer.verifier


def load(state: Path) -> Plan:
    """The plan of this installation.

    :raises Trouble: if there is none
    """
    path = state / PLAN
    if not path.exists():
        raise Trouble(
            "No backup is set up here. `alongside backup init --to FOLDER` does it, with a folder on another "
            "disk or machine."
        )
    return read(path)


def read(path: Path) -> Plan:
    """The plan in a file.

    :raises Trouble: if it can’t be read
    """
    try:
        given = json.loads(path.read_text())
        given.pop("command", None)
        return Plan(**{**given, "recipients": tuple(given["recipients"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Trouble(f"The file {path} can’t be read as what `alongside backup init` writes.") from error


def check_target(target: Path) -> None:
    """See that the place of the backups is there.

    :raises Trouble: if it isn’t: what is mounted there may not be
    """
    if not (target / "wal").is_dir():
        raise Trouble(
            f"The folder {target} is not there, or is not the one that was set up: is the disk mounted? "
            "Nothing was written."
        )


def make(state: Path, target: Path, recipients: Sequence[str], keep_days: int, system: str) -> Plan:
    """Set the backups of an installation up: folders in the target, a key to sign with, what archives WAL.

    :raises Trouble: if the target can’t be used
    """
    if (state / PLAN).exists():
        raise Trouble(f"A backup is set up already; {state / PLAN} says which. Move it away to begin anew.")
    age.recipients_of(recipients)
    _check_apart(state, target)
    plan = Plan(str(target), tuple(recipients), keep_days, os.urandom(32).hex(), system)
    runner = _runner(state)
    command = archive_command(archive_of(state), runner)
    _lay_out(target, runner)
    _write(archive_of(state), {**asdict(plan), "command": command}, runner)
    _write(state / PLAN, asdict(plan), None)
    return plan


def archive_of(state: Path) -> Path:
    """The file that whoever archives WAL is given: with the cluster, where PostgreSQL’s user can read it."""
    return (state if os.environ.get("DATABASE_URL") else home_of(state)) / ARCHIVE


def archive_command(settings: Path, runner: Runner) -> str:
    """What PostgreSQL runs for each segment of WAL: our own verb, in a Python that its user can run.

    :raises Trouble: if there is none
    """
    here = [sys.executable]
    paths = f"{ROOT}:{sysconfig.get_paths()['purelib']}"
    system = shutil.which("python{}.{}".format(*sys.version_info), path="/usr/local/bin:/usr/bin")
    there = ["/usr/bin/env", f"PYTHONPATH={paths}", str(system)]
    for python in (here, there):
        if _runs(runner, python):
            return f"{shlex.join([*python, '-m', 'config.backup.archive', str(settings)])} %p"
    raise Trouble(
        f"PostgreSQL’s user can’t run the Python of {ROOT}, so it could not seal what it writes. Serve as a "
        "user of its own instead of root, or move Alongside and its Python where every user can read them."
    )


def _runs(runner: Runner, python: list[str]) -> bool:
    try:
        return run_as(runner, [*python, "-c", "import config.backup.archive"]).returncode == 0
    except OSError:
        return False


def _runner(state: Path) -> Runner:
    if os.environ.get("DATABASE_URL"):
        return Runner(os.geteuid(), os.getegid())
    return find_runner(home_of(state) / "data")


def _check_apart(state: Path, target: Path) -> None:
    if target.resolve().is_relative_to(state.resolve()):
        raise Trouble("The backups would lie in the state folder they are of. Name a folder on another disk.")
    if target.exists() and any(target.iterdir()):
        raise Trouble(f"The folder {target} is not empty. Name one that holds nothing: nothing is mixed.")


def _lay_out(target: Path, runner: Runner) -> None:
    """Make the folders of the target, the log’s for PostgreSQL’s user, or none of them."""
    try:
        for name in FOLDERS:
            open_folder(target / name)
        if runner.steps_down:
            os.chown(target / "wal", runner.uid, runner.gid)
    except OSError as error:
        raise Trouble(f"The folder {target} can’t be used: {error.strerror}.") from error
    done = run_as(runner, ["/bin/sh", "-c", 'echo > "$0" && rm "$0"', target / "wal" / "probe"])
    if done.returncode:
        for name in FOLDERS:
            (target / name).rmdir()
        raise Trouble(
            f"PostgreSQL’s user can’t write to {target / 'wal'}: {done.stdout.strip()}. Let it pass through "
            "the folders above, or mount the place so that it can."
        )


def _write(path: Path, content: dict[str, object], runner: Runner | None) -> None:
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    if runner and runner.steps_down:
        os.chown(draft, runner.uid, runner.gid)
    draft.replace(path)
