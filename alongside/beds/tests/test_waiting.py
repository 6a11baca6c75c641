"""Joining a waiting list, being offered a place, thinking, moving in; and nobody ever losing their place."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from alongside.beds import commands, queries, rules
from alongside.beds.models import Count, OutOfTurn, Waiting, WaitingState
from alongside.beds.tests.conftest import count, offering, rule
from alongside.gaps.models import Cause, Gap
from alongside.kernel import clock, ctx
from alongside.kernel.refusal import Refusal
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
@frozen
def months(house):
    """A programme for some months with two rooms, both free."""
    facts = {"stay": "months", "think_hours": 72, "monthly_cost": 600, "covers": {"ontario_works": 390}}
    house.months = offering(house.ruth, name="Cedar rooms", **facts)
    count(house.months, house.ruth, actual=2)
    return house


def joined(house, by=None, at=None, **more):
    by = by or house.maya
    with ctx.as_worker(by.pk):
        return commands.waitlist.join(
            offering=house.months, profile=more.pop("profile", {}), by=by, at=at or clock.now(), **more
        )


def do(verb, waiting, by, at=None, **more):
    with ctx.as_worker(by.pk):
        return getattr(commands.waitlist, verb)(waiting=waiting, by=by, at=at or clock.now(), **more)


def seen(waiting, by, at=None):
    with ctx.as_worker(by.pk):
        return queries.waitlist.as_it_stands(by, Waiting.objects.get(pk=waiting.pk), at or clock.now())


def free(house, at=None):
    with ctx.as_worker(house.ruth.pk):
        return queries.waitlist.own_list(house.ruth, house.months, at or clock.now()).free


def test_joined_offered_accepted_moved_in(months):
    waiting = joined(months)
    do("offer_place", waiting, months.ruth)
    assert (seen(waiting, months.maya).state, free(months)) == (WaitingState.OFFERED, 1)
    do("accept", waiting, months.maya)
    do("move_in", waiting, months.ruth)

    assert (seen(waiting, months.maya).state, free(months)) == (WaitingState.MOVED_IN, 1)
    with ctx.as_worker(months.ruth.pk):
        assert Count.objects.filter(offering=months.months).order_by("-number").first().occupied == 1


def test_declining_costs_nothing(months):
    first, second = joined(months), joined(months)
    do("offer_place", first, months.ruth)
    do("decline", first, months.maya)

    assert free(months) == 2
    assert (seen(first, months.maya).place.ahead, seen(second, months.maya).place.ahead) == (0, 1)


def test_who_rests_goes_on_in_the_place_they_had(months):
    first, second = joined(months), joined(months)
    do("offer_place", first, months.ruth)
    do("decline", first, months.maya, stays=False)
    assert seen(second, months.maya).place.ahead == 0
    do("rejoin", first, months.maya)

    assert (seen(first, months.maya).place.ahead, seen(second, months.maya).place.ahead) == (0, 1)


def test_an_offer_that_runs_out_lets_go_by_itself_and_they_wait_on(months):
    at = clock.now()
    waiting = joined(months, at=at)
    do("offer_place", waiting, months.ruth, at=at)
    later = at + 3 * DAY

    assert free(months, at) == 1
    assert free(months, later) == 2
    assert seen(waiting, months.maya, later).ran_out
    with pytest.raises(rules.CannotMove):
        do("accept", waiting, months.maya, at=later)
    do("offer_place", waiting, months.ruth, at=later)


def test_who_said_yes_too_early_is_before_the_others_again_once_the_place_is_let_go(months):
    at = clock.now()
    first, second = joined(months, at=at), joined(months, at=at + timedelta(minutes=1))
    do("offer_place", first, months.ruth, at=at + DAY)
    do("accept", first, months.maya, at=at + DAY)

    assert seen(second, months.maya, at + DAY).place.ahead == 0
    assert seen(second, months.maya, at + 5 * DAY).place.ahead == 1


def test_who_said_yes_may_move_in_after_the_time_ran_out_if_a_place_is_free(months):
    at = clock.now()
    waiting = joined(months, at=at)
    do("offer_place", waiting, months.ruth, at=at)
    do("accept", waiting, months.maya, at=at)
    do("move_in", waiting, months.ruth, at=at + 9 * DAY)

    assert free(months, at + 9 * DAY) == 1


def test_time_to_think_is_given_once(months):
    at = clock.now()
    waiting = joined(months, at=at)
    do("offer_place", waiting, months.ruth, at=at, hours=336)
    do("give_time", waiting, months.maya, at=at + DAY)

    assert seen(waiting, months.maya, at + 27 * DAY).state == WaitingState.OFFERED
    with pytest.raises(rules.CannotHold):
        do("give_time", waiting, months.ruth, at=at + 2 * DAY)


@pytest.mark.parametrize("hours", [0, 23, 337])
def test_nobody_thinks_for_less_than_a_day_or_more_than_two_weeks(months, hours):
    waiting = joined(months)

    with pytest.raises(rules.CannotHold):
        do("offer_place", waiting, months.ruth, hours=hours)


def test_no_more_places_are_offered_than_are_free(months):
    waits = [joined(months) for _ in range(3)]
    for waiting in waits[:2]:
        do("offer_place", waiting, months.ruth)

    with pytest.raises(rules.CannotHold):
        do("offer_place", waits[2], months.ruth)


def test_out_of_turn_only_with_a_reason_that_stays_with_the_shelter(months):
    first, second = joined(months), joined(months)
    with pytest.raises(rules.waitlist.OutOfTurn):
        do("offer_place", second, months.ruth)
    do("offer_place", second, months.ruth, reason="suited")

    with ctx.as_worker(months.ruth.pk):
        assert OutOfTurn.objects.get().reason == "suited"
    for other in (months.maya, months.noor, months.police):
        with ctx.as_worker(other.pk):
            assert not OutOfTurn.objects.exists()
    assert seen(first, months.maya).place.ahead == 0


def test_whom_the_published_rules_keep_out_is_not_in_the_way_of_others(months):
    rule(months.months, months.ruth, pets="stops")
    with_a_dog, other = joined(months, profile={"circumstances": ["pets"]}), joined(months)
    do("offer_place", other, months.ruth)

    assert seen(with_a_dog, months.maya).place.ahead == 0
    with ctx.as_worker(months.ruth.pk):
        assert not OutOfTurn.objects.exists()


def test_a_no_becomes_a_gap_and_the_asker_sees_only_what_it_could_know(months):
    rule(months.months, months.ruth, pets="stops")
    waiting = joined(months, profile={"circumstances": ["pets"]})
    do("refuse", waiting, months.ruth, answer="not-a-fit", barriers=["co_location"])

    with ctx.as_worker(months.maya.pk):
        assert list(Gap.objects.values_list("need", "barriers", "reason")) == [
            ("shelter_weeks", ["pets"], "not-a-fit")
        ]
        assert not Cause.objects.exists()
    with ctx.as_worker(months.ruth.pk):
        assert Cause.objects.get().barriers == ["co_location"]


def test_leaving_the_list_lets_go_of_what_was_offered(months):
    waiting = joined(months)
    do("offer_place", waiting, months.ruth)
    do("leave", waiting, months.maya)

    assert (free(months), seen(waiting, months.maya).state) == (2, WaitingState.LEFT)


def test_nobody_waits_for_tonight_nor_at_home(months):
    months.months = months.offering
    with pytest.raises(rules.CannotAsk):
        joined(months)
    months.months = offering(months.ruth, name="Ours", stay="home")
    with pytest.raises(rules.CannotAsk):
        joined(months, by=months.ruth)


def test_what_an_income_pays_and_what_is_left(months):
    assert queries.waitlist.cost(months.months) == [("ontario_works", 390, 210)]


def test_everybody_is_told_a_number_before_them_and_a_number_of_offers_and_nothing_else(months):
    """Two lines of other people that agree in those two numbers can't be told apart by who waits in them."""
    at = clock.now()

    def line_of(names):
        months.months = offering(months.ruth, name=names[0], stay="months")
        count(months.months, months.ruth, actual=5)
        others = [
            joined(months, by=months.noor, at=at, profile={"circumstances": circumstances})
            for circumstances in names[1:]
        ]
        mine = joined(months, at=at + DAY)
        do("offer_place", others[0], months.ruth, at=at + DAY)
        with ctx.as_worker(months.maya.pk):
            visible = set(Waiting.objects.filter(offering=months.months).values_list("pk", flat=True))
            return visible == {mine.pk}, queries.waitlist.places(
                [mine.pk, *(o.pk for o in others)], at + DAY
            ) == {mine.pk: (2, 1)}

    first = line_of(["A", [], ["pets"]])
    second = line_of(["B", ["smoking", "identification"], []])

    assert first == second == (True, True)


