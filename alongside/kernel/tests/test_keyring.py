"""The keyring: who opens what, what is lent, and that a destroyed key is nowhere any more."""

import os
import sqlite3
import stat
import subprocess
import sys
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from alongside.kernel.keyring import KeyGone, Keyring

KEK = bytes(range(32))
OURS, THEIRS, FILE = uuid4(), uuid4(), uuid4()


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
    ring.lend(FILE, ["a"], OURS, THEIRS)

    assert ring.open(FILE, "a", THEIRS) == ring.open(FILE, "a", OURS)
    with pytest.raises(KeyGone):
        ring.open(FILE, "b", THEIRS)


def test_only_what_one_can_open_can_be_lent(ring):
    with pytest.raises(KeyGone):
        ring.lend(FILE, ["a"], THEIRS, uuid4())


def test_what_was_recalled_opens_no_more(ring):
    ring.lend(FILE, ["a", "b"], OURS, THEIRS)
    ring.recall(FILE, ["a"], THEIRS)

    with pytest.raises(KeyGone):
        ring.open(FILE, "a", THEIRS)
    assert ring.open(FILE, "b", THEIRS)


def test_a_destroyed_key_is_gone_for_everybody(ring):
    ring.lend(FILE, ["a"], OURS, THEIRS)

    assert ring.destroy(FILE) is True
    assert ring.destroy(FILE) is False
    assert not ring.holds(FILE)
    for agency in (OURS, THEIRS):
        with pytest.raises(KeyGone):
            ring.open(FILE, "a", agency)


def test_no_byte_of_a_destroyed_key_is_left_in_the_file(ring, path):
    for _ in range(200):
        ring.make(uuid4(), OURS)
    ring.lend(FILE, ["a"], OURS, THEIRS)
    wrapped = [
        row[0]
        for table in ("file_key", "lent_key")
        for row in sqlite3.connect(path).execute(f"select wrapped from {table} where file = ?", [str(FILE)])
    ]
    assert all(key in path.read_bytes() for key in wrapped)

    ring.destroy(FILE)

    assert not any(key in path.read_bytes() or str(FILE).encode() in path.read_bytes() for key in wrapped)
    assert [name for name in os.listdir(path.parent) if name not in (path.name, path.name + ".epoch")] == []


def test_the_file_is_for_its_process_only(ring, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_key_stands_in_the_file_as_it_is(ring, path):
    ring.lend(FILE, ["a"], OURS, THEIRS)

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
        assert file.execute("pragma user_version").fetchone() == (1,)
        file.execute("pragma user_version = 2")
    file.close()
    before = path.read_bytes()

    with pytest.raises(ImproperlyConfigured, match="has format 2, and this version knows 1"):
        Keyring(path, KEK).open(FILE, "a", OURS)

    assert path.read_bytes() == before


def test_a_file_from_before_the_format_was_said_is_taken_as_the_first(path, ring):
    key = ring.open(FILE, "a", OURS)
    with sqlite3.connect(path) as file:
        file.execute("pragma user_version = 0")
    file.close()

    assert Keyring(path, KEK).open(FILE, "a", OURS) == key
