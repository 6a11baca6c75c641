"""A source on its way: brought in, seen to, read, taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.evidence import commands, queries, rules
from alongside.evidence.commands import Brought
from alongside.evidence.models import Code, Source, SourceState
from alongside.evidence.tests.people import TALK, asks, brought, code, coded, does, ready, scene, text_of
from alongside.kernel import ctx
from alongside.kernel.commands import finish_effects
from alongside.kernel.seal import keyring
from tests import keyrings

pytestmark = pytest.mark.django_db


def test_what_may_tell_who_it_is_waits_for_a_human():
    there = scene()
    source = brought(there)

    with ctx.as_worker(there.ana.pk):
        marked = {
            (TALK[identifier.start : identifier.end], identifier.kind, identifier.decision)
            for identifier in queries.identifiers_of(source)
        }
    assert {("Marie", "name", ""), ("Barrie", "place", "")} <= marked
    with pytest.raises(rules.CannotFinish):
        does(there.ana, commands.finish, source_id=source.pk)


def test_nothing_is_coded_before_that():
    there = scene()
    source, trust = brought(there), code(there)

    with pytest.raises(rules.CannotCode):
        does(there.ana, commands.code_passage, source_id=source.pk, code_id=trust.pk, start=0, end=5)


def test_when_it_is_done_the_raw_text_is_gone_from_the_database(superuser):
    there = scene()
    source = ready(there)

    row = superuser.execute(
        "select state, raw, waiting, body is not null from evidence_source where id = %s", [source.pk]
    ).fetchone()
    assert row == ("ready", None, None, True)
    assert text_of(there.ana, source) == TALK.replace("Marie", "[someone]").replace("Barrie", "[someone]")


def test_words_marked_by_hand_give_way_to_what_was_suggested_in_them():
    there = scene()
    source = brought(there, "I met Marie Tremblay there. marie tremblay\nwas kind.")

    identifiers = does(there.ana, commands.mark_by_hand, source_id=source.pk, words="Marie Tremblay")

    assert [(identifier.kind, identifier.start, identifier.end) for identifier in identifiers] == [
        ("by_hand", 6, 20),
        ("by_hand", 28, 42),
    ]
    assert len(asks(there.ana, lambda _who: queries.identifiers_of(source))) == 2
    with pytest.raises(rules.CannotSay):
        does(there.ana, commands.mark_by_hand, source_id=source.pk, words="nobody said this")


def test_codings_that_come_along_wait_and_find_their_words_again():
    there = scene()
    trust = code(there)
    text = "🌿 Hello.\r\nMarie stayed with me.\r\nAll night."
    start = text.index("Marie")
    source = brought(there, text, codings=[Brought(trust.pk, start, start + len("Marie stayed"))])
    assert asks(there.ana, queries.codings_in, source) == []

    with ctx.as_worker(there.ana.pk):
        ids = [identifier.pk for identifier in queries.identifiers_of(source)]
    does(
        there.ana,
        commands.decide,
        source_id=source.pk,
        identifier_ids=ids,
        decision="replace",
        words="[a friend]",
    )
    does(there.ana, commands.finish, source_id=source.pk)

    assert [passage.words for passage in asks(there.ana, queries.passages, trust)] == ["[a friend] stayed"]


def test_taken_back_while_the_keyring_is_held_the_page_says_what_is_so(client):
    there = scene()
    source = ready(there)
    with keyrings.held():
        does(there.ana, commands.withdraw, source_id=source.pk)
    address = reverse("evidence:study", args=[there.study.pk])
    page = cast.sign_in(client, there.ana).get(address).content.decode()

    assert keyring().holds(source.pk)
    assert "hidden from everybody and being destroyed" in page
    assert finish_effects(about=source.pk) == 1
    assert not keyring().holds(source.pk)
    assert "Nothing of it is left" in client.get(address).content.decode()


def test_taken_back_it_is_on_no_page_and_its_key_is_gone():
    there = scene()
    source, trust = ready(there), code(there)
    coding = coded(there, source, trust, "Trust is what helped")
    assert keyring().holds(source.pk)

    does(there.ana, commands.withdraw, source_id=source.pk)

    assert not keyring().holds(source.pk)
    assert asks(there.ana, queries.passages, trust) == []
    assert asks(there.ana, queries.sources, there.study) == []
    with pytest.raises(Source.DoesNotExist):
        asks(there.ana, queries.get_source, source.pk)
    with pytest.raises(queries.Coding.DoesNotExist):
        asks(there.ana, queries.get_passage, coding.pk)


def test_what_was_taken_back_stays_so():
    there = scene()
    source = ready(there)
    does(there.ana, commands.withdraw, source_id=source.pk)

    for command in (commands.withdraw, commands.finish):
        with pytest.raises(rules.CannotMove):
            does(there.ana, command, source_id=source.pk)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Interview 4", "Interview 4"),
        ("2026-03-04 feedback", "2026-03-04 feedback"),
        ("Marie Tremblay.docx", "Source 1"),
        ("entretien avec josée", "Source 1"),
        ("", "Source 1"),
    ],
)
def test_a_name_that_looks_like_somebodys_becomes_a_number(given, kept):
    assert brought(scene(), name=given).name == kept


def test_an_agency_known_here_is_suggested_whatever_the_case():
    there = scene()
    cast.agency("Maison Lumière")
    source = brought(there, "they sent me to maison lumière then")

    assert [
        identifier.kind for identifier in asks(there.ana, lambda _who: queries.identifiers_of(source))
    ] == ["place"]


def test_a_closed_study_takes_nothing_in():
    there = scene()
    does(there.ana, commands.close_study, study_id=there.study.pk)

    with pytest.raises(rules.CannotWrite):
        brought(there)


def test_of_a_source_that_was_taken_back_nothing_is_said_to_come_first():
    gone = Source(state=SourceState.WITHDRAWN)

    with pytest.raises(rules.CannotCode, match="taken back"):
        rules.check_can_code(Code(codable=True), gone, 0, 1, 1)
    with pytest.raises(rules.CannotRead, match="taken back"):
        rules.check_can_begin_blind(gone, [], 0)
