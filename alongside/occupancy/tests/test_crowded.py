"""Nights on which more places were taken than there were: real, counted, and flagged."""

import json
from datetime import date

import pytest
from django.db import IntegrityError

from alongside.agencies.tests import cast
from alongside.kernel import ctx
from alongside.occupancy import commands, queries
from alongside.occupancy.display import figures
from alongside.occupancy.formats import mapped_csv
from alongside.occupancy.models import Night, ReportLine, Source
from tests.cases import case

TODAY = date(2024, 6, 1)
HEADING = ("date", "programme", "sector", "model", "actual", "occupied", "unoccupied")
COLUMNS = dict(zip(HEADING, HEADING, strict=True))


def read(*rows, columns=COLUMNS):
    """A file of nights, read."""
    content = "\n".join([",".join(columns), *rows]).encode()
    return mapped_csv.read(content, {"columns": columns}, today=TODAY)


def test_a_night_over_capacity_is_kept_with_nothing_free_and_flagged():
    mapping = json.loads(case("13-overcrowded-nights-thrown-out/mapping.json").read_text())
    content = case("13-overcrowded-nights-thrown-out/nights.csv").read_bytes()

    counts = mapped_csv.read(content, mapping, today=TODAY)

    assert [(night["occupied"], night["unoccupied"]) for night in counts.kept] == [(16, 0), (20, 0), (10, 0)]
    assert counts.left_out == 0
    assert [(note.line, note.field, note.code, note.about) for note in counts.notes] == [
        (3, "CAPACITY", "over_capacity", "20 > 16"),
        (4, "CAPACITY", "over_capacity", "10 > 0"),
    ]


@pytest.mark.parametrize(
    ("numbers", "codes", "kept"),
    [
        ("16,20,0", ["over_capacity"], 1),
        ("16,20,-4", ["over_capacity"], 1),
        ("16,20,−4", ["over_capacity"], 1),
        ("0,10,0", ["over_capacity"], 1),
        ("16,16,0", [], 1),
        ("16,20,-3", ["negative"], 0),
        ("16,20,4", ["identity_actual"], 0),
        ("16,12,-4", ["negative"], 0),
        ("16,20,", ["missing_number"], 0),
    ],
)
def test_what_contradicts_itself_is_still_left_out(numbers, codes, kept):
    counts = read(f"2024-01-01,A,Women,Emergency,{numbers}")

    assert ([note.code for note in counts.notes], len(counts.kept)) == (codes, kept)


def test_what_was_funded_is_said_of_a_night_over_capacity_too():
    columns = COLUMNS | {"funded": "funded", "unavailable": "unavailable"}

    (night,) = read("2024-01-01,A,Women,Emergency,16,20,0,16,0", columns=columns).kept

    assert (night["actual"], night["funded"], night["unavailable"]) == (16, 16, 0)
    wrong = read("2024-01-01,A,Women,Emergency,16,20,0,15,0", columns=columns)
    assert ([note.code for note in wrong.notes], wrong.kept) == (["identity_funded"], [])


@pytest.fixture
def nights(db):
    """Three nights of two programmes for women: crowded, crowded in one of them, and not crowded."""
    rows = [
        "2024-01-01,A,Women,Emergency,16,20,-4",
        "2024-01-02,A,Women,Emergency,16,12,4",
        "2024-01-03,A,Women,Emergency,16,20,0",
        "2024-01-03,B,Women,Emergency,20,16,4",
        "2024-01-04,P,Women,Emergency,0,10,0",
    ]
    content = "\n".join([",".join(COLUMNS), *rows]).encode()
    run = commands.import_file(content=content, source_name="Nights", columns={"columns": COLUMNS})
    assert (run.state, Night.objects.count()) == ("done", 5)
    return queries.Asked(Source.objects.get(), None)


def test_a_night_over_capacity_is_among_those_with_nothing_free_and_counted_as_it_was(nights):
    women = figures.women(nights)

    assert list(ReportLine.objects.values_list("line", "code")) == [(n, "over_capacity") for n in (2, 4, 6)]
    assert "On 2 of 4 nights" in women.finding
    assert [(*row[2:5], round(row[7].percent)) for row in women.rows] == [
        (16, 20, 4, 125),
        (16, 12, 0, 75),
        (36, 36, 4, 100),
        (0, 10, 10, 100),
    ]
    assert any("On 3 nights" in each and "18 beyond" in each for each in women.minded)
    assert women.picture["over"] == 3


def test_a_crowded_programme_fills_no_place_that_is_free_in_another(nights):
    women = figures.women(nights)

    third = next(day for month in women.picture["months"] for day in month.days if day.number == 3)
    assert (third.state, third.over) == ("open", True)


def test_the_page_shows_by_how_many_it_was_over(client, nights):
    worker = cast.worker(cast.agency(), role="coordinator")

    page = cast.sign_in(client, worker).get("/occupancy/").content.decode()

    assert "more taken than there were places" in page
    assert "18 beyond" in page


@pytest.mark.parametrize("free", [0, 4])
def test_the_database_keeps_only_what_can_be(db, nights, free):
    with pytest.raises(IntegrityError), ctx.as_operator():
        Night.objects.filter(occupied=12).update(occupied=15, unoccupied=free)
