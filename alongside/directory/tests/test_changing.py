"""Changing an entry of a list through the page: what wasn't changed there stays as it was."""

import json

import pytest
from django.forms import model_to_dict
from django.urls import reverse

from alongside.directory import commands, queries
from alongside.directory.criteria import Asked
from alongside.directory.forms import EntryForm, told_by
from alongside.directory.models import Entry, Opening
from tests.cases import case

FULL = {
    **json.loads(case("12-save-unchanged-loses/hsds.json").read_text()),
    "description": "Come in.\r\nAny night. ",
    "alternate_name": "The Night",
    "alert": "Ring twice",
    "wait_time": "None",
    "minimum_age": 16,
    "languages": [{"id": "00000000-0000-4000-8000-000000000091", "code": "ojs"}],
    "service_at_locations": [
        {
            "id": "00000000-0000-4000-8000-000000000092",
            "location": {
                "id": "00000000-0000-4000-8000-000000000093",
                "location_type": "physical",
                "addresses": [
                    {
                        "address_1": "1 Main St",
                        "address_2": "Suite 4",
                        "city": "Kenora",
                        "postal_code": "P9N 1A1",
                    }
                ],
                "accessibility": [{"description": "A ramp"}],
            },
        }
    ],
}


@pytest.fixture(params=["the case", "full"])
def listed(request, maya):
    """An entry that came in with a list of Maya's agency, and the list."""
    content = (
        json.dumps(FULL).encode()
        if request.param == "full"
        else case("12-save-unchanged-loses/hsds.json").read_bytes()
    )
    commands.import_file(content=content, source_name="A list", agency_id=maya.agency_id)
    return Entry.objects.get(), content


def posted(entry, **changed):
    """What a browser sends of the form of an entry, with some of it changed."""
    form = EntryForm(initial=told_by(entry))
    sent = {}
    for field in form:
        value = changed.get(field.name, field.value())
        if hasattr(field.field, "choices"):
            codes = {str(code) for code, _ in field.field.choices}
            value = [code for code in value if code in codes] if isinstance(value, list) else value
        if value not in (None, "", False, []):
            sent[field.name] = (
                value.replace("\n", "\r\n").replace("\r\r", "\r") if isinstance(value, str) else value
            )
    return sent


def stored(entry):
    """All that is kept of an entry, and when it is open."""
    row = model_to_dict(Entry.objects.get(pk=entry.pk), exclude=["edited_at", "edited_by", "as_of"])
    openings = Opening.objects.filter(entry=entry).values_list(
        "weekday", "opens_at", "closes_at", "valid_from"
    )
    return row, sorted(openings)


def test_saving_unchanged_changes_nothing_and_neither_does_the_list_again(page, maya, listed):
    entry, content = listed
    before = stored(entry)

    answer = page.post(reverse("directory:edit", args=[entry.pk]), posted(entry))

    assert answer.status_code == 302
    assert stored(entry) == before
    assert Entry.objects.get().edited_at is None
    again = commands.import_file(content=content, source_name="A list", agency_id=maya.agency_id)
    assert (again.unchanged, stored(entry)) == (1, before)


@pytest.mark.parametrize(
    ("field", "value", "column"),
    [
        ("name", "Another", "name"),
        ("service_type", "emergency_shelter", "service_type"),
        ("maximum_age", "24", "maximum_age"),
        ("serves", ["3560"], "serves"),
        ("division", "3558", "division"),
        ("description", "Otherwise", "details"),
        ("fees", "None", "details"),
        ("phone", "807 555 0111", "details"),
        ("address_1", "2 Main St", "details"),
    ],
)
def test_one_change_changes_one_thing(page, listed, field, value, column):
    entry, _ = listed
    row, openings = stored(entry)

    page.post(reverse("directory:edit", args=[entry.pk]), posted(entry, **{field: value}))

    after, still_open = stored(entry)
    apart = {"service_type": {"needs", "flags"}, "division": {"placed_by"}, "name": {"words"}}.get(
        field, set()
    )
    assert still_open == openings
    assert after[column] != row[column]
    assert {name for name in row if row[name] != after[name]} <= {column, *apart}
    details = {
        name
        for name in row["details"] | after["details"]
        if row["details"].get(name) != after["details"].get(name)
    }
    assert len(details) == (column == "details")
    assert after["details"]["phones"][1] == {"number": "807 555 0101", "type": "crisis"}
    assert after["details"]["phones"][0].get("extension") == (None if field == "phone" else 12)


def test_a_name_changed_here_is_found_and_what_it_was_found_by_too(page, maya, listed):
    entry, _ = listed

    page.post(reverse("directory:edit", args=[entry.pk]), posted(entry, name="Xylophone House"))

    found = [
        queries.find(maya, Asked(words=words)).total for words in ("xylophone", "northern friends", "wwvx")
    ]
    assert found == [1, 1, 0]


def test_hours_changed_here_hold_until_the_list_says_something_new(page, maya, listed):
    entry, content = listed
    page.post(reverse("directory:edit", args=[entry.pk]), posted(entry, hours="Fri 9:00-17:00"))
    assert [each.weekday for each in Opening.objects.all()] == [4]

    commands.import_file(content=content, source_name="A list", agency_id=maya.agency_id)
    assert [each.weekday for each in Opening.objects.all()] == [4]

    newer = content.replace(b"MO,TU", b"SA")
    commands.import_file(content=newer, source_name="A list", agency_id=maya.agency_id)
    assert [each.weekday for each in Opening.objects.all()] == [5]


@pytest.mark.usefixtures("listed")
def test_openings_of_what_a_list_no_longer_holds_stay(maya):
    assert Opening.objects.count() == 2
    other = json.dumps(
        {"id": "00000000-0000-4000-8000-000000000099", "name": "Other", "status": "active"}
    ).encode()

    commands.import_file(content=other, source_name="A list", agency_id=maya.agency_id)

    assert Opening.objects.count() == 2


def test_a_list_entry_that_is_hidden_here_keeps_nothing_that_says_where(page, listed):
    entry, _ = listed

    page.post(reverse("directory:edit", args=[entry.pk]), posted(entry, disclosure="area_only"))

    kept = Entry.objects.get()
    assert "Main" not in repr(kept.details)
    assert "ramp" not in repr(kept.details)
    assert (kept.community, len(kept.phones), kept.details["email"]) == ("", 2, "hello@wwvx.example")
