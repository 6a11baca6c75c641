"""The boards: one's own to the bed, a region's coarsely, and what can't be read off either."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.agencies.tests import cast
from alongside.beds import display, queries
from alongside.beds.models import Count, Offering
from alongside.beds.tests.conftest import asked, count, do, offering
from alongside.kernel import clock, ctx
from alongside.kernel.templatetags import alongside as templates
from bench.counting import counted
from tests import databases

BOARD = "/beds/board"
NOON = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)


def pages(who):
    return cast.sign_in(Client(), who)


def partial(client, address):
    return client.get(address, headers={"HX-Request": "true"}).content.decode()


def without_tokens(text):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text).strip()


def test_tonight_to_the_bed(house, db):
    count(house.offering, house.ruth, actual=9, occupied=4, unavailable=2)
    here, way = (asked(house.offering, house.maya) for _ in range(2))
    for request in (here, way):
        do("hold", request, house.ruth, hours=4)
    do("accept", way, house.maya)
    do("set_out", way, house.maya)

    page = pages(house.ruth).get(BOARD)
    assert "Taken 4 of 9 Held 2 of which expected 1 Free 3 Out of use 2" in cast.words(page)
    assert (
        re.findall(r'<i class="bed (\w+)"></i>', page.content.decode())
        == ["taken"] * 4 + ["coming", "held"] + ["free"] * 3 + ["away"] * 2
    )


def test_who_is_expected_is_there_with_what_they_say_at_the_door_and_until_when(house, db):
    request = asked(house.offering, house.maya)
    held = do("hold", request, house.ruth, hours=4)

    page = pages(house.ruth).get(BOARD)
    assert held.token in cast.words(page)
    assert f"until {templates.clock(held.until)}" in cast.words(page)
    assert reverse("beds:request", args=[request.pk]) in page.content.decode()
    assert "Maya" not in cast.words(page)


def test_a_hold_that_ends_tomorrow_says_so_wherever_it_is_shown(house):
    """`24-held-until-0916`: twelve hours from 9:16 a.m., made longer once, end on Sunday."""
    with time_machine.travel(datetime(2026, 11, 28, 14, 16, tzinfo=UTC), tick=False):
        request = asked(house.offering, house.maya)
        here = reverse("beds:request", args=[request.pk])
        pages(house.ruth).post(reverse("beds:holding", args=[request.pk]), {"hours": 12})
        pages(house.maya).post(reverse("beds:extension", args=[request.pk]))

        shown = {
            (who, address): cast.words(pages(getattr(house, who)).get(address))
            for who, address in (
                ("ruth", BOARD),
                ("ruth", here),
                ("maya", here),
                ("maya", "/day"),
            )
        }

    assert {where for where, text in shown.items() if "Sunday 9:16 a.m." not in text} == set()


def test_what_nobody_answered_comes_first_and_says_how_far_it_rose(house):
    fresh, hour, coordinator = (asked(house.offering, house.maya) for _ in range(3))
    for request, ago in ((hour, "70 minutes"), (coordinator, "130 minutes")):
        with databases.without_triggers() as superuser:
            superuser.execute(
                "update beds_request set asked_at = asked_at - %s::interval where id = %s", [ago, request.pk]
            )

    page = pages(house.coordinator).get(BOARD)
    assert page.context["rose"]
    assert re.search(
        f"{coordinator.handle} .*With the coordinator .*{hour.handle} .*Waiting for more than an hour "
        f".*{fresh.handle}",
        cast.words(page),
    )
    assert cast.words(page).index(coordinator.handle) < cast.words(page).index("Taken")


def test_another_agencys_board_knows_nothing_of_it(house, db):
    request = asked(house.offering, house.maya)
    held = do("hold", request, house.ruth, hours=4)

    page = cast.words(pages(house.maya).get(BOARD))
    assert "Cedar nights" not in page
    assert held.token not in page


def test_a_leader_reads_no_request_and_no_number_that_depends_on_holds(house, db):
    do("hold", asked(house.offering, house.maya), house.ruth, hours=4)

    page = cast.words(pages(cast.worker(house.ruth.agency, "Lee", "leader")).get(BOARD))
    assert "Taken 2 of 4" in page
    assert not re.search("Free|Held|Asked of us", page)


def test_what_was_not_counted_yet_says_so_and_an_old_count_too(house, superuser):
    offering(house.ruth, name="New nights")
    superuser.execute("update beds_count set counted_at = counted_at - interval '2 days'")

    page = cast.words(pages(house.ruth).get(BOARD))
    assert "Not counted yet." in page
    assert "counted more than a day and a half ago" in page


def test_a_house_with_nothing_yet_is_told_how_to_begin(house, db):
    assert "Nothing is offered here yet" in cast.words(pages(house.noor).get(BOARD))


@pytest.mark.parametrize(("client", "address"), [("ruth", BOARD), ("maya", "/beds/region/central")])
def test_what_looks_again_by_itself_is_what_a_reload_shows(house, db, client, address):
    asked(house.offering, house.maya)
    client = pages(getattr(house, client))
    with time_machine.travel(clock.now(), tick=False):  # what has waited a minute longer reads another way
        part, whole = without_tokens(partial(client, address)), client.get(address)

    assert part.startswith("<div")
    assert part in without_tokens(whole.content.decode())
    assert "Look again" in cast.words(whole)


def _statements(house, address, who):
    client = pages(who)
    client.get(address)
    with counted() as said:
        assert client.get(address).status_code == 200
    return len(said)


@pytest.mark.parametrize(("address", "who"), [(BOARD, "ruth"), ("/beds/region/central", "maya")])
def test_a_board_takes_as_few_statements_with_twelve_programmes_as_with_three(house, db, address, who):
    def grow(to):
        for n in range(to):
            of = offering(house.ruth, name=f"Nights {n}")
            count(of, house.ruth, actual=8)
            asked(of, house.noor)
        return _statements(house, address, getattr(house, who))

    assert grow(2) == grow(9)


def _outlook(client, house):
    return [
        re.sub(r"\s+", " ", without_tokens(client.get(address).content.decode()))
        for address in ("/beds/region/central", reverse("beds:offering", args=[house.offering.pk]))
    ]


@pytest.mark.parametrize("what", ["a hold", "an arrival", "a departure"])
def test_between_two_half_hours_nothing_that_happens_can_be_seen_from_outside(house, superuser, what):
    with time_machine.travel(NOON, tick=False) as moved:
        count(house.offering, house.ruth, actual=4, occupied=2)
        request = asked(house.offering, house.maya)
        if what != "a hold":
            do("hold", request, house.ruth, hours=4)
        moved.move_to(NOON + timedelta(minutes=31))
        noor = pages(house.noor)
        before = _outlook(noor, house)
        _happens(what, request, house)

        moved.move_to(NOON + timedelta(minutes=52))
        assert _outlook(noor, house) == before
        moved.move_to(NOON + timedelta(minutes=56))
        assert _outlook(noor, house) != before


def _happens(what, request, house):
    if what == "a hold":
        do("hold", request, house.ruth, hours=4)
    elif what == "an arrival":
        do("arrive", request, house.ruth)
    else:
        count(house.offering, house.ruth, actual=4, occupied=0, reason="departure")


def test_a_region_says_how_likely_and_never_how_many(house, superuser):
    full = offering(house.ruth, name="Full nights")
    count(full, house.ruth, actual=37, occupied=37)
    offering(house.ruth, name="Uncounted nights")
    superuser.execute("update beds_count set counted_at = counted_at - interval '1 hour'")

    page = cast.words(pages(house.maya).get("/beds/region/central"))
    assert re.search(
        "Likely .*Cedar nights .*Not known: call them .*Uncounted nights .*No space .*Full nights", page
    )
    assert "37" not in page.replace(":37", "")


def test_a_region_by_how_long_and_the_others_beside_it(house, db):
    offering(house.ruth, name="Willow flats", stay="home")

    page = pages(house.maya).get("/beds/region/central?stay=home")
    assert "Willow flats" in cast.words(page)
    assert "Cedar nights" not in cast.words(page)
    assert all(
        f"/beds/region/{code}?stay=home" in page.content.decode()
        for code in ("north", "east", "west", "toronto")
    )


@pytest.mark.parametrize(
    ("who", "region", "status"),
    [
        ("maya", "central", 200),
        ("ruth", "north", 200),
        ("police", "central", 404),
        ("maya", "nowhere", 404),
    ],
)
def test_who_may_look_at_a_region(house, db, who, region, status):
    assert pages(getattr(house, who)).get(f"/beds/region/{region}").status_code == status


@given(
    actual=st.integers(0, 300),
    taken=st.integers(0, 300),
    held=st.integers(0, 40),
    expected=st.integers(0, 40),
    away=st.integers(0, 40),
)
def test_every_bed_is_drawn_once(actual, taken, held, expected, away):
    taken, held = min(taken, actual), min(held, actual - min(taken, actual))
    there = Count(actual=actual, occupied=taken, unavailable=away)

    drawn = display.picture(queries.Tonight(Offering(), there, held, min(expected, held)))
    assert sum(len(part.squares) for part in drawn.parts) == actual + away
    assert drawn.is_bar == (actual + away > 60)
    assert all(a.begins + a.width == b.begins for a, b in zip(drawn.parts, drawn.parts[1:], strict=False))
    assert not drawn.parts or drawn.parts[-1].begins + drawn.parts[-1].width == display.WIDTH


def test_the_board_of_many_beds_is_one_bar(house, db):
    count(house.offering, house.ruth, actual=110, occupied=84)

    page = pages(house.ruth).get(BOARD).content.decode()
    assert "bedbar" in page
    assert '<i class="bed taken"></i>' not in page


def test_the_board_is_right_at_read_time_when_a_hold_runs_out(house, superuser):
    do("hold", asked(house.offering, house.maya), house.ruth, hours=2)
    ruth = pages(house.ruth)
    assert "Held 1" in cast.words(ruth.get(BOARD))

    with ctx.as_worker(house.ruth.pk):
        later = clock.now() + timedelta(hours=2, minutes=1)
        assert (queries.board(house.ruth, clock.now())[0].free, queries.board(house.ruth, later)[0].free) == (
            1,
            2,
        )