def test_nobody_is_moved_in_the_line_and_nobody_writes_into_anothers(months, superuser):
    waiting = joined(months)
    for change in (
        {"joined_at": clock.now() - 400 * DAY},
        {"handle": "Oak Oak"},
        {"offering_id": months.offering.pk},
    ):
        with (
            pytest.raises(Exception, match=r"moved in the line|permission denied"),
            ctx.as_worker(months.maya.pk),
        ):
            Waiting.objects.filter(pk=waiting.pk).update(**change)
    with pytest.raises(Exception, match="another shelter"), ctx.as_worker(months.maya.pk):
        Waiting.objects.create(
            offering=months.months,
            shelter_id=months.noor.agency_id,
            agency_id=months.maya.agency_id,
            handle="x",
            joined_by=months.maya.pk,
            joined_at=clock.now(),
            moved_at=clock.now(),
        )


def test_every_move_is_on_the_trail(months, superuser):
    waiting = joined(months)
    do("offer_place", waiting, months.ruth)
    do("give_time", waiting, months.maya)
    do("decline", waiting, months.maya, stays=False)
    do("rejoin", waiting, months.maya)
    do("leave", waiting, months.maya)

    actions = [
        row[0]
        for row in superuser.execute(
            "select action from trail_entry where item_kind = 'bed-wait' order by id"
        ).fetchall()
    ]
    assert actions == [
        "beds.joined",
        "beds.place_offered",
        "beds.time_given",
        "beds.place_declined",
        "beds.rejoined",
        "beds.list_left",
    ]


