"""Who could come: what every suggestion holds, that it is the best there is, and what it never says."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alongside.accompaniment.matching import points
from alongside.accompaniment.matching.greedy import greedy
from alongside.accompaniment.matching.options import options
from alongside.accompaniment.matching.problem import Appointment, Companion, Problem, Travel, Unusable
from alongside.accompaniment.matching.program import Question, cliques
from alongside.accompaniment.matching.reasons import Code, Reason
from alongside.accompaniment.matching.suggestion import suggest
from alongside.accompaniment.tests import feasibility, second_formulation, worlds
from alongside.accompaniment.tests.worlds import at
from bench.companions import alike, week
from tests.lanes import often, variants

ALWAYS = ((at(0), at(24)),)


def companion(name: str = "ada", **more: object) -> Companion:
    return Companion(name, **{"available": ALWAYS, **more})


def appointment(name: str = "a", begins: int = 4, ends: int = 6, **more: object) -> Appointment:
    return Appointment(name, **{"file": "amber", "begins_at": at(begins), "ends_at": at(ends), **more})


def suggested(companions, appointments, travel=None):
    found = suggest(Problem(tuple(companions), tuple(appointments), travel or Travel()))
    return {proposal.appointment: proposal for proposal in found.proposals}


def names(proposal) -> set[str]:
    return {could.companion for could in (proposal.who, *proposal.others) if could}


# What every suggestion holds


@given(problem=worlds.problems())
def test_every_suggestion_can_be_kept(problem):
    found = suggest(problem)

    plan = feasibility.plan_of(found)
    assert feasibility.broken(problem, plan) == []
    assert (found.proof.unfilled, found.proof.points) == feasibility.worth(problem, plan)
    assert {p.appointment for p in found.proposals} == {a.id for a in problem.appointments}


@given(problem=worlds.problems())
def test_whoever_else_could_come_could_really_come_beside_all_the_rest(problem):
    found = suggest(problem)

    plan, chosen = feasibility.plan_of(found), feasibility.chosen_in(problem)
    for proposal in found.proposals:
        rest = Problem(
            problem.companions,
            tuple(replace(a, chosen="") if a.id == proposal.appointment else a for a in problem.appointments),
            problem.travel,
        )
        for other in proposal.others:
            instead = plan | {proposal.appointment: other.companion}
            assert feasibility.broken(rest, instead) == []
        assert proposal.appointment not in chosen or proposal.who.conflicts or not proposal.others


@given(problem=worlds.problems())
def test_the_first_good_enough_plan_can_be_kept_as_well(problem):
    assert feasibility.broken(problem, greedy(options(problem))) == []


@given(problem=worlds.problems())
def test_without_any_time_there_is_an_answer_that_says_how_far_it_may_be_from_the_best(problem):
    hurried, best = suggest(problem, seconds=0), suggest(problem)

    assert feasibility.broken(problem, feasibility.plan_of(hurried)) == []
    assert hurried.proof.unfilled_at_least <= best.proof.unfilled <= hurried.proof.unfilled
    if hurried.proof.unfilled == best.proof.unfilled:
        assert hurried.proof.points_at_least <= best.proof.points <= hurried.proof.points


def test_a_large_week_without_any_time_has_an_answer_and_no_proof():
    problem = alike(week(15, 100, 1))

    found = suggest(problem, seconds=0)

    assert feasibility.broken(problem, feasibility.plan_of(found)) == []
    assert found.proof.distance == 1
    assert not found.proof.best


# The best there is


@settings(max_examples=often(quick=40, thorough=400))
@given(problem=worlds.problems(most=4))
def test_no_other_plan_is_better_when_all_are_tried(problem):
    found = suggest(problem)

    assert (found.proof.unfilled, found.proof.points) == second_formulation.by_trying_everything(problem)
    assert found.proof.best


@variants(
    "companions, appointments, seed",
    [*((8, 40, seed) for seed in range(12)), *((15, 100, seed) for seed in range(1, 4))],
    quick=[(8, 40, 1), (8, 40, 2)],
)
def test_a_week_is_the_best_by_another_formulation_too(companions, appointments, seed):
    problem = week(companions, appointments, seed)

    found = suggest(problem)

    plan = feasibility.plan_of(found)
    assert feasibility.broken(problem, plan) == []
    assert feasibility.worth(problem, plan) == second_formulation.by_ways(problem)
    assert found.proof.best


@variants("seed", [(seed,) for seed in range(1, 11)], quick=[(1,)])
def test_the_week_of_a_large_agency_can_be_kept(seed):
    problem = week(15, 100, seed)

    found = suggest(problem)

    plan = feasibility.plan_of(found)
    assert feasibility.broken(problem, plan) == []
    assert (found.proof.unfilled, found.proof.points) == feasibility.worth(problem, plan)


@pytest.mark.parametrize("problem", [week(8, 40, 1), week(15, 100, 1)], ids=["small", "large"])
def test_what_is_held_together_clashes_and_every_clash_is_held(problem):
    clashes = options(problem).clashes
    groups = list(cliques(clashes))

    assert all(b in clashes[a] for group in groups for a, b in permutations(group, 2))
    held = {two for group in groups for two in permutations(group, 2)}
    assert held == {(a, b) for a in clashes for b in clashes[a]}


@given(begun=st.integers(0, 120), more=st.integers(0, 60))
def test_bands_of_half_hours_cost_what_each_half_hour_costs(begun, more):
    cost, left = 0, more
    for slope, wide in points.bands(begun):
        taken = left if wide is None else min(left, wide)
        cost, left = cost + slope * taken, left - taken

    assert (cost, left) == (points.of_load(begun, more), 0)


@given(problem=worlds.problems())
def test_a_bound_says_neither_more_nor_less_than_was_proved(problem):
    left = options(problem)
    question = Question(left)
    assume(question.columns.pairs)

    filled, fewest = question.asked(greedy(left), dict.fromkeys(question.columns.nobody.values(), 1.0), 10)
    question.hold_unfilled(len(problem.appointments) - len(filled))
    plan, least = question.asked(filled, question.costs(), 10)

    assert (fewest, least) == feasibility.worth(problem, plan)


@given(problem=worlds.problems(), draw=st.randoms(use_true_random=False))
def test_the_same_question_has_the_same_answer_in_whatever_order_it_is_asked(problem, draw: random.Random):
    shuffled = Problem(
        tuple(draw.sample(problem.companions, len(problem.companions))),
        tuple(draw.sample(problem.appointments, len(problem.appointments))),
        problem.travel,
    )

    assert repr(suggest(shuffled)) == repr(suggest(problem)) == repr(suggest(problem))


@pytest.mark.parametrize("seed", [1, 2])
def test_of_many_plans_that_are_equally_good_the_same_is_taken_in_whatever_order_it_is_asked(seed):
    problem = alike(week(8, 40, seed))
    backwards = Problem(problem.companions[::-1], problem.appointments[::-1], problem.travel)

    assert repr(suggest(backwards)) == repr(suggest(problem))


# "Not them"


def _walled(problem: Problem, name: str, *, only: str = "") -> Problem:
    return replace(
        problem,
        appointments=tuple(
            replace(a, without=a.without | {name}) if a.id == only or not only else a
            for a in problem.appointments
        ),
    )


@given(problem=worlds.problems())
def test_nothing_that_comes_after_can_see_a_wall(problem):
    walls = {appointment.id: appointment.without for appointment in problem.appointments}

    for name, appointment in (left := options(problem)).appointments.items():
        assert not appointment.without
        assert not walls[name] & {appointment.chosen, *appointment.backups, *left.could[name]}


@given(problem=worlds.problems(), name=st.sampled_from(worlds.WHO))
def test_a_companion_behind_a_wall_everywhere_is_a_companion_who_does_not_exist(problem, name):
    gone = replace(problem, companions=tuple(c for c in problem.companions if c.id != name))

    assert repr(suggest(_walled(problem, name))) == repr(suggest(gone))


@given(problem=worlds.problems(), name=st.sampled_from(worlds.WHO), which=st.integers(0, 4))
def test_a_wall_and_a_language_they_do_not_speak_have_one_answer_to_the_byte(problem, name, which):
    """Said by who must speak what nobody else asks for: only that appointment can tell the two apart."""
    assume(which < len(problem.appointments))
    only = problem.appointments[which].id
    asked = tuple(
        replace(a, language="oj", language_must=True, chosen="", backups=()) if a.id == only else a
        for a in problem.appointments
    )
    speaks = tuple(replace(c, languages=c.languages | {"oj"}) for c in problem.companions)
    does_not = tuple(replace(c, languages=c.languages - {"oj"}) if c.id == name else c for c in speaks)

    behind = _walled(replace(problem, companions=speaks, appointments=asked), name, only=only)
    silent = replace(problem, companions=does_not, appointments=asked)

    assert repr(suggest(behind)) == repr(suggest(silent))


@given(problem=worlds.problems(), name=st.sampled_from(worlds.WHO), which=st.integers(0, 4))
def test_a_choice_that_was_taken_back_by_a_wall_is_as_if_it_had_never_been_made(problem, name, which):
    assume(which < len(problem.appointments))
    only = problem.appointments[which].id

    def said(chosen: str, backups: tuple[str, ...]) -> Problem:
        return _walled(
            replace(
                problem,
                appointments=tuple(
                    replace(a, chosen=chosen, backups=backups) if a.id == only else a
                    for a in problem.appointments
                ),
            ),
            name,
            only=only,
        )

    assert repr(suggest(said(name, (name,)))) == repr(suggest(said("", ())))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["wall", "unwall", "choose", "backup", "away", "loved", "tired"]),
        st.integers(0, 4),
        st.sampled_from(worlds.WHO),
    ),
    min_size=1,
    max_size=8,
)


def _step(problem: Problem, what: str, which: int, name: str) -> Problem:
    def asked(a: Appointment) -> Appointment:
        change = {
            "wall": {"without": a.without | {name}},
            "unwall": {"without": a.without - {name}},
            "choose": {"chosen": name},
            "backup": {"backups": (name,)},
        }
        return replace(a, **change.get(what, {})) if a.id == f"a{which}" else a

    def theirs(c: Companion) -> Companion:
        change = {
            "away": {"available": ()},
            "loved": {"knows": dict.fromkeys(worlds.FILES, 9), "available": ALWAYS},
            "tired": {"hours": c.hours + 20},
        }
        return replace(c, **change.get(what, {})) if c.id == name else c

    return Problem(
        tuple(map(theirs, problem.companions)), tuple(map(asked, problem.appointments)), problem.travel
    )


@given(problem=worlds.problems(), steps=STEPS)
def test_whatever_happens_before_nobody_behind_a_wall_is_ever_named(problem, steps):
    for step in steps:
        problem = _step(problem, *step)
        found = suggest(problem)

        asked = {a.id: a for a in problem.appointments}
        assert not any(names(proposal) & asked[proposal.appointment].without for proposal in found.proposals)
        plan, chosen = feasibility.plan_of(found), feasibility.chosen_in(problem)
        assert {name: plan[name] for name in chosen} == chosen


@pytest.mark.parametrize(
    ("companions", "without"),
    [
        ((), ()),
        ((companion(),), ("ada",)),
        ((companion(available=()),), ()),
        ((companion(languages=frozenset({"fr"})),), ()),
        ((companion(), companion("bo", available=())), ("ada",)),
    ],
)
def test_why_there_is_nobody_is_never_told(companions, without):
    """Nobody there, nobody free, nobody who speaks it, and a wall are one answer."""
    wanted = appointment(language="es", language_must=True, without=frozenset(without))

    found = suggest(Problem(companions, (wanted,)))

    assert repr(found) == repr(suggest(Problem((), (wanted,))))


# Whom the person chose


@given(problem=worlds.problems(), name=st.sampled_from(worlds.WHO), hours=st.integers(0, 200))
def test_no_load_moves_whom_the_person_chose(problem, name, hours):
    tired = tuple(replace(c, hours=hours) if c.id == name else c for c in problem.companions)

    plan = feasibility.plan_of(suggest(replace(problem, companions=tired)))

    chosen = feasibility.chosen_in(problem)
    assert {asked: plan[asked] for asked in chosen} == chosen


def test_whom_they_chose_comes_also_when_all_the_rest_is_worse_for_it():
    one = appointment("long", 0, 12, chosen="ada")
    others = [appointment(f"short {at}", at, at + 2, language="fr", language_must=True) for at in (0, 4, 8)]

    found = suggested([companion(languages=frozenset({"fr"})), companion("bo")], [one, *others])

    assert found.pop("long").who.companion == "ada"
    assert [proposal.who for proposal in found.values()] == [None, None, None]


@pytest.mark.parametrize(("begins", "code"), [(5, Code.AT_ONCE), (6, Code.NO_TIME_BETWEEN), (7, None)])
def test_a_companion_chosen_twice_at_once_is_told_and_nothing_is_moved(begins, code):
    two = [appointment("a", 4, 6, chosen="ada"), appointment("b", begins, begins + 2, chosen="ada")]

    found = suggested([companion()], two)

    told = {name: [(r.code, r.value) for r in proposal.who.conflicts] for name, proposal in found.items()}
    assert {proposal.who.companion for proposal in found.values()} == {"ada"}
    assert told == {"a": [(code, "b")] if code else [], "b": [(code, "a")] if code else []}


def test_where_whom_they_chose_is_not_free_only_the_backups_they_named_are_offered():
    wanted = appointment(chosen="ada", backups=("cy", "di", "bo"), without=frozenset({"di"}))
    who = [companion(available=()), companion("bo"), companion("cy"), companion("di"), companion("eve")]

    found = suggested(who, [wanted])["a"]

    assert found.who.conflicts == [Reason(Code.NOT_FREE)]
    assert [other.companion for other in found.others] == ["cy", "bo"]


def test_a_backup_they_named_comes_before_somebody_they_know_better():
    who = [companion(), companion("bo", knows={"amber": 9})]

    found = suggested(who, [appointment(backups=("ada",))])["a"]

    assert found.who.companion == "ada"
    assert Reason(Code.BACKUP) in found.who.reasons


# What is weighed


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


# Ways and times


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
