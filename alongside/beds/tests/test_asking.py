"""Asking for a bed and the ways it can go."""

import pytest

from alongside.beds import queries
from alongside.beds.models import Count, Request, State
from alongside.beds.tests.conftest import asked, count, do, offering, rule
from alongside.gaps.models import Cause, Gap
from alongside.kernel import clock, ctx

pytestmark = pytest.mark.django_db


def standing(request, by):
    with ctx.as_worker(by.pk):
        return queries.as_it_stands(by, Request.objects.get(pk=request.pk), clock.now())


def free(house):
    with ctx.as_worker(house.ruth.pk):
        return queries.board(house.ruth, clock.now())[0].free


def test_asked_held_accepted_on_the_way_arrived(house):
    request = asked(house.offering, house.maya, circumstances=["pets"])
    do("hold", request, house.ruth, hours=4)
    assert free(house) == 1
    for verb in ("offer", "accept", "set_out"):
        do(verb, request, house.maya)
    do("arrive", request, house.ruth)

    assert standing(request, house.maya).state == State.ARRIVED
    assert free(house) == 1
    with ctx.as_worker(house.ruth.pk):
        assert Count.objects.order_by("-number").first().occupied == 3


def test_a_no_becomes_a_gap_with_its_barrier_and_the_asker_sees_only_what_it_could_know(house):
    rule(house.offering, house.ruth, pets="stops")
    request = asked(house.offering, house.maya, circumstances=["pets", "identification"])
    do("not_offer", request, house.ruth, answer="not-a-fit", barriers=["co_location"])

    with ctx.as_worker(house.maya.pk):
        assert list(Gap.objects.values_list("need", "barriers", "reason")) == [
            ("shelter_tonight", ["pets"], "not-a-fit")
        ]
        assert not Cause.objects.exists()
    with ctx.as_worker(house.ruth.pk):
        assert Cause.objects.get().barriers == ["co_location"]


def test_a_bed_held_at_once_where_the_shelter_lets_others_do_that(house):
    at_once = offering(house.ruth, name="Open nights", holds_at_once=True)
    count(at_once, house.ruth, actual=1)
    request = asked(at_once, house.maya, at_once=True)

    assert standing(request, house.maya).hold.token
