"""The real product under `kill -9`: each kind of process in turn, while somebody writes by the real door.

Whatever was answered as done is there, and whole; what was begun in the queue ended or says that it stopped;
no upload stays behind; and everything is up again by itself.
"""

from __future__ import annotations

import http.client
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from config import postgres, serving
from config.cluster import home_of
from config.state import KEYRING, ROOT
from tests.test_serving import command, environment, serve

KILLS = int(os.environ.get("ALONGSIDE_KILLS", "42"))  # three of each kind; a hundred by asking for them
PATIENCE = serving.LONGEST_PAUSE + 60  # seconds until everything is up again, after the longest pause
# What was sent and never looked at waits for somebody, and for no job.
UNFINISHED = """
    select format('%s %s', task_name, status) from procrastinate_jobs
    where status in ('todo', 'doing') and task_name like '%import%'
    union all
    select 'a list ' || state from directory_importrun where state not in ('uploaded', 'done', 'refused')
"""
# What is written in one transaction, and how much of it: the same number on both sides.
WHOLE = {
    "a file and its line on the trail": (
        "select id from files_file where opened_at > %(from)s",
        "select file_id from trail_entry where action = 'files.opened' and at > %(from)s",
    ),
    "a wish and its line on the trail": (
        "select id from plans_priority where written_at > %(from)s",
        "select item_id from trail_entry where action = 'plans.priority_added' and at > %(from)s",
    ),
    "a promise and its line on the trail": (
        "select id from plans_step where written_at > %(from)s",
        "select item_id from trail_entry where action = 'plans.step_promised' and at > %(from)s",
    ),
}
OVER = "select id::text from directory_importrun where state in ('done', 'refused')"
NOT_LOOKED_AT = "select upload from directory_importrun where state = 'uploaded'"
SWEEP = """
from config.serving import load_django
load_django()
from alongside.kernel import jobs
jobs.sweep_uploads(0)
"""
CSRF, PASSPHRASE = "b" * 32, "two rivers meet at dawn"
LIST = "Number,Service Name,Town\n" + "".join(f"{n},Door {n},Kenora\n" for n in range(400))
AS_A_LIST = {"column_0": "key", "column_1": "name", "column_2": "community"}