def at_once(*acts):
    """Do these in as many threads, from the same moment; how many of them were done."""

    def act(verb, waiting, by, more):
        try:
            gate.wait()
            do(verb, waiting, by, **more)
        except Refusal:
            return 0
        finally:
            connection.close()
        return 1

    gate = Barrier(len(acts))
    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(lambda a: act(*a), acts))


def test_two_offers_of_the_last_place_at_once_make_one(months):
    count(months.months, months.ruth, actual=1)
    first, second = joined(months), joined(months)
    offers = [("offer_place", waiting, months.ruth, {"reason": "suited"}) for waiting in (first, second)]

    assert at_once(*offers) == 1
    assert free(months) == 0


def test_yes_and_no_at_once_make_one_of_them_last(months):
    waiting = joined(months)
    do("offer_place", waiting, months.ruth)
    done = at_once(("accept", waiting, months.maya, {}), ("leave", waiting, months.maya, {}))

    assert (done, seen(waiting, months.maya).state) in ((2, WaitingState.LEFT), (1, WaitingState.LEFT))
    assert free(months) == 2


def test_moved_in_twice_at_once_is_counted_once(months):
    waiting = joined(months)
    do("offer_place", waiting, months.ruth)
    do("accept", waiting, months.maya)

    assert at_once(*[("move_in", waiting, months.ruth, {})] * 2) == 1
    assert free(months) == 1
