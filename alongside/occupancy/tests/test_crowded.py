"""Nights on which more places were taken than there were: real, counted, and flagged."""

import json
from datetime import date

import pytest

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


def test_what_was_funded_is_not_said_of_a_night_over_capacity():
    columns = COLUMNS | {"funded": "funded", "unavailable": "unavailable"}

    (night,) = read("2024-01-01,A,Women,Emergency,16,20,0,16,0", columns=columns).kept

    assert (night["actual"], night["funded"], night["unavailable"]) == (20, None, None)
    wrong = read("2024-01-01,A,Women,Emergency,16,20,0,15,0", columns=columns)
    assert ([note.code for note in wrong.notes], wrong.kept) == (["identity_funded"], [])


def test_a_night_over_capacity_is_among_those_with_nothing_free(db):
    rows = ["2024-01-01,A,Women,Emergency,16,20,-4", "2024-01-02,A,Women,Emergency,16,12,4"]
    content = "\n".join([",".join(COLUMNS), *rows]).encode()

    run = commands.import_file(content=content, source_name="Nights", columns={"columns": COLUMNS})

    asked = queries.Asked(Source.objects.get(), None)
    women = figures.women(asked)
    assert (run.state, Night.objects.count()) == ("done", 2)
    assert list(ReportLine.objects.values_list("line", "code")) == [(2, "over_capacity")]
    assert "On 1 of 2 nights" in women.finding
    assert [row[6].percent for row in women.rows] == [100, 75]
    assert any("more places were taken" in each for each in women.minded)
