"""Who could come, when somebody said "not them" or chose: what is never said, and who is never moved."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alongside.accompaniment.matching.options import options
from alongside.accompaniment.matching.problem import Appointment, Companion, Problem
from alongside.accompaniment.matching.reasons import Code, Reason
from alongside.accompaniment.matching.suggestion import suggest
from alongside.accompaniment.tests import feasibility, worlds
from alongside.accompaniment.tests.worlds import ALWAYS, appointment, companion, names, suggested


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

    for name, open_to in (left := options(problem)).appointments.items():
        assert not open_to.without
        assert not walls[name] & {open_to.chosen, *open_to.backups, *left.could[name]}


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
