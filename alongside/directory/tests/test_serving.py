"""What came in is read out again: valid against the schemas of HSDS 3.1, and nothing lost."""

import json
import os
from functools import cache

import pytest
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from alongside.agencies.tests import cast
from alongside.directory.tests import factories
from alongside.directory.tests.conftest import data
from alongside.directory.tests.test_importing import ONTARIO, brought_in

PLURALS = {
    "services": "service",
    "organizations": "organization",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "programs": "program",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "attributes": "attribute",
    "metadatas": "metadata",
    "service_capacitys": "service_capacity",
    "units": "unit",
    "urls": "url",
    "meta_table_descriptions": "meta_table_description",
}


@cache
def validator(kind):
    folder = data("hsds", "schema")
    schemas = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema, default_specification=_draft()))
        for name, schema in schemas.items()
    )
    return Draft202012Validator(schemas[f"{kind}.json"], registry=registry, format_checker=FormatChecker())


def _draft():
    from referencing.jsonschema import DRAFT202012

    return DRAFT202012


def wrong(kind, record):
    return [f"{error.json_path}: {error.message[:80]}" for error in validator(kind).iter_errors(record)]


def everything(page, kind, full="true", per_page=500):
    number, records = 1, []
    while True:
        answer = page.get(
            reverse("directory:hsds_records", args=[kind]),
            {"page": number, "per_page": per_page, "full": full},
        ).json()
        records += answer["contents"]
        if answer["last_page"]:
            assert len(records) == answer["total_items"]
            return records
        number += 1


@pytest.mark.parametrize("kind", list(PLURALS))
def test_every_kind_of_every_example_is_valid(page, kind):
    for number, path in enumerate(
        [*data("hsds", "examples").glob("*.json"), data("hsds", "csv"), data("airs", "airs_instance.xml")]
    ):
        brought_in(path, source_name=f"list {number}")
    factories.entry("One of ours")

    records = everything(page, kind)

    assert records
    assert [complaint for record in records for complaint in wrong(PLURALS[kind], record)] == []


@pytest.mark.thorough(
    "every place of Ontario; the quick lane serves the examples of HSDS and some of our own entries"
)
@pytest.mark.parametrize("kind", ["services", "locations"])
def test_all_of_ontario_is_valid(page, kind):
    brought_in(data("ontario", "health_service_provider_locations.csv"), mapping=ONTARIO)

    records = everything(page, kind)

    assert len(records) == 11_974
    assert [
        complaint for record in _one_of_each_shape(records) for complaint in wrong(PLURALS[kind], record)
    ] == []


def _one_of_each_shape(records):
    """Validating twelve thousand alike takes minutes.

    The shape of a record is the names of its fields and the kinds of their values.

    `ALONGSIDE_RECORDS=all` validates every one of them, as before a release.
    """
    if os.environ.get("ALONGSIDE_RECORDS") == "all":
        return records
    shapes = {}
    for record in records:
        shapes.setdefault(_shape(record), record)
    return [*shapes.values(), *records[::97]]


def _shape(value):
    if isinstance(value, dict):
        return tuple(sorted((name, _shape(each)) for name, each in value.items() if name != "source_columns"))
    return (
        tuple(sorted({_shape(each) for each in value}, key=str))
        if isinstance(value, list)
        else (type(value).__name__, value == "")
    )


def lost(given, served, where=""):
    """Every leaf of what was given that isn't in what is served at the same place."""
    if isinstance(given, dict):
        return [
            each
            for name in given
            for each in (
                lost(given[name], served[name], f"{where}.{name}") if name in served else [f"{where}.{name}"]
            )
        ]
    if isinstance(given, list):
        return [each for item in given for each in _lost_one(item, served, where)]
    return [] if given == served else [f"{where}: {given!r} is {served!r}"]


def _lost_one(item, served, where):
    key = item.get("id") if isinstance(item, dict) else None
    match = (
        next((other for other in served if key and other.get("id") == key), None)
        if isinstance(served, list)
        else None
    )
    return lost(item, match, where) if match else ([] if item in served else [where])


@pytest.mark.parametrize(
    ("example", "kind"),
    [
        ("organization_full", "organizations"),
        ("service_full", "services"),
        ("service_at_location_full", "service_at_locations"),
    ],
)
def test_nothing_of_an_example_is_lost(page, example, kind):
    path = data("hsds", "examples", f"{example}.json")
    given = json.loads(path.read_text())
    brought_in(path)

    served = page.get(reverse("directory:hsds_record", args=[kind, given["id"]])).json()

    assert lost(given, served) == []


def test_an_own_entry_is_served_under_each_of_its_ids(page):
    entry = factories.entry("One of ours")
    service = page.get(reverse("directory:hsds_record", args=["services", entry.pk])).json()

    for kind, key in (
        ("organizations", service["organization_id"]),
        ("locations", service["service_at_locations"][0]["location"]["id"]),
    ):
        assert page.get(reverse("directory:hsds_record", args=[kind, key])).json()["id"] == key


def test_values_hsds_does_not_allow_are_set_aside_and_not_lost(page):
    broken = {
        "id": "not-a-uuid",
        "name": "Odd",
        "status": "ACTIVE!",
        "email": "nobody",
        "minimum_age": "twelve",
        "url": "door.example",
        "phones": [{"number": 5}, "x"],
    }
    from alongside.directory import commands

    run = commands.import_file(content=json.dumps(broken).encode(), source_name="odd")
    record = everything(page, "services")[0]

    assert run.state == "done"
    assert wrong("service", record) == []
    assert (record["set_aside"]["email"], record["set_aside"]["minimum_age"], record["url"]) == (
        "nobody",
        "twelve",
        "http://door.example",
    )


def test_the_api_is_for_the_signed_in_of_every_sector(client, db):
    about = reverse("directory:hsds")
    police = cast.worker(cast.agency("Police", sector="criminal-legal", kind="police"), "Sam")

    assert client.get(about).status_code == 302
    assert cast.sign_in(client, police).get(about).json()["version"] == "3.1"
    assert client.get(reverse("directory:hsds_records", args=["persons"])).status_code == 404
