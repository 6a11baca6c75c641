"""Looking for a bed: what fits first, what is negotiable next, and why each other place does not."""

import pytest
from django.test import Client

from alongside.agencies.tests import cast
from alongside.beds import matching, queries
from alongside.beds.tests.conftest import count, offering, rule
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from bench.counting import counted
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
LOOK, STATEMENTS = "/beds/?region=&them=pets&them=identification", 9


def find(house, **need):
    with ctx.as_worker(house.maya.pk):
        return queries.find(house.maya, matching.Need(**need), clock.now())


def names(fits):
    return [fit.offering.name for fit in fits]


@pytest.fixture
@frozen
def three(house):
    """A place that fits a dog and no ID, one where the dog can be talked over, one that takes no animals."""
    ruth = house.ruth
    fits, talks, stops = (offering(ruth, name=name) for name in ("Fits", "Talks", "Stops"))
    count(fits, ruth)
    rule(fits, ruth, pets="clears", identification="clears")
    rule(talks, ruth, pets="talks", identification="clears")
    rule(stops, ruth, pets="stops", identification="talks")
    return house


def test_what_fits_comes_first_what_is_negotiable_next_and_why_the_rest_does_not(three):
    found = find(three, circumstances=("pets", "identification"))

    assert names(found.fits) == ["Fits", "Cedar nights"]  # the second has said nothing about either
    assert found.fits[1].unsaid == ["pets", "identification"]
    assert names(found.talks) == ["Talks"]
    assert found.talks[0].talks == ["pets"]
    assert names(found.stops) == ["Stops"]
    assert found.stops[0].stops == ["pets"]
    assert found.many == (2, 1, 1)


@pytest.mark.parametrize(
    ("facts", "need", "met"),
    [
        ({"minimum_age": 18}, {"age": 17}, ["age"]),
        ({"maximum_age": 24}, {"age": 25}, ["age"]),
        ({"genders": ["woman"]}, {"gender": "trans_man"}, ["gender"]),
        ({"households": ["alone"]}, {"household": "children"}, ["children"]),
        ({"households": ["alone"]}, {"children": (3,)}, ["children"]),
        ({"languages": ["en"]}, {"languages": ("fr",)}, ["language"]),
        (
            {"minimum_age": 16, "genders": ["woman"], "languages": ["en", "fr"]},
            {"age": 16, "gender": "woman", "languages": ("fr",)},
            [],
        ),
        ({"minimum_age": 18, "genders": ["woman"]}, {}, []),
    ],
)
def test_who_a_place_is_for(house, facts, need, met):
    offering(house.ruth, name="Another", **facts)

    found = find(house, **need)

    there = {fit.offering.name: fit.stops for fit in [*found.fits, *found.stops]}
    assert there["Another"] == met


def test_a_place_in_another_region_or_for_another_stay_is_not_found(house):
    offering(house.ruth, name="North", region="north")
    offering(house.ruth, name="Flats", stay="months")

    assert names(find(house, region="central").fits) == ["Cedar nights"]
    assert names(find(house, region="central", stay="months").fits) == ["Flats"]


def test_nobody_in_the_criminal_legal_sector_can_look(house):
    answer = cast.sign_in(Client(), house.police).get("/beds/")

    assert answer.status_code == 404


def test_nothing_fits_is_one_tap_and_a_gap_with_what_stood_in_the_way(three):
    client = cast.sign_in(Client(), three.maya)
    client.post("/beds/nothing", {"stay": "tonight", "region": "", "them": ["pets", "identification"]})

    with ctx.as_worker(three.maya.pk):
        assert list(Gap.objects.values_list("need", "reason", "barriers")) == [
            ("shelter_tonight", "nothing-fits", ["full", "identification", "pets"])
        ]


def test_the_outlook_stands_as_it_was_at_the_last_half_hour(house, superuser):
    superuser.execute("update beds_count set counted_at = counted_at - interval '1 hour'")
    before = find(house).fits[0].outlook
    count(house.offering, house.ruth, actual=4, occupied=4)

    assert before.code == "likely"
    assert find(house).fits[0].outlook == before


def test_no_count_of_another_shelter_can_be_read(house):
    from alongside.beds.models import Count, Hold

    with ctx.as_worker(house.maya.pk):
        assert not Count.objects.exists()
        assert not Hold.objects.exists()


def test_the_likely_come_first_however_few_are_looked_at_first(house, superuser, monkeypatch):
    for name, occupied in (("Alder", 4), ("Birch", 3), ("Dogwood", 0)):
        count(offering(house.ruth, name=name), house.ruth, actual=4, occupied=occupied)
    superuser.execute("update beds_count set counted_at = counted_at - interval '1 hour'")
    whole = names(find(house).fits)
    monkeypatch.setattr(queries.search, "LOOKED_AT_FIRST", 1)

    assert whole == names(find(house).fits) == ["Cedar nights", "Dogwood", "Birch", "Alder"]


def test_of_those_that_do_not_fit_some_are_shown_and_all_are_counted(house):
    for number in range(queries.OTHERS + 2):
        rule(offering(house.ruth, name=f"Stops {number:02}"), house.ruth, pets="stops")
    found = find(house, circumstances=("pets",))

    assert (len(found.stops), found.many) == (queries.OTHERS, (1, 0, queries.OTHERS + 2))


@pytest.mark.parametrize(
    ("stay", "leads_to"), [("tonight", "/check"), ("months", "/line?"), ("home", "/line?")]
)
def test_a_bed_is_asked_for_and_a_place_is_waited_for(house, stay, leads_to):
    place = offering(house.ruth, name="Another", stay=stay)
    client = cast.sign_in(Client(), house.maya)
    words = client.get("/beds/", {"stay": stay, "region": "", "them": "pets"}).content.decode()
    answer = client.post("/beds/new", {"stay": stay, "offering": str(place.pk), "them": "pets"})

    assert ("Join the list" in words) == (stay != "tonight")
    assert leads_to in answer["Location"]
    if stay != "tonight":
        assert client.get(answer["Location"]).context["form"].initial["them"] == ["pets"]


def test_looking_for_a_bed_takes_as_few_statements_among_sixty_programmes_as_among_three(client, db):
    ruth = cast.worker(cast.agency("Cedar House", kind="shelter"), "Ruth", "intake")
    said, taken = ("clears", "talks", "stops"), []
    cast.sign_in(client, cast.worker(cast.agency("Riverside")))
    for many in (3, 57):
        for number in range(many):
            place = offering(ruth, name=f"Cedar {many} {number}")
            count(place, ruth, actual=4, occupied=number % 5)
            rule(place, ruth, pets=said[number % 3], identification="clears")
        client.get(LOOK)
        with counted() as statements:
            assert client.get(LOOK).status_code == 200
        taken.append(len(statements))

    assert taken == [STATEMENTS, STATEMENTS]
