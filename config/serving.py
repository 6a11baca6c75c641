"""The verbs that belong to no capability: serve, migrate, words; and the processes that serving consists of.

`serve` watches over its children: the pages (granian), the jobs (procrastinate) and whatever capability verbs
run beside them. None of them is given the owner's password. Ctrl-C stops them, then our PostgreSQL.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import psycopg
from psycopg.conninfo import make_conninfo

from config import postgres
from config.cluster import home_of, is_running
from config.state import KEYRING, PLAN, ROOT, Trouble, default_state, hand_out
from config.verbs import capability_verbs

THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)  # of one web process; each may hold one connection
PATIENCE = 30.0  # seconds for the pages to answer the first time
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # seconds before what fell over is started again
STEADY = 120.0  # seconds after which it counts as having stood
WITH_KEYS = ("files_file", "evidence_study", "evidence_source", "quotes_quote")  # rows that have a key each
GRACE = 15.0  # seconds for a child to finish what it is doing


def serve(arguments: list[str]) -> int:
    """Serve the pages, run the jobs and seal the trail until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="alongside serve", description=serve.__doc__)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument(
        "--workers",
        type=int,
        default=min(4, os.cpu_count() or 1),
        help="web processes (default: one a core, four at most)",
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        help="bring the database up to date first, with the demonstration district in it",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="first throw away everything this machine keeps, and start over"
    )
    options = parser.parse_args(arguments)
    _check_free(options.host, options.port)
    state = default_state()
    if options.fresh:
        postgres.remove(state)
    with database() as cluster:
        who = _with_the_district(cluster) if options.demo else ""
        check_migrated(cluster)
        _check_keyring(cluster)
        return _watch(_children(cluster, options), options.host, options.port, who)


def migrate(arguments: list[str]) -> int:
    """Bring the database and the static files to what this version of Alongside needs."""
    parser = argparse.ArgumentParser(prog="alongside migrate", description=migrate.__doc__)
    parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")
    parser.add_argument(
        "--demo",
        action="store_true",
        help="then make the demonstration district too, and say who can sign in",
    )
    options = parser.parse_args(arguments)
    with database() as cluster:
        postgres.prepare(cluster)
        os.environ["ALONGSIDE_ROLES"] = "owner"
        load_django()
        from django.core.management import CommandError, call_command  # noqa: PLC0415 - settings had to know the roles first

        try:
            call_command("migrate", database="owner", interactive=False, verbosity=0 if options.quiet else 1)
            call_command("collectstatic", interactive=False, verbosity=0)
            if options.demo:
                call_command("demo")
        except CommandError as error:
            raise Trouble(str(error)) from error
    return 0


def words(arguments: list[str]) -> int:
    """Bring the French word lists up to date with the source, and say which words are missing."""
    from config import words as lists  # noqa: PLC0415 - Babel is slow to load and only needed here

    return lists.main(arguments)


@contextmanager
def database() -> Iterator[postgres.Cluster]:
    """PostgreSQL, running while the block runs; stopped afterwards if nobody else uses it."""
    if os.environ.get("ALONGSIDE_SERVED"):  # a child of `serve`, which sees to it
        yield postgres.at(default_state())
        return
    cluster = postgres.ensure(default_state())
    try:
        yield cluster
    finally:
        cluster.stop()


def load_django() -> None:
    """Load Django with the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 - the verbs that do without it stay quick

    django.setup()


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a port; take a number from 1024 to 65535, as in make run PORT=8137"
        )
    return int(text)


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(
                f"Port {port} is kept for the administrator of this "
                "machine. Choose one from 1024 on: make run PORT=8137"
            ) from error
        except OSError as error:
            raise Trouble(
                f"Port {port} is taken by another program. Stop that "
                "one, or choose another port: make run PORT=8137"
            ) from error


def _run_verb(*verb: str) -> str:
    """Run a verb of our own in a process of its own, and return what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "alongside", *verb], stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise Trouble(f"`alongside {' '.join(verb)}` did not finish; what stands above says why.")
    return done.stdout


