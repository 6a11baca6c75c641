"""A whole installation is backed up, lost and restored, by the operator’s own verbs.

The one that is backed up is served meanwhile: somebody signs in and writes by the real door, a file’s key is
destroyed after the copy, something is deleted by mistake.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from alongside.kernel import erasures
from config import postgres
from config.backup import age, archive, examination, follow, keys, manifest, pieces, plan, retention, signing
from config.cluster import UNFINISHED, home_of
from config.serving import WITH_KEYS
from config.state import ROOT, Trouble
from tests.test_kills import Door, Product
from tests.test_serving import command, environment

WORDS, DELETED, ERASED = "a bed near the lake", "somebody who speaks Oji-Cree", "never to be read again"
FINISH = """
from config.serving import load_django
load_django()
from alongside.files import commands
commands.finish_destructions()
"""
A_DAY_AGO = """
insert into files_destruction (file_id, agency_id, id, handle, blocked_principals, state, asked_by, asked_at,
    confirmed_by, confirmed_at)
select id, agency_id, gen_random_uuid(), handle, blocked_principals, 'confirmed', opened_by,
    now() - interval '27 hours', gen_random_uuid(), now() - interval '26 hours' from files_file where id = %s
"""
pytestmark = [pytest.mark.database, pytest.mark.every_postgresql]
whole = pytest.mark.thorough(
    "makes, backs up and restores whole installations; its parts are in the quick lane"
)


@dataclass
class Copied:
    """An installation that was backed up, and what is known of it."""

    state: Path
    target: Path
    identity: Path
    cookies: dict[str, str]  # of a session that was alive in the copy
    file: str
    erased: str
    before_deletion: str
    said: list[str]

    @property
    def plan(self) -> plan.Plan:
        """Where its backups go."""
        return plan.load(self.state)

    def run(self, *words: object, **more: Any) -> subprocess.CompletedProcess[str]:
        """A verb of the operator’s on this installation."""
        return run(self.state, *words, **more)

    def restore(self, into: Path, *words: object, source: Path | None = None, **other: object) -> Any:
        """Restore as on another machine, where nothing of this one is but what lies in the safe."""
        given = {
            "from": source or self.target,
            "identity": self.identity,
            "key": self.plan.verifier,
            "secrets": self.state / "secrets.json",
            **other,
        }
        flags = [word for name, value in given.items() for word in (f"--{name}", value)]
        return run(into.with_name("elsewhere"), "restore", *flags, "--into", into, *words)


def run(state: Path, *words: object, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words),
        cwd=ROOT,
        env={**environment(state), **more.pop("env", {})},
        capture_output=True,
        text=True,
        check=False,
        **more,
    )


@pytest.fixture(scope="module")
def target() -> Iterator[Path]:
    """A place on another disk, as far as that goes; PostgreSQL’s own user can come there."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-backups-"))
    folder.chmod(0o711)
    yield folder / "riverside"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory, target: Path) -> Iterator[Copied]:
    place = tmp_path_factory.mktemp("backup")
    state, identity = place / "state", place / "identity"
    done = run(state, "migrate", "--demo")
    assert done.returncode == 0, done.stdout + done.stderr
    secret, recipient = age.make_identity()
    identity.write_text(f"# from age-keygen\n{secret}\n")
    done = run(state, "backup", "init", "--to", target, "--recipient", recipient)
    if "can’t run the Python" in done.stderr:
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stderr
    product = Product(state)
    try:
        made = _live_a_day(product, Copied(state, target, identity, {}, "", "", "", []))
    finally:
        product.end()
    yield made
    postgres.remove(state)


