"""The figures of an agency: who may look, whether they add up, what they say when there is nothing."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from alongside.agencies.tests import cast
from alongside.gaps import commands, queries
from alongside.kernel import clock, ctx, vocabulary
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
MET = (  # need, barriers, wait band, what was done instead, when
    ("shelter_tonight", ["full"], "", "none", datetime(2026, 5, 2, 12, tzinfo=UTC)),
    ("shelter_tonight", ["full", "pets"], "weeks", "hotel", datetime(2026, 8, 9, 12, tzinfo=UTC)),
    ("shelter_tonight", ["pets"], "over_year", "none", datetime(2026, 10, 30, 12, tzinfo=UTC)),
    ("dental", ["cost"], "closed", "waited", datetime(2026, 11, 3, 12, tzinfo=UTC)),
    ("", [], "days", "", datetime(2026, 11, 4, 12, tzinfo=UTC)),
)


@pytest.fixture
@frozen
def desk():
    """Riverside, whose caseworker met five noes."""
    agency = cast.agency()
    maya = cast.worker(agency)
    with ctx.as_worker(maya.pk):
        for need, barriers, wait, instead, at in MET:
            commands.record(
                by=maya,
                at=at,
                reason="no-capacity",
                need=need,
                barriers=barriers,
                wait_band=wait,
                workaround=instead,
            )
    return maya


def page(client, who, query=""):
    return cast.sign_in(client, who).get(f"/gaps/{query}")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("leader", 200),
        ("coordinator", 200),
        ("privacy-officer", 200),
        ("caseworker", 200),
        ("intake", 404),
        ("specialist", 404),
        ("companion", 404),
        ("administrator", 404),
    ],
)
def test_who_may_look(client, desk, role, status):
    assert page(client, cast.worker(desk.agency, "Ruth", role)).status_code == status


def test_nobody_looks_without_signing_in(client):
    assert client.get("/gaps/").status_code == 302


def test_the_figures_are_what_was_recorded(desk):
    with ctx.as_worker(desk.pk):
        found = queries.gaps(desk)
        said = [
            {bar.code: bar.count for bar in rows}
            for rows in (
                queries.by_need(found),
                queries.by_barrier(found),
                queries.by_wait(found),
                queries.by_way_out(found),
            )
        ]
        quarters = [(bar.code, bar.count) for bar in queries.by_quarter(found)]

    assert said[0] == Counter(need for need, *_ in MET)
    assert said[1] == Counter(barrier for _, barriers, *_ in MET for barrier in barriers)
    assert said[2] == Counter(wait for _, _, wait, *_ in MET if wait)
    assert said[3] == Counter(instead for *_, instead, _ in MET if instead)
    assert quarters == [("2026-Q2", 1), ("2026-Q3", 1), ("2026-Q4", 3)]


def test_waits_stand_in_the_order_of_their_length(desk):
    with ctx.as_worker(desk.pk):
        bands = [bar.code for bar in queries.by_wait(queries.gaps(desk))]

    assert bands == [band for band in vocabulary.WAIT_BANDS if band in bands]


def test_the_page_has_every_number_in_a_table(client, desk):
    body = page(client, desk).content.decode()

    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="num">(\d+)</td>', body)
    assert (str(vocabulary.NEEDS["shelter_tonight"]), "3") in rows
    assert (str(vocabulary.BARRIERS["cost"]), "1") in rows
    assert body.count("<figure") == body.count("Requests, not people.") - 1


def test_a_quarter_is_chosen_by_a_link(client, desk):
    body = page(client, desk, "?quarter=2026-Q3").content.decode()

    assert '<strong class="num">1</strong>' in body
    assert str(vocabulary.NEEDS["dental"]) not in body


@pytest.mark.parametrize("query", ["?quarter=2019-Q1", "?quarter=%00", "?side=everybody", "?quarter='--"])
def test_a_strange_address_shows_everything(client, desk, query):
    assert '<strong class="num">5</strong>' in page(client, desk, query).content.decode()


def test_an_agency_without_gaps_is_told_how_they_come(client):
    nobody = cast.worker(cast.agency("Lakeside"), "Grace", "leader")

    assert "Nothing here yet" in page(client, nobody).content.decode()


def test_another_agency_sees_none_of_them(client, desk):
    other = cast.worker(cast.agency("Lakeside"), "Grace", "leader")

    body = page(client, other).content.decode()

    assert "<figure" not in body


def test_the_agency_that_said_no_sees_it_on_its_own_side(client, desk):
    lakeside = cast.agency("Lakeside")
    dev, grace = cast.worker(lakeside, "Dev"), cast.worker(lakeside, "Grace", "leader")
    with ctx.as_worker(dev.pk):
        commands.record(
            by=dev,
            at=clock.now(),
            reason="no-capacity",
            asking_agency_id=desk.agency_id,
            asked_agency_id=lakeside.pk,
            need="food",
        )

    body = page(client, grace, "?side=answered").content.decode()

    assert '<strong class="num">1</strong>' in body


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_says_it_in_both_languages(client, desk, language):
    client.cookies["lang"] = language

    body = page(client, desk).content.decode()

    assert ("Des demandes, pas des personnes" in body) == (language == "fr")
