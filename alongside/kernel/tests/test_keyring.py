"""The keyring: who opens what, what is lent, and that a destroyed key is nowhere any more."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from alongside.kernel import keyring
from alongside.kernel.erasures import LEDGER
from alongside.kernel.keyring import KeyGone, Keyring, KeyringAway
from tests import keyrings

KEK = bytes(range(32))
OURS, THEIRS, FILE = uuid4(), uuid4(), uuid4()
FIRST, SECOND = uuid4(), uuid4()  # agreements
BEFORE = """
    drop table lent_key;
    create table lent_key (file text not null, item text not null, agency text not null,
        wrapped blob not null, primary key (file, item, agency));
    pragma user_version = {};
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keyring.sqlite3"


@pytest.fixture
def ring(path):
    ring = Keyring(path, KEK)
    ring.make(FILE, OURS)
    return ring


def test_the_custodian_opens_every_item_and_nobody_else_any(ring):
    assert len(ring.open(FILE, "a", OURS)) == 32
    with pytest.raises(KeyGone):
        ring.open(FILE, "a", THEIRS)


def test_every_item_has_a_key_of_its_own(ring):
    assert ring.open(FILE, "a", OURS) != ring.open(FILE, "b", OURS)
    assert ring.open(FILE, "a", OURS) == ring.open(FILE, "a", OURS)


def test_a_lent_key_opens_one_item_only(ring):
    ring.lend(FILE, ["a"], OURS, THEIRS, FIRST)

    assert ring.open(FILE, "a", THEIRS) == ring.open(FILE, "a", OURS)
    with pytest.raises(KeyGone):
        ring.open(FILE, "b", THEIRS)


def test_only_what_one_can_open_can_be_lent(ring):
    with pytest.raises(KeyGone):
        ring.lend(FILE, ["a"], THEIRS, uuid4(), FIRST)


def test_what_was_recalled_opens_no_more(ring):
    ring.lend(FILE, ["a", "b"], OURS, THEIRS, FIRST)
    ring.recall(FILE, THEIRS, FIRST)

    for item in ("a", "b"):
        with pytest.raises(KeyGone):
            ring.open(FILE, item, THEIRS)


def test_what_is_recalled_is_not_what_was_lent_under_the_next_agreement(ring):
    ring.lend(FILE, ["a", "b"], OURS, THEIRS, FIRST)
    ring.lend(FILE, ["a"], OURS, THEIRS, SECOND)

    ring.recall(FILE, THEIRS, FIRST, ["a", "b"])

    assert ring.open(FILE, "a", THEIRS) == ring.open(FILE, "a", OURS)
    with pytest.raises(KeyGone):
        ring.open(FILE, "b", THEIRS)


def test_lending_and_recalling_again_change_nothing(ring):
    for _ in range(2):
        ring.lend(FILE, ["a"], OURS, THEIRS, FIRST)
    assert ring.open(FILE, "a", THEIRS)
    for _ in range(2):
        ring.recall(FILE, THEIRS, FIRST)
    with pytest.raises(KeyGone):
        ring.open(FILE, "a", THEIRS)


def test_a_destroyed_key_is_gone_for_everybody(ring):
    ring.lend(FILE, ["a"], OURS, THEIRS, FIRST)

    assert ring.destroy(FILE) is True
    assert ring.destroy(FILE) is False
    assert not ring.holds(FILE)
    for agency in (OURS, THEIRS):
        with pytest.raises(KeyGone):
            ring.open(FILE, "a", agency)


def test_no_byte_of_a_destroyed_key_is_left_in_the_file(ring, path):
    for _ in range(200):
        ring.make(uuid4(), OURS)
    ring.lend(FILE, ["a"], OURS, THEIRS, FIRST)
    wrapped = [
        row[0]
        for table in ("file_key", "lent_key")
        for row in sqlite3.connect(path).execute(f"select wrapped from {table} where file = ?", [str(FILE)])
    ]
    assert all(key in path.read_bytes() for key in wrapped)

    ring.destroy(FILE)

    assert not any(key in path.read_bytes() or str(FILE).encode() in path.read_bytes() for key in wrapped)
    assert [name for name in os.listdir(path.parent) if name not in (path.name, path.name + ".epoch")] == [
        LEDGER
    ]
    assert not any(key in (path.parent / LEDGER).read_bytes() for key in wrapped)


def test_no_key_is_destroyed_before_the_ledger_says_so(ring, path):
    (path.parent / LEDGER).mkdir()

    with pytest.raises(KeyringAway):
        ring.destroy(FILE)
    assert ring.holds(FILE)
    (path.parent / LEDGER).rmdir()
    ring.destroy(FILE)

    assert not ring.holds(FILE)
    assert str(FILE) in (path.parent / LEDGER).read_text()