def _with_the_district(cluster: postgres.Cluster) -> str:
    """Bring the database up to date, with the invented district in it.

    Return who can sign in, said again at every start.
    """
    os.environ["ALONGSIDE_DEMO"] = "1"
    kept, stamp, made_of = cluster.state / "demo.txt", cluster.state / "migrated", _made_of()
    if kept.exists() and cluster.source != "DATABASE_URL" and stamp.exists() and stamp.read_text() == made_of:
        return kept.read_text()
    print("· Bringing the database up to date, with the demonstration district in it …", flush=True)
    said = _run_verb(
        "migrate", "--quiet", *([] if kept.exists() else ["--demo"])
    )  # one process: Django is loaded once
    if not kept.exists():
        kept.write_text(said)
    stamp.write_text(made_of)
    return kept.read_text()


def check_migrated(cluster: postgres.Cluster) -> None:
    """Refuse to serve a database that isn't what this version needs: nothing is changed in it."""
    needed = {(path.parts[-3], path.stem) for path in ROOT.glob("alongside/*/migrations/[0-9]*.py")}
    ours = sorted({app for app, _ in needed})
    try:
        with psycopg.connect(**cluster.url("owner")) as connection:
            applied = set(
                connection.execute("select app, name from django_migrations where app = any(%s)", [ours])
            )
    except psycopg.errors.UndefinedTable:
        applied = set()
    if needed - applied:
        raise Trouble(
            "The database is not what this version needs. Run `alongside migrate` first; it says what to do."
        )
    if applied - needed:
        raise Trouble("The database was brought up to date by a later version. Start that version.")


def _check_keyring(cluster: postgres.Cluster) -> None:
    """Refuse to serve what is sealed without the keys to it.

    Pages would say that everything was destroyed, and new keys would be made beside the lost ones.
    """
    path = cluster.state / KEYRING
    with psycopg.connect(**cluster.url("owner")) as connection:
        sealed = connection.execute(
            "select exists (select 1 from unnest(%s::text[]) t (name)"
            " where pg_relation_size(to_regclass(t.name)) > 0)",  # their rows are nobody's to see here
            [list(WITH_KEYS)],
        ).fetchone()
    if sealed == (True,) and (why := _why_no_keys(path)):
        raise Trouble(
            f"There are files in the database, and {path} {why}: without it nobody can read a word of them. "
            "Bring the keyring back from a copy, to that place, and start again; or name the folder it is in "
            "with ALONGSIDE_STATE. Nothing was changed."
        )


def _why_no_keys(path: Path) -> str:
    if not path.exists():
        return "is not there"
    try:
        # To read and write: what a killed process left half-written is taken back by whoever opens it next.
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as keyring:
            keys = keyring.execute("select 1 from agency_key").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):  # another process is at it: it is there
            return ""
        return "has no keys in it" if "no such table" in str(error) else f"cannot be read ({error})"
    except sqlite3.DatabaseError:
        return "is no keyring"
    return "" if keys else "has no keys in it"


def _made_of() -> str:
    """What the database and the static files are made of.

    While that stays the same, our own cluster needs no migrating and a start is quick.
    """
    made_of = hashlib.sha256()
    sources = [
        path
        for pattern in ("migrations/*.py", "static/**/*", "sql/*", "data/*")
        for path in ROOT.glob(f"alongside/*/{pattern}")
    ]
    for path in sorted([*sources, ROOT / "requirements.txt"]):
        if path.is_file():
            made_of.update(str(path).encode() + path.read_bytes())
    return made_of.hexdigest()


def _children(cluster: postgres.Cluster, options: argparse.Namespace) -> dict[str, list[str]]:
    """The command of each process that serving consists of."""
    python = [sys.executable, "-m"]
    pages = [
        *python,
        "granian",
        "--interface",
        "wsgi",
        "--host",
        options.host,
        "--port",
        str(options.port),
        "--http",
        "1",
        "--no-ws",
    ]
    pages += [
        "--workers",
        str(options.workers),
        "--blocking-threads",
        str(THREADS),
        "--workers-kill-timeout",
        "10",
    ]
    pages += ["--respawn-failed-workers", "--log-level", "warning", "config.wsgi:application"]
    children = {"pages": pages, "jobs": [*python, "config.jobs"]}
    if (cluster.state / PLAN).exists():
        children["copies"] = [*python, "config.backup.follow"]
    beside = {
        verb.name: [*python, "alongside", *verb.name.split(), *verb.beside]
        for verb in capability_verbs()
        if verb.beside is not None
    }
    return {**children, **beside}


