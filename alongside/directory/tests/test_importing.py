"""Real lists come in whole, are found, and come in again without doubling."""

import shutil

import pytest

from alongside.directory import commands, queries
from alongside.directory.criteria import Asked
from alongside.directory.formats import feeds, mappings
from alongside.directory.models import (
    Entry,
    ImportRun,
    LooseRecord,
    Opening,
    Organization,
    ReportLine,
    Service,
)
from alongside.directory.tests.conftest import data
from alongside.kernel import ctx
from tests.frozen import frozen

ONTARIO = "ontario-health-providers"


def brought_in(path, **more):
    """Import a file as whoever runs this machine."""
    return commands.import_file(
        content=feeds.content_of(path), source_name=more.pop("source_name", "A list"), **more
    )


@pytest.fixture
@frozen
def ontario(db):
    return brought_in(
        data("ontario", "health_service_provider_locations.csv"), mapping=ONTARIO, source_name="Ministry"
    )


def test_the_whole_of_ontario_comes_in(ontario):
    assert (ontario.state, ontario.rows, ontario.added, ontario.left_out) == ("done", 11_974, 11_974, 0)
    assert Entry.objects.filter(division="").count() == 2
    assert Entry.objects.exclude(name_fr="").count() == 465
    assert Entry.objects.filter(service_type="").count() == 0


def test_the_odd_rows_are_reported_by_number(ontario):
    odd = {(line.line, line.code) for line in ReportLine.objects.filter(run_id=ontario.pk)}

    assert {
        (7761, "unplaced"),
        (10496, "unplaced"),
        (2366, "bad_postal_code"),
        (3177, "place_disagrees"),
        (2077, "place_disagrees"),
    } <= odd
    assert {code for _, code in odd} == {
        "unplaced",
        "bad_postal_code",
        "place_disagrees",
        "placed_by_spelling",
        "placed_by_point",
    }


def test_coming_in_again_doubles_and_changes_nothing(ontario):
    before = set(Entry.objects.values_list("pk", "digest"))

    again = brought_in(
        data("ontario", "health_service_provider_locations.csv"), mapping=ONTARIO, source_name="Ministry"
    )

    assert (again.added, again.updated, again.unchanged) == (0, 0, 11_974)
    assert set(Entry.objects.values_list("pk", "digest")) == before


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (
            Asked(need="mental_health", place="Thunder Bay", language="fr"),
            "Canadian Mental Health Association",
        ),
        (Asked(need="pregnancy", place="Thunder Bya"), "Midwi"),
        (Asked(words="abortion", place="toronto"), "Clinic"),
        (Asked(words="hamiltn comunity helth"), "Community Health"),
    ],
)
def test_ontario_is_found(ontario, asked, name):
    page = queries.find(None, asked)

    assert page.total
    assert any(name.casefold() in entry.name.casefold() for entry in page.entries), [
        entry.name for entry in page.entries
    ]


def test_what_changed_is_updated_and_what_was_set_by_hand_stays(db):
    first = b"Number,Name,City\n1,Open door,Kenora\n2,Second door,Kenora\n"
    mapping = {"columns": {"key": "Number", "name": "Name", "community": "City"}}
    _csv(first, mapping)
    with ctx.as_operator():
        Entry.objects.filter(source_key="1").update(neutral_name="Office")

    run = _csv(first.replace(b"Open door", b"Wide open door"), mapping)

    assert (run.added, run.updated, run.unchanged) == (0, 1, 1)
    assert Entry.objects.get(source_key="1").neutral_name == "Office"
    assert Entry.objects.get(source_key="1").name == "Wide open door"


def _csv(content, mapping):
    from unittest.mock import patch

    with patch.dict(mappings.shipped_mappings(), {"own": mapping}):
        return commands.import_file(content=content, source_name="Own", mapping="own")


@pytest.mark.parametrize("name", ["organization_full", "service_full", "service_at_location_full"])
def test_hsds_examples_come_in_and_are_found(db, name):
    run = brought_in(data("hsds", "examples", f"{name}.json"))

    assert run.state == "done"
    assert queries.find(None, Asked(words="comunity counseling")).total == 1
    assert queries.find(None, Asked(need="counselling", language="ur", age=40)).total == 1
    assert queries.find(None, Asked(need="counselling", age=11)).total == 0


def test_hsds_tables_come_in_as_folder_and_as_zip(db, tmp_path):
    folder = data("hsds", "csv")
    zipped = shutil.make_archive(str(tmp_path / "tables"), "zip", folder)

    first, again = brought_in(folder), brought_in(zipped)

    assert (first.state, first.added, again.added, again.unchanged) == ("done", 1, 0, 1)
    assert set(LooseRecord.objects.values_list("kind", flat=True)) == {
        "attribute",
        "meta_table_description",
        "metadata",
        "service_capacity",
        "unit",
        "url",
    }
    assert Organization.objects.count() == Service.objects.count() == 1


def test_airs_comes_in_and_is_found(db):
    run = brought_in(data("airs", "airs_instance.xml"))

    assert (run.state, run.added) == ("done", 3)
    assert [entry.name for entry in queries.find(None, Asked(need="food", language="es")).entries] == [
        "Food Bank",
        "Food Banks",
    ]
    assert not Opening.objects.exists(), "their clocks stand five hours east of Greenwich: kept as words"
    assert ReportLine.objects.filter(run=run, code="hours_in_words").count() == 3


AIRS3 = b"""<Source SourceID="211"><Agency><Key>A1</Key><Name>North Door</Name>
<Description>Help.</Description><Site><Key>S1</Key><Name>Main</Name>
<PhysicalAddress><Line1>9 Lake Rd</Line1><City>Kenora</City><State>ON</State>
<PostalCode>P9N 1A1</PostalCode><Country>CA</Country></PhysicalAddress>
<SiteService><Key>X1</Key><Name>Emergency shelter</Name><Phone><PhoneNumber>807-555-0101</PhoneNumber></Phone>
<Taxonomy><Code>BH-1800.1500</Code></Taxonomy></SiteService></Site></Agency></Source>"""


def test_airs_3_nests_sites_and_services(db):
    run = commands.import_file(content=AIRS3, source_name="211")

    entry = Entry.objects.get()
    assert (run.state, entry.name, entry.community, entry.division, entry.service_type) == (
        "done",
        "Emergency shelter",
        "Kenora",
        "3560",
        "emergency_shelter",
    )
    assert entry.address == ["9 Lake Rd", "Kenora ON P9N 1A1"]


def test_only_a_name_is_needed(db):
    run = _csv(b"Name\nA door\n\nAnother door\n", {"columns": {"name": "Name"}})

    assert (run.added, run.left_out) == (2, 0)
    assert ImportRun.objects.get().progress == 100


LINKS = {
    "source": "directory_source",
    "organization": "directory_organization",
    "service": "directory_service",
    "location": "directory_location",
}


@pytest.mark.parametrize(
    "path",
    [("hsds", "csv"), ("hsds", "examples", "service_full.json"), ("airs", "airs_instance.xml")],
    ids="-".join,
)
def test_every_link_of_an_entry_leads_somewhere(db, superuser, path):
    """The database does not look these links up; an import that wrote one into nothing fails here."""
    brought_in(data(*path))

    assert Entry.objects.exists()
    for link, table in LINKS.items():
        lost = (
            f"select count(*) from directory_entry e left join {table} t on t.id = e.{link}_id where "
            f"e.{link}_id is not null and t.id is null"
        )
        assert superuser.execute(lost).fetchone() == (0,), link
