"""The pages of exchanging and of comparing.

Who comes in, what a broken file is told, and two readings side by side only when both are finished.
"""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.agencies.tests import cast
from alongside.evidence import commands, queries
from alongside.evidence.models import Code, Exchange, Memo
from alongside.evidence.refi import packages
from alongside.evidence.refi.reader import read
from alongside.evidence.tests import people
from alongside.evidence.tests.test_exchange import SAID, brought, finished, packed
from alongside.kernel import ctx
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
ROLES = ("caseworker", "coordinator", "leader", "privacy-officer", "administrator", "data-steward")


@pytest.fixture
@frozen
def there():
    return people.scene()


def address(there, exchange=None, source=None):
    return {
        "exchange": ("get", f"/evidence/studies/{there.study.pk}/exchange"),
        "file": ("post", f"/evidence/studies/{there.study.pk}/exchange/file"),
        "came": ("get", f"/evidence/exchanges/{exchange.pk if exchange else uuid.uuid4()}"),
        "comparison": ("get", f"/evidence/sources/{source.pk if source else uuid.uuid4()}/comparison"),
    }


def test_only_their_own_editors_come_in(there):
    exchange, source = brought(there), finished(there)
    others = [cast.worker(there.agency, role, role) for role in ROLES] + [
        cast.worker(cast.agency("Lakeside"), "Ines", "editor")
    ]

    for who in [*others, there.luc]:
        client = cast.sign_in(Client(), who)
        for method, path in address(there, exchange, source).values():
            answer = getattr(client, method)(path, {"form": "qdpx"} if method == "post" else {})
            assert answer.status_code == (200 if who is there.luc else 404), (who.role, path)


def test_a_project_comes_in_by_the_page_and_what_came_is_said(there):
    client = cast.sign_in(Client(), there.ana)
    sent = {"upload": SimpleUploadedFile("a.qdpx", packed()), "kind": "interview", "language": "en"}

    answer = client.post(address(there)["exchange"][1], sent)

    page = client.get(answer.headers["Location"]).content.decode()
    assert "What came" in page
    assert "A passage without a code." in page
    assert client.get(address(there)["exchange"][1]).status_code == 200


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no", "it isn’t XML"),
        (b'<Project xmlns="urn:QDA-XML:project:1.0"/>', "Line 1"),
        (b"PK\x03\x04", "broken or locked"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "document type"),
    ],
)
def test_a_broken_file_is_told_why_and_changes_nothing(there, content, told):
    client = cast.sign_in(Client(), there.ana)

    answer = client.post(
        address(there)["exchange"][1], {"upload": SimpleUploadedFile("a.qde", content), "kind": "interview"}
    )

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Nothing was brought in" in answer.content.decode()
    with ctx.as_worker(there.ana.pk):
        assert not Exchange.objects.exists()
        assert not Code.objects.exists()


@pytest.mark.parametrize("form", ["qdpx", "qde", "qdc"])
def test_a_study_goes_out_as_a_file_with_a_neutral_name(there, form):
    brought(there)
    finished(there)

    answer = cast.sign_in(Client(), there.ana).post(address(there)["file"][1], {"form": form})

    assert answer.headers["Content-Disposition"] == f'attachment; filename="study.{form}"'
    assert read(answer.content).project.codes
    assert (SAID.encode() in b"".join(packages.unpack(answer.content).files.values())) == (form == "qdpx")
    assert (
        cast.sign_in(Client(), there.ana).post(address(there)["file"][1], {"form": "exe"}).status_code == 404
    )


def two_codings(there, *, finish=True):
    """Ana coded; Luc reads it blind, and sees one thing as she does, one otherwise."""
    source, trust, waiting = people.ready(there), people.code(there, "Trust"), people.code(there, "Waiting")
    people.coded(there, source, trust, "Trust is what helped.")
    people.coded(there, source, waiting, "I waited three weeks.")
    people.does(there.luc, commands.begin_blind_coding, source_id=source.pk)
    people.coded(there, source, trust, "Trust is what helped.", by=there.luc)
    people.coded(there, source, trust, "She stayed until the morning.", by=there.luc)
    if finish:
        people.does(there.luc, commands.finish_blind_coding, source_id=source.pk)
    return source


def test_two_readings_lie_side_by_side_where_they_part_first(there):
    source = two_codings(there)

    with ctx.as_worker(there.ana.pk):
        found = queries.compared(there.ana, queries.get_source(there.ana, source.pk))

    assert (found.first, found.second) == ("Ana", "Luc")
    assert [
        (row.words, [c.name for c in row.first], [c.name for c in row.second]) for row in found.apart
    ] == [
        ("I waited three weeks.", ["Waiting"], []),
        ("She stayed until the morning.", [], ["Trust"]),
    ]
    assert [row.words for row in found.alike] == ["Trust is what helped."]
    told = {
        code.name: (agreement.both, agreement.first_only, agreement.second_only, agreement.alpha is None)
        for code, agreement, _letters in found.by_code
    }
    assert told == {"Trust": (1, 0, 1, False), "Waiting": (0, 1, 0, False)}
    assert found.neither == 4
    assert -1 < found.overall < 1


def test_nothing_lies_side_by_side_before_both_have_finished(there):
    source = two_codings(there, finish=False)

    for who in (there.ana, there.luc):
        page = (
            cast.sign_in(Client(), who).get(address(there, source=source)["comparison"][1]).content.decode()
        )
        assert "Nothing lies side by side yet" in page
        assert "I waited three weeks." not in page


def test_what_came_of_talking_stays_with_the_source(there):
    source = two_codings(there)
    path = address(there, source=source)["comparison"][1]
    client = cast.sign_in(Client(), there.ana)

    assert "Where you saw different things" in client.get(path).content.decode()
    assert client.post(path, {"words": "Waiting is its own code."}).status_code == 302

    assert "Waiting is its own code." in client.get(path).content.decode()
    with ctx.as_worker(there.ana.pk):
        assert Memo.objects.get().source_id == source.pk


def test_the_numbers_are_no_score(there):
    page = (
        cast.sign_in(Client(), there.ana)
        .get(address(there, source=two_codings(there))["comparison"][1])
        .content.decode()
    )

    assert "They are a reason to talk, not a mark." in page
    assert 'class="tag no"' not in page
    assert 'class="tag yes"' not in page
