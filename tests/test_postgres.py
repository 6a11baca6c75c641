"""The PostgreSQL of our own.

Closed to others, on both rungs of the ladder, quick the second time, plain about trouble.
"""

import json
import os
import re
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from config import postgres
from config.binaries import OLDEST, choose, find_runner
from config.cluster import home_of, is_running, sockets_of
from config.roles import clone, prepare
from config.state import Trouble, open_folder, secrets

RUNGS = [
    "machine",
    pytest.param("wheel", marks=pytest.mark.thorough("the quick lane asks the machine's PostgreSQL")),
]


@pytest.fixture(autouse=True, scope="module")
def no_given_server():
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "ALONGSIDE_POSTGRES", "ALONGSIDE_DATABASE", "ALONGSIDE_ROLES"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def state(tmp_path):
    folder = tmp_path / "state"
    yield folder
    postgres.remove(folder)


@pytest.fixture(params=RUNGS, scope="module")
def rung(request, no_given_server):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALONGSIDE_POSTGRES", request.param)
        try:
            choose(Path(tempfile.gettempdir()), find_runner(Path("/nowhere")))
        except Trouble as trouble:
            pytest.skip(str(trouble))
        yield request.param


@pytest.fixture(scope="module")
def cluster(rung, tmp_path_factory):
    """One cluster for the tests that leave it as it is."""
    state = tmp_path_factory.mktemp(rung) / "state"
    cluster = postgres.ensure(state, fast=True)
    prepare(cluster, "one")
    yield cluster
    cluster.stop()
    postgres.remove(state)


def test_it_is_the_rung_asked_for(cluster, rung):
    assert cluster.source == rung
    assert int(cluster.version.split(".")[0]) >= OLDEST


def test_a_wrong_password_is_refused(cluster):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**{**cluster.url("postgres"), "password": "wrong"})


def test_nobody_else_can_come_near(cluster):
    home = home_of(cluster.state)

    assert {
        stat.S_IMODE(folder.stat().st_mode)
        for folder in (cluster.state, home, home / "data", sockets_of(home))
    } == {0o700}
    assert stat.S_IMODE((sockets_of(home) / ".s.PGSQL.5432").stat().st_mode) == 0o700


def test_it_listens_on_no_network_and_logs_no_words(cluster):
    with psycopg.connect(**cluster.url("postgres")) as connection:
        shown = {
            name: connection.execute(f"show {name}").fetchone()[0]
            for name in (
                "listen_addresses",
                "data_checksums",
                "log_statement",
                "log_parameter_max_length",
                "log_parameter_max_length_on_error",
                "log_min_error_statement",
                "log_min_duration_statement",
                "jit",
                "password_encryption",
            )
        }

    assert shown == {
        "listen_addresses": "",
        "data_checksums": "on",
        "log_statement": "none",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_min_error_statement": "panic",
        "log_min_duration_statement": "-1",
        "jit": "off",
        "password_encryption": "scram-sha-256",
    }


def test_what_was_asked_stays_out_of_the_log(cluster):
    with psycopg.connect(**cluster.url("postgres")) as connection, pytest.raises(psycopg.Error):
        connection.execute("select 'her words' / 0")

    assert "her words" not in (home_of(cluster.state) / "log").read_text()


def test_a_second_time_is_quick_and_changes_nothing(cluster):
    before = (cluster.state / "secrets.json").read_text()

    began = time.monotonic()
    again = postgres.ensure(cluster.state, fast=True)
    prepare(again, "one")

    assert time.monotonic() - began < 2
    assert (cluster.state / "secrets.json").read_text() == before
    again.stop()
    assert is_running(home_of(cluster.state))  # the first one still uses it


def test_the_last_one_out_stops_it(state):
    cluster = postgres.ensure(state, fast=True)
    again = postgres.ensure(state, fast=True)

    cluster.stop()
    assert is_running(home_of(state))
    again.stop()
    assert not is_running(home_of(state))


def test_it_comes_back_after_a_crash_with_what_was_written(state, rung):
    cluster = postgres.ensure(state)
    with psycopg.connect(**cluster.url("postgres"), autocommit=True) as connection:
        connection.execute("create table kept as select 'still here' as words")
    pid = int((home_of(state) / "data" / "postmaster.pid").read_text().split()[0])
    cluster.let_go()
    os.kill(pid, 9)
    while is_running(home_of(state)):
        time.sleep(0.05)

    again = postgres.ensure(state)

    with psycopg.connect(**again.url("postgres")) as connection:
        assert connection.execute("select words from kept").fetchone() == ("still here",)
    again.stop()


def test_one_that_recovers_from_a_crash_is_waited_for(state):
    cluster = postgres.ensure(state)

    for number in range(5):
        connection = _connected(cluster)
        connection.execute(f"create table long_{number} as select generate_series(1, 99999)")
        os.kill(connection.info.backend_pid, 9)
        postgres.ensure(state).stop()
        connection.close()

    cluster.stop()


def _connected(cluster):
    """Whoever comes right after a crash may come before it was noticed."""
    for _ in range(300):
        with suppress(psycopg.OperationalError):
            return psycopg.connect(**cluster.url("postgres"), autocommit=True)
        time.sleep(0.1)
    raise AssertionError("it did not come up again")


