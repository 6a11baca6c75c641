"""The picture of a circle: a sector keeps its quarter, nothing lies over anything, names have room."""

from __future__ import annotations

import math
from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.agencies.models import Agency
from alongside.desk import circle

KINDS = ("counselling", "hospital", "police", "child-protection")
SECTORS = {"hospital": "healthcare", "police": "criminal-legal"}
NAMES = ("Cedar", "North Shore House", "Two Rivers Hospital, Clinic 4", "Nʔaxʷəlqʷə́wayəɬ Verschränkungen")


def agency(name, kind):
    sector = SECTORS.get(kind, "community")
    return Agency(name=name, name_fr="", face="", face_fr="", kind=kind, sector=sector)


def around(name, kind, answered):
    referral = SimpleNamespace(state="accepted" if answered else "requested")
    return SimpleNamespace(agency=agency(name, kind), release=object(), items=[], referrals=[referral])


circles = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(KINDS), st.booleans()), max_size=12).map(
    lambda members: circle.circle(agency("Riverside", "counselling"), [around(*each) for each in members])
)


def quarter_of(seat):
    angle = math.degrees(math.atan2(seat.y - circle.CENTRE[1], seat.x - circle.CENTRE[0])) % 360
    return next(name for name, begins in circle.QUARTERS.items() if begins <= angle < begins + 90)


@given(circles)
def test_a_sector_keeps_its_quarter_and_the_near_are_nearer(found):
    for seat in found.seats:
        assert quarter_of(seat) == seat.agency.sector_shape
    for one, other in combinations(found.seats, 2):
        if one.is_near and not other.is_near and one.agency.sector_shape == other.agency.sector_shape:
            assert one.away <= other.away + 18


@given(circles)
def test_no_seat_lies_over_another_and_all_are_in_the_picture(found):
    for one, other in combinations(found.seats, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) > 2 * one.size
    for seat in found.seats:
        assert 60 < seat.x < 360
        assert 0 < seat.y < 324
        assert math.dist((seat.x, seat.y), circle.CENTRE) > circle.PERSON + seat.size


@given(circles)
def test_names_stand_there_only_where_every_one_has_room(found):
    if found.is_named:
        boxes = [seat.name_box for seat in found.seats]
        assert all(left >= 0 and right <= 420 for left, _top, right, _bottom in boxes)
        for one, other in combinations(boxes, 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("kinds", [("counselling",), ("counselling", "counselling", "police"), KINDS])
def test_a_few_agencies_have_their_names(kinds):
    found = circle.circle(
        agency("Riverside", "counselling"), [around(f"Cedar {n}", kind, True) for n, kind in enumerate(kinds)]
    )

    assert found.is_named
    assert [seat.number for seat in found.seats] == list(range(1, len(kinds) + 2))


def test_who_is_missing_is_seen():
    found = circle.circle(agency("Riverside", "counselling"), [around("Mill Street", "hospital", True)])

    assert found.missing == {"legal", "public"}