def test_the_file_is_for_its_process_only(ring, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_key_stands_in_the_file_as_it_is(ring, path):
    ring.lend(FILE, ["a"], OURS, THEIRS, FIRST)

    assert ring.open(FILE, "a", OURS) not in path.read_bytes()


def test_without_the_installations_key_nothing_opens(ring, path):
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

    with pytest.raises(InvalidUnwrap):
        Keyring(path, bytes(32)).open(FILE, "a", OURS)


def test_no_two_agencies_derive_the_same(ring):
    assert ring.derive(OURS, "search") != ring.derive(THEIRS, "search")
    assert ring.derive(OURS, "search") == ring.derive(OURS, "search")
    assert ring.derive(OURS, "search") != ring.derive(OURS, "other")


WRITER = """
import sys; from pathlib import Path; from uuid import UUID, uuid4
from alongside.kernel.keyring import Keyring
ring = Keyring(Path(sys.argv[1]), bytes(range(32)))
for _ in range(100): ring.make(uuid4(), UUID(sys.argv[2]))
print(ring.open(UUID(sys.argv[3]), "a", UUID(sys.argv[2])).hex())
"""


def test_two_processes_write_at_once_and_lose_nothing(ring, path):
    command = [sys.executable, "-c", WRITER, str(path), str(OURS), str(FILE)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    said = [process.communicate(timeout=60)[0].strip() for process in both]

    assert said == [ring.open(FILE, "a", OURS).hex()] * 2
    assert sqlite3.connect(path).execute("select count(*) from file_key").fetchone() == (201,)


def test_a_key_is_gone_for_another_process_at_once(ring, path):
    other = Keyring(path, KEK)
    assert other.open(FILE, "a", OURS)

    ring.destroy(FILE)

    with pytest.raises(KeyGone):
        other.open(FILE, "a", OURS)


def test_the_file_says_its_format_and_one_of_a_later_version_is_left_as_it_is(path, ring):
    with sqlite3.connect(path) as file:
        assert file.execute("pragma user_version").fetchone() == (2,)
        file.execute("pragma user_version = 3")
    file.close()
    before = path.read_bytes()

    with pytest.raises(ImproperlyConfigured, match="has format 3, and this version knows 2"):
        Keyring(path, KEK).open(FILE, "a", OURS)

    assert path.read_bytes() == before


def of_before(path, ring, version):
    """Make the file one of a format in which loans did not say under which agreement; two of them stand."""
    for item in ("a", "b"):
        ring.lend(FILE, [item], OURS, THEIRS, FIRST)
    with closing(sqlite3.connect(path)) as file, file:
        lent = file.execute("select file, item, agency, wrapped from lent_key").fetchall()
        file.executescript(BEFORE.format(version))
        file.executemany("insert into lent_key values (?, ?, ?, ?)", lent)
    ring.close()


@pytest.mark.parametrize("version", [0, 1])
def test_a_file_of_the_format_before_is_brought_up_to_date_and_opens_what_it_did(path, ring, version):
    key = ring.open(FILE, "a", OURS)
    of_before(path, ring, version)

    assert [Keyring(path, KEK).open(FILE, "a", agency) for agency in (OURS, THEIRS)] == [key, key]
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("pragma user_version").fetchone() == (2,)
        assert file.execute("select item, release from lent_key").fetchall() == [("a", ""), ("b", "")]


def test_a_loan_of_before_goes_with_the_last_agreement_that_names_the_item(path, ring):
    of_before(path, ring, 1)
    ring.lend(FILE, ["a"], OURS, THEIRS, SECOND)

    ring.recall(FILE, THEIRS, FIRST, ["a"])  # another one still lends b

    assert ring.open(FILE, "b", THEIRS)
    assert ring.open(FILE, "a", THEIRS)  # lent anew, under the second
    ring.recall(FILE, THEIRS, SECOND, ["a", "b"])
    for item in ("a", "b"):
        with pytest.raises(KeyGone):
            ring.open(FILE, item, THEIRS)


def test_an_upgrade_that_is_cut_off_leaves_the_file_as_it_was(path, ring, monkeypatch):
    of_before(path, ring, 1)
    with monkeypatch.context() as broken:
        broken.setattr(keyring, "FROM_FORMAT_1", (*keyring.FROM_FORMAT_1, "insert into nowhere values (1)"))
        with pytest.raises(KeyringAway):
            Keyring(path, KEK).open(FILE, "a", OURS)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("pragma user_version").fetchone() == (1,)
        assert len(file.execute("pragma table_info(lent_key)").fetchall()) == 4

    assert Keyring(path, KEK).open(FILE, "b", THEIRS) == ring.open(FILE, "b", OURS)


def test_while_another_process_holds_the_file_it_says_so_and_goes_on_afterwards(path, ring):
    ring.close()
    with keyrings.held(path):
        for verb in (
            lambda: ring.open(FILE, "a", OURS),
            lambda: ring.make(uuid4(), OURS),
            lambda: ring.destroy(FILE),
        ):
            with pytest.raises(KeyringAway, match="can’t be reached just now"):
                verb()

    assert ring.open(FILE, "a", OURS)


def test_a_file_that_cannot_be_read_is_away_and_one_put_back_is_there_again(path, ring):
    kept = path.read_bytes()
    path.write_bytes(b"not a keyring" * 1000)
    with pytest.raises(KeyringAway):
        ring.open(FILE, "a", OURS)
    path.unlink()
    path.write_bytes(kept)

    assert ring.open(FILE, "a", OURS)
