"""HSDS tables as others export them: plain numbers, names of HSDS 1 and 2, and what we don't read."""

import csv
import io
import zipfile
from calendar import day_name
from random import Random

import pytest

from alongside.directory.formats import feeds
from alongside.directory.formats.shape import is_uuid
from alongside.directory.models import Entry, ImportRun, Opening, ReportLine
from alongside.directory.tests.test_import_pages import run_jobs, sent
from tests.cases import case

DAYS = tuple(day_name)
TOWNS = ("Kenora", "Dryden", "Sudbury", "Timmins", "Thunder Bay")


def written(heading, rows):
    """A CSV file."""
    into = io.StringIO()
    csv.writer(into).writerows([heading.split(), *rows])
    return into.getvalue().encode()


def a_state_s_list(many, seed):
    """A list as one state exports it: its tables count from 1, link by these numbers, and are in no order."""
    random = Random(seed)  # noqa: S311 - an invented list
    numbers = list(range(1, many + 1))
    place_of = dict(zip(numbers, random.sample(numbers, many), strict=True))
    town_of = {n: random.choice(TOWNS) for n in numbers}
    opens = {
        n: sorted(
            (day, f"{random.randrange(6, 12):02}:{random.choice((0, 15, 30)):02}:00", f"{closes}:00:00")
            for day, closes in {random.randrange(7): random.randrange(13, 22) for _ in range(3)}.items()
        )
        for n in numbers
    }
    phones = {n: [f"({random.randrange(200, 990)}) 555-{random.randrange(10_000):04}"] for n in numbers}
    of_place = {n: f"1-800-555-{random.randrange(10_000):04}" for n in numbers}
    numbered = iter(random.sample(range(1, 10 * many), 5 * many))

    def table(heading, rows):
        return written(heading, random.sample(rows, len(rows)))

    tables = {
        "organizations.csv": table("id name description", [(n, f"House {n}", "d") for n in numbers[::4]]),
        "services.csv": table(
            "id organization_id name status",
            [(n, (n - 1) // 4 * 4 + 1, f"Service {n}", "active") for n in numbers],
        ),
        "locations.csv": table(
            "id organization_id name location_type",
            [(n, (n - 1) // 4 * 4 + 1, f"Place {n}", "physical") for n in numbers],
        ),
        "services_at_location.csv": table(
            "id service_id location_id", [(next(numbered), n, place_of[n]) for n in numbers]
        ),
        "physical_addresses.csv": table(
            "id location_id address_1 city state_province postal_code country",
            [(next(numbered), n, f"{n} Main St", town_of[n], "ON", "P9N 1A1", "CA") for n in numbers],
        ),
        "postal_addresses.csv": table(
            "id location_id address_1 city state_province postal_code country",
            [(n, n, f"Box {n}", "Ottawa", "ON", "P9N 1A1", "CA") for n in numbers],
        ),
        "phones.csv": table(
            "id service_id location_id number",
            [(next(numbered), n, "", phones[n][0]) for n in numbers]
            + [(next(numbered), "", n, of_place[n]) for n in numbers],
        ),
        "regular_schedules.csv": table(
            "id service_id weekday opens_at closes_at",
            [
                (100 * n + day, n, DAYS[day], begins[:5], ends[:5])
                for n in numbers
                for day, begins, ends in opens[n]
            ],
        ),
        "cost_options.csv": table("id service_id option amount", [(n, n, "once", 5) for n in numbers]),
    }
    told = {
        f"Service {n}": (
            f"House {(n - 1) // 4 * 4 + 1}",
            [*phones[n], of_place[place_of[n]]],
            opens[n],
            town_of[place_of[n]],
            f"{place_of[n]} Main St",
        )
        for n in numbers
    }
    return tables, told


def stands():
    """What is told of each service: whose it is, its telephones, its hours, its town and its address."""
    hours = {}
    for opening in Opening.objects.all():
        hours.setdefault(opening.entry_id, []).append(
            (opening.weekday, f"{opening.opens_at}", f"{opening.closes_at}")
        )
    return {
        entry.name: (
            entry.organization_name,
            [phone["number"] for phone in entry.phones],
            sorted(hours.get(entry.pk, [])),
            entry.community,
            entry.address[0],
        )
        for entry in Entry.objects.all()
    }


def test_links_of_plain_numbers_are_followed():
    feed = feeds.read(case("09-tables-with-plain-numbers/tables.zip").read_bytes(), "hsds-tables")

    (entry,) = feed.entries
    assert (entry.organization_name, entry.community, entry.minimum_age) == ("Northern Friends", "Kenora", 16)
    assert entry.details["phones"] == [{"extension": 12, "number": "807-555-0100"}]
    assert entry.openings == ((0, "09:00:00", "17:00:00", None, None),)
    assert feed.notes == []


def test_numbers_stay_beside_the_ids_made_of_them():
    feed = feeds.read(case("09-tables-with-plain-numbers/tables.zip").read_bytes(), "hsds-tables")

    (service,) = [each.data for each in feed.documents if each.kind == "service"]
    (phone,) = service["phones"]
    assert (service["original_organization_id"], phone["original_id"]) == ("7", "61")
    assert phone["service_id"] == service["id"]
    assert is_uuid(phone["id"])


@pytest.mark.parametrize("seed", [211, 618])
def test_a_whole_list_of_plain_numbers_keeps_its_telephones_hours_and_towns(page, seed):
    tables, told = a_state_s_list(300, seed)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in tables.items():
            archive.writestr(f"export/{name}", content)

    def brought_in():
        page.post(sent(page, into.getvalue(), "state.zip").url)
        run_jobs()
        return ImportRun.objects.latest("pk")

    first = brought_in()

    assert (first.state, first.added, first.left_out) == ("done", 300, 0)
    assert not ReportLine.objects.exists()
    assert stands() == told
    before = set(Entry.objects.values_list("pk", "digest"))

    again = brought_in()

    assert (again.state, again.added, again.updated, again.unchanged) == ("done", 0, 0, 300)
    assert set(Entry.objects.values_list("pk", "digest")) == before
    assert stands() == told


def test_tables_of_hsds_1_and_2_are_read_or_named():
    feed = feeds.read(case("27-tables-passed-over-in-silence/tables.zip").read_bytes(), "hsds-tables")

    (entry,) = feed.entries
    assert entry.community == "Kenora"
    assert entry.openings == ((0, "09:00:00", "17:00:00", None, None),)
    assert sorted((note.field, note.code) for note in feed.notes) == [
        ("eligibility.csv", "table_not_read"),
        ("holiday_schedules.csv", "table_not_read"),
    ]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"odd.csv": b"id\n1\n"}, ("odd.csv", "table_not_read")),
        ({"a/services.csv": b"id,name\n2,B\n", "a/odd.csv": b""}, ("a/odd.csv", "table_not_read")),
        ({"programs.csv": b"id,name,colour\n1,A,red\n"}, ("programs.csv: colour", "column_not_read")),
        ({"programs.csv": b"id,name,\n1,A,red\n"}, ("programs.csv: unnamed", "column_not_read")),
        ({"phones.csv": b"id,service_id,number\n1,9,1\n"}, ("phone", "dangling")),
        ({"programs.csv": b"id,name\n1,A\n1,B\n"}, ("programs.csv: id", "twice")),
        ({"schedules.csv": b"id,service_id,weekday\n1,1,1\n"}, ("schedules", "hours_in_words")),
        (
            {
                "programs.csv": b"id,name\n1,B\n",
                "attributes.csv": b"id,link_id,value\n1,1,x\n",
            },
            ("attribute", "dangling"),
        ),
    ],
)
def test_whatever_is_not_taken_is_in_the_report(tables, said):
    feed = feeds.read({"services.csv": b"id,name\n1,A\n", **tables}, "hsds-tables")

    assert said in [(note.field, note.code) for note in feed.notes]


