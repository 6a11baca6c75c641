"""Two who read blind.

The database itself shows neither the other's marks, whatever asks it (decision 0016).
"""

from __future__ import annotations

import psycopg
import pytest
from django.db import ProgrammingError
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.evidence import commands, queries, rules
from alongside.evidence.tests.people import asks, code, coded, does, ready, scene
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
    does(
        there.ana,
        commands.write_memo,
        study_id=there.study.pk,
        words="Ana's thought",
        coding_id=there.first.pk,
    )
    does(there.luc, commands.begin_blind_coding, source_id=there.source.pk)
    there.second = coded(there, there.source, there.code, "I waited three weeks", by=there.luc)
    does(
        there.luc,
        commands.write_memo,
        study_id=there.study.pk,
        words="Luc's thought",
        source_id=there.source.pk,
    )
    return there


def seen(who, source, words=SEEN):
    with acting(who.pk) as app:
        return app.execute(
            words + (" where" if "where" not in words else " and") + " source_id = %s", [source.pk]
        ).fetchone()[0]


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
    does(two.luc, commands.finish_blind_coding, source_id=two.source.pk)

    assert seen(two.ana, two.source) == seen(two.luc, two.source) == [two.ana.pk, two.luc.pk]
    assert seen(two.ana, two.source, THOUGHT) == 2
    with pytest.raises(rules.CannotRead):
        does(two.luc, commands.begin_blind_coding, source_id=two.source.pk)
    with acting(two.luc.pk) as app:
        assert app.execute("update evidence_blindcoding set finished_at = now()").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("update evidence_blindcoding set blind = false")


def test_nobody_reads_or_finishes_in_anothers_name(two):
    with acting(two.ana.pk) as app:
        assert app.execute("update evidence_blindcoding set finished_at = now()").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(
                "insert into evidence_blindcoding (id, source_id, agency_id, coder, blind, begun_at) values "
                "(gen_random_uuid(), %s, %s, %s, true, now())",
                [two.other.pk, two.agency.pk, two.luc.pk],
            )


def test_no_page_tells_either(two):
    pages = [
        ("coding", two.source.pk),
        ("theme", two.code.pk),
        ("memos", two.study.pk),
        ("source", two.source.pk),
        ("passages_csv", two.study.pk),
        ("study", two.study.pk),
        ("code", two.code.pk),
    ]
    for who, theirs, coding in (
        (two.ana, "Luc's thought", two.second),
        (two.luc, "Ana's thought", two.first),
    ):
        client = cast.sign_in(Client(), who)
        for name, id in pages:
            text = client.get(reverse(f"evidence:{name}", args=[id])).content.decode()
            assert str(coding.pk) not in text, (who.name, name)
            assert theirs.replace("'", "&#x27;") not in text, (who.name, name)
        assert client.get(reverse("evidence:passage", args=[coding.pk])).status_code == 404


def test_the_method_says_no_agreement_before_and_one_after(two):
    assert asks(two.ana, lambda who: queries.method_of(who, two.study)).alpha is None

    does(two.luc, commands.finish_blind_coding, source_id=two.source.pk)
    assert asks(two.ana, lambda who: queries.method_of(who, two.study)).alpha is not None


def reads(two, who, words=()):
    """Somebody reads the source blind to its end, and marks these words."""
    does(who, commands.begin_blind_coding, source_id=two.source.pk)
    for word in words:
        coded(two, two.source, two.code, word, by=who)
    does(who, commands.finish_blind_coding, source_id=two.source.pk)


def method(two):
    told = asks(two.ana, lambda who: queries.method_of(who, two.study))
    return told.coders, told.apart, None if told.alpha is None else round(told.alpha, 3)


def test_one_who_read_alone_agrees_with_nobody():
    there = scene()
    there.source, there.code = ready(there), code(there)
    reads(there, there.ana, ["Trust is what helped"])

    assert method(there) == (1, 0, None)


def test_agreement_is_that_of_all_who_read_apart_each_once_and_of_nobody_else(two):
    zoe, noor = (cast.worker(two.agency, name, "editor") for name in ("Zoé", "Noor"))
    does(two.luc, commands.finish_blind_coding, source_id=two.source.pk)
    of_two = method(two)

    does(zoe, commands.begin_blind_coding, source_id=two.source.pk)
    while_zoe_reads = method(two)
    coded(two, two.source, two.code, "Trust is what helped", by=zoe)
    does(zoe, commands.finish_blind_coding, source_id=two.source.pk)
    coded(
        two, two.source, two.code, "Nobody called me back", by=noor
    )  # openly, after all the others: she sees what they marked

    # By hand, as in the paper: 3 of all values are "seen", and in two sentences one of the three differs,
    # which makes 4 pairs that don't match.
    values = 3 * len(asks(two.ana, lambda who: queries.read_apart(who, two.study))[0][0])
    assert of_two[:2] == (2, 2)
    assert while_zoe_reads == (2, 0, None)
    assert method(two) == (4, 3, round(1 - (values - 1) * 4 / (2 * 3 * (values - 3)), 3))


def test_who_marks_openly_after_a_blind_reading_is_done_did_not_read_apart():
    there = scene()
    there.source, there.code = ready(there), code(there)
    reads(there, there.ana, ["Trust is what helped"])

    coded(there, there.source, there.code, "Trust is what helped", by=there.luc)

    assert method(there) == (2, 0, None)


def test_who_read_to_the_end_and_marked_nothing_has_read(two):
    zoe = cast.worker(two.agency, "Zoé", "editor")
    does(two.luc, commands.finish_blind_coding, source_id=two.source.pk)

    reads(two, zoe)

    assert method(two)[:2] == (3, 3)


def test_codes_are_not_merged_under_somebody_who_reads_blind(two):
    other = code(two, "Waiting")

    for command, more in ((commands.merge_codes, {"into_id": other.pk}), (commands.retire_code, {})):
        with pytest.raises(rules.CannotArrange):
            does(two.ana, command, code_id=two.code.pk, **more)


def test_whoever_marked_something_cannot_begin_blind(two):
    with pytest.raises(rules.CannotRead):
        does(two.ana, commands.begin_blind_coding, source_id=two.source.pk)


def test_a_coding_is_nobodys_but_the_coders(two):
    does(two.luc, commands.finish_blind_coding, source_id=two.source.pk)

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
                study=two.study,
                source=raw,
                code=two.code,
                agency_id=two.agency.pk,
                start=0,
                end=4,
                coded_by=by.pk,
                coded_at=at,
            ),
        )
