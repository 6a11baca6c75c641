"""How long answers took, and for how many requests for a bed nothing was held.

Counted between agencies that both contribute, for an editor only.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from alongside.beds.tests.test_policy_mutation import night  # noqa: F401 - a shelter and who asks it, at every stage
from alongside.indicators.queries import cubes
from alongside.indicators.tests.conftest import contributes
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.referrals import commands as referrals
from alongside.referrals import queries
from alongside.referrals.tests import cast
from tests import databases
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def between():
    """Somebody who asks, somebody who is asked, and an editor; a file with something wanted."""
    here, there = cast.agency("Riverside"), cast.agency("Lakeside")
    maya, ines = cast.worker(here), cast.worker(there, "Ines")
    file = cast.file(maya)
    return {
        "here": here,
        "there": there,
        "maya": maya,
        "ines": ines,
        "file": file,
        "wish": cast.priority(file, maya),
        "editor": cast.worker(here, "Eli", "editor"),
    }


def half_now():
    now = clock.now()
    return f"{now.year}-H{1 if now.month < 7 else 2}"


def answers(who, unit="questions"):
    with ctx.as_worker(who.pk):
        found = cubes.cube_of("answers", half_now())
    return {
        node[1:]: count.value
        for node, count in found.counts.items()
        if node[0] == unit and "*" not in node[: 1 + len(found.shape.units[unit])]
    }


def test_a_request_counts_by_how_long_its_answer_took(between):
    contributes(between["here"])
    contributes(between["there"])
    with time_machine.travel(clock.now() - timedelta(days=5), tick=True):
        asked = cast.request(
            between["file"],
            between["maya"],
            between["there"],
            between["wish"],
            until=clock.now() + timedelta(days=30),
        )
    before = answers(between["editor"])

    with ctx.as_worker(between["ines"].pk):
        referrals.decline(
            referral=asked,
            reason="no-capacity",
            barriers=[],
            wait_band="",
            by=between["ines"],
            at=clock.now(),
        )

    where = ("shelter_tonight", "community", "north")
    assert before == {(*where, "unanswered"): 1}
    assert answers(between["editor"]) == {(*where, "days-4-7"): 1}
    assert answers(between["maya"]) == {}


def test_an_answer_counts_by_the_sector_and_the_region_of_who_was_asked(between, superuser):
    hospital = cast.agency("North Shore", "healthcare", "hospital")
    superuser.execute("update agencies_agency set division = '3506' where id = %s", [hospital.id])
    for agency in (between["here"], between["there"], hospital):
        contributes(agency)
        if agency != between["here"]:
            cast.request(between["file"], between["maya"], agency, between["wish"])

    assert answers(between["editor"]) == {
        ("shelter_tonight", "community", "north", "unanswered"): 1,
        ("shelter_tonight", "healthcare", "east", "unanswered"): 1,
    }


def test_what_came_of_a_request_is_counted_by_who_was_asked(between):
    editor, where = between["editor"], ("community", "north")
    contributes(between["here"])
    contributes(between["there"])
    asked = cast.request(between["file"], between["maya"], between["there"], between["wish"])
    assert answers(editor, "appointments") == {(*where, "no-day"): 1}
    assert answers(editor, "endings") == {(*where, "not-said"): 1}
    assert answers(editor, "repeats") == {(*where, "first"): 1}

    with ctx.as_worker(between["ines"].pk):
        theirs = queries.get_referral(between["ines"], asked.id)
        soon = clock.today() + timedelta(days=5)
        referrals.say_yes(referral=theirs, on=soon, by=between["ines"], at=clock.now())
    with ctx.as_worker(between["maya"].pk):
        ours = queries.get_referral(between["maya"], asked.id)
        referrals.record_outcome(referral=ours, outcome="chose-otherwise", by=between["maya"], at=clock.now())
    cast.request(between["file"], between["maya"], between["there"], between["wish"])

    assert answers(editor, "appointments") == {(*where, "days-4-7"): 1, (*where, "no-day"): 1}
    assert answers(editor, "endings") == {(*where, "chose-otherwise"): 1, (*where, "not-said"): 1}
    assert answers(editor, "repeats") == {(*where, "first"): 1, (*where, "again"): 1}
    assert answers(between["maya"], "repeats") == {}


def test_what_was_never_answered_has_no_day_and_no_ending(between):
    """Protection takes it for known: a row that says otherwise is counted as if it did not."""
    contributes(between["here"])
    contributes(between["there"])
    cast.request(between["file"], between["maya"], between["there"], between["wish"])
    with databases.without_triggers() as superuser:
        superuser.execute(
            "update referrals_referral set state = 'accepted', appointment_band = 'later', outcome = 'worked'"
        )

    where = ("community", "north")
    assert answers(between["editor"], "appointments") == {(*where, "no-day"): 1}
    assert answers(between["editor"], "endings") == {(*where, "not-said"): 1}


def test_behind_a_number_stand_no_more_agencies_than_were_asked(between):
    here, there = between["here"], between["there"]
    others = [cast.worker(cast.agency(name), name) for name in ("Cedar", "Hillcrest")]
    for agency in (here, there, *(other.agency for other in others)):
        contributes(agency)
    cast.request(between["file"], between["maya"], there, between["wish"])
    for other in others:
        file = cast.file(other)
        cast.request(file, other, there, cast.priority(file, other))

    with ctx.as_worker(between["editor"].pk):
        whole = cubes.cube_of("answers", half_now())["questions", "*", "*", "*", "*"]
    assert (whole.value, whole.agencies) == (3, 1)


def test_a_request_counts_only_if_both_agencies_contribute(between):
    contributes(between["here"])
    cast.request(between["file"], between["maya"], between["there"], between["wish"])

    assert answers(between["editor"]) == {}


def test_a_request_for_a_bed_counts_by_whether_one_was_held(night, superuser):
    editor = night.ground.worker(night.asker, "editor")
    seen = (
        "select other, n from ctx.bed_cube(now() - interval '1 day', now() + interval '1 day') where one <> "
        "'*' and other <> '*' order by 1"
    )
    with acting(editor) as app:
        alone = app.execute(seen).fetchall()
    for agency in (night.asker, night.shelter):
        night.ground.insert(
            "indicators_contribution", id=uuid7(), agency_id=agency, given_by=uuid4(), given_at="now"
        )

    with acting(editor) as app:
        together = app.execute(seen).fetchall()
    other = next(person.id for person in night.people if person.role == "leader")
    with acting(other) as app:
        leaders = app.execute(seen).fetchall()

    assert (alone, leaders) == ([], [])
    assert together == [("held", 1), ("nothing-held", 1)]
