"""Nothing that can be sent breaks a page of the evidence."""

import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.evidence.refi import packages, reader, writer
from alongside.evidence.tests.test_doors import full  # noqa: F401 - a fixture
from alongside.evidence.tests.test_refi import small, xml, zipped
from alongside.evidence.text import documents
from alongside.evidence.text.documents import CannotBringIn
from alongside.kernel.imports.delimited import Broken
from alongside.kernel.seal import keyring
from tests import hostile
from tests.cases import case

pytestmark = pytest.mark.django_db
ABSENT = {
    "/evidence/exchanges/<uuid:exchange_id>",
    "/evidence/studies/<uuid:study_id>/exchange/file",
}  # nothing came from another program


@hostile.every_address_of("evidence")
def test_nothing_sent_breaks_a_page(full, address):
    client = cast.sign_in(Client(), full.ana)
    raw = "/words" in address[1]

    assert not hostile.broken(
        client, address, full.ids | ({"source_id": full.raw.pk} if raw else {}), absent=ABSENT
    )


def test_no_page_breaks_where_the_keys_were_destroyed_and_nothing_is_written_with_them(full):
    client = cast.sign_in(Client(), full.ana)
    for held in (full.study, full.source, full.raw):
        keyring().destroy(held.file_id)

    told = {}
    for address in hostile.addresses_of("evidence"):
        told |= hostile.answers(
            client, address, full.ids | ({"source_id": full.raw.pk} if "/words" in address[1] else {})
        )
    memo = client.post(reverse("evidence:memos", args=[full.study.pk]), {"words": "A thought."})

    assert {path: status for path, status in told.items() if status >= 500} == {}
    assert memo.status_code == 409
    assert "was destroyed" in memo.content.decode()


@pytest.mark.parametrize(
    "path", ["19-nvivo-codebook-refused/codebook.qdc", "26-transcript-leaves-uncleaned/project.qdpx"]
)
@pytest.mark.costly("hundreds of broken files in the thorough lane, a few in the quick one")
def test_no_project_breaks_its_reader(path):
    assert hostile.unread(reader.read, case(path).read_bytes(), Broken) == []


@pytest.mark.parametrize(
    "path", ["28-word-hidden-text-and-footnotes/interview.docx", "01-hours-24-hours-notice/hours.txt"]
)
@pytest.mark.costly("hundreds of broken files in the thorough lane, a few in the quick one")
def test_no_transcript_breaks_its_reader(path):
    def read(content):
        documents.check_size(documents.read(path, content))

    assert hostile.unread(read, case(path).read_bytes(), CannotBringIn) == []


@pytest.mark.parametrize("said", ["9" * 5000, "-" + "9" * 5000, "99999999999", " 8 ", "+8"])
def test_a_position_of_any_length_is_read_and_one_outside_is_said(said):
    content = writer.bare(writer.new(small()), small())
    content = content.replace(b'endPosition="8"', f'endPosition="{said}"'.encode())

    found = reader.read(content)

    inside = said.strip(" +") == "8"
    assert [note.code for note in found.notes] == ([] if inside else ["outside_text", "words_about"])


def test_a_file_without_a_name_is_no_file_of_a_project():
    nameless = zipped([("project.qde", xml()), (nameless_entry(), b"a")])

    with pytest.raises(Broken, match="outside"):
        packages.unpack(nameless)


def nameless_entry():
    entry = zipfile.ZipInfo("x")
    entry.filename = ""
    return entry
