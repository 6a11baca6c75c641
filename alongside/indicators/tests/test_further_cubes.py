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
from alongside.referrals.tests import cast
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


def answers(who):
    with ctx.as_worker(who.pk):
        found = cubes.cube_of("answers", half_now())
    return {node[1:]: count.value for node, count in found.counts.items() if "*" not in node}


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

    assert before == {("shelter_tonight", "unanswered"): 1}
    assert answers(between["editor"]) == {("shelter_tonight", "days-4-7"): 1}
    assert answers(between["maya"]) == {}


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
