"""An agency's own entries: theirs to change, everybody's to read."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.directory import queries
from alongside.directory.criteria import Asked
from alongside.directory.models import Entry
from alongside.directory.tests import factories
from alongside.kernel import ctx
from alongside.plans.tests import cast as files
from tests.cases import case
from tests.frozen import frozen


@pytest.fixture
@frozen
def people(db):
    riverside = cast.agency("Riverside")
    return {
        "keeper": cast.worker(riverside, "Maya"),
        "another agency": cast.worker(cast.agency("Harbour"), "Noor"),
        "police": cast.worker(cast.agency("Police", sector="criminal-legal", kind="police"), "Sam"),
        "nobody": None,
    }


WHO = [
    # who, read, edit page, hide, read when hidden
    ("keeper", 200, 200, 302, 200),
    ("another agency", 200, 409, 409, 404),
    ("police", 200, 409, 409, 404),
    ("nobody", 302, 302, 302, 302),
]


@pytest.mark.parametrize(("who", "read", "edit", "hide", "hidden"), WHO)
def test_who_may_do_what_with_an_entry(client, people, who, read, edit, hide, hidden):
    entry = factories.kept(people["keeper"])
    if people[who]:
        cast.sign_in(client, people[who])

    assert client.get(reverse("directory:entry", args=[entry.pk])).status_code == read
    assert client.get(reverse("directory:edit", args=[entry.pk])).status_code == edit
    assert client.post(reverse("directory:visibility", args=[entry.pk])).status_code == hide
    with ctx.as_operator(entry.agency_id):
        Entry.objects.filter(pk=entry.pk).update(hidden_at="2026-11-22T12:00Z")
    assert client.get(reverse("directory:entry", args=[entry.pk])).status_code == hidden


def test_nothing_is_required_but_a_name(page, maya):
    assert page.post(reverse("directory:new"), {}).status_code == 422

    page.post(reverse("directory:new"), {"name": "A door"})

    entry = Entry.objects.get()
    assert (entry.name, entry.agency_id, entry.offered_by_id) == ("A door", maya.agency_id, None)


def test_a_mistake_keeps_everything_that_was_typed(page):
    answer = page.post(
        reverse("directory:new"),
        {
            "name": "A door",
            "description": "Come in",
            "minimum_age": "30",
            "maximum_age": "20",
            "needs": ["food"],
        },
    )

    assert answer.status_code == 422
    assert all(typed in answer.text for typed in ("A door", "Come in", 'value="30"', 'value="20"'))


def test_what_is_kept_is_found_with_its_hours_and_who_offers_it(page, maya):
    told = {
        "name": "Night door",
        "service_type": "emergency_shelter",
        "hours": "Mon-Sun 20:00-08:00",
        "division": "3560",
        "offered_here": "on",
    }
    page.post(reverse("directory:new"), told)

    found = queries.find(maya, Asked(need="shelter_tonight", place="Kenora")).entries

    assert [entry.offered_by_id for entry in found] == [maya.agency_id]
    assert len(queries.opening_hours(found[0])) == 7


def test_a_hidden_entry_is_found_by_nobody_and_can_be_shown_again(page, maya):
    entry = factories.kept(maya, "Quiet door")
    page.post(reverse("directory:visibility", args=[entry.pk]))
    assert queries.find(maya, Asked(words="quiet door")).total == 0

    page.post(reverse("directory:visibility", args=[entry.pk]), {"show": "1"})

    assert queries.find(maya, Asked(words="quiet door")).total == 1


def test_where_naming_gives_it_away_the_face_is_shown(db):
    entry = factories.entry(
        "Trafficking survivors programme", neutral_name="Riverside office", neutral_name_fr="Bureau Riverside"
    )

    assert entry.face == "Riverside office"
    assert factories.entry("Drop-in").face == "Drop-in"


def test_another_agencys_entry_can_be_asked_for(client, people):
    factories.kept(people["keeper"], "Riverside beds", offered_here=True)

    asker = people["another agency"]
    file = files.file(asker)
    cast.sign_in(client, asker)
    before = client.get("/directory/?need=shelter_tonight").text
    client.post(f"/requests/of/{file.id}/seeking", {})
    after = client.get("/directory/?need=shelter_tonight").text

    assert "Ask this service" not in before, "whoever is asked for nobody"
    assert f'action="/requests/of/{file.id}/new"' in after


def test_an_entry_kept_in_the_evening_is_as_of_that_day(client, people):
    said, zone = case("14-tomorrow-since-seven/moments.txt").read_text().split(" = ")[0].rsplit(" ", 1)

    with time_machine.travel(datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(zone)), tick=False):
        answer = cast.sign_in(client, people["keeper"]).post(
            reverse("directory:new"), {"name": "A door"}, follow=True
        )

    assert Entry.objects.get().as_of == date(2026, 11, 27)
    assert "As of 27 November 2026" in answer.text
