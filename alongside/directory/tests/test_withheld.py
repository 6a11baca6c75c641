"""What is withheld appears nowhere.

Not in the tables, not on a page, not in an export, not in a report, not in a log.
"""

import io
import json
import logging

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.agencies.tests import cast
from alongside.directory import commands
from alongside.directory.formats import mappings
from alongside.directory.models import Entry, Location
from tests.lanes import often

secret = st.text("QXZJKVW", min_size=5, max_size=9).map(lambda word: f"77 {word} Lane")
HIDING = st.sampled_from(
    ["Confidential", "disclosure", "PhysicalAddressIsPrivate", "ReasonWithheld", "redacted"]
)


def hsds(word, how):
    address = {
        "address_1": word,
        "city": "Kenora",
        "state_province": "ON",
        "postal_code": "Q9Z 8X7",
        "country": "CA",
        "address_type": "physical",
    }
    said = {"disclosure": {"disclosure": "withheld"}, "redacted": {"location_type": "redacted"}}.get(
        how, {how: "true"}
    )
    location = {
        "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
        "name": "House",
        "latitude": 49.76543,
        "longitude": -94.48765,
        "transportation": f"Bus to {word}",
        "addresses": [address],
        **said,
    }
    if how == "Confidential":
        location.pop(how)
        address[how] = True
    sal = {"id": "e94c9f38-1e8f-4564-91d4-d53501ab1765", "location": location}
    service = {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "House",
        "status": "active",
        "description": f"Come to {word.upper()}, ring twice.",
    }
    return (
        json.dumps(
            service
            | {
                "service_at_locations": [sal],
                "organization": {
                    "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
                    "name": "Org",
                    "description": f"At {word}",
                },
            }
        ).encode(),
        "hsds-json",
        "",
    )


def airs(word, how):
    mark = (
        "<ReasonWithheld>shelter</ReasonWithheld>"
        if how == "ReasonWithheld"
        else "<Confidential>true</Confidential>"
    )
    return (
        f"""<Source SourceID="1"><Agency><Key>A</Key><Name>House</Name>
<Description>At {word}.</Description><Phone><PhoneNumber>807-555-7788</PhoneNumber>{mark}</Phone>
<Site><Key>S</Key><Name>House</Name><Description>{word}</Description>
<PhysicalAddress><Line1>{word}</Line1><City>Kenora</City>
<PostalCode>Q9Z 8X7</PostalCode>{mark}</PhysicalAddress>
<CrossStreet>{word} and Main</CrossStreet>
<SpatialLocation><Latitude>49.76543</Latitude><Longitude>-94.48765</Longitude></SpatialLocation>
<SiteService><Key>X</Key><Name>House</Name>
<Description>Ring at {word}</Description></SiteService></Site></Agency></Source>""".encode(),
        "airs",
        "",
    )


def mapped(word, how):
    rows = (
        f"Name,Street,City,Postal,Lat,Lon,Private,Notes\nHouse,{word},Kenora,Q9Z "
        f'8X7,49.76543,-94.48765,{"withheld" if how == "disclosure" else "yes"},"Ring at {word}"\n'
    )
    return rows.encode(), "csv", "private"


MAPPING = {
    "columns": {
        "name": "Name",
        "address_1": "Street",
        "community": "City",
        "postal_code": "Postal",
        "latitude": "Lat",
        "longitude": "Lon",
        "confidential": "Private",
        "description": "Notes",
    }
}


def outputs(page):
    """Everything that can be read: every page, export, report and table of the directory."""
    entry = Entry.objects.get()
    urls = [reverse(f"directory:{name}") for name in ("search", "own", "imports", "csv", "hsds")]
    urls += [
        f"{reverse('directory:search')}?words=House",
        f"{reverse('directory:csv')}?words=House",
        reverse("directory:entry", args=[entry.pk]),
    ]
    urls += [
        f"{reverse('directory:hsds_records', args=[kind])}?full=true"
        for kind in (
            "services",
            "organizations",
            "locations",
            "service_at_locations",
            "contacts",
            "addresses",
        )
    ]
    yield from (answer.content.decode() for answer in map(page.get, urls))


