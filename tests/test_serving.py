"""Serving as an operator does it.

Everything comes up, Ctrl-C takes everything down, the next start finds what was kept.
"""

import itertools
import json
import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest

from alongside.kernel.keyring import Keyring
from config import postgres, serving
from config.cluster import home_of, is_running
from config.state import KEYRING, KEYS, NEEDS, ROOT, Trouble, secrets


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A state folder of its own, with the database made."""
    state = tmp_path_factory.mktemp("serving") / "state"
    done = subprocess.run(
        command("migrate"), cwd=ROOT, env=environment(state), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    yield state
    postgres.remove(state)


def command(*words):
    return [sys.executable, "-m", "alongside", *map(str, words)]


def environment(state):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ALONGSIDE_", "PG"))
        and name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    rung = (
        {"ALONGSIDE_POSTGRES": os.environ["ALONGSIDE_POSTGRES"]} if "ALONGSIDE_POSTGRES" in os.environ else {}
    )
    return {**kept, **rung, "ALONGSIDE_STATE": str(state)}


def serve(place):
    """Start serving on a free port; gives the process and the address once the pages answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        command("serve", "--port", port, "--workers", 1),
        cwd=ROOT,
        env=environment(place),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    for line in process.stdout:
        if "Alongside is at" in line:
            return process, f"http://127.0.0.1:{port}/"
    raise AssertionError("it did not come up")


def interrupt(process):
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=40)
    return said


@pytest.mark.costly("starts and stops a whole installation")
@pytest.mark.database
@pytest.mark.parametrize(
    ("change", "back", "said"),
    [
        (
            "delete from django_migrations where app = 'gaps' and name = '0001_first_release'",
            "insert into django_migrations (app, name, applied) values ('gaps', '0001_first_release', now())",
            "Run `alongside migrate` first",
        ),
        (
            "insert into django_migrations (app, name, applied) values ('gaps', '0999_of_tomorrow', now())",
            "delete from django_migrations where name = '0999_of_tomorrow'",
            "by a later version",
        ),
    ],
)
def test_a_database_of_another_version_is_not_served(place, change, back, said):
    cluster = postgres.ensure(place)
    try:
        with psycopg.connect(**cluster.url("owner"), autocommit=True) as connection:
            connection.execute(change)
            with pytest.raises(Trouble, match=said):
                serving.check_migrated(cluster)
            connection.execute(back)
            serving.check_migrated(cluster)
    finally:
        cluster.stop()


@pytest.mark.costly("starts and stops a whole installation")
@pytest.mark.database
def test_files_without_their_keyring_are_not_served(place):
    cluster, keyring = postgres.ensure(place), place / KEYRING
    try:
        with psycopg.connect(**cluster.url("postgres", "alongside"), autocommit=True) as admin:
            admin.execute(
                "insert into evidence_study (id, agency_id, opened_by, opened_at) select"
                " gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now()"
            )
            said = {"": refusal_of(place)}
            for why, content in (("no keys", b""), ("no keyring", b"not a keyring" * 100)):
                keyring.write_bytes(content)
                said[why] = refusal_of(place)
            keyring.unlink()
            ring = Keyring(keyring, bytes(32))
            ring.make(uuid4(), uuid4())
            ring.close()
            serving._check_keyring(cluster)
            admin.execute("truncate evidence_study cascade")
            keyring.unlink()
            serving._check_keyring(cluster)
    finally:
        cluster.stop()

    assert f"{keyring} is not there" in said[""]
    assert f"{keyring} has no keys in it" in said["no keys"]
    assert f"{keyring} is no keyring" in said["no keyring"]
    for refusal in said.values():
        assert "There are files in the database" in refusal
        assert "Bring the keyring back from a copy" in refusal