def environment(cluster: postgres.Cluster, child: str) -> dict[str, str]:
    """What a serving process is given: no secret but its own, and of a DATABASE_URL only where it points."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("ALONGSIDE_ROLES", "DATABASE_URL") and not name.startswith("PG")
    }
    kept |= {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT), "ALONGSIDE_SERVED": "1"}
    kept["ALONGSIDE_CREDENTIALS"] = str(hand_out(cluster.state, child))
    if cluster.source == "DATABASE_URL":
        kept["DATABASE_URL"] = make_conninfo(**cluster.base, dbname=cluster.dbname)
    if child == "pages":
        kept["ALONGSIDE_POOL"] = str(THREADS)
    return kept


def _watch(commands: dict[str, list[str]], host: str, port: int, who: str) -> int:
    """Start the children, start again what falls over, and stop them all when asked to."""
    cluster = postgres.at(default_state())
    asked: list[int] = []
    restarts: dict[str, Restart] = {}

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    running = {"pages": _start("pages", commands["pages"], cluster)}
    try:
        up = _answers(host, port, running["pages"], asked)
        if running["pages"].poll() is not None and not asked:
            raise Trouble("The web server does not start; what stands above says why.")
        running |= {
            name: _start(name, command, cluster) for name, command in commands.items() if name != "pages"
        }
        if up:
            print(f"\n{who}\nAlongside is at http://{host}:{port}/ (Ctrl-C stops it)", flush=True)
        while not asked:
            time.sleep(0.2)
            _keep_up(cluster, restarts.setdefault("postgresql", Restart()))
            for name in [name for name, child in running.items() if child.poll() is not None]:
                restart = restarts.setdefault(name, Restart())
                if restart.is_due():
                    _kill_group(running[name])
                    running[name] = _start(name, commands[name], cluster)
    finally:
        _stop(list(running.values()))
    print("Stopped. What was written is kept.", flush=True)
    return 0


@dataclass
class Restart:
    """When a child that fell over is started again: after a pause that grows each time it falls over soon."""

    pause: float = 0.0  # seconds
    due_at: float | None = None
    started_at: float = 0.0

    def is_due(self) -> bool:
        """Whether it is time now, asked again and again while the child is down."""
        now = time.monotonic()
        if self.due_at is None:
            lasted = now - self.started_at
            self.pause = FIRST_PAUSE if lasted > STEADY else min(2 * self.pause, LONGEST_PAUSE)
            self.due_at = now + self.pause
        if now < self.due_at:
            return False
        self.due_at, self.started_at = None, now
        return True


def _start(name: str, command: list[str], cluster: postgres.Cluster) -> subprocess.Popen[bytes]:
    # In a session of its own: Ctrl-C reaches us only, and we stop the children in order.
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(cluster, name), stdin=subprocess.DEVNULL, start_new_session=True
    )


def _kill_group(leader: subprocess.Popen[bytes]) -> None:
    """End what a child that fell over left behind: its own children hold the port."""
    with suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGKILL)


def _keep_up(cluster: postgres.Cluster, restart: Restart) -> None:
    """Start our PostgreSQL again if it fell over; the pages say so meanwhile, and go on by themselves."""
    if cluster.source == "DATABASE_URL" or is_running(home_of(cluster.state)) or not restart.is_due():
        return
    print("PostgreSQL stopped by itself; starting it again.", file=sys.stderr, flush=True)
    try:
        postgres.ensure(cluster.state).let_go()  # `serve` itself holds it already
    except Trouble as trouble:
        print(trouble, file=sys.stderr, flush=True)


def _answers(host: str, port: int, pages: subprocess.Popen[bytes], asked: list[int]) -> bool:
    """Wait for the first page, and not merely for somebody who listens; what it says does not matter."""
    until = time.monotonic() + PATIENCE
    while not asked and pages.poll() is None and time.monotonic() < until:
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request(
                "GET", "/", headers={"Host": os.environ.get("ALONGSIDE_HOSTS", "localhost").split(",")[0]}
            )
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return True
        finally:
            connection.close()
    return False


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
