"""Who could come: what is weighed, and how ways and times are counted."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.accompaniment.matching.problem import Appointment, Problem, Travel, Unusable
from alongside.accompaniment.matching.reasons import Code, Reason
from alongside.accompaniment.matching.suggestion import suggest
from alongside.accompaniment.tests.worlds import appointment, at, companion, suggested


@pytest.mark.parametrize(
    ("better", "wanted"),
    [
        ({"knows": {"amber": 3}}, {}),
        ({"genders": frozenset({"woman"})}, {"gender": "woman"}),
        ({"languages": frozenset({"fr"})}, {"language": "fr"}),
        ({"hours": 0}, {}),
        ({"home": "clinic", "hours": 20}, {"place": "clinic"}),
    ],
)
def test_of_two_alike_the_one_comes_for_whom_more_speaks(better, wanted):
    found = suggested(
        [companion(hours=20), companion("bo", **{"hours": 20, **better})], [appointment(**wanted)]
    )

    assert found["a"].who.companion == "bo"
    assert [other.companion for other in found["a"].others] == ["ada"]


def test_a_person_meets_as_few_companions_as_can_be():
    three = [appointment(f"a{begins}", begins, begins + 2) for begins in (0, 6, 12)]

    found = suggested([companion("ada", hours=10), companion("bo")], three)

    assert {proposal.who.companion for proposal in found.values()} == {"bo"}
    assert Reason(Code.SAME_FACE, 2) in found["a0"].who.reasons


def test_several_persons_are_shared_fairly_between_companions():
    eight = [appointment(f"a{at}", at, at + 2, file=f"file {at}") for at in range(0, 24, 3)]

    found = suggested([companion(), companion("bo")], eight)

    came = [proposal.who.companion for proposal in found.values()]
    assert (came.count("ada"), came.count("bo")) == (4, 4)


def test_an_appointment_more_goes_before_everything_that_is_weighed():
    long, short = appointment("long", 0, 8, file="birch"), appointment("short", 0, 2)
    late = appointment("late", 3, 8)

    found = suggested([companion(knows={"birch": 9})], [long, short, late])

    assert [bool(found[name].who) for name in ("long", "short", "late")] == [False, True, True]


def test_each_direction_takes_its_own_time_and_what_is_not_in_the_table_is_assumed():
    two = [appointment("a", 0, 2, place="clinic"), appointment("b", 3, 5, place="court")]
    slow, fast = {("clinic", "court"): 31}, {("clinic", "court"): 30, ("court", "clinic"): 90}

    assert [bool(p.who) for p in suggested([companion()], two, Travel(slow)).values()].count(False) == 1
    assert all(p.who for p in suggested([companion()], two, Travel(fast)).values())
    assert [bool(p.who) for p in suggested([companion()], two, Travel({}, 31)).values()].count(False) == 1


def test_a_way_that_had_to_be_assumed_is_told_with_its_appointment_and_by_its_ends():
    two = (appointment("a", 0, 2, place="clinic"), appointment("b", 3, 5, place="court"))
    known = {two: 20 for place in ("clinic", "court") for two in (("den", place), (place, "den"))}

    found = suggest(Problem((companion(home="den"),), two, Travel(known, 30)))
    nowhere = suggest(Problem((companion(home=""),), two, Travel(known, 30)))

    assumed = [Reason(Code.WAY_ASSUMED, 30) in proposal.who.reasons for proposal in found.proposals]
    assert found.assumed == nowhere.assumed == (("clinic", "court"),)
    assert assumed == [False, True]


def test_spans_that_meet_are_one_and_free_until_is_when_it_ends_or_the_next_way_begins():
    spans = ((at(0), at(4)), (at(4), at(10)))
    two = [appointment("a", 3, 5, place="clinic"), appointment("b", 8, 9, place="court")]

    found = suggested([companion(available=spans)], two, Travel({("clinic", "court"): 45}))

    assert Reason(Code.FREE_UNTIL, at(8) - timedelta(minutes=45)) in found["a"].who.reasons
    assert Reason(Code.FREE_UNTIL, at(10)) in found["b"].who.reasons


def test_in_the_night_the_clocks_go_back_an_hour_that_comes_twice_is_two_hours():
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # half past one, and again an hour later
    again = first + timedelta(hours=1)
    two = [Appointment(str(n), "amber", t, t + timedelta(hours=1)) for n, t in enumerate((first, again))]
    night = companion(available=((first, again + timedelta(hours=1)),))

    assert all(proposal.who for proposal in suggested([night], two, Travel(unknown=0)).values())


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: appointment(begins=4, ends=4),
        lambda: appointment(begins=4, ends=3),
        lambda: Appointment("a", "amber", datetime(2026, 11, 2, 9), at(4)),  # noqa: DTZ001
        lambda: companion(available=((at(4), at(3)),)),
        lambda: companion(hours=-1),
        lambda: companion(hours=float("nan")),
        lambda: companion(knows={"amber": -1}),
        lambda: Travel({("clinic", "court"): -1}),
        lambda: Travel(unknown=-1),
        lambda: Problem((companion(), companion()), ()),
        lambda: Problem((), (appointment(), appointment())),
        lambda: Problem((companion(""),), ()),
    ],
)
def test_what_cannot_be_planned_with_is_refused(wrong):
    with pytest.raises(Unusable):
        wrong()
