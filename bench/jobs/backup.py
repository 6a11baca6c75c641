"""J20: a backup and the way back, beside a plain copy of the same cluster."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Bench, Figure, at_most, plain
from bench.installation import Installation
from config import postgres
from config.backup import age, plan
from config.binaries import choose, find_runner
from config.cluster import UNFINISHED, home_of

MOST_TIME = 3.0  # × a plain copy: packed, sealed, signed, and with the log and the keys
MOST_SIZE = 0.5  # × a plain copy


def run(bench: Bench) -> list[Figure]:
    """Back each network up, once plainly and once as the product does, and restore it."""
    return [figure for installation in bench.installations for figure in _measure(installation)]


def _measure(installation: Installation) -> list[Figure]:
    with _place() as place:
        identity, recipient = age.make_identity()
        (place / "identity").write_text(identity)
        installation.run("alongside", "backup", "init", "--to", str(place / "to"), "--recipient", recipient)
        installation.connect("postgres").execute("checkpoint")
        copied = _timed(lambda: _plain_copy(installation, place / "plain"))
        backed_up = _timed(lambda: installation.run("alongside", "backup"))
        back = _timed(lambda: shutil.copytree(place / "plain", place / "back"))
        flags = ["--identity", str(place / "identity"), "--into", str(place / "restored")]
        restored = _timed(lambda: installation.run("alongside", "restore", *flags))
        sizes = [_size(place / "to" / "base"), _size(place / "plain")]
        _forget(installation, place)
    files = installation.files
    return [
        at_most("J20", files, "backing up, beside pg_basebackup alone", backed_up / copied, MOST_TIME),
        plain("J20", files, "backing up", backed_up, "s"),
        plain("J20", files, "restoring, beside copying the plain copy back", restored / back, "×"),
        plain("J20", files, "restoring", restored, "s"),
        at_most("J20", files, "the base as sealed, beside the plain copy", sizes[0] / sizes[1], MOST_SIZE),
    ]


def _plain_copy(installation: Installation, folder: Path) -> None:
    home = home_of(installation.state)
    how = installation.cluster.url("postgres")
    program = choose(home, find_runner(home / "data")).folder / "pg_basebackup"
    where = ["-h", str(how["host"]), "-p", str(how["port"]), "-U", str(how["user"])]
    environment = {**os.environ, "PGPASSWORD": str(how["password"])}
    command: list[str | Path] = [program, "-D", folder, "-X", "fetch", "-c", "fast", *where]
    subprocess.run(command, env=environment, check=True, cwd="/")


@contextmanager
def _place() -> Iterator[Path]:
    """A folder that PostgreSQL’s own user can pass through."""
    place = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    place.chmod(0o711)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _forget(installation: Installation, place: Path) -> None:
    """Take the restored one away, and let the measured one archive nothing any more."""
    (place / "restored" / UNFINISHED).touch()
    postgres.remove(place / "restored")
    plan.archive_of(installation.state).unlink()
    (installation.state / "backup.json").unlink()


def _timed(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
