"""How asking went, counted for one's own agency; another agency only as a word, from six answers up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from alongside.consent import commands as consent
from alongside.kernel import clock, ctx
from alongside.kernel.performance_measures import measures
from alongside.referrals import commands, queries
from alongside.referrals.models import Referral
from alongside.referrals.tests import cast
from tests import databases

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def scene():
    """Two agencies that ask a third, which answers; and somebody who leads the first."""
    maya = cast.worker(cast.agency("Riverside"))
    found = {"maya": maya, "dev": cast.worker(cast.agency("Lakeside", kind="shelter"), "Dev", "intake")}
    found["noor"] = cast.worker(cast.agency("Hillcrest"), "Noor")
    found["sol"] = cast.worker(maya.agency, "Sol", "leader")
    found["asked"] = cast.request(cast.file(maya), maya, found["dev"].agency)
    return found


def written(like, *, by, took, asked_at, many=1):
    """Requests as they come to stand: past the commands, because their days are long over."""
    with databases.without_triggers() as superuser:
        for _ in range(many):
            superuser.execute(
                "insert into referrals_referral (file_id, id, agency_id, to_agency_id, to_role, handle,"
                " release_id, written_by, written_at, state, requested_at, answered_at)"
                " select file_id, gen_random_uuid(), %s, to_agency_id, to_role, handle, release_id,"
                " written_by, written_at, 'accepted', %s, %s from referrals_referral where id = %s",
                [by.agency_id, asked_at, asked_at + took, like.id],
            )


def told(worker, *, answered=False):
    since, until = clock.now() - 30 * DAY, clock.now() + DAY
    with ctx.as_worker(worker.pk):
        return {measure.code: measure for measure in measures(worker, since, until, answered=answered)}


def test_each_side_counts_its_own(scene):
    asked, answered = told(scene["maya"])["answers"], told(scene["sol"], answered=True)

    assert asked.everywhere.counts == [0, 0, 0, 0, 1]
    assert answered == {}
    with ctx.as_worker(scene["dev"].pk):
        commands.say_yes(referral=_theirs(scene), on=clock.today() + 5 * DAY, by=scene["dev"], at=clock.now())
    after = told(scene["sol"])
    assert after["answers"].everywhere.counts == [1, 0, 0, 0, 0]
    assert after["appointments"].everywhere.counts == [0, 1, 0]
    assert after["again"].everywhere.counts == [1, 0]
    assert told(scene["noor"]) == {}


def _theirs(scene):
    return queries.get_referral(scene["dev"], scene["asked"].id)


def test_a_day_said_later_stands_in_place_of_the_first(scene):
    for days, band in ((2, "days-0-3"), (20, "later")):
        with ctx.as_worker(scene["dev"].pk):
            commands.say_yes(
                referral=_theirs(scene), on=clock.today() + days * DAY, by=scene["dev"], at=clock.now()
            )
        assert databases.superuser().execute(
            "select appointment_band from referrals_referral"
        ).fetchall() == [(band,)]


def test_a_second_request_for_the_same_thing_is_asked_again(scene):
    cast.request(_file(scene), scene["maya"], scene["noor"].agency)

    found = told(scene["sol"])["again"]
    assert found.everywhere.counts == [1, 1]


def _file(scene):
    with ctx.as_worker(scene["maya"].pk):
        return cast.file_queries.get_file(scene["maya"], scene["asked"].file_id)


@pytest.mark.parametrize("role", ["intake", "specialist", "administrator", "editor", "data-steward"])
def test_who_may_not_read_gaps_counts_nothing(scene, role):
    other = cast.worker(scene["maya"].agency, role.title(), role)

    assert told(other) == {}


def speeds(worker, agency_id):
    with ctx.as_worker(worker.pk):
        return queries.speeds([agency_id]).get(agency_id, "")


@pytest.mark.parametrize(
    ("took", "word"),
    [(timedelta(hours=3), "the same day"), (3 * DAY, "in some days"), (9 * DAY, "longer than a week")],
)
def test_five_answers_are_nothing_and_six_a_word(scene, took, word):
    dev, at = scene["dev"].agency_id, clock.now() - 20 * DAY
    written(scene["asked"], by=scene["maya"], took=took, asked_at=at, many=5)
    assert speeds(scene["maya"], dev) == ""

    written(scene["asked"], by=scene["maya"], took=took, asked_at=at)
    assert word in speeds(scene["maya"], dev)
    assert "us" in speeds(scene["maya"], dev).split()
    assert speeds(scene["noor"], dev) == "", "what an agency heard itself is its own"


def test_a_file_that_is_not_for_somebody_counts_in_no_word_they_hear(scene):
    written(scene["asked"], by=scene["maya"], took=3 * DAY, asked_at=clock.now() - 20 * DAY, many=6)
    sam, dev = cast.worker(scene["maya"].agency, "Sam"), scene["dev"].agency_id
    assert "in some days" in speeds(sam, dev)

    with ctx.as_worker(scene["maya"].pk):
        consent.block(
            file_id=scene["asked"].file_id,
            against=f"worker:{sam.pk}",
            item_id=None,
            by=scene["maya"],
            at=clock.now(),
        )

    assert speeds(sam, dev) == ""
    assert "in some days" in speeds(scene["maya"], dev)


def test_what_others_heard_takes_three_agencies_and_a_quarter_that_is_over(scene):
    today = clock.shared_day(clock.now())
    begun = clock.shared_midnight(date(today.year, (today.month - 1) // 3 * 3 + 1, 1))
    dev, third = scene["dev"].agency_id, cast.worker(cast.agency("Third"), "Ivy")

    written(scene["asked"], by=scene["maya"], took=3 * DAY, asked_at=begun - 40 * DAY, many=4)
    written(scene["asked"], by=scene["noor"], took=3 * DAY, asked_at=begun - 40 * DAY, many=4)
    assert speeds(third, dev) == "", "two agencies asked"

    written(scene["asked"], by=third, took=3 * DAY, asked_at=begun + timedelta(minutes=1))
    assert speeds(third, dev) == "", "this quarter is not over"

    written(scene["asked"], by=third, took=3 * DAY, asked_at=begun - 40 * DAY)
    assert speeds(third, dev) == "usually answers in some days"


def test_whoever_meets_nobody_hears_no_word(scene):
    written(scene["asked"], by=scene["maya"], took=DAY, asked_at=clock.now() - 20 * DAY, many=9)

    assert speeds(scene["sol"], scene["dev"].agency_id) == ""


def test_nobody_signed_in_is_counted_nothing(scene):
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ctx.request_measures('-infinity', 'infinity')")
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from ctx.answer_speeds(%s)", [[scene["dev"].agency_id]])
        assert cursor.fetchone() == (0,)
    assert Referral.objects.count() == 0


def day_of(client, who, at):
    with time_machine.travel(at, tick=False):
        return cast.sign_in(client, who).get("/day").content.decode()


def test_a_leader_hears_what_is_stuck_at_their_agency_and_since_when_and_opens_nothing(client, scene):
    asked_of_us = cast.request(cast.file(scene["noor"]), scene["noor"], scene["maya"].agency)
    late = max(scene["asked"].answer_by, asked_of_us.answer_by) + DAY

    now = day_of(client, scene["sol"], clock.now())
    then = day_of(client, scene["sol"], late)

    assert "past its time" not in now
    assert "One request to us, past its time and not answered" in then
    assert "One request of ours, past its time and not answered" in then
    assert asked_of_us.handle not in then
    assert "past its time" not in day_of(client, scene["maya"], late), "who opens them has them by name"

    with ctx.as_worker(scene["dev"].pk):
        commands.ask_back(referral=_theirs(scene), words="When?", by=scene["dev"], at=clock.now())
    assert "One answer that nobody has taken up" not in day_of(client, scene["sol"], clock.now())
    assert "One answer that nobody has taken up yet" in day_of(client, scene["sol"], clock.now() + 1.1 * DAY)
    with ctx.as_worker(scene["maya"].pk):
        asked = queries.get_referral(scene["maya"], scene["asked"].id)
        commands.acknowledge(referral=asked, by=scene["maya"], at=clock.now())
    waits = day_of(client, scene["sol"], late)
    assert "One answer that nobody has taken up yet" in waits, "it was seen, and the question not answered"
    assert "request of ours, past its time" not in waits


def test_a_file_that_is_not_for_a_leader_is_not_among_what_is_stuck(client, scene):
    sol, maya = scene["sol"], scene["maya"]
    late = scene["asked"].answer_by + DAY
    with ctx.as_worker(maya.pk):
        said = {"file_id": scene["asked"].file_id, "against": f"worker:{sol.pk}", "item_id": None}
        consent.block(**said, by=maya, at=clock.now())

    assert "past its time" not in day_of(client, sol, late)
