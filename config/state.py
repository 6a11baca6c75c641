"""What this machine keeps for one Alongside: a folder closed to everyone else, and the secrets in it.

Standard library only. `ALONGSIDE_STATE` says where; `.state` in the project otherwise.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets as randomness
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEYRING = "keyring.sqlite3"  # the file with the keys, in the state folder
PLAN = "backup.json"  # where its backups go, if they were set up
LOGINS = ("owner", "app", "log_writer")  # the roles that sign in to the database with a password of their own

KEYS = ("server_secret", "kek", "installation_key", "trail_key")
OF_PAGES = ("secret_key", "server_secret", "kek", "installation_key", "app")
NEEDS = {  # what each process of `serve` is given: no page knows the owner's password or could sign a trail
    "pages": OF_PAGES,
    "jobs": OF_PAGES,
    "copies": (),
    "trail seal": ("secret_key", "server_secret", "trail_key", "app", "log_writer"),
}


class Trouble(Exception):
    """Something outside the program stands in the way.

    The message says what to do about it, in one sentence or two.
    """


def default_state() -> Path:
    """The state folder of this process: `ALONGSIDE_STATE`, else `.state` in the project."""
    return Path(os.environ.get("ALONGSIDE_STATE") or ROOT / ".state").absolute()


def open_folder(folder: Path) -> Path:
    """Make a folder that only its owner can enter, or check that it is one.

    :raises Trouble: if it cannot be made or written to
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(folder.stat().st_mode) != 0o700:
            folder.chmod(0o700)
    except OSError as error:
        raise Trouble(
            f"The folder {folder} cannot be made or closed to others ({_why(error)}). "
            "Give this user the right to write there, or name another folder with ALONGSIDE_STATE."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Trouble(
            f"The folder {folder} cannot be written to by this user. Change its owner, or name another "
            "folder with ALONGSIDE_STATE."
        )
    return folder


@contextmanager
def locked(state: Path, name: str) -> Iterator[None]:
    """Hold the named lock of a state folder.

    So two commands started at once do not do the same thing twice.
    """
    with (open_folder(state) / f"{name}.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def secrets(state: Path) -> dict[str, str]:
    """The secrets of this machine, made on first use and kept in `secrets.json`, readable by its owner only.

    `secret_key` is Django's; `server_secret` proves to the database that a sign-in was checked by this
    process; `kek` wraps the keyring; `installation_key` seals what belongs to no file; `trail_key` signs the
    trail; `postgres`, `owner`, `app` and `log_writer` are passwords of database roles. A process for which
    ALONGSIDE_CREDENTIALS names a file knows what that says, and nothing else.

    :raises Trouble: if the file cannot be read or written
    """
    if given := os.environ.get("ALONGSIDE_CREDENTIALS"):
        return _read(Path(given))
    path = state / "secrets.json"
    known = _read(path)
    if set(_fresh()) <= set(known):
        return known
    with locked(state, "secrets"):
        known = _read(path)
        known = {**_fresh(), **_that_were_one(known), **known}
        _write(path, known)
    return known


def hand_out(state: Path, process: str) -> Path:
    """Write what one process of `serve` is to know into a file of its own, and return where.

    :raises Trouble: if it cannot be written
    """
    path = open_folder(state / "credentials") / f"{process.replace(' ', '-')}.json"
    known = secrets(state)
    _write(path, {name: known[name] for name in NEEDS[process]})
    return path


def _that_were_one(known: dict[str, str]) -> dict[str, str]:
    """Before each had its own, one key had three jobs: what it sealed and signed stays what it was."""
    return {name: known["kek"] for name in ("installation_key", "trail_key") if "kek" in known}


def _fresh() -> dict[str, str]:
    passwords = {name: randomness.token_urlsafe(32) for name in ("postgres", *LOGINS)}
    keys = {
        name: randomness.token_hex(32) for name in ("server_secret", "kek", "installation_key", "trail_key")
    }
    return {"secret_key": randomness.token_urlsafe(64), **keys, **passwords}


def _read(path: Path) -> dict[str, str]:
    try:
        known: dict[str, str] = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Trouble(
            f"The secrets in {path} cannot be read ({_why(error)}). Without them the sealed words stay "
            "sealed: bring the file back from a copy, or start over with `make run FRESH=1`."
        ) from error
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)
    return known


def _write(path: Path, known: dict[str, str]) -> None:
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        json.dump(known, handle, indent=1)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