def refusal_of(place):
    """What `alongside serve` says before it ends by itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = subprocess.run(
        command("serve", "--port", port),
        cwd=ROOT,
        env=environment(place),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


HALF_WRITTEN = """
import os, signal, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("pragma cache_size = 1")  # so that the file is changed before anything is committed
db.execute("begin immediate")
db.executemany("insert into file_key values (hex(randomblob(16)), ?, ?)", [(sys.argv[2], bytes(900))] * 200)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_keyring_whose_writer_was_killed_is_served_with_what_was_accepted(tmp_path):
    path, agency, file = tmp_path / KEYRING, uuid4(), uuid4()
    ring = Keyring(path, bytes(32))
    ring.make(file, agency)
    ring.close()

    subprocess.run([sys.executable, "-c", HALF_WRITTEN, path, str(agency)], check=False)

    assert path.with_name(f"{path.name}-journal").stat().st_size > 0
    assert serving._why_no_keys(path) == ""
    with closing(sqlite3.connect(path)) as kept:
        assert kept.execute("select file from file_key").fetchall() == [(str(file),)]


def test_every_table_whose_rows_have_a_key_each_is_asked_before_serving():
    making = re.compile(r"keyring\(\)\.make\((\w+)\.")
    kinds = {
        f"{path.relative_to(ROOT).parts[1]}_{found}"
        for path in (ROOT / "alongside").rglob("*.py")
        if "tests" not in path.parts
        for found in making.findall(path.read_text(encoding="utf-8"))
    }

    assert kinds == set(serving.WITH_KEYS)


