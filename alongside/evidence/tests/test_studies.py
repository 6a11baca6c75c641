"""Studies and who took part: every change a version, older ones readable, and no name anywhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.evidence import commands, queries, rules
from alongside.evidence.tests.people import asks, brought, does, ready, scene
from alongside.trail.models import Entry

pytestmark = pytest.mark.django_db
STUDY = {"title": "What helps", "question": "What helps?", "guide": "What helped?\n\n  What  did not? "}


def test_a_study_is_opened_and_each_change_is_a_version():
    there = scene()
    client = cast.sign_in(Client(), there.ana)
    client.post(reverse("evidence:new"), STUDY)
    study = asks(there.ana, queries.studies)[0]
    assert (study.now.number, study.now.guide) == (1, ["What helped?", "What did not?"])

    client.post(
        reverse("evidence:study_edit", args=[study.pk]),
        STUDY | {"question": "What helps, and when?", "note": "Two more were asked."},
    )
    client.post(
        reverse("evidence:study_edit", args=[study.pk]), STUDY | {"question": "What helps, and when?"}
    )

    found = asks(there.ana, queries.versions, study)
    assert [(version.number, version.question, version.note) for version in found] == [
        (2, "What helps, and when?", "Two more were asked."),
        (1, "What helps?", ""),
    ]
    changed = client.get(reverse("evidence:versions", args=[study.pk])).content.decode()
    assert "<del>" in changed
    assert "Two more were asked." in changed
    older = client.get(reverse("evidence:version", args=[study.pk, 1])).content.decode()
    assert "What helps?" in older
    assert client.get(reverse("evidence:version", args=[study.pk, 9])).status_code == 404


def test_what_is_wrong_is_said_and_what_was_typed_stays():
    there = scene()
    answer = cast.sign_in(Client(), there.ana).post(
        reverse("evidence:new"),
        {
            "title": "",
            "method": "By two of us",
            "recruited_from": "2026-05-02",
            "recruited_until": "2026-05-01",
        },
    )

    assert answer.status_code == 422
    for words in ("By two of us", "Give it a title", "before the first day"):
        assert words in answer.content.decode()


def test_versions_are_never_changed_in_the_database(superuser):
    there = scene()
    from tests.ground import acting

    with acting(there.ana.pk) as app, pytest.raises(Exception, match="permission denied"):
        app.execute("update evidence_studyversion set title = 'x'")


@pytest.mark.parametrize(
    "role", ["Marie from Barrie", "worker at the Sunset Motel", "nurse 705-555-0134", "Dr. Singh"]
)
def test_a_role_is_no_name(role):
    there = scene()
    client = cast.sign_in(Client(), there.ana)

    answer = client.post(
        reverse("evidence:participants", args=[there.study.pk]), {"speaks_as": "provider", "role": role}
    )
    assert answer.status_code == 422
    assert asks(there.ana, queries.participants, there.study) == []


def test_participants_are_letters_and_numbers_in_the_order_they_came():
    there = scene()
    client = cast.sign_in(Client(), there.ana)
    for role in ("social service provider", "somebody who left", ""):
        client.post(
            reverse("evidence:participants", args=[there.study.pk]),
            {"speaks_as": "lived", "role": role, "region": "north"},
        )

    found = asks(there.ana, queries.participants, there.study)
    assert [(participant.code, participant.role) for participant in found] == [
        ("P01", "social service provider"),
        ("P02", "somebody who left"),
        ("P03", ""),
    ]
    client.post(
        reverse("evidence:participant", args=[found[2].pk]), {"speaks_as": "provider", "role": "nurse"}
    )
    assert asks(there.ana, queries.get_participant, found[2].pk).role == "nurse"


def test_the_method_tells_what_was_done():
    there = scene()
    person = does(
        there.ana,
        commands.add_participant,
        study_id=there.study.pk,
        facts={"role": "nurse", "speaks_as": "provider"},
    )
    for day in (3, 1, 2):
        ready(there, participant_id=person.pk, collected_on=date(2026, 9, day))
    ready(there, kind="feedback", language="fr", collected_on=None)
    brought(there)
    does(there.ana, commands.withdraw, source_id=ready(there).pk)

    method = asks(there.ana, lambda who: queries.method_of(who, there.study))
    assert (method.interviews, method.feedback, method.roles) == (3, 1, [])
    assert (method.first, method.last, method.languages) == (date(2026, 9, 1), date(2026, 9, 3), ["en", "fr"])
    assert (method.questions, method.version, method.alpha, method.coders) == (1, 1, None, 0)


def test_the_way_of_a_source_leaves_a_trail_of_codes_and_ids(superuser):
    there = scene()
    source = ready(there)
    cast.sign_in(Client(), there.ana).get(reverse("evidence:coding", args=[source.pk]))
    does(there.ana, commands.withdraw, source_id=source.pk)

    told = [
        row[0]
        for row in superuser.execute(
            "select action from trail_entry where item_id = %s order by at, id", [source.pk]
        ).fetchall()
    ]
    assert [action.removeprefix("evidence.") for action in told] == [
        "source_brought_in",
        "words_decided",
        "source_cleaned",
        "source_read",
        "source_withdrawn",
    ]
    assert not [field.name for field in Entry._meta.fields if field.name in ("words", "text", "title")]


def test_words_come_in_by_the_page_are_decided_in_one_tap_and_finished():
    there = scene()
    client = cast.sign_in(Client(), there.ana)
    where = reverse("evidence:bring_in", args=[there.study.pk])
    assert client.post(where, {"text": " ", "kind": "interview"}).status_code == 422
    came = client.post(where, {"text": "I met Zoé. Then Zoé met Luc.", "kind": "interview", "language": "en"})
    words = came.headers["Location"]
    page = client.get(words)
    assert [(group.words, len(group.identifiers), group.suggested) for group in page.context["groups"]] == [
        ("Zoé", 2, "[somebody]"),
        ("Luc", 1, "[somebody]"),
    ]

    assert client.post(f"{words}/finish", {"read": "1"}).status_code == 409
    client.post(
        words,
        {"alike": "name:zoe", "decision": "replace", "words": "[a friend]"},
        headers={"HX-Request": "true"},
    )
    client.post(words, {"alike": "name:luc", "decision": "keep"})
    assert client.post(f"{words}/finish").status_code == 422
    assert client.post(f"{words}/finish", {"read": "1"}).status_code == 302

    source = next(iter(asks(there.ana, queries.sources, there.study)))
    assert (
        asks(there.ana, lambda who: queries.words_of(queries.get_source(who, source.pk)))
        == "I met [a friend]. Then [a friend] met Luc."
    )


def test_one_place_can_be_decided_otherwise_and_all_that_is_left_at_once():
    there = scene()
    client = cast.sign_in(Client(), there.ana)
    source = brought(there, "Zoé called. Then Zoé and Luc left Barrie.")
    words = reverse("evidence:words", args=[source.pk])
    first = client.get(words).context["groups"][0].identifiers[0]

    client.post(words, {"identifier": str(first.pk), "decision": "keep"})
    client.post(words, {"rest": "1"})
    client.post(f"{words}/finish", {"read": "1"})

    assert (
        asks(there.ana, lambda who: queries.words_of(queries.get_source(who, source.pk)))
        == "Zoé called. Then [somebody] and [somebody] left [a town]."
    )


def test_a_broken_file_is_refused_on_the_page_with_what_to_do(tmp_path):
    there = scene()
    bad = tmp_path / "talk.docx"
    bad.write_bytes(b"PK\x03\x04 broken")
    with bad.open("rb") as upload:
        answer = cast.sign_in(Client(), there.ana).post(
            reverse("evidence:bring_in", args=[there.study.pk]), {"upload": upload, "kind": "interview"}
        )

    assert answer.status_code == 422
    assert "save it anew" in answer.content.decode()
    assert asks(there.ana, queries.sources, there.study) == []


def test_refusals_are_refusals():
    assert all(
        issubclass(rule, rules.Refusal) for name, rule in vars(rules).items() if name.startswith("Cannot")
    )
