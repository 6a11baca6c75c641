"""Two who read blind: the database itself shows neither the other's marks, whatever asks it (decision 0016)."""

from __future__ import annotations

import psycopg
import pytest
from django.db import ProgrammingError
from django.test import Client
from django.urls import reverse

from alongside.evidence import commands, queries, rules
from alongside.evidence.tests.people import asks, code, coded, does, ready, scene
from tests import cast
from tests.frozen import frozen
from tests.ground import acting

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
SEEN = "select array_agg(coded_by order by coded_at) from evidence_coding"
THOUGHT = "select count(*) from evidence_memo where source_id is not null"


@pytest.fixture
@frozen
def two():
    """Ana has coded and thought; Luc begins to read blind, and does the same."""
    there = scene()
    there.source, there.code = ready(there), code(there)
    there.other = ready(there)
    there.first = coded(there, there.source, there.code, "Trust is what helped")
    coded(there, there.other, there.code, "Nobody called me back")
    does(there.ana, commands.write_memo, study_id=there.study.pk, words="Ana's thought", coding_id=there.first.pk)
    does(there.luc, commands.begin_blind, source_id=there.source.pk)
    there.second = coded(there, there.source, there.code, "I waited three weeks", by=there.luc)
    does(there.luc, commands.write_memo, study_id=there.study.pk, words="Luc's thought", source_id=there.source.pk)
    return there


def seen(who, source, words=SEEN):
    with acting(who.pk) as app:
        return app.execute(words + (" where" if "where" not in words else " and") + " source_id = %s", [source.pk]).fetchone()[0]


def test_until_it_is_finished_each_sees_only_their_own(two):
    assert seen(two.ana, two.source) == [two.ana.pk]
    assert seen(two.luc, two.source) == [two.luc.pk]
    assert seen(two.ana, two.source, THOUGHT) == seen(two.luc, two.source, THOUGHT) == 1


def test_other_sources_stay_as_they_were(two):
    assert seen(two.luc, two.other) == seen(two.ana, two.other) == [two.ana.pk]


def test_a_third_sees_the_first_and_not_the_blind_one(two):
    zoe = cast.worker(two.agency, "Zoé", "editor")

    assert seen(zoe, two.source) == [two.ana.pk]


def test_once_it_is_finished_both_see_both_and_there_is_no_way_back(two):
    does(two.luc, commands.finish_blind, source_id=two.source.pk)

    assert seen(two.ana, two.source) == seen(two.luc, two.source) == [two.ana.pk, two.luc.pk]
    assert seen(two.ana, two.source, THOUGHT) == 2
    with pytest.raises(rules.CannotRead):
        does(two.luc, commands.begin_blind, source_id=two.source.pk)
    with acting(two.luc.pk) as app:
        assert app.execute("update evidence_reading set finished_at = now()").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("update evidence_reading set blind = false")


def test_nobody_reads_or_finishes_in_anothers_name(two):
    with acting(two.ana.pk) as app:
        assert app.execute("update evidence_reading set finished_at = now()").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(
                "insert into evidence_reading (id, source_id, agency_id, coder, blind, begun_at) values (gen_random_uuid(), %s, %s, %s, true, now())",
                [two.other.pk, two.agency.pk, two.luc.pk],
            )


def test_no_page_tells_either(two):
    pages = [
        ("coding", two.source.pk), ("theme", two.code.pk), ("memos", two.study.pk), ("source", two.source.pk), ("passages_csv", two.study.pk), ("study", two.study.pk),
        ("code", two.code.pk),
    ]  # fmt: skip
    for who, theirs, coding in ((two.ana, "Luc's thought", two.second), (two.luc, "Ana's thought", two.first)):
        client = cast.sign_in(Client(), who)
        for name, id in pages:
            text = client.get(reverse(f"evidence:{name}", args=[id])).content.decode()
            assert str(coding.pk) not in text, (who.name, name)
            assert theirs.replace("'", "&#x27;") not in text, (who.name, name)
        assert client.get(reverse("evidence:passage", args=[coding.pk])).status_code == 404


def test_the_method_says_no_agreement_before_and_one_after(two):
    assert asks(two.ana, lambda who: queries.method_of(who, two.study)).alpha is None

    does(two.luc, commands.finish_blind, source_id=two.source.pk)
    assert asks(two.ana, lambda who: queries.method_of(who, two.study)).alpha is not None


def test_codes_are_not_merged_under_somebody_who_reads_blind(two):
    other = code(two, "Waiting")

    for command, more in ((commands.merge_codes, {"into_id": other.pk}), (commands.retire_code, {})):
        with pytest.raises(rules.CannotArrange):
            does(two.ana, command, code_id=two.code.pk, **more)


def test_whoever_marked_something_cannot_begin_blind(two):
    with pytest.raises(rules.CannotRead):
        does(two.ana, commands.begin_blind, source_id=two.source.pk)


def test_a_coding_is_nobodys_but_the_coders(two):
    does(two.luc, commands.finish_blind, source_id=two.source.pk)

    with pytest.raises(rules.CannotSay):
        does(two.ana, commands.uncode, coding_id=two.second.pk)
    with acting(two.ana.pk) as app:
        assert app.execute("delete from evidence_coding where id = %s", [two.second.pk]).rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("update evidence_coding set coded_by = %s", [two.ana.pk])


def test_nothing_can_be_coded_in_a_raw_text_even_by_sql(two):
    from alongside.evidence.tests.people import brought

    raw = brought(two)
    with pytest.raises(ProgrammingError):
        does(
            two.ana,
            lambda by, at: queries.Coding.objects.create(
                study=two.study, source=raw, code=two.code, agency_id=two.agency.pk, start=0, end=4, coded_by=by.pk, coded_at=at
            ),
        )
