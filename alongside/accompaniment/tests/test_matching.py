"""Who could come: what every suggestion holds, and that it is the best there is."""

import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alongside.accompaniment.matching import points
from alongside.accompaniment.matching.greedy import greedy
from alongside.accompaniment.matching.options import options
from alongside.accompaniment.matching.problem import Problem
from alongside.accompaniment.matching.program import Question, cliques
from alongside.accompaniment.matching.suggestion import suggest
from alongside.accompaniment.tests import feasibility, second_formulation, worlds
from bench.companions import alike, week
from tests.lanes import often, variants


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
