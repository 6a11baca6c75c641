"""The log over the trail: nothing lost among many writers, and every kind of tampering noticed."""

import io
import random
import threading
import time
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from alongside.kernel import ctx
from alongside.trail import checkpoint, commands, merkle
from alongside.trail.commands import note
from alongside.trail.queries import verify
from tests.ground import Ground, connect

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
WRITERS = 12


@pytest.fixture
def worker(superuser):
    ground = Ground(superuser)
    return ground.worker(ground.agency())


@pytest.fixture
def appended(worker):
    """Nine entries in three goes; the checkpoint after the second is in a witness's hands."""
    for round_ in range(3):
        with ctx.as_worker(worker):
            for _ in range(3):
                note("files.read")
        assert append(3) == 3
        if round_ == 1:
            witnessed = last_note()
    return witnessed


def append(expected: int) -> int:
    """Append until that many are.

    Another test's database on the same cluster may hold the horizon back for a moment.
    """
    appended, until = 0, time.monotonic() + 30
    while appended < expected and time.monotonic() < until:
        appended += commands.append.append_due()
        time.sleep(0.01)
    return appended


def last_note() -> str:
    with connections["log_writer"].cursor() as cursor:
        cursor.execute("select note from trail_checkpoint order by size desc limit 1")
        return cursor.fetchone()[0]


def verdict(witnessed=None):
    return verify(checkpoint.signer().verifier, witnessed)


def tamper(superuser, statement: str) -> None:
    """What somebody who owns the machine can do: switch the triggers off and write what they like."""
    with superuser.transaction():
        superuser.execute("set local session_replication_role = replica")
        superuser.execute(statement)


def test_a_trail_nobody_touched_is_whole(appended):
    found = verdict(appended)

    assert (found.entries, found.checkpoints, found.troubles) == (9, 3, [])


def test_an_empty_trail_is_whole(db):
    assert commands.append.append_due() == 0
    assert verdict().sound


