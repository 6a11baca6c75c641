"""The page of figures.

Who may look, what can be chosen, what is said where there is little or nothing, and its tables as files.
"""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.tests import cast
from alongside.occupancy import commands, queries
from alongside.occupancy.display import charts
from alongside.occupancy.models import Source
from alongside.occupancy.tests.conftest import COLUMNS, table

pytestmark = pytest.mark.django_db
PAGE = reverse("occupancy:figures")
LONG = (
    "Maison d’hébergement d’urgence Wilhelmina-Konstantyna Ó Conchobhair-Anishinaabekwe de la Vérendrye" * 2
)


def night(day, name="Harbour Light", sector="Women", model="Emergency", there=10, free=0, unit="Beds"):
    return f"{day},{name},{sector},{model},{unit},{there},{there},{there - free},{free},0"


def there_is(*lines, name="A city"):
    return commands.import_file(content=table(*lines), source_name=name, columns={"columns": COLUMNS})


@pytest.mark.parametrize(
    ("sector", "kind", "role"),
    [
        ("community", "open-desk", "caseworker"),
        ("healthcare", "hospital", "leader"),
        ("criminal-legal", "police", "caseworker"),
        ("community", "open-desk", "privacy-officer"),
    ],
)
def test_everybody_who_is_signed_in_may_look(client, db, sector, kind, role):
    there_is(night("2024-01-01"))
    cast.sign_in(client, cast.worker(cast.agency("Any", sector, kind), "Noor", role=role))

    assert "no emergency bed or room for women was free" in client.get(PAGE).text


def test_nobody_looks_without_signing_in(db):
    assert Client().get(PAGE).headers["Location"].startswith("/account/sign-in/")
    assert Client().get(reverse("occupancy:csv", args=["women"])).status_code == 302


def test_with_nothing_imported_the_page_says_what_it_is_for(page):
    text = page.get(PAGE).text

    assert "Nothing here yet" in text
    assert "<figure" not in text


def test_a_night_counts_only_when_beds_and_rooms_are_all_taken(page):
    there_is(
        night("2024-01-01"),
        night("2024-01-01", "Rooms", unit="Rooms", free=1),
        night("2024-01-02"),
        night("2024-01-02", "Rooms", unit="Rooms"),
        night("2024-01-03", there=100, free=2),
        night("2024-01-04", there=100, free=3),
        night("2024-01-04", "Later", model="Transitional", free=9),
        night("2024-01-05", sector="Men"),
    )

    text = page.get(PAGE).text

    assert "On 1 of 4 nights no emergency bed or room for women was free" in text
    assert 'aria-label="Nothing free: 1; almost nothing: 1; something: 2"' in text
    assert "On 2 nights fewer programmes reported" in text


@pytest.mark.parametrize(
    ("query", "shows", "hides"),
    [
        ("?period=2024-02", "On 0 of 1 night", "2023"),
        ("?period=2023", "On 1 of 1 night", "<h2>Nothing"),
        ("?period=1999", "Nothing is counted", "<figure"),
        ("?period=2024-99", "On 1 of 2", "409"),
        ("?period=\u0662024&nights=x&programmes=zzz", "On 1 of 2", "409"),
        ("?programmes=emergency", "Counted are emergency programmes", "emergency and transitional"),
    ],
)
def test_what_is_shown_is_chosen_by_links(page, query, shows, hides):
    there_is(night("2023-12-31"), night("2024-02-01", free=5))

    answer = page.get(PAGE + query)

    assert answer.status_code == 200
    assert shows in answer.text
    assert hides not in answer.text.partition("<figure")[2] or query.endswith("1999")


def test_two_sources_are_never_added_up(page):
    there_is(night("2024-01-01", free=5), name="One city")
    there_is(night("2024-01-01"), name="Another city")
    source = Source.objects.get(name="One city")

    assert "On 1 of 1 night " in page.get(PAGE).text
    assert "On 0 of 1 night " in page.get(f"{PAGE}?nights={source.pk}").text


def test_very_long_names_and_sectors_nobody_knows_are_shown_as_they_are(page):
    there_is(
        *(
            night("2024-01-01", f"{LONG} {number}", f"=Sector {number}", there=20, free=number)
            for number in range(12)
        )
    )

    text = page.get(PAGE).text

    assert "4 more are in the table" in text
    assert text.count("=Sector 11, beds") == 2


@pytest.mark.parametrize(
    ("days", "grain"), [(1, "day"), (100, "day"), (101, "week"), (500, "week"), (501, "month")]
)
def test_longer_times_are_drawn_more_coarsely(days, grain):
    first = date(2024, 1, 1)

    assert queries.grain_of(first, first + timedelta(days=days - 1)) == grain


def test_many_months_become_columns(page):
    there_is(*(night(date(2022, 1, 1) + timedelta(days=31 * number)) for number in range(14)))

    text = page.get(PAGE).text

    assert "calendars" not in text
    assert "columns-over-time" in text


@pytest.mark.parametrize("code", ["vacancy", "women", "calls"])
def test_a_table_is_taken_along_as_it_is_chosen(page, code):
    commands.invent(until=date(2026, 11, 21))

    answer = page.get(reverse("occupancy:csv", args=[code]) + "?period=2026-10")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == {"vacancy": 32, "women": 32, "calls": 32}[code]
    assert len({len(row) for row in rows}) == 1


def test_a_name_is_never_a_formula_in_a_table(page):
    there_is(night("2024-01-01", sector="=cmd()"))

    assert "'=cmd()" in page.get(reverse("occupancy:csv", args=["vacancy"])).content.decode()


@pytest.mark.parametrize("code", ["women", "calls", "other"])
def test_a_table_of_nothing_is_absent(page, code):
    assert page.get(reverse("occupancy:csv", args=[code])).status_code == 404


def test_a_line_is_broken_where_nights_are_missing():
    first = date(2024, 1, 1)
    points = [(first + timedelta(days=number), 1.0) for number in (0, 1, 5)]

    [line] = charts.lines({"bed": points}, first, first + timedelta(days=5), 10, "day", {"bed": "beds"})

    assert (line.path.count("M"), line.path.count("L")) == (2, 1)


def test_labels_that_would_lie_over_each_other_stand_apart():
    first = date(2024, 1, 1)
    points = [(first, 1.0), (first + timedelta(days=1), 1.0)]

    bed, room = charts.lines(
        {"bed": points, "room": points},
        first,
        first + timedelta(days=1),
        10,
        "day",
        {"bed": "beds", "room": "rooms"},
    )

    assert abs(bed.label_y - room.label_y) >= 15
