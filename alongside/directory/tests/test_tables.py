"""HSDS tables as others export them: plain numbers, names of HSDS 1 and 2, and what we don't read."""

import csv
import io
import zipfile

import pytest

from alongside.directory import commands
from alongside.directory.formats import feeds
from alongside.directory.formats.shape import is_uuid
from alongside.directory.models import Entry, Opening, ReportLine
from tests.cases import case

TOWNS = ("Kenora", "Dryden", "Sudbury", "Timmins", "Thunder Bay")


def written(heading, rows):
    """A CSV file."""
    into = io.StringIO()
    csv.writer(into).writerows([heading.split(), *rows])
    return into.getvalue().encode()


def plain_numbers(many):
    """The tables of a list as one state exports it: each counts from 1."""
    numbers = range(1, many + 1)
    organizations = range(1, many // 4 + 1)
    return {
        "organizations.csv": written("id name description", [(n, f"House {n}", "d") for n in organizations]),
        "services.csv": written(
            "id organization_id name status minimum_age",
            [(n, (n - 1) // 4 + 1, f"Service {n}", "active", 16) for n in numbers],
        ),
        "locations.csv": written(
            "id organization_id name location_type",
            [(n, (n - 1) // 4 + 1, f"Place {n}", "physical") for n in numbers],
        ),
        "services_at_location.csv": written(
            "id service_id location_id", [(n, n, many + 1 - n) for n in numbers]
        ),
        "postal_addresses.csv": written(
            "id location_id address_1 city state_province postal_code country",
            [(n, n, f"Box {n}", "Ottawa", "ON", "P9N 1A1", "CA") for n in numbers],
        ),
        "physical_addresses.csv": written(
            "id location_id address_1 city state_province postal_code country",
            [(n, n, f"{n} Main St", TOWNS[n % 5], "ON", "P9N 1A1", "CA") for n in numbers],
        ),
        "phones.csv": written(
            "id service_id location_id number extension",
            [(n, n, "", f"807-555-{n:04}", n) for n in numbers]
            + [(many + n, "", n, f"705-555-{n:04}", "") for n in numbers],
        ),
        "regular_schedules.csv": written(
            "id service_id weekday opens_at closes_at",
            [
                (7 * n + d, n, day, "09:00", "17:00")
                for n in numbers
                for d, day in enumerate(("Monday", "Wed"))
            ],
        ),
        "cost_options.csv": written("id service_id option amount", [(n, n, "once", 5) for n in numbers]),
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


def test_a_whole_list_of_plain_numbers_keeps_its_telephones_hours_and_towns(db):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in plain_numbers(200).items():
            archive.writestr(f"export/{name}", content)

    run = commands.import_file(content=into.getvalue(), source_name="A state")

    entries = {entry.name: entry for entry in Entry.objects.all()}
    assert (run.state, run.added, len(entries)) == ("done", 200, 200)
    assert not ReportLine.objects.filter(run=run).exists()
    for number in range(1, 201):
        entry, place = entries[f"Service {number}"], 201 - number
        assert entry.organization_name == f"House {(number - 1) // 4 + 1}"
        assert [phone["number"] for phone in entry.phones] == [f"807-555-{number:04}", f"705-555-{place:04}"]
        assert (entry.community, entry.address[0]) == (
            TOWNS[place % 5],
            f"{place} Main St",
        )
    assert Opening.objects.count() == 400
    assert set(Opening.objects.values_list("weekday", flat=True)) == {0, 2}


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