LAST = "(select entry_id from trail_leaf order by seq desc limit 1)"
TAMPERING = {
    "an edited entry": (
        (
            "update trail_entry set action = 'files.closed' where "
            "id = (select entry_id from trail_leaf where seq = 4)"
        ),
        "number 4 was changed",
    ),
    "an actor put on somebody else": (
        (
            "update trail_entry set worker_id = gen_random_uuid() where id = (select entry_id from "
            "trail_leaf where seq = 0)"
        ),
        "was changed",
    ),
    "a moment moved": (
        f"update trail_entry set at = at - interval '1 microsecond' where id = {LAST}",
        "number 8 was changed",
    ),
    "a deleted entry": (
        "delete from trail_entry where id = (select entry_id from trail_leaf where seq = 4)",
        "number 4 was deleted",
    ),
    "an entry deleted with its leaf": (
        (
            "with gone as (delete from trail_leaf where seq = 4 returning entry_id) delete from trail_entry "
            "where id in (select entry_id from gone)"
        ),
        "missing before number 5",
    ),
    "an entry taken out and the rest moved up": (
        """with gone as (delete from trail_leaf where seq = 4 returning entry_id), less as (delete
            from trail_entry where id in (select entry_id from gone))
        select 1; update trail_leaf set seq = -seq where seq > 4; update trail_leaf set seq = -seq - 1
            where seq < 0""",
        "end was cut off",
    ),
    "two entries swapped": (
        (
            "update trail_leaf set seq = 100 where seq = 3; update trail_leaf set seq = 3 where seq = 4; "
            "update trail_leaf set seq = 4 where seq = 100"
        ),
        "not the ones that were signed",
    ),
    "an entry slipped in behind what was appended": (
        (
            "insert into trail_entry (id, xid, at, action, role, purpose, item_kind) values "
            "(gen_random_uuid(), 3, now(), 'files.read', '', '', '')"
        ),
        "slipped in behind",
    ),
    "an entry slipped into the log": (
        """insert into trail_entry (id, xid, at, action, role, purpose, item_kind)
            values ('00000000-0000-0000-0000-000000000001', 3, now(), 'files.read', '', '', '');
        insert into trail_leaf values (9, '00000000-0000-0000-0000-000000000001', '\\x00')""",
        "no checkpoint signs for",
    ),
    "the end cut off": (
        (
            "delete from trail_leaf where seq > 6; delete from trail_entry "
            "where id not in (select entry_id from trail_leaf)"
        ),
        "end was cut off",
    ),
    "a hash rewritten with its entry": (
        (
            "update trail_leaf set hash = '\\x00' where seq = 2; update trail_entry set count = 7 where id = "
            "(select entry_id from trail_leaf where seq = 2)"
        ),
        "not the ones that were signed",
    ),
    "a checkpoint's root rewritten": (
        "update trail_checkpoint set root = '\\x00' where size = 6",
        "is not what was signed",
    ),
    "a checkpoint's note rewritten": (
        "update trail_checkpoint set note = replace(note, 'horizon ', 'horizon 1') where size = 6",
        "not signed",
    ),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_noticed(appended, superuser, how):
    statement, sentence = TAMPERING[how]

    tamper(superuser, statement)

    assert sentence in " ".join(verdict().troubles)


def test_a_tail_cut_off_with_its_checkpoints_is_noticed_by_a_witness(appended, superuser):
    tamper(
        superuser,
        """delete from trail_checkpoint where size > 3; delete from trail_leaf where seq >= 3;
        delete from trail_entry where id not in (select entry_id from trail_leaf)""",
    )

    assert verdict().sound
    assert "end was cut off" in " ".join(verdict(appended).troubles)


def test_a_log_rewritten_and_signed_again_is_noticed_by_a_witness(appended, superuser):
    tamper(superuser, "update trail_entry set count = 7; truncate trail_leaf, trail_checkpoint")
    append(9)

    assert verdict().sound
    assert not verdict(appended).sound


def test_a_checkpoint_of_another_log_is_no_witness(appended):
    other = checkpoint.Signer(bytes(32)).sign(6, merkle.EMPTY, 0)

    assert "can't be used" in verdict(other).troubles[0]


def test_nothing_is_appended_on_top_of_an_altered_checkpoint(appended, superuser, worker):
    tamper(
        superuser,
        "update trail_checkpoint set edge = set_byte(edge, 0, 0), root = set_byte(root, 0, 0) where size = 9",
    )
    with ctx.as_worker(worker):
        note("files.read")

    with pytest.raises(checkpoint.NotSigned):
        append(1)


def test_an_entry_that_nobody_appends_is_noticed_after_a_minute(appended, superuser, worker):
    with ctx.as_worker(worker):
        note("files.read")
    assert verdict().sound

    tamper(
        superuser,
        (
            "update trail_entry set at = now() - interval '61 seconds' "
            "where id not in (select entry_id from trail_leaf)"
        ),
    )

    assert "older than a minute" in verdict().troubles[0]


def test_many_entries_are_appended_in_pieces(superuser, worker, monkeypatch):
    monkeypatch.setattr(commands.append, "AT_ONCE", 4)
    with ctx.as_worker(worker):
        for _ in range(10):
            note("files.read")

    assert append(10) == 10
    assert (verdict().entries, verdict().checkpoints, verdict().sound) == (10, 3, True)


def test_the_log_writer_can_only_say_that_it_is_there(db):
    commands.append.note_alive()
    with pytest.raises(psycopg.errors.InsufficientPrivilege), connect("log_writer") as log_writer:
        log_writer.execute(
            "insert into trail_entry (id, action, role, purpose, item_kind) values (gen_random_uuid(), "
            "'files.read', '', '', '')"
        )
    with pytest.raises(psycopg.errors.InsufficientPrivilege), connect("log_writer") as log_writer:
        log_writer.execute(
            "insert into trail_entry (id, action, role, purpose, item_kind, file_id) values "
            "(gen_random_uuid(), 'trail.alive', '', '', '', gen_random_uuid())"
        )

    assert append(1) == 1


def test_twelve_writers_lose_nothing(superuser, worker):
    stop, written = threading.Event(), []
    threads = [threading.Thread(target=_write, args=(worker, stop, written)) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    until, appended = time.monotonic() + 3, 0
    while time.monotonic() < until:
        appended += commands.append.append_due()
        time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join()
    there = {row[0] for row in superuser.execute("select id from trail_entry").fetchall()}
    appended += append(len(there) - appended)

    assert set(written) == there
    assert appended == len(there) > WRITERS
    assert verdict().sound


def _write(worker, stop, written) -> None:
    chance = random.Random(7)  # noqa: S311 - only to be uneven
    with connect() as own:
        while not stop.is_set():
            own.execute("select ctx.begin_as(%s, %s, 'test')", [settings.SERVER_SECRET, worker])
            made = uuid4()
            own.execute(
                (
                    "insert into trail_entry (id, action, role, purpose, item_kind) values (%s, "
                    "'files.read', '', '', '')"
                ),
                [made],
            )
            time.sleep(chance.random() * 0.02)
            if chance.random() < 0.1:
                own.rollback()
            else:
                own.commit()
                written.append(made)


def test_a_longer_transaction_holds_back_only_what_came_after_it(superuser, worker):
    with connect() as slow:
        slow.execute("select ctx.begin_as(%s, %s, 'test')", [settings.SERVER_SECRET, worker])
        slow.execute(
            "insert into trail_entry (id, action, role, purpose, item_kind) values (gen_random_uuid(), "
            "'files.read', '', '', '')"
        )
        with ctx.as_worker(worker):
            note("files.read")
        assert commands.append.append_due() == 0
        slow.commit()

    assert append(2) == 2


def test_the_command_says_in_one_sentence_that_the_trail_is_whole(appended, tmp_path):
    said, kept = io.StringIO(), tmp_path / "witness"
    kept.write_text(appended)

    call_command("trail_verify", "--witness", str(kept), "--time", stdout=said)

    assert "The trail is whole: 9 entries, 3 checkpoints" in said.getvalue()


def test_the_command_ends_with_one_when_something_was_changed(appended, superuser):
    tamper(superuser, "update trail_entry set count = 7")
    said = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("trail_verify", stdout=said)

    assert end.value.code == 1
    assert "Entry number 0 was changed" in said.getvalue()


def test_a_witness_needs_only_the_public_key(appended):
    shown, said = io.StringIO(), io.StringIO()
    call_command("trail_verify", "--show-key", stdout=shown)

    call_command("trail_verify", "--key", shown.getvalue(), stdout=said)

    assert "The trail is whole" in said.getvalue()


@pytest.mark.parametrize("table", ["trail_entry", "trail_leaf", "trail_checkpoint"])
@pytest.mark.parametrize(
    "statement",
    ["update {table} set {column} = {column}", "delete from {table}", "truncate {table}"],
    ids=["update", "delete", "truncate"],
)
def test_no_row_is_changed_or_taken_out_by_whoever_may_do_everything(appended, superuser, table, statement):
    column = {"trail_entry": "count", "trail_leaf": "hash", "trail_checkpoint": "root"}[table]

    with superuser.transaction(), pytest.raises(psycopg.DatabaseError, match="append-only"):
        superuser.execute(statement.format(table=table, column=column))

    assert verdict().entries == 9


def test_app_reaches_nothing_of_the_log(db):
    for table in ("trail_leaf", "trail_checkpoint"):
        with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(f"select * from {table}")