@dataclass
class Door:
    """Somebody at the pages: each request on a connection of its own, and none is sent twice."""

    product: Product
    cookies: dict[str, str] = field(default_factory=lambda: {"c": CSRF})
    answers: Counter[str] = field(default_factory=Counter)

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, str]:
        """Return status, where it leads, and the page; 0 where nobody answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.product.port, timeout=20)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Accept-Language": "en-CA"} | ({"Content-Type": kind} if kind else {})
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.answers["nobody"] += 1
            return 0, "", ""
        finally:
            connection.close()
        for said in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.answers[str(answer.status)] += 1
        return answer.status, answer.getheader("Location") or "", page

    def post(self, path: str, **fields: str) -> tuple[int, str, str]:
        """Send a form."""
        body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies["c"]}).encode()
        return self.ask("POST", path, body, "application/x-www-form-urlencoded")

    def upload(self, path: str, content: str, **fields: str) -> tuple[int, str, str]:
        """Send a file."""
        told = {**fields, "csrfmiddlewaretoken": self.cookies["c"]}
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{told[name]}\r\n' for name in told
        ]
        named = 'Content-Disposition: form-data; name="upload"; filename="a.csv"\r\nContent-Type: text/csv'
        body = "".join([*parts, f"--x\r\n{named}\r\n\r\n{content}\r\n--x--\r\n"]).encode()
        return self.ask("POST", path, body, "multipart/form-data; boundary=x")

    def sign_in(self, username: str) -> Door:
        """Come in."""
        status, where, page = self.post(
            "/account/sign-in/", login=username, password="two rivers meet at dawn"
        )
        assert status == 302, (status, page)
        assert where == "/day"
        return self


@dataclass
class Writer:
    """Somebody who goes on writing, and remembers what was answered as done."""

    door: Door
    coordinator: Door
    done: dict[str, list[tuple[str, str]]] = field(
        default_factory=lambda: {"file": [], "wish": [], "step": []}
    )
    runs: list[str] = field(default_factory=list)
    down: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    strange: list[str] = field(default_factory=list)

    def go_on(self) -> None:
        """Write one thing after the other until it is over."""
        number, answered = 0, time.monotonic()
        while not self.over.is_set():
            number += 1
            what = self._import if number % 40 == 0 else self._write
            if what(number):
                self.down.append(time.monotonic() - answered)
                answered = time.monotonic()
            else:
                time.sleep(0.05)

    def _write(self, number: int) -> bool:
        if not self.done["file"] or number % 10 == 1:
            status, where, _ = self.door.post("/files/")
            return self._is_done("file", status, where.rpartition("/")[2], "")
        file, words = self.done["file"][-1][0], f"No {number} of what was said"
        if number % 2:
            status, where, _ = self.door.post(f"/files/{file}/priorities/new", statement=words)
            return self._is_done("wish", status, file, words, where)
        status, where, _ = self.door.post(f"/files/{file}/steps/new", words=words)
        return self._is_done("step", status, file, words, where)

    def _is_done(self, kind: str, status: int, file: str, words: str, where: str = "") -> bool:
        if status == 302 and "sign-in" not in where:
            self.done[kind].append((file, words))
            return True
        if status not in (0, 503):
            self.strange.append(f"{kind}: {status} {where}")
        return False

    def _import(self, number: int) -> bool:
        status, where, _ = self._imported(
            self.coordinator.upload("/directory/imports", LIST, name=f"List {number}")
        )
        if status != 302:
            return False
        for _ in range(50):
            status, _, _ = self._imported(self.coordinator.post(urlsplit(where).path, **AS_A_LIST))
            if status == 302:
                self.runs.append(where.rpartition("/")[2])
                return True
            time.sleep(0.2)
        return False

    def _imported(self, answer: tuple[int, str, str]) -> tuple[int, str, str]:
        if answer[0] >= 500 and answer[0] != 503:
            self.strange.append(f"an import: {answer[0]}")
        return answer

    @property
    def count(self) -> int:
        """How many things were answered as done."""
        return sum(map(len, self.done.values()))


class Product:
    """A whole installation, and every process of it."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.start()

    def start(self) -> None:
        """Start serving; whoever asks finds the new address."""
        self.process, address = serve(self.state)
        self.port = int(address.rstrip("/").rpartition(":")[2])
        self.said = threading.Thread(target=self.process.stdout.read, daemon=True)
        self.said.start()

    def end(self) -> None:
        """Stop serving, as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self._wait()

    def start_again(self) -> None:
        """What the machine's init does when `serve` was killed: end what it left behind, and start it."""
        for pid in self._left_behind():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._wait()
        self.start()

    def _left_behind(self) -> Iterator[int]:
        """Every process of this installation but PostgreSQL's, whoever its parent is by now."""
        told = f"ALONGSIDE_STATE={self.state}\0".encode()
        for name in filter(str.isdigit, os.listdir("/proc")):
            with suppress(OSError):
                is_ours = told in Path(f"/proc/{name}/environ").read_bytes()
                if is_ours and not Path(f"/proc/{name}/comm").read_text().startswith("postgres"):
                    yield int(name)

    def _wait(self) -> None:
        self.process.wait(60)
        self.said.join()
        self.process.stdout.close()

    def ask(self, question: str, given: dict[str, object] | None = None) -> list[Any]:
        """The first column of what the superuser is answered."""
        where = postgres.at(self.state).url("postgres", "alongside")
        with psycopg.connect(**where) as superuser:
            return [row[0] for row in superuser.execute(question, given).fetchall()]

    def processes(self) -> dict[str, list[int]]:
        """Every process that is running now, by what it does."""
        found: dict[str, list[int]] = {}
        parents, lines = {}, {}
        for name in filter(str.isdigit, os.listdir("/proc")):
            with suppress(OSError):
                stat = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
                if stat[0] != "Z":
                    parents[int(name)] = int(stat[1])
                    lines[int(name)] = (
                        Path(f"/proc/{name}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                    )
        postmaster = self._postmaster()
        for pid, parent in parents.items():
            if pid == self.process.pid:
                found["supervisor"] = [pid]
            elif pid == postmaster:
                found["postgresql"] = [pid]
            elif parent == postmaster:
                found.setdefault(_of_postgresql(lines[pid]), []).append(pid)
            elif parent == self.process.pid:
                found.setdefault(_of_ours(lines[pid]), []).append(pid)
            elif parents.get(parent) == self.process.pid:
                found.setdefault(f"child of {_of_ours(lines[parent])}", []).append(pid)
        return found

    def _postmaster(self) -> int:
        with suppress(OSError, ValueError, IndexError):
            return int((home_of(self.state) / "data" / "postmaster.pid").read_text().split()[0])
        return 0


def _of_ours(line: str) -> str:
    return "pages" if "granian" in line else "jobs" if "config.jobs" in line else " ".join(line.split()[3:5])


def _of_postgresql(line: str) -> str:
    """`postgres: alongside: checkpointer`, `postgres: alongside: app alongside [local] idle`."""
    words = line.removeprefix("postgres:").strip().partition(": ")[2].split()
    if words[:1] == ["archiver"]:  # which segment it did last is no kind of process
        return "archiver"
    return f"a connection of {words[0]}" if "[local]" in words else " ".join(words)


@pytest.fixture
def product(tmp_path) -> Iterator[Product]:
    """The demonstration district, served."""
    state = tmp_path / "state"
    made = command("migrate", "--demo")
    done = subprocess.run(made, cwd=ROOT, env=environment(state), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    product = Product(state)
    yield product
    product.end()
    postgres.remove(state)


def wait_while(left: Callable[[], object], why: str, patience: float = PATIENCE) -> float:
    """Wait while something is left, and return how long it took."""
    began = time.monotonic()
    while still := left():
        assert time.monotonic() < began + patience, f"{why}: {still}"
        time.sleep(0.1)
    return time.monotonic() - began


def kill_in_turn(product: Product, writer: Writer, times: int) -> Counter[str]:
    """Kill one process of each kind in turn, of those that are up; between two kills something is written."""
    draw, killed = random.Random(10), Counter[str]()  # noqa: S311 - the same each time
    while killed.total() < times:
        running = product.processes()
        kind = min(running, key=lambda kind: (killed[kind], draw.random()))
        with suppress(ProcessLookupError):
            os.kill(draw.choice(running[kind]), signal.SIGKILL)
            killed[kind] += 1
        if kind == "supervisor":
            product.start_again()
        written = writer.count
        wait_while(
            lambda before=written: writer.count == before, f"nothing is written after {kind} was killed"
        )
        time.sleep(draw.uniform(0.1, 1.0))
    return killed


@pytest.mark.thorough("kills a hundred processes of a whole installation, which takes minutes")
@pytest.mark.database
def test_nothing_accepted_is_lost_and_everything_comes_up_whatever_is_killed(product):
    kinds = set(product.processes())
    began = product.ask("select clock_timestamp()")[0]
    maya = Door(product).sign_in("maya")
    writer = Writer(maya, Door(product).sign_in("dana"))
    writing = threading.Thread(target=writer.go_on)
    writing.start()
    try:
        wait_while(lambda: writer.count <= 20, "nothing is written at all")
        killed = kill_in_turn(product, writer, KILLS)
    finally:
        writer.over.set()
        writing.join()
    back = wait_while(lambda: kinds - set(product.processes()), "not everything is up again")
    quiet = wait_while(lambda: product.ask(UNFINISHED), "a job hangs", 4 * PATIENCE)
    answers = maya.answers + writer.coordinator.answers
    print(
        f"{killed.total()} kills {dict(killed)}; asked {answers.total()} {dict(answers)};"
        f" accepted {writer.count} and {len(writer.runs)} jobs;"
        f" longest until the next act {max(writer.down):.1f} s;"
        f" all up after {back:.1f} s, all quiet after {quiet:.1f} s"
    )

    assert writer.strange == []
    assert lost(product, writer, maya) == []
    assert not_whole(product, began) == {}
    assert set(writer.runs) <= set(product.ask(OVER))
    assert uploads_left(product) == []


def lost(product: Product, writer: Writer, door: Door) -> list[tuple[str, str]]:
    """What was answered as done and doesn't stand in the files, as its worker reads them."""
    pages = {file: door.ask("GET", f"/files/{file}")[2] for file, _ in writer.done["file"]}
    said = [act for kind in writer.done for act in writer.done[kind]]
    return [(file, words) for file, words in said if "<h1" not in pages[file] or words not in pages[file]]


def not_whole(product: Product, began: object) -> dict[str, set[str]]:
    """What was written in part: by what, and which ids stand on one side only."""
    sides = {what: [set(product.ask(side, {"from": began})) for side in two] for what, two in WHOLE.items()}
    sides["a file and its key"] = [set(map(str, sides["a file and its line on the trail"][0])), set()]
    with closing(sqlite3.connect(product.state / KEYRING)) as ring:
        keys = {file for (file,) in ring.execute("select file from file_key")}
    sides["a file and its key"][1] = sides["a file and its key"][0] & keys
    return {what: one ^ other for what, (one, other) in sides.items() if one != other}


def uploads_left(product: Product) -> list[Path]:
    """Which uploads stay behind when an hour has gone by and the sweep has come."""
    folder, long_ago = product.state / "uploads", time.time() - 7200
    waiting = set(product.ask(NOT_LOOKED_AT))
    for path in folder.glob("*"):
        os.utime(path, (long_ago, long_ago))
    served = environment(product.state) | {"ALONGSIDE_SERVED": "1"}
    subprocess.run([sys.executable, "-c", SWEEP], cwd=ROOT, env=served, check=True)
    return [path for path in folder.glob("*") if path.name not in waiting]
