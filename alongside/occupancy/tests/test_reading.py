"""Files as they come: any separator, any letters, any way to write a number or a day.

And whatever the bytes, never an error of ours.
"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.kernel.imports.delimited import Broken
from alongside.occupancy.commands import _heading
from alongside.occupancy.formats import mapped_csv, meanings
from alongside.occupancy.formats.cells import Odd, day_of, whole_number
from alongside.occupancy.formats.notes import WORDS
from alongside.occupancy.tests.conftest import COLUMNS, HEADING, LINE, table
from alongside.occupancy.tests.test_checking import TODAY, read
from tests.lanes import often


def of(content, **more):
    return mapped_csv.read(content, {"columns": COLUMNS, **more}, today=TODAY)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252"])
def test_any_separator_ending_and_letters(separator, ending, letters):
    text = (
        table(LINE.replace("Harbour Light", "Maison Été"))
        .decode()
        .replace(",", separator)
        .replace("\n", ending)
    )

    counts = of(text.encode(letters))

    assert (counts.kept[0]["programme"], counts.kept[0]["line"], counts.notes) == ("Maison Été", 2, [])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("007", 7),
        ("1,234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234", 1234),
        ("1’234", 1234),
        ("12.0", 12),
        ("12.00", 12),
        ("1,000,000", 1_000_000),
    ],
)
def test_numbers_as_people_write_them(text, number):
    assert whole_number(text, "actual") == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "−1",
        "1.000",
        "1,5",
        "1,23,4",
        "12a",
        "1e3",
        "٣",
        "²",
        "1 2",
        "+3",
        "NaN",
        "0x1",
        "9" * 400,
        "1,000,001",
    ],
)
def test_what_could_be_another_number_is_not_guessed(text):
    with pytest.raises(Odd):
        whole_number(text, "actual")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2024-01-02", "", (2024, 1, 2)),
        ("2024/1/2", "", (2024, 1, 2)),
        ("20240102", "", (2024, 1, 2)),
        ("2024-01-02T00:00:00", "", (2024, 1, 2)),
        ("2024-01-02 00:00:00", "", (2024, 1, 2)),
        ("13/01/2024", "", (2024, 1, 13)),
        ("01/13/2024", "", (2024, 1, 13)),
        ("02/02/2024", "", (2024, 2, 2)),
        ("03/04/2024", "day", (2024, 4, 3)),
        ("03/04/2024", "month", (2024, 3, 4)),
        ("2 January 2024", "", (2024, 1, 2)),
        ("Jan 2, 2024", "", (2024, 1, 2)),
        ("2 janv. 2024", "", (2024, 1, 2)),
        ("1er août 2024", "", (2024, 8, 1)),
        ("2-Feb-2024", "", (2024, 2, 2)),
        ("2 juin 2024", "", (2024, 6, 2)),
        ("2 juillet 2024", "", (2024, 7, 2)),
        ("29 févr. 2024", "", (2024, 2, 29)),
        ("12 déc. 2024", "", (2024, 12, 12)),
    ],
)
def test_days_as_people_write_them(text, order, day):
    assert day_of(text, order) == date(*day)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2024",
        "3.4.2024",
        "2024-13-01",
        "30/02/2024",
        "1/2/24",
        "2 Foo 2024",
        "",
        "2024",
        "0000-00-00",
        "13/13/2024",
        "2024-01-02 14:30",
    ],
)
def test_a_day_that_could_be_another_is_not_guessed(text):
    with pytest.raises(Odd):
        day_of(text)


@pytest.mark.parametrize(
    ("said", "sector"),
    [
        ("Women", "women"),
        ("FEMMES", "women"),
        ("Mixed Adult", "mixed"),
        ("familles", "families"),
        ("Women and children", "Women and children"),
        ("", ""),
    ],
)
def test_whom_a_programme_is_for_is_our_word_or_kept_as_it_is(said, sector):
    assert read(LINE.replace("Women", said)).kept[0]["sector"] == sector


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("Bed Based Capacity", "bed"),
        ("Room Based Capacity", "room"),
        ("lits", "bed"),
        ("Chambres", "room"),
        ("bedroom", ""),
        ("", ""),
    ],
)
def test_beds_or_rooms(said, unit):
    assert meanings.unit_of(said) == unit


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("545 Lake Shore Blvd W. Women", "Women"),
        ("Fred Victor 1A Strachan Ave Respite", "Fred Victor Respite"),
        ("Women 24/7 Drop-In", "Women 24/7 Drop-In"),
        ("Hotel 4 - Family Program", "Hotel 4 - Family Program"),
        ("Refuge, 12 rue Saint-Denis", "Refuge"),
        ("12, chemin Long Programme", "Programme"),
    ],
)
def test_a_street_address_in_a_name_is_not_kept(name, left):
    assert mapped_csv.without_address(name) == left


def test_an_address_that_stands_beside_is_not_kept_in_the_name_either():
    counts = mapped_csv.read(
        table(
            f"{LINE.replace('Harbour Light', 'Hall - 354 George')},354 George St,M5A 1A1",
            heading=f"{HEADING},Street address,Postal",
        ),
        {"columns": COLUMNS},
        today=TODAY,
    )

    assert counts.kept[0]["programme"] == "Hall"
    assert "354" not in str(counts.kept)


@pytest.mark.parametrize(
    "column", ["LOCATION_ADDRESS", "Adresse", "Postal code", "Street", "Latitude", "lon", "Shelter address"]
)
def test_a_column_that_says_where_may_not_mean_anything(column):
    with pytest.raises(Broken) as broken:
        mapped_csv.read(
            table(LINE, heading=HEADING.replace("Programme", column)),
            {"columns": {**COLUMNS, "programme": column}},
            today=TODAY,
        )

    assert broken.value.note.code == "says_where"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty", 0),
        (b"\x81\x8d\x00", "not_text", 1),
        (b"\x81\x8d\n", "not_text", 1),
        (HEADING.encode() + b'\n"open', "quotes", 2),
        (HEADING.encode() + b"\n1,2\n", "columns", 2),
        (b"a,a,b\n", "no_heading", 1),
        (b"Date,Programme\n2024-01-01,A\n", "no_column", 1),
        (table(LINE) + b"\x00", "not_text", 3),
    ],
)
def test_a_file_that_is_none_says_so_with_its_line(content, code, line):
    with pytest.raises(Broken) as broken:
        of(content)

    assert (broken.value.note.code, broken.value.note.line) == (code, line)


@settings(max_examples=often(quick=60, thorough=300), deadline=None)
@given(
    st.binary(max_size=300)
    | st.builds(
        lambda piece, at: table(LINE, LINE)[:at] + piece + table(LINE)[at:],
        st.binary(max_size=20),
        st.integers(0, 180),
    )
)
def test_whatever_the_bytes_it_is_read_or_said_to_be_broken(content):
    notes, left_out = outcome_of(content)

    assert all(note.code in WORDS for note in notes)
    assert left_out in (None, len({note.line for note in notes}))


def outcome_of(content):
    """What is said of a file, and how many rows were left out; None if it is broken as a whole."""
    try:
        _heading(content)
        counts = of(content)
    except Broken as broken:
        return [broken.note], None
    return counts.notes, counts.left_out


CELL = st.text(max_size=12) | st.sampled_from(
    ["0", "9", "10", "12", "2024-01-01", "1/2/2024", "Beds", "", "-1", "1,000", "Women", "1\n2", '"', "É"]
)


@settings(max_examples=often(quick=60, thorough=300), deadline=None)
@given(st.lists(st.lists(CELL, min_size=10, max_size=10), max_size=6), st.sampled_from(["", "day", "month"]))
def test_whatever_the_cells_a_kept_row_holds(rows, order):
    lines = [
        ",".join('"' + cell.replace('"', '""').replace("\x00", "") + '"' for cell in row) for row in rows
    ]
    content = "\n".join([HEADING, *lines, ""]).encode("utf-8", "replace")

    try:
        kept = of(content, dates=order).kept
    except Broken:
        return
    for each in kept:
        assert each["actual"] == each["occupied"] + each["unoccupied"]
        assert each["funded"] == each["actual"] + each["unavailable"]
        assert min(each[part] for part in ("actual", "funded", "occupied", "unoccupied", "unavailable")) >= 0
