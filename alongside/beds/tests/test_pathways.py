"""A pathway from a bed tonight to a home as one line, and what was missing at each step as gaps."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.beds import commands, queries, rules
from alongside.beds.models import Pathway, PathwayFile, Stay, Step
from alongside.beds.tests.conftest import count, do, draft, offering
from alongside.consent import commands as consent
from alongside.files.tests import cast
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
@frozen
def along(house):
    """Somebody who came for a night; two longer programmes of the same shelter."""
    house.months, house.home = (
        offering(house.ruth, name=name, stay=stay) for name, stay in (("Rooms", "months"), ("Flats", "home"))
    )
    for programme in (house.months, house.home):
        count(programme, house.ruth, actual=3)
    house.night = draft(house.offering, house.maya)
    with ctx.as_worker(house.maya.pk):
        commands.ask(request=house.night, by=house.maya, at=clock.now())
        house.first = Step.objects.select_related("pathway").get(request=house.night)
    return house


def arrive(house):
    do("hold", house.night, house.ruth, hours=4)
    do("accept", house.night, house.maya)
    do("arrive", house.night, house.ruth)


def join(house, at_list, at=None):
    with ctx.as_worker(house.maya.pk):
        return commands.waitlist.join(
            offering=at_list,
            profile={},
            by=house.maya,
            at=at or clock.now(),
            pathway_id=house.first.pathway_id,
        )


def move_in(house, waiting, at):
    for verb, by in (("offer_place", house.ruth), ("accept", house.maya), ("move_in", house.ruth)):
        with ctx.as_worker(by.pk):
            getattr(commands.waitlist, verb)(waiting=waiting, by=by, at=at)


def pathway_seen(house, at=None):
    with ctx.as_worker(house.maya.pk):
        return queries.pathways.pathway_seen(
            house.maya, Pathway.objects.get(pk=house.first.pathway_id), at or clock.now()
        )


def act(verb, house, **more):
    with ctx.as_worker(house.maya.pk):
        return getattr(commands.pathways, verb)(by=house.maya, at=more.pop("at", clock.now()), **more)


def gaps(house):
    with ctx.as_worker(house.maya.pk):
        return list(Gap.objects.values_list("need", "reason", "barriers", "wait_band"))


def test_a_night_then_months_then_a_home_is_one_line(along):
    at = clock.now()
    arrive(along)
    for offered, later in ((along.months, at + 20 * DAY), (along.home, at + 90 * DAY)):
        move_in(along, join(along, offered, at + DAY), later)

    seen = pathway_seen(along, at + 91 * DAY)
    assert [(step.step.stay, step.lived, step.is_now) for step in seen.steps] == [
        ("tonight", True, False),
        ("months", True, False),
        ("home", True, True),
    ]
    assert [step.until for step in seen.steps] == [at + 20 * DAY, at + 90 * DAY, None]
    assert [(station.reached, station.is_now) for station in seen.stations] == [
        (True, False),
        (True, False),
        (True, True),
    ]
    assert not any(step.may_say_missing for step in seen.steps)


def test_a_stay_that_ran_out_with_nothing_after_it_becomes_a_gap_of_what_should_have_come_next(along):
    arrive(along)
    act("leave", along, step=along.first, at=clock.now() + DAY)
    act("say_missing", along, step=along.first, barriers=["stay_limit"], wait_band="months_3_6")

    assert gaps(along) == [("shelter_weeks", "nothing-after", ["stay_limit"], "months_3_6")]
    assert pathway_seen(along).steps[0].counted


def test_what_was_missing_is_counted_once(along):
    arrive(along)
    act("leave", along, step=along.first)
    act("say_missing", along, step=along.first, barriers=["cost"], wait_band="")
    with pytest.raises(rules.pathways.CannotGoOn):
        act("say_missing", along, step=along.first, barriers=["cost"], wait_band="")

    assert len(gaps(along)) == 1


@pytest.mark.parametrize(("band", "reason"), [("over_year", "waitlist"), ("", "not-reached")])
def test_a_list_that_was_left_becomes_a_gap_of_what_was_waited_for(along, band, reason):
    waiting = join(along, along.home)
    with ctx.as_worker(along.maya.pk):
        commands.waitlist.leave(waiting=waiting, by=along.maya, at=clock.now())
        step = Step.objects.get(waiting=waiting)
    act("say_missing", along, step=step, barriers=["cost"], wait_band=band)

    assert gaps(along) == [("housing", reason, ["cost"], band)]


def test_a_no_of_the_shelter_is_counted_already_and_not_twice(along):
    do("not_offer", along.night, along.ruth, answer="full", barriers=[])
    with pytest.raises(rules.pathways.CannotGoOn):
        act("say_missing", along, step=along.first, barriers=["full"], wait_band="")

    assert pathway_seen(along).steps[0].counted
    assert len(gaps(along)) == 1


def test_a_request_nobody_answered_is_counted_already(along):
    with ctx.as_worker(along.maya.pk):
        commands.unanswered(request=along.night, by=along.maya, at=clock.now() + timedelta(hours=5))

    assert pathway_seen(along).steps[0].counted
    assert not pathway_seen(along).steps[0].may_say_missing


def test_nothing_is_missing_while_something_may_come_of_it(along):
    for step in (along.first, None):
        if step is None:
            arrive(along)
        with pytest.raises(rules.pathways.CannotGoOn):
            act("say_missing", along, step=along.first, barriers=["cost"], wait_band="")


def test_a_home_found_elsewhere_ends_the_stay_before(along):
    arrive(along)
    act("find_home", along, pathway=along.first.pathway, at=clock.now() + DAY)

    seen = pathway_seen(along, clock.now() + 2 * DAY)
    assert [step.is_now for step in seen.steps] == [False, True]
    assert not seen.steps[0].may_say_missing
    with pytest.raises(rules.pathways.CannotGoOn):
        act("find_home", along, pathway=along.first.pathway)


def test_a_stay_ends_once(along):
    arrive(along)
    act("leave", along, step=along.first)
    with pytest.raises(rules.pathways.CannotGoOn):
        act("leave", along, step=along.first)


def test_a_home_that_was_lost_lacks_a_home(along):
    step = act("find_home", along, pathway=along.first.pathway)
    act("leave", along, step=step, at=clock.now() + DAY)

    assert pathway_seen(along).steps[-1].wanted == Stay.HOME


def test_a_pathway_is_linked_to_a_file_and_whoever_may_not_see_the_file_does_not_see_the_link(along):
    file = cast.file(along.maya)
    act("link_to_file", along, pathway=along.first.pathway, file_id=file.id)
    sam = cast.worker(along.maya.agency, "Sam")
    assert list(pathway_seen(along).files.values()) == [file.handle]
    with pytest.raises(rules.pathways.CannotGoOn):
        act("link_to_file", along, pathway=along.first.pathway, file_id=file.id)
    with ctx.as_worker(along.maya.pk):
        consent.block(
            file_id=file.id, against=f"worker:{sam.pk}", item_id=None, by=along.maya, at=clock.now()
        )

    with ctx.as_worker(sam.pk):
        assert not PathwayFile.objects.exists()
        assert queries.pathways.pathway_seen(sam, Pathway.objects.get(), clock.now()).files == {}


def test_the_list_of_ways_asks_as_often_for_fifty_as_for_one(along):
    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with ctx.as_worker(along.maya.pk), CaptureQueriesContext(connection) as caught:
            found = queries.pathways.pathways_seen(along.maya, clock.now())
        return len(found), len(caught)

    join(along, along.months)
    alone = asked()
    for _ in range(9):
        with ctx.as_worker(along.maya.pk):
            commands.waitlist.join(offering=along.months, profile={}, by=along.maya, at=clock.now())

    assert (alone[0], asked()) == (1, (10, alone[1]))


def test_from_one_step_to_the_next_through_the_pages(client, along):
    arrive(along)
    cast.sign_in(client, along.maya)
    pathway, step = along.first.pathway_id, along.first.pk
    assert client.post(reverse("beds:pathway_departure", args=[pathway, step])).status_code == 302
    empty = client.post(reverse("beds:pathway_missing", args=[pathway, step]), {})
    said = client.post(reverse("beds:pathway_missing", args=[pathway, step]), {"barriers": ["cost"]})
    home = client.post(reverse("beds:pathway_home", args=[pathway]))
    page = client.get(reverse("beds:pathway", args=[pathway]))

    assert (empty.status_code, said.status_code, home.status_code, page.status_code) == (422, 302, 302, 200)
    assert gaps(along) == [("shelter_weeks", "nothing-after", ["cost"], "")]
    assert "A home found elsewhere" in page.content.decode()