@pytest.mark.costly("starts and stops the whole product twice")
def test_interrupting_stops_pages_jobs_and_postgresql_and_keeps_what_was_written(place):
    process, address = serve(place)
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200
    children = subprocess.run(
        ["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False
    ).stdout.split()
    with psycopg.connect(**postgres.at(place).url("postgres", "alongside"), autocommit=True) as admin:
        admin.execute("insert into django_session values ('kept', '', now())")

    said = interrupt(process)

    assert (process.returncode, "What was written is kept." in said) == (0, True)
    assert len(children) >= 2
    assert not [pid for pid in children if os.path.exists(f"/proc/{pid}")]
    assert not is_running(home_of(place))

    process, address = serve(place)
    with psycopg.connect(**postgres.at(place).url("postgres", "alongside")) as admin:
        assert admin.execute("select count(*) from django_session where session_key = 'kept'").fetchone() == (
            1,
        )
    interrupt(process)


@pytest.mark.thorough("starts everything anew; the quick lane starts and stops it once")
@pytest.mark.database
@pytest.mark.parametrize("child", ["config.jobs", "config.wsgi", "trail.*seal"])
def test_a_process_that_falls_over_is_started_again(place, child):
    process, address = serve(place)
    find = ["pgrep", "-P", str(process.pid), "-f", child]
    first = subprocess.run(find, capture_output=True, text=True, check=False).stdout.split()
    os.kill(int(first[0]), signal.SIGKILL)

    second, until = first, time.monotonic() + 20
    while second in (first, []) and time.monotonic() < until:
        time.sleep(0.2)
        second = subprocess.run(find, capture_output=True, text=True, check=False).stdout.split()

    assert second not in (first, [])
    while ask_or_none(address) != 200 and time.monotonic() < until:
        time.sleep(0.2)
    assert ask_or_none(address) == 200
    interrupt(process)


def test_what_falls_over_again_and_again_waits_longer_each_time(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(serving.time, "monotonic", lambda: now[0])
    restart, starts = serving.Restart(), []
    while len(starts) < 10:  # falls over as soon as it was started
        if restart.is_due():
            starts.append(now[0])
        now[0] += 0.5
    pauses = [round(later - earlier, 1) for earlier, later in itertools.pairwise(starts)]

    assert starts[0] == 1000.5
    assert pauses == sorted(pauses)
    assert pauses[0] <= 2
    assert pauses[-1] == pytest.approx(serving.LONGEST_PAUSE, abs=1)
    now[0] += serving.STEADY + 1  # it ran for a while
    began = now[0]
    while not restart.is_due():
        now[0] += 0.5
    assert now[0] - began <= 1


@pytest.mark.thorough("starts everything anew; the quick lane starts and stops it once")
@pytest.mark.database
def test_when_postgresql_falls_over_the_pages_say_so_and_go_on_by_themselves(place):
    process, address = serve(place)
    os.kill(int((home_of(place) / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    while is_running(home_of(place)):
        time.sleep(0.01)

    answers, until = [ask(f"{address}account/sign-in/")], time.monotonic() + 30
    while answers[-1][0] != 200 and time.monotonic() < until:
        time.sleep(0.5)
        answers.append(ask(f"{address}account/sign-in/"))

    assert {status for status, _ in answers} <= {200, 503}
    assert answers[-1][0] == 200
    assert not [text for _, text in answers if "Traceback" in text]
    interrupt(process)


def ask_or_none(address):
    try:
        return ask(address)[0]
    except (urllib.error.URLError, OSError):
        return None


def ask(address):
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def test_the_environment_of_the_pages_holds_no_role_but_their_own(place, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_ROLES", "owner,log_writer")
    monkeypatch.setenv("PGPASSWORD", "secret")

    kept = serving.environment(postgres.at(place), "pages")

    assert not {"ALONGSIDE_ROLES", "PGPASSWORD"} & set(kept)
    assert not [
        name for name in ("owner", "log_writer", "postgres") if postgres.secrets(place)[name] in str(kept)
    ]


WHAT_IS_KNOWN = """
import json, sys
from config import postgres, serving, state
serving.load_django()
from django.core.exceptions import ImproperlyConfigured
from alongside.kernel import installation_key, seal
from alongside.trail import checkpoint

def does(work):
    try:
        work()
    except (KeyError, ImproperlyConfigured):
        return False
    return True

there = postgres.at(state.default_state())
print(json.dumps({
    **{role: does(lambda role=role: there.url(role)) for role in state.LOGINS},
    "signs": does(checkpoint.signer), "opens": does(seal.keyring),
    "seals": does(lambda: installation_key.fingerprint("a", purpose="b")),
}))
"""
KNOWN = {
    "pages": {"app", "opens", "seals"},
    "jobs": {"app", "opens", "seals"},
    "trail seal": {"app", "log_writer", "signs"},
}


@pytest.mark.database
@pytest.mark.parametrize("child", KNOWN)
def test_a_process_knows_what_it_needs_and_no_more(place, child):
    kept = serving.environment(postgres.at(place), child) | {"ALONGSIDE_STATE": str(place)}
    done = subprocess.run(
        [sys.executable, "-c", WHAT_IS_KNOWN],
        cwd=ROOT,
        env=kept,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert {what for what, known in json.loads(done.stdout).items() if known} == KNOWN[child]


def test_every_process_that_serving_consists_of_has_its_own_credentials(place):
    options = SimpleNamespace(host="127.0.0.1", port=1, workers=1)
    children = serving._children(postgres.at(place), options)
    assert {*children, "copies"} == set(NEEDS)  # those only where a backup is set up
    given = {serving.environment(postgres.at(place), child)["ALONGSIDE_CREDENTIALS"] for child in children}
    assert len(given) == len(children)
    assert {stat.S_IMODE(os.stat(path).st_mode) for path in given} == {0o600}


def test_what_one_key_did_stays_open_when_each_has_its_own(tmp_path):
    (tmp_path / "secrets.json").write_text(json.dumps({"kek": "ab" * 32, "app": "a password"}))
    known = secrets(tmp_path)
    assert known["installation_key"] == known["trail_key"] == known["kek"] == "ab" * 32
    assert known["app"] == "a password"
    assert secrets(tmp_path) == known
    fresh = secrets(tmp_path / "new")
    assert len({fresh[name] for name in KEYS}) == len(KEYS)


def test_the_process_of_the_jobs_finds_every_job_that_is_ever_deferred(place):
    """A name nobody knows would be deferred, and never run."""
    deferred = {
        name
        for path in (ROOT / "alongside").rglob("*.py")
        for name in re.findall(
            r'configure_task\("([^"]+)"|\bTASK = "([^"]+)"|@app\.task\([^)]*?name="([^"]+)"',
            path.read_text(encoding="utf-8"),
        )
        for name in name
        if name
    }
    ask = (
        "from config.serving import load_django; load_django(); from "
        "procrastinate.contrib.django import app; print(*app.tasks)"
    )

    told = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env=environment(place),
        capture_output=True,
        text=True,
        check=True,
    )

    assert {"directory.import_list", "occupancy.import_counts", "desk.tell_voices"} <= deferred
    assert deferred <= set(told.stdout.split())