def test_roles_are_what_they_are_meant_to_be(cluster):
    with psycopg.connect(**cluster.url("app", "one"), autocommit=True) as app:
        may = (
            "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication from pg_roles "
            "where rolname = current_user"
        )
        assert app.execute(may).fetchone() == (False,)
        assert app.execute("show track_activities").fetchone() == ("off",)
        for forbidden in (
            "create table t (a int)",
            "create temp table t (a int)",
            "set role owner",
            "set track_activities = on",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)


def test_ctxo_cannot_sign_in(cluster):
    with pytest.raises(
        psycopg.OperationalError, match=r"not permitted to log in|password authentication failed"
    ):
        psycopg.connect(**{**cluster.url("app", "one"), "user": "ctxo"})


def test_a_clone_is_as_closed_as_its_template(cluster):
    clone(cluster, "one", "two")

    with (
        psycopg.connect(**cluster.url("app", "two"), autocommit=True) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute("create temp table t (a int)")


def test_secrets_are_long_and_only_ours(state):
    known = secrets(state)

    assert stat.S_IMODE((state / "secrets.json").stat().st_mode) == 0o600
    assert len(bytes.fromhex(known["server_secret"])) == len(bytes.fromhex(known["kek"])) == 32
    assert len(set(known.values())) == len(known)


def test_a_serving_process_is_given_app_only(state, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_ROLES", "")
    words = json.dumps(postgres.databases(state))

    assert [words.count(secrets(state)[role]) for role in ("app", "owner", "log_writer", "postgres")] == [
        1,
        0,
        0,
        0,
    ]


def test_a_long_state_path_still_gets_a_socket(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    home = home_of(tmp_path / ("long " * 25))

    assert len(os.fsencode(sockets_of(home) / ".s.PGSQL.5432")) <= 107
    assert sockets_of(home) != sockets_of(home.parent)


@pytest.mark.costly("makes a cluster of its own")
def test_lost_secrets_are_said_plainly(state, monkeypatch):
    cluster = postgres.ensure(state, fast=True)
    cluster.stop()
    (state / "secrets.json").unlink()

    with pytest.raises(Trouble, match=r"made with other secrets .*make run FRESH=1"):
        postgres.ensure(state, fast=True)
    postgres.remove(state)
    postgres.ensure(state, fast=True).stop()


def test_data_of_another_version_is_said_plainly(state):
    postgres.ensure(state, fast=True).stop()
    (home_of(state) / "data" / "PG_VERSION").write_text("9\n")

    with pytest.raises(Trouble, match=r"made by PostgreSQL 9, .*make run FRESH=1"):
        postgres.ensure(state, fast=True)


def test_a_stale_pid_file_is_no_hindrance(state):
    postgres.ensure(state, fast=True).stop()
    (home_of(state) / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{home_of(state)}/data\n")

    postgres.ensure(state, fast=True).stop()


def test_a_place_that_cannot_be_made_is_said_plainly(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(Trouble, match="cannot be made"):
        open_folder(tmp_path / "file" / "state")


def test_nothing_but_our_own_folder_is_ever_removed(tmp_path):
    (tmp_path / "letter.txt").touch()

    with pytest.raises(Trouble, match="does not look like one of ours"):
        postgres.remove(tmp_path)
    assert (tmp_path / "letter.txt").exists()


def test_a_folder_in_use_is_not_removed(state):
    cluster = postgres.ensure(state, fast=True)

    with pytest.raises(Trouble, match="still running"):
        postgres.remove(state)
    cluster.stop()


@pytest.mark.parametrize("url", ["nonsense://", "postgresql://u:p@/db?host=/nowhere"])
def test_a_server_that_cannot_be_reached_is_said_plainly(state, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(Trouble, match="DATABASE_URL"):
        postgres.ensure(state)


def test_a_given_server_is_prepared_by_a_user_who_may_make_roles(state, tmp_path, rung, monkeypatch):
    server = postgres.ensure(state, fast=True)
    with psycopg.connect(**server.url("postgres"), autocommit=True) as admin:
        admin.execute("create role boss login createrole createdb password 'boss'")
        monkeypatch.setenv("DATABASE_URL", f"postgresql://boss:boss@/given?host={server.base['host']}")
        given = postgres.ensure(tmp_path / "other")
        with pytest.raises(Trouble, match="ALTER ROLE app SET track_activities = off;"):
            prepare(given)
        admin.execute(
            "alter role app set track_activities = off; alter role log_writer set track_activities = off"
        )
        with pytest.raises(Trouble, match="large objects") as trouble:
            prepare(given)
        with psycopg.connect(**server.url("postgres", "given"), autocommit=True) as there:
            there.execute(re.search("revoke [^;]+", str(trouble.value))[0])
        prepare(given)

    with psycopg.connect(**given.url("app")) as app:
        assert app.execute("select current_user, current_database()").fetchone() == ("app", "given")
    shutil.rmtree(tmp_path / "other")
    server.stop()
