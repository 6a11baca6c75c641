"""Sealed words open where they were sealed, and never again once the key is destroyed."""

import os
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings

from alongside.files.models import Detail, SafeContact
from alongside.files.tests.ground import Ground
from alongside.kernel import seal
from alongside.kernel.ids import uuid7
from alongside.plans.models import Priority
from config import postgres
from config.binaries import choose, find_runner
from config.state import default_state
from tests import databases

OURS, THEIRS, RELEASE = uuid4(), uuid4(), uuid4()
WORDS = {"called": "MARKED-PLAINTEXT Jo", "pronouns": "they"}


def row(model: type = Detail) -> Detail:
    made = model(file_id=uuid7(), agency_id=OURS)
    seal.keyring().make(made.file_id, OURS)
    return made


@pytest.fixture
def sealed():
    made = row()
    made.body = seal.seal(made, "body", WORDS, agency_id=OURS)
    return made


def test_what_was_sealed_is_read_again(sealed):
    assert seal.unseal(sealed, "body", agency_id=OURS) == WORDS
    assert b"MARKED" not in sealed.body


def test_the_same_words_are_never_sealed_alike(sealed):
    assert seal.seal(sealed, "body", WORDS, agency_id=OURS) != sealed.body


@pytest.mark.parametrize("place", [0, 1, 12, 13, -1])
def test_an_altered_envelope_is_refused(sealed, place):
    altered = bytearray(sealed.body)
    altered[place] ^= 1
    sealed.body = bytes(altered)

    with pytest.raises(InvalidTag):
        seal.unseal(sealed, "body", agency_id=OURS)


@pytest.mark.parametrize("cut", [b"", b"\x01", b"\x01" + bytes(12), b"\x02" + bytes(40)])
def test_a_stump_is_nothing_or_refused(sealed, cut):
    sealed.body = cut
    if not cut:
        assert seal.unseal(sealed, "body", agency_id=OURS) is None
        return
    with pytest.raises(InvalidTag):
        seal.unseal(sealed, "body", agency_id=OURS)


def test_an_envelope_moved_to_another_row_is_refused(sealed):
    other = Detail(file_id=sealed.file_id, agency_id=OURS, body=sealed.body)

    with pytest.raises(InvalidTag):
        seal.unseal(other, "body", agency_id=OURS)


def test_an_envelope_moved_to_another_file_is_refused(sealed):
    other = row()
    other.id, other.body = sealed.id, sealed.body

    with pytest.raises(InvalidTag):
        seal.unseal(other, "body", agency_id=OURS)


def test_an_envelope_moved_to_another_column_is_refused():
    priority = row(Priority)
    priority.private = seal.seal(priority, "words", WORDS, agency_id=OURS)

    with pytest.raises(InvalidTag):
        seal.unseal(priority, "private", agency_id=OURS)


def test_an_envelope_moved_to_another_table_is_refused(sealed):
    other = SafeContact(file_id=sealed.file_id, id=sealed.id, agency_id=OURS, body=sealed.body)

    with pytest.raises(InvalidTag):
        seal.unseal(other, "body", agency_id=OURS)


def test_a_borrower_reads_one_item_and_only_while_it_is_lent(sealed):
    name = seal.item(sealed.id, "body")
    assert seal.unseal(sealed, "body", agency_id=THEIRS) is None

    seal.keyring().lend(sealed.file_id, [name], OURS, THEIRS, RELEASE)
    assert seal.unseal(sealed, "body", agency_id=THEIRS) == WORDS

    seal.keyring().recall(sealed.file_id, THEIRS, RELEASE)
    assert seal.unseal(sealed, "body", agency_id=THEIRS) is None


def test_after_the_key_is_destroyed_nobody_reads_it(sealed):
    seal.keyring().lend(sealed.file_id, [seal.item(sealed.id, "body")], OURS, THEIRS, RELEASE)

    seal.keyring().destroy(sealed.file_id)

    assert seal.unseal(sealed, "body", agency_id=OURS) is None
    assert seal.unseal(sealed, "body", agency_id=THEIRS) is None


@pytest.mark.django_db
def test_after_key_destroy_a_dump_restored_elsewhere_yields_no_plaintext(
    superuser, tmp_path
):  # practice.md section 10
    ground = Ground(superuser)
    agency = ground.agency()
    file = ground.file(agency, ground.worker(agency))
    seal.keyring().make(file, agency)
    detail = Detail(file_id=file, agency_id=agency)
    body = seal.seal(detail, "body", WORDS, agency_id=agency)
    ground.insert(
        "files_detail",
        file_id=file,
        id=detail.id,
        agency_id=agency,
        kind="called",
        body=body,
        blocked_principals=[],
        written_by=uuid4(),
        written_how="desk",
        written_at="now",
    )
    kept_keyring = Path(settings.KEYRING_PATH).read_bytes()

    assert seal.keyring().destroy(file)
    dump = dumped(tmp_path)
    envelope = restored(superuser, dump, detail.id)

    assert b"MARKED" not in dump.read_bytes()
    assert envelope == body  # the words are there, and nothing opens them
    detail.body = envelope
    assert seal.unseal(detail, "body", agency_id=agency) is None
    assert str(file).encode() in kept_keyring
    assert str(file).encode() not in Path(settings.KEYRING_PATH).read_bytes()


def dumped(folder: Path) -> Path:
    """A plain-text dump of this test's database, by the superuser, as a demand or a thief would get it."""
    state, dump = default_state(), folder / "dump.sql"
    how = postgres.at(state).url("postgres", databases.MINE)
    program = choose(state, find_runner(state)).folder / "pg_dump"
    if not program.exists():
        pytest.skip("this PostgreSQL comes without pg_dump")
    given = {
        **os.environ,
        "PGPASSWORD": str(how["password"]),
        "PGHOST": str(how["host"]),
        "PGPORT": str(how["port"]),
        "PGUSER": str(how["user"]),
    }
    with dump.open("wb") as target:
        subprocess.run(
            [program, "--data-only", "--table=files_*", how["dbname"]], env=given, stdout=target, check=True
        )
    return dump


def restored(superuser, dump: Path, detail_id) -> bytes:
    """What the dump holds of one row: the column written in hexadecimal after its id."""
    line = next(line for line in dump.read_text().splitlines() if str(detail_id) in line)
    return bytes.fromhex(
        next(field for field in line.split("\t") if field.startswith("\\\\x")).removeprefix("\\\\x")
    )
