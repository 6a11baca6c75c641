"""Whoever writes what it takes sees what the parameter table and the protected counts come to."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.agencies.tests import cast
from alongside.briefs import queries
from alongside.briefs.demo import numbers
from alongside.briefs.models import Section
from alongside.briefs.tests.conftest import asked, do, written
from alongside.indicators import commands as indicators
from alongside.kernel import clock, ctx
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
WORDS = {"unit": "One night", "unit_fr": "Une nuit", "source": "Invented.", "owner": "Leader", "year": 2026}


def test_the_range_of_the_half_year_stands_beside_the_fields(house, callers):
    at, half = clock.now(), numbers.half_before(clock.now())
    with ctx.as_worker(house.esme.pk):
        indicators.prepare("need-half", half, "public", by=house.esme, at=at)
        ones = {f"{what}_{end}": 1 for what in ("units", "cost") for end in ("low", "base", "high")}
        indicators.price(
            told=WORDS | ones | {"kind": "service", "need": "shelter_tonight"}, by=house.esme, at=at
        )
    brief = do("begin", house.esme, facts={"slug": "plain", "half": half, "audience": "public"})
    client = cast.sign_in(Client(), house.esme)

    assert (
        "the parameter table comes to" in client.get(f"/briefs/{brief.pk}/sections/new/plea").content.decode()
    )
    assert (
        "the parameter table comes to"
        not in client.get(f"/briefs/{brief.pk}/sections/new/context").content.decode()
    )


def test_a_cost_says_where_it_is_from_and_a_contradiction_is_shown_before_signing(house, callers):
    at, half = clock.now(), numbers.half_before(clock.now())
    with ctx.as_worker(house.esme.pk):
        indicators.prepare("need-half", half, "public", by=house.esme, at=at)
        ones = {f"{what}_{end}": 1 for what in ("units", "cost") for end in ("low", "base", "high")}
        indicators.price(
            told=WORDS | ones | {"kind": "service", "need": "shelter_tonight"}, by=house.esme, at=at
        )
    brief = written(house.esme, half=half)
    client = cast.sign_in(Client(), house.esme)
    page = client.get(f"/briefs/{brief.pk}/proof").content.decode()
    assert "Says otherwise elsewhere" in page
    assert "Typed by whoever wrote this" in page

    plea = asked(house.esme, lambda: Section.objects.get(brief=brief, kind="plea"))
    priced = asked(house.esme, queries.priced, house.esme, brief, "plea")
    year = {
        name: 2 * int(getattr(priced, name).strip("$").replace(",", "")) for name in ("low", "base", "high")
    }
    do("write", house.esme, brief=brief, kind="plea", section_id=plea.pk, facts={"cost": plea.cost | year})

    page = client.get(f"/briefs/{brief.pk}/proof").content.decode()
    assert "Says otherwise elsewhere" not in page
    assert "Reached from the parameter table" in page


@pytest.fixture
@frozen
def callers(house):
    """Three agencies whose workers heard enough noes, and whose leaders let them be counted."""
    found = [
        (cast.worker(agency, "Maya"), cast.worker(agency, "Lou", "leader"))
        for agency in (cast.agency(f"Desk {n}") for n in range(3))
    ]
    numbers.count([caller for caller, _leader in found], [leader for _caller, leader in found], clock.now())
    return found


def test_the_page_of_a_brief_asks_no_more_of_the_database_for_more_parts(house):
    few = written(house.esme, slug="few")
    client = cast.sign_in(Client(), house.esme)
    with CaptureQueriesContext(connection) as first:
        client.get(f"/briefs/{few.pk}")
    for number in range(12):
        do(
            "write",
            house.esme,
            brief=few,
            kind="audience",
            facts={"body": {"en": f"Readers {number}", "fr": f"Public {number}"}},
        )

    with CaptureQueriesContext(connection) as again:
        client.get(f"/briefs/{few.pk}")

    assert len(again) <= len(first)
