"""Keeping what is offered, and counting it, through the pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.beds import queries, rules
from alongside.beds.models import Count, Offering, Rule
from alongside.beds.rules import CannotKeep
from alongside.beds.tests.conftest import asked, count, do, offering, rule
from alongside.kernel import clock, ctx
from alongside.kernel import data_inventory as inventory

pytestmark = pytest.mark.django_db

OFFERING = {"name": "Maple nights", "region": "east"}
# door: (method, fields), and the status for: keeper, leader, privacy officer, another agency, police
DOORS = {
    "board": ("get", {}, (200, 200, 404, 200, 404)),
    "offering_new": ("get", {}, (200, 200, 404, 200, 404)),
    "offering": ("get", {}, (200, 200, 200, 200, 404)),
    "offering_edit": ("get", {}, (200, 200, 404, 404, 404)),
    "offering_rules": ("get", {}, (200, 200, 404, 404, 404)),
    "offering_place": ("get", {}, (200, 200, 404, 404, 404)),
    "offering_count": ("get", {}, (200, 200, 404, 404, 404)),
    "offering_history": ("get", {}, (200, 200, 404, 404, 404)),
    "offering_step": ("post", {"occupied": "1", "reason": "shift"}, (302, 302, 404, 404, 404)),
    "offering_closure": ("post", {"closed": "1"}, (302, 302, 404, 404, 404)),
}
WRITES = {
    "offering_edit": OFFERING,
    "offering_rules": {"way_pets": "talks"},
    "offering_place": {"words": "12 Cedar Street"},
    "offering_count": {"actual": "4", "occupied": "1", "reason": "shift"},
}
POSTS = {door: ("post", fields, (302, 302, 404, 404, 404)) for door, fields in WRITES.items()}
EVERY = [
    pytest.param(door, method, fields, who, status, id=f"{method} {door} by {who}")
    for doors in (DOORS, POSTS)
    for door, (method, fields, statuses) in doors.items()
    for who, status in zip(("ruth", "leader", "officer", "maya", "police"), statuses, strict=True)
]


def pages(who):
    return cast.sign_in(Client(), who)


def at(name, of=None):
    return reverse(f"beds:{name}", args=[of.pk] if of else [])


def last(of, by):
    with ctx.as_worker(by.pk):
        found = queries.last_count(of)
        return (found.number, found.actual, found.unavailable, found.occupied, found.reason)


@pytest.mark.parametrize(("door", "method", "fields", "who", "status"), EVERY)
def test_who_may_come_to_which_door(house, door, method, fields, who, status):
    house.leader, house.officer = (
        cast.worker(house.ruth.agency, role.title(), role) for role in ("leader", "privacy-officer")
    )
    address = at(door, None if door in ("board", "offering_new") else house.offering)

    assert getattr(pages(getattr(house, who)), method)(address, fields).status_code == status


def test_a_name_and_a_region_are_enough(house):
    answer = pages(house.ruth).post(at("offering_new"), OFFERING)

    with ctx.as_worker(house.ruth.pk):
        kept = Offering.objects.get(name="Maple nights")
    assert answer["Location"] == at("offering_count", kept)
    assert (kept.stay, kept.unit, kept.hold_hours, kept.think_hours, kept.holds_at_once) == (
        "tonight",
        "bed",
        4,
        72,
        False,
    )


def test_what_was_typed_stays_when_something_is_missing(house):
    answer = pages(house.ruth).post(
        at("offering_new"), {"exceptions_contact": "the shift lead", "minimum_age": "30", "maximum_age": "20"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "the shift lead" in page
    assert "Give it a name." in page
    assert "This is lower than the age it starts from." in page


def test_every_fact_is_kept_and_shown_to_whoever_looks(house):
    facts = OFFERING | {
        "face": "Maple office",
        "stay": "home",
        "unit": "room",
        "genders": ["woman", "two_spirit"],
        "minimum_age": "16",
        "households": ["alone"],
        "room_types": ["own_room"],
        "languages": ["fr"],
        "exceptions_contact": "the shift lead",
        "exceptions_phone": "555 0142",
        "urgent_phone": "555 0199",
        "months_least": "6",
        "months_most": "24",
        "monthly_cost": "800",
        "deposit": "400",
        "covers_ontario_works": "390",
        "covers_housing_benefit": "900",
        "think_hours": "168",
    }
    pages(house.ruth).post(at("offering_edit", house.offering), facts)

    page = pages(house.maya).get(at("offering", house.offering)).content.decode()
    for shown in (
        "Maple office",
        "Women, Two-Spirit people",
        "from 16",
        "On their own",
        "A room of one’s own",
        "French",
        "the shift lead",
        "tel:5550142",
        "tel:5550199",
        "6 to 24 months",
        "$800",
        "$400",
        "$390",
        "$410",
        "$900",
        "$0",
        "7 days",
    ):
        assert shown in page, shown
    assert "Maple nights" not in page


def test_the_form_shows_again_what_was_kept(house):
    facts = {"genders": ["man"], "covers": {"odsp": 582}, "holds_at_once": True, "think_hours": 48}
    of = offering(house.ruth, **facts)

    form = pages(house.ruth).get(at("offering_edit", of)).context["form"]
    assert [form[name].value() for name in ("genders", "covers_odsp", "holds_at_once", "think_hours")] == [
        ["man"],
        582,
        True,
        48,
    ]


def test_rules_are_said_as_facts_and_what_is_left_out_is_unsaid(house):
    rule(house.offering, house.ruth, smoking="stops", pets="stops")
    told = {
        "way_pets": "talks",
        "by_pets": "landlord",
        "words_pets": "Ring first.",
        "words_fr_pets": "Appelez d’abord.",
        "way_identification": "clears",
    }
    pages(house.ruth).post(at("offering_rules", house.offering), told)

    with ctx.as_worker(house.maya.pk):
        said = {
            r.barrier: (r.stands, r.negotiable, r.decided_by, r.words, r.words_fr) for r in Rule.objects.all()
        }
    assert said == {
        "pets": (True, True, "landlord", "Ring first.", "Appelez d’abord."),
        "identification": (False, False, "", "", ""),
    }


def test_words_about_what_is_not_said_are_not_lost(house):
    answer = pages(house.ruth).post(at("offering_rules", house.offering), {"words_pets": "Small dogs."})

    assert answer.status_code == 422
    assert "Small dogs." in answer.content.decode()


@pytest.mark.parametrize("code", ["full", "co_location", "nonsense"])
def test_a_house_never_says_that_it_is_full_or_who_is_there(house, code):
    page = pages(house.ruth).get(at("offering_rules", house.offering)).content.decode()

    assert f"way_{code}" not in page
    with pytest.raises(CannotKeep):
        rule(house.offering, house.ruth, **{code: "stops"})


def test_only_what_changed_is_verified_anew_and_one_tap_verifies_all(house, superuser):
    rule(house.offering, house.ruth, pets="talks", smoking="stops")
    superuser.execute("update beds_rule set verified_on = '2026-01-05'")
    ruth = pages(house.ruth)
    days = {}
    for name, fields in (
        ("changed", {"way_pets": "clears", "way_smoking": "stops"}),
        ("all", {"still_true": "1"}),
    ):
        ruth.post(at("offering_rules", house.offering), fields)
        with ctx.as_worker(house.ruth.pk):
            days[name] = {r.barrier: r.verified_on == clock.today() for r in Rule.objects.all()}

    assert days == {"changed": {"pets": True, "smoking": False}, "all": {"pets": True, "smoking": True}}


def test_a_closed_programme_is_there_for_its_own_house_only(house):
    ruth = pages(house.ruth)
    ruth.post(at("offering_closure", house.offering), {"closed": "1"})

    assert pages(house.maya).get(at("offering", house.offering)).status_code == 404
    assert ruth.get(at("offering", house.offering)).status_code == 200
    assert "Open the programme again" in ruth.get(at("board")).content.decode()
    ruth.post(at("offering_closure", house.offering), {"closed": "0"})
    assert pages(house.maya).get(at("offering", house.offering)).status_code == 200


def test_the_first_count_is_the_opening_and_asks_for_no_reason(house):
    of = offering(house.ruth, name="New nights")
    page = pages(house.ruth)
    assert "reason" not in page.get(at("offering_count", of)).context["form"].fields

    page.post(at("offering_count", of), {"actual": "9", "occupied": "3"})
    assert last(of, house.ruth) == (1, 9, 0, 3, "opening")


@pytest.mark.parametrize(("tap", "taken"), [("-1", 1), ("0", 2), ("1", 3)])
def test_three_taps_after_a_change_of_shift(house, tap, taken):
    ruth = pages(house.ruth)
    board = ruth.get(at("board")).content.decode()
    assert at("offering_count", house.offering) in board
    page = ruth.get(at("offering_count", house.offering)).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]

    answer = ruth.post(
        at("offering_step", house.offering), {"occupied": tap, "reason": "shift", "seen": seen}
    )
    assert answer["Location"] == at("board")
    assert last(house.offering, house.ruth) == (2, 4, 0, taken, "shift")


def test_somebody_left_is_one_tap_on_the_board_and_counts_once_when_it_is_tapped_twice(house):
    ruth = pages(house.ruth)
    tap = {"occupied": "-1", "reason": "departure", "seen": "1"}
    first, second = (ruth.post(at("offering_step", house.offering), tap) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 409)
    assert "It was counted again in the meantime." in second.content.decode()
    assert last(house.offering, house.ruth) == (2, 4, 0, 1, "departure")


@pytest.mark.parametrize(
    "fields", [{}, {"occupied": "7", "reason": "shift"}, {"occupied": "1", "reason": "arrival"}]
)
def test_a_tap_that_is_none_changes_nothing(house, fields):
    assert pages(house.ruth).post(at("offering_step", house.offering), fields)["Location"] == at(
        "offering_count", house.offering
    )
    assert last(house.offering, house.ruth)[0] == 1


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"actual": "2", "occupied": "2"}, 409, "1 is held for somebody who may be on the way."),
        ({"actual": "3", "occupied": "4"}, 409, "More are taken than there are."),
        ({"actual": "", "occupied": "2"}, 422, "This field is required."),
        ({"actual": "-1", "occupied": "0"}, 422, "greater than or equal to 0"),
    ],
)
def test_numbers_that_cannot_be_are_refused_in_words_and_stay_typed(house, fields, status, words):
    do("hold", asked(house.offering, house.maya), house.ruth, hours=4)
    answer = pages(house.ruth).post(
        at("offering_count", house.offering), fields | {"unavailable": "77", "reason": "miscount"}
    )

    assert (answer.status_code, last(house.offering, house.ruth)[0]) == (status, 1)
    assert words in answer.content.decode()
    assert 'value="77"' in answer.content.decode()


def test_a_tap_that_would_wipe_out_a_hold_is_refused_in_the_rules_words(house):
    do("hold", asked(house.offering, house.maya), house.ruth, hours=4)
    do("hold", asked(house.offering, house.noor), house.ruth, hours=4)

    answer = pages(house.ruth).post(at("offering_step", house.offering), {"occupied": "1", "reason": "shift"})
    assert answer.status_code == 409
    assert "2 are held for people who may be on the way." in answer.content.decode()


def test_a_leader_who_sees_no_hold_cannot_wipe_one_out_either(house):
    leader = cast.worker(house.ruth.agency, "Lee", "leader")
    do("hold", asked(house.offering, house.maya), house.ruth, hours=4)

    answer = pages(leader).post(
        at("offering_count", house.offering), {"actual": "2", "occupied": "2", "reason": "closed"}
    )
    assert answer.status_code == 409
    assert "held for people who may be on the way" in answer.content.decode()


def test_the_history_keeps_every_count_with_its_reason_and_who_counted(house):
    count(house.offering, house.coordinator, actual=4, occupied=3, unavailable=1, reason="miscount")

    page = pages(house.ruth).get(at("offering_history", house.offering)).content.decode()
    entries = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search(
        r"3 of 4 taken .*1 out of use .*It was counted wrong .*Cleo .*2 of 4 taken .*Ruth", entries
    )
    with ctx.as_worker(house.ruth.pk):
        assert Count.objects.count() == 2


def test_nothing_left_to_pay_is_none_and_never_below():
    offering = Offering(monthly_cost=800, covers={"odsp": 582, "housing_benefit": 900, "ontario_works": 0})
    from alongside.beds.views.programmes import left_to_pay

    assert left_to_pay(offering) == [
        ("ontario_works", 0, 800),
        ("odsp", 582, 218),
        ("housing_benefit", 900, 0),
    ]
    assert left_to_pay(Offering(covers={"odsp": 582})) == [("odsp", 582, None)]


def test_what_keeping_notes_has_words_on_the_trail(house, superuser):
    ruth = pages(house.ruth)
    for door, fields in WRITES.items():
        ruth.post(at(door, house.offering), fields)
    for closed in "10":
        ruth.post(at("offering_closure", house.offering), {"closed": closed})
    ruth.post(at("offering_rules", house.offering), {"still_true": "1"})
    from alongside.beds.actions import ACTIONS

    noted = {row[0] for row in superuser.execute("select action from trail_entry where action like 'beds.%'")}
    assert noted == {
        f"beds.{verb}"
        for verb in ("kept", "rules_kept", "placed", "counted", "closed", "reopened", "verified")
    }
    assert noted <= set(ACTIONS)


def test_everything_a_house_can_say_is_in_the_shared_list():
    assert len(rules.SAYABLE) == 30


@pytest.mark.parametrize("table", ["beds_offering", "beds_rule"])
def test_what_a_house_says_of_itself_in_plain_words_leads_to_nobody(table):
    columns = {column.name for column in inventory.columns()[table]}

    assert columns
    assert not columns & {"handle", "file_id", "pathway_id", "request_id"}