def test_an_empty_column_is_nothing_to_report():
    feed = feeds.read({"services.csv": b"id,name,colour,\n1,A,,\n"}, "hsds-tables")

    assert feed.notes == []


def test_a_number_that_two_tables_have_is_followed_by_the_table_it_names():
    tables = {
        "services.csv": b"id,name\n1,A\n",
        "programs.csv": b"id,name\n1,B\n",
        "attributes.csv": b"id,link_id,link_entity,value\n1,1,service,x\n",
    }

    feed = feeds.read(tables, "hsds-tables")

    held = {each.kind: each.data.get("attributes") for each in feed.documents}
    assert (held["program"], len(held["service"])) == (None, 1)


def test_json_with_numbers_for_ids_is_linked_too():
    feed = feeds.read(
        b'{"services": [{"id": 1, "name": "A", "status": "active", "organization_id": 7,'
        b' "schedules": [{"id": 3, "weekday": "Monday", "opens_at": "09:00", "closes_at": "17:00"}]}],'
        b' "organizations": [{"id": 7, "name": "B", "description": "d"}], "holidays": [{"id": 2}]}',
        "hsds-json",
    )

    (entry,) = feed.entries
    assert (entry.organization_name, entry.openings[0][0]) == ("B", 0)
    assert [(note.field, note.code) for note in feed.notes] == [("holidays", "record_not_read")]