@pytest.mark.parametrize("source", [hsds, airs, mapped])
@settings(
    max_examples=often(quick=2, thorough=6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(word=secret, how=HIDING)
def test_a_withheld_address_is_in_no_output_whatsoever(page, superuser, caplog, source, word, how):
    content, kind, mapping = source(word, how)
    _forget_everything(superuser)
    mappings.shipped_mappings()["private"] = MAPPING
    said = io.StringIO()
    with caplog.at_level(logging.DEBUG):
        run = commands.import_file(content=content, source_name="A list", mapping=mapping, kind=kind)
        page_text = "".join(outputs(page))
    mappings.shipped_mappings().pop("private")

    kept = "".join(
        str(row)
        for table in _tables(superuser)
        for row in superuser.execute(f"select row_to_json(t)::text from {table} t").fetchall()
    )
    everything = (kept + page_text + caplog.text + said.getvalue()).casefold()
    assert run.state == "done"
    for told in (word, "Q9Z 8X7", "49.76543", "-94.48765"):
        assert told.casefold() not in everything


def _tables(superuser):
    return [
        name
        for (name,) in superuser.execute(
            "select tablename from pg_tables where tablename like 'directory_%'"
        ).fetchall()
    ]


def _forget_everything(superuser):
    superuser.execute(f"truncate {', '.join(_tables(superuser))}")


def test_the_command_prints_no_withheld_address(db, tmp_path, capsys):
    content, _, _ = airs("77 QXZJK Lane", "Confidential")
    (tmp_path / "list.xml").write_bytes(content)

    call_command("directory_import", str(tmp_path / "list.xml"))

    assert "1 added" in (said := capsys.readouterr().out)
    assert "QXZJK" not in said


def test_the_area_is_known_where_only_the_address_is_withheld(db):
    commands.import_file(content=hsds("77 QXZJK Lane", "Confidential")[0], source_name="A list")

    entry = Entry.objects.get()
    assert (entry.division, entry.community, entry.disclosure, entry.address) == ("3560", "", "area_only", [])
    assert Location.objects.get().data["location_type"] == "virtual"


def test_no_area_is_known_where_all_of_it_is_withheld(db):
    commands.import_file(content=hsds("77 QXZJK Lane", "disclosure")[0], source_name="A list")

    assert (Entry.objects.get().division, Entry.objects.get().disclosure) == ("", "withheld")


def test_an_agency_that_withholds_its_address_has_none_stored(page, maya, superuser):
    told = {
        "name": "House",
        "disclosure": "area_only",
        "address_1": "77 QXZJK Lane",
        "community": "Kenora",
        "postal_code": "Q9Z 8X7",
        "division": "3560",
    }

    page.post(reverse("directory:new"), told)

    entry = Entry.objects.get()
    assert (entry.disclosure, entry.division, entry.community, entry.details.get("address")) == (
        "area_only",
        "3560",
        "",
        None,
    )
    assert "QXZJK" not in str(
        superuser.execute("select row_to_json(e)::text from directory_entry e").fetchall()
    )


@pytest.mark.parametrize(
    "heading", ["Confidential", "CONFIDENTI", "conf", "Is it private?", "Withheld", "Adresse confidentielle"]
)
def test_the_preview_shows_nothing_of_a_confidential_row(client, db, heading):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = cast.sign_in(client, cast.worker(cast.agency("Harbour"), "Noor", role="administrator"))
    upload = SimpleUploadedFile(
        "list.csv", f"Name,Address,City,{heading}\nHouse,77 QXZJK Lane,Kenora,yes\n".encode()
    )

    answer = page.post(reverse("directory:imports"), {"upload": upload}, follow=True)

    assert heading in answer.text
    assert "QXZJK" not in answer.text