def _live_a_day(product: Product, made: Copied) -> Copied:
    maya = Door(product).sign_in("maya")
    made.file, made.erased = (maya.post("/files/")[1].rpartition("/")[2] for _ in range(2))
    for file, words in ((made.file, WORDS), (made.file, DELETED), (made.erased, ERASED)):
        assert maya.post(f"/files/{file}/priorities/new", statement=words)[0] == 302
    backup = made.run("backup")
    assert backup.returncode == 0, backup.stdout + backup.stderr
    made.said = backup.stdout.splitlines()
    made.cookies = dict(maya.cookies)
    with psycopg.connect(**postgres.at(made.state).url("postgres", "alongside"), autocommit=True) as admin:
        made.before_deletion = admin.execute("select clock_timestamp()").fetchone()[0].isoformat()
        time.sleep(0.1)
        admin.execute("delete from plans_priority where file_id = %s", [made.file])
        admin.execute("set session_replication_role = replica")
        admin.execute(A_DAY_AGO, [made.erased])
    subprocess.run([sys.executable, "-c", FINISH], cwd=ROOT, env=environment(made.state), check=True)
    assert not keys.keyring_of(made.state).holds(UUID(made.erased))
    return made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A new state folder, as on another machine."""
    yield tmp_path / "restored"
    for state in (tmp_path / "restored", tmp_path / "elsewhere"):
        if state.exists():
            (state / UNFINISHED).touch()
            postgres.remove(state)


@pytest.fixture
def spoilt(target: Path) -> Iterator[Path]:
    """The same backups, to be spoilt."""
    folder = target.with_name("spoilt")
    shutil.copytree(target, folder)
    yield folder
    shutil.rmtree(folder)


def the(folder: Path, pattern: str) -> Path:
    return sorted(folder.glob(pattern))[-1]


@whole
def test_what_was_lost_is_back_as_it_was_a_second_before_and_what_was_destroyed_is_not(
    copied, spoilt, elsewhere
):
    first, *later = manifest.all_of(spoilt, copied.plan.verifier)
    for each in later:
        shutil.rmtree(spoilt / "base" / each.name)
    for path in (spoilt / "keyring").iterdir():
        if f"keyring/{path.stem}" != first.keyring:  # in which the destroyed key still is
            path.unlink()

    done = copied.restore(elsewhere, "--to", copied.before_deletion, source=spoilt)
    assert done.returncode == 0, done.stdout + done.stderr
    assert run(elsewhere, "migrate", "--quiet").returncode == 0
    product = Product(elsewhere)
    try:
        was_in, maya = Door(product, dict(copied.cookies)), Door(product).sign_in("maya")
        alive, gone = was_in.ask("GET", f"/files/{copied.file}"), maya.ask("GET", f"/files/{copied.erased}")
        page = maya.ask("GET", f"/files/{copied.file}")
        shredded = product.ask("select id from files_file where shredded_at is not null")
        terms = product.ask("select 1 from files_searchterm where file_id = %(id)s", {"id": copied.erased})
    finally:
        product.end()

    assert alive[0] == 302
    assert "sign-in" in alive[1]
    assert page[0] == 200
    assert WORDS in page[2]
    assert DELETED in page[2]
    assert ERASED not in gone[2]
    assert UUID(copied.erased) in shredded
    assert terms == []
    assert not keys.keyring_of(elsewhere).holds(UUID(copied.erased))
    assert "of which 1 had come back" in done.stdout
    assert copied.before_deletion in done.stdout


@whole
def test_the_drill_passes_and_says_in_one_line_what_would_be_lost(copied):
    done = copied.run("drill", "--identity", copied.identity)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing found" in done.stdout
    assert "The trail is whole" in done.stdout
    assert "0 have none" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("The drill passed: a real restore takes ")
    assert not (copied.state / "drill").exists()
    assert not home_of(copied.state / "drill").exists()


@whole
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("manifest", "is not signed with this installation’s key"),
        ("another's manifest", "of another backup"),
        ("base", "is not what was signed"),
        ("cut off", "is cut off"),
        ("no segment", "is missing"),
        ("no statement", "is missing"),
        ("swapped", "they were swapped"),
        ("no keyring", "without it nobody can read a word"),
        ("no ledger", "without it destroyed keys come back"),
        ("ledger", "is not what was signed"),
    ],
)
def test_a_piece_that_is_not_what_was_signed_is_named_and_nothing_is_done(
    copied, spoilt, elsewhere, spoil, said
):
    _spoil(spoilt, spoil)

    done = copied.restore(elsewhere, source=spoilt)

    assert done.returncode == 1
    assert said in done.stderr
    assert not elsewhere.exists()
    assert not home_of(elsewhere).exists()


def _spoil(folder: Path, how: str) -> None:
    first, *_, last = sorted((folder / "wal").glob("0*.sig"))
    whole, base = the(folder, f"base/*/{manifest.NAME}"), the(folder, "base/*/base.age")
    if how == "manifest":
        whole.write_text(whole.read_text().replace('"canaries": [', '"canaries": ['[:-1] + " ["))
    elif how == "another's manifest":
        shutil.move(whole.parent, whole.parent.with_name("20990101T000000.000000Z"))
    elif how in ("base", "ledger"):
        path = base if how == "base" else the(folder, "erasures/*.age")
        content = path.read_bytes()
        path.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    elif how == "cut off":
        os.truncate(last.with_suffix(".age"), 1000)
    elif how == "no segment":
        the(folder, f"wal/{manifest_start(folder)}.age").unlink()
    elif how == "no statement":
        the(folder, f"wal/{manifest_start(folder)}.sig").unlink()
    elif how == "swapped":
        shutil.copy(first, last)
    else:
        shutil.rmtree(folder / {"no keyring": "keyring", "no ledger": "erasures"}[how])


def manifest_start(folder: Path) -> str:
    text = the(folder, f"base/*/{manifest.NAME}").read_text()
    return json.loads(text.rpartition("\n\n")[0])["wal_from"]


@whole
def test_whoever_has_not_all_of_it_is_told_what_is_missing(copied, elsewhere, tmp_path):
    other, other_key = tmp_path / "other", signing.Signer(bytes(32)).verifier
    other.write_text(age.make_identity()[0])
    ours = str(copied.plan.verifier)
    secrets, empty = tmp_path / "secrets.json", tmp_path / "empty"
    secrets.write_text(
        json.dumps({**json.loads((copied.state / "secrets.json").read_text()), "kek": "00" * 32})
    )
    empty.write_text("")
    told = {
        "sealed to somebody else": {"identity": other},
        "there is no age identity": {"identity": empty},
        "is not the one of this installation": {"secrets": secrets},
        "is no secrets.json": {"secrets": empty},
        "not signed": {"key": other_key},
        "was copied wrongly": {"key": f"{ours[:-9]}{'B' if ours[-9] == 'A' else 'A'}{ours[-8:]}"},
        "is the disk mounted?": {"from": tmp_path / "nowhere"},
    }

    for sentence, given in told.items():
        done = copied.restore(elsewhere, **given)
        assert (done.returncode, sentence in done.stderr) == (1, True), (sentence, done.stderr)
        assert not elsewhere.exists()


@whole
def test_a_second_that_no_backup_reaches_is_refused_with_the_seconds_that_one_does(copied, elsewhere):
    before = copied.restore(elsewhere, "--to", "2026-01-01T00:00:00-05:00")
    after = copied.restore(elsewhere, "--to", "2099-01-01T00:00:00-05:00")

    first, *_, newest = 2 * manifest.all_of(copied.target, copied.plan.verifier)
    last = archive.last(copied.target, copied.plan.verifier)
    assert first.ended_at in before.stderr
    assert max(last.moment, newest.moment).isoformat() in after.stderr
    assert not elsewhere.exists()


@whole
def test_a_restore_goes_over_nothing_that_is_there(copied, tmp_path):
    (tmp_path / "restored").mkdir()
    (tmp_path / "restored" / "something").write_text("of somebody’s")

    done = copied.restore(tmp_path / "restored")

    assert "never over what is there" in done.stderr
    assert (tmp_path / "restored" / "something").read_text() == "of somebody’s"


@whole
def test_a_disk_that_takes_no_more_is_a_sentence_and_leaves_nothing_that_looks_whole(copied, elsewhere):
    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))

    known = manifest.names(copied.target)
    cluster = postgres.ensure(copied.state)  # which is not held to it
    backup = copied.run("backup", preexec_fn=little)
    cluster.stop()
    flags = ["--identity", copied.identity, "--into", elsewhere]
    restore = copied.run("restore", *flags, preexec_fn=little)

    assert backup.returncode == restore.returncode == 1
    assert "is not whole and will not be used" in backup.stderr
    assert manifest.names(copied.target) == known
    assert "was taken away again" in restore.stderr
    assert not elsewhere.exists()


@whole
def test_a_backup_that_is_killed_is_none_and_the_next_clears_it_away(copied):
    known = manifest.names(copied.target)
    begun = subprocess.Popen(command("backup"), cwd=ROOT, env=environment(copied.state))
    until = time.monotonic() + 60
    while not list(copied.target.glob("base/*/*.partial")) and time.monotonic() < until:
        time.sleep(0.002)
    os.kill(begun.pid, signal.SIGKILL)
    begun.wait()
    left = list(copied.target.glob("base/*/*.partial"))

    assert left
    assert manifest.names(copied.target) == known
    done = copied.run("backup")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(manifest.names(copied.target)) == len(known) + 1
    assert not any(path.exists() for path in left)


@whole
def test_a_restore_that_is_killed_is_not_served_and_done_by_asking_again(copied, elsewhere):
    flags = ["restore", "--identity", copied.identity, "--into", elsewhere]
    begun = subprocess.Popen(command(*flags), cwd=ROOT, env=environment(copied.state))
    until = time.monotonic() + 60
    while not (home_of(elsewhere) / "data" / "recovery.signal").exists() and time.monotonic() < until:
        time.sleep(0.005)
    os.kill(begun.pid, signal.SIGKILL)
    begun.wait()

    refused = run(elsewhere, "policies", "lint")
    again = copied.run(*flags)

    assert "was begun and not finished" in refused.stderr
    assert again.returncode == 0, again.stdout + again.stderr
    assert not (elsewhere / UNFINISHED).exists()


@whole
def test_a_log_that_stands_still_wakes_somebody(copied, spoilt, tmp_path):
    watch, kept = tmp_path / "watch", {**vars(copied.plan), "target": str(spoilt)}
    watch.mkdir()
    (watch / "backup.json").write_text(json.dumps(kept))
    newest = archive.last(spoilt, copied.plan.verifier)
    there = run(watch, "backup", "--list")
    hour_old = {**vars(newest), "made_at": (pieces.now() - timedelta(hours=1)).isoformat()}
    plan.Plan(**kept).sealer.sign(spoilt / f"{newest.name}.sig", json.dumps(hour_old))
    stands_still = run(watch, "backup", "--list")

    assert (there.returncode, stands_still.returncode) == (0, 1)
    assert newest.made_at in there.stdout
    assert hour_old["made_at"] in stands_still.stdout


@whole
def test_a_second_backup_at_once_is_refused(copied):
    with (copied.state / "backup.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = copied.run("backup")

    assert (done.returncode, done.stderr) == (1, "A backup is being made already. This one did nothing.\n")


@whole
def test_nothing_leaves_in_plain_and_nothing_of_it_is_left_in_a_temporary_folder(copied, tmp_path):
    assert copied.run("backup", env={"TMPDIR": str(tmp_path)}).returncode == 0

    assert list(tmp_path.iterdir()) == []
    for path in copied.target.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".age":
            assert content.startswith(b"age-encryption.org/v1")
        elif content:
            assert path.suffix in (".sig", ".txt")
            assert copied.plan.verifier.open(content.decode())
        assert WORDS.encode() not in content
        assert path.suffix != ".partial"


@whole
def test_pieces_can_be_opened_by_anybody_who_has_age_and_gunzip(copied):
    text = copied.identity.read_text()
    log = archive.last(copied.target, copied.plan.verifier)
    plain = bytearray()

    pieces.open_into(copied.target, log, plain.extend, age.identities_of(text, "it"))

    assert len(plain) == log.plain_size == 16 * 1024 * 1024


@whole
def test_backups_past_their_days_go_with_their_log_and_the_newest_stays(copied, spoilt):
    known = manifest.all_of(spoilt, copied.plan.verifier)[-1]
    kept = plan.Plan(**{**vars(copied.plan), "target": str(spoilt)})
    long_ago = (pieces.now() - timedelta(days=36)).isoformat()
    old = manifest.Manifest(**{**vars(known), "name": "20260101T000000.000000Z", "ended_at": long_ago})
    shutil.copytree(spoilt / "base" / known.name, spoilt / "base" / old.name)
    old.write(kept.sealer)
    stale = spoilt / "wal" / f"{known.wal_from[:16]}00000000.sig"
    stale.touch()

    assert retention.prune(kept) == []

    assert known.name in manifest.names(spoilt)
    assert old.name not in manifest.names(spoilt)
    assert not stale.exists()
    assert len(list((spoilt / "keyring").glob("*.age"))) <= keys.NEWEST + len(manifest.names(spoilt))


def test_a_place_that_is_none_for_backups_is_refused_and_left_as_it_was(tmp_path):
    state, full, one = tmp_path / "state", tmp_path / "full", [age.make_identity()[1]]
    for folder in (state, full):
        folder.mkdir()
    (full / "something").touch()
    before = sorted(tmp_path.rglob("*"))

    for target, recipients, said in (
        (state / "backups", one, "would lie in the state folder"),
        (full, one, "is not empty"),
        (tmp_path / "new", ["age1nobody"], "is no age recipient"),
        (tmp_path / "new", [age.make_identity()[0]], "is no age recipient"),
    ):
        with pytest.raises(Trouble, match=said):
            plan.make(state, target, recipients, 35, "7")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_copy_is_kept_for_no_longer_than_the_pages_promise(tmp_path):
    done = run(tmp_path / "state", "backup", "init", "--to", tmp_path / "target", "--keep", 36)

    assert (done.returncode, "gone everywhere after 35 days" in done.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_no_segment_can_be_taken_out_of_the_middle_unnoticed(tmp_path):
    signer = signing.Signer(bytes(32))
    sealer = pieces.Sealer(tmp_path, age.recipients_of([age.make_identity()[1]]), signer, "7")
    names = [f"00000001000000000000{number:04X}" for number in range(0xFE, 0x100)]
    names += [f"0000000100000001{number:08X}" for number in range(3)]
    names[:2] = ["0000000100000000000000FE", "0000000100000000000000FF"]
    for name in names:
        with closing(tempfile.TemporaryFile()) as empty:
            sealer.put(f"wal/{name}", empty)
    size = 16 * 1024 * 1024

    assert len(archive.needed(tmp_path, signer.verifier, names[0], size, None)) == len(names)
    for name in names[:-1]:
        statement = tmp_path / "wal" / f"{name}.sig"
        statement.rename(statement.with_suffix(".away"))
        with pytest.raises(Trouble, match=rf"wal/{name}.* is missing"):
            archive.needed(tmp_path, signer.verifier, names[0], size, None)
        statement.with_suffix(".away").rename(statement)


def test_a_disk_that_is_full_at_the_last_byte_is_not_taken_for_a_whole_piece(tmp_path):
    recipients = age.recipients_of([age.make_identity()[1]])

    with pytest.raises(OSError, match="No space left"), Path("/dev/full").open("wb", buffering=0) as full:
        age.encrypt(age.Packed(BytesIO(b"a few words")), age.Sink(full.write), recipients)


def test_what_is_destroyed_goes_off_the_machine_once_the_disk_is_back(tmp_path):
    target, state, stop = tmp_path / "target", tmp_path / "state", threading.Event()
    state.mkdir()
    known = plan.Plan(str(target), (age.make_identity()[1],), 35, "00" * 32, "7")
    whose = uuid4()
    erasures.note(state, whose)
    ledger = follow.Followed(state / erasures.LEDGER, 0, keys.copy_ledger)

    away = follow._copy(known, [ledger])
    for name in plan.FOLDERS:
        (target / name).mkdir(parents=True)
    back = follow._copy(known, [ledger])
    stop.set()
    follow.follow(known, [ledger], stop)

    assert "is the disk mounted?" in away
    assert back == ""
    assert len(keys.copies(target, "erasures", known.verifier)) == 1  # it did not change since


def test_what_a_killed_process_wrote_of_a_number_is_none_and_spoils_no_other(tmp_path):
    first, second = uuid4(), uuid4()
    erasures.note(tmp_path, first)
    with (tmp_path / erasures.LEDGER).open("a") as ledger:
        ledger.write(f"\n{uuid4()}"[:20])
    erasures.note(tmp_path, second)

    assert erasures.read((tmp_path / erasures.LEDGER).read_text().splitlines()) == {first, second}


def test_whatever_has_a_key_is_counted_after_a_restore():
    assert set(examination.HOLDERS) == set(WITH_KEYS)


def test_a_note_is_signed_by_one_key_alone():
    ours, theirs = signing.Signer(bytes(32)), signing.Signer(bytes([1]) * 32)
    note = ours.sign('{"a": 1}\n\nb')

    assert ours.verifier.open(note) == '{"a": 1}\n\nb'
    for wrong in (note.replace("1", "2", 1), note.rpartition("\n\n")[0], "", theirs.sign('{"a": 1}\n\nb')):
        with pytest.raises(signing.NotSigned):
            ours.verifier.open(wrong)
    assert str(signing.Verifier.read(str(ours.verifier))) == str(ours.verifier)
