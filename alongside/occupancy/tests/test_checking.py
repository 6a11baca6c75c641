"""What a row must hold.

Each rule broken in turn is refused with its line, by the reader and again by the database.
"""

import json
from datetime import date

import pytest
from django.db import IntegrityError

from alongside.kernel import ctx
from alongside.occupancy.formats import mapped_csv, mappings, meanings
from alongside.occupancy.models import IntakeDay, Night, ReportLine, Source
from alongside.occupancy.tests.conftest import COLUMNS, HEADING, LINE, imported, table

TODAY = date(2026, 11, 22)


def read(*lines, heading=HEADING, columns=COLUMNS, **more):
    """Read lines through a mapping."""
    return mapped_csv.read(table(*lines, heading=heading), {"columns": columns, **more}, today=TODAY)


def changed(**cells):
    """A line that holds, with some of its cells changed."""
    row = dict(zip(HEADING.split(","), LINE.split(","), strict=True)) | {
        name.capitalize(): value for name, value in cells.items()
    }
    return ",".join(f'"{cell}"' for cell in row.values())


def test_a_row_that_holds_is_kept():
    counts = read(LINE)

    assert not counts.notes
    assert counts.kept == [
        {
            "line": 2,
            "date": date(2024, 1, 1),
            "programme_key": "Harbour Light",
            "programme": "Harbour Light",
            "organisation": "",
            "sector": "women",
            "model": "emergency",
            "unit": "bed",
            "actual": 10,
            "funded": 12,
            "occupied": 9,
            "unoccupied": 1,
            "unavailable": 2,
            "users": None,
        }
    ]


@pytest.mark.parametrize(
    ("cells", "code", "field", "about"),
    [
        ({"actual": "11"}, "identity_actual", "Actual", "11 ≠ 9 + 1"),
        ({"taken": "8"}, "identity_actual", "Actual", "10 ≠ 8 + 1"),
        ({"free": "0"}, "identity_actual", "Actual", "10 ≠ 9 + 0"),
        ({"funded": "10"}, "identity_funded", "Funded", "10 ≠ 10 + 2"),
        ({"out": "0"}, "identity_funded", "Funded", "12 ≠ 10 + 0"),
        ({"out": "-2"}, "negative", "Out", "-2"),
        ({"free": "one"}, "bad_number", "Free", ""),
        ({"free": "1.5"}, "bad_number", "Free", "1.5"),
        ({"free": ""}, "missing_number", "Free", ""),
        ({"funded": ""}, "missing_number", "Funded", ""),
        ({"actual": "9999999"}, "bad_number", "Actual", "9999999"),
        ({"date": ""}, "no_date", "Date", ""),
        ({"date": "2024-02-30"}, "bad_date", "Date", "2024-02-30"),
        ({"date": "03/04/2024"}, "ambiguous_date", "Date", "03/04/2024"),
        ({"date": "2204-01-01"}, "not_yet", "Date", "2204-01-01"),
        ({"date": "yesterday"}, "bad_date", "Date", ""),
        ({"programme": ""}, "no_programme", "Programme", ""),
        ({"programme": "x" * 301}, "too_long", "Programme", ""),
        ({"sector": "x" * 101}, "too_long", "Sector", ""),
        ({"unit": "mats"}, "bad_unit", "Unit", ""),
        (dict.fromkeys(("actual", "funded", "taken", "free", "out"), ""), "no_numbers", "Actual", ""),
    ],
)
def test_each_rule_broken_is_refused_with_its_line_and_the_others_stay(cells, code, field, about):
    counts = read(
        LINE, changed(programme="Second", date="2024-01-02"), changed(**cells), changed(date="2024-01-03")
    )

    assert [(note.line, note.code, note.field, note.about) for note in counts.notes] == [
        (4, code, field, about)
    ]
    assert (counts.rows, len(counts.kept), counts.left_out) == (4, 3, 1)


def test_a_night_that_stands_twice_is_kept_once_and_the_earlier_line_is_named():
    counts = read(LINE, changed(free="0", taken="10"))

    assert [(note.line, note.code, note.about) for note in counts.notes] == [(3, "twice", "2")]


def test_one_broken_unit_refuses_the_whole_row():
    columns = {"date": "D", "programme": "P"} | {
        f"{part}_{unit}": f"{part} {unit}"
        for part in ("actual", "occupied", "unoccupied")
        for unit in ("bed", "room")
    }
    counts = read(
        "2024-01-01,A,5,5,5,3,0,2",
        "2024-01-01,B,5,5,5,3,0,1",
        heading=",".join(columns.values()),
        columns=columns,
    )

    assert [(each["programme"], each["unit"], each["actual"], each["occupied"]) for each in counts.kept] == [
        ("A", "bed", 5, 5),
        ("A", "room", 5, 3),
    ]
    assert [(note.line, note.code, note.field) for note in counts.notes] == [
        (3, "identity_actual", "actual room")
    ]


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ({"Free"}, (10, 12, 9, 1, 2)),
        ({"Taken"}, (10, 12, 9, 1, 2)),
        ({"Actual"}, (10, 12, 9, 1, 2)),
        ({"Out"}, (10, 12, 9, 1, 2)),
        ({"Funded"}, (10, 12, 9, 1, 2)),
        ({"Out", "Funded"}, (10, None, 9, 1, None)),
        ({"Unit"}, (10, 12, 9, 1, 2)),
    ],
)
def test_what_a_file_has_no_column_for_is_worked_out_or_not_said(without, expected):
    kept = read(
        LINE, columns={meaning: column for meaning, column in COLUMNS.items() if column not in without}
    ).kept[0]

    assert (
        tuple(kept[part] for part in ("actual", "funded", "occupied", "unoccupied", "unavailable"))
        == expected
    )
    assert kept["unit"] == "bed"


CALLS = {
    "date": "Day",
    "handled": "Calls",
    "coded": "Coded",
    **{meaning: meaning for meaning in meanings.OUTCOMES},
}


def day(when="2024-01-01", handled=100, coded=91, first=1):
    return ",".join(map(str, [when, handled, coded, first, *range(2, 14)]))


def calls(*lines, without=()):
    columns = {meaning: column for meaning, column in CALLS.items() if meaning not in without}
    return read(*lines, heading=",".join(CALLS.values()), columns=columns)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (day(first=2), "identity_coded"),
        (day(coded=92), "identity_coded"),
        (day(handled=90), "identity_handled"),
        (day(first=-1), "negative"),
        (day(first=""), "missing_number"),
        (day(), "twice_day"),
    ],
)
def test_a_day_of_calls_that_does_not_add_up_is_refused_with_its_line(line, code):
    counts = calls(day(), line)

    assert [(note.line, note.code) for note in counts.notes] == [(3, code)]
    assert (counts.rows, len(counts.kept)) == (2, 1)


def test_outcomes_that_a_file_does_not_tell_apart_are_kept_as_others():
    kept = calls(day(), without=("code_1a", "code_4b", "handled")).kept[0]

    assert (kept["coded"], kept["other"], kept["code_3a"], kept["handled"]) == (91, 14, 9, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "numbers",
    [
        {"occupied": 8},
        {"funded": 11},
        {"unavailable": None},
        {"occupied": 11, "unoccupied": -1},
        {"users": -1},
    ],
)
def test_the_database_holds_the_identities_too(numbers):
    with ctx.as_operator():
        source = Source.objects.create(name="A", kind="nights")
    held = {"actual": 10, "funded": 12, "occupied": 9, "unoccupied": 1, "unavailable": 2}
    with ctx.as_operator():
        Night.objects.create(source=source, date=TODAY, programme_key="1", unit="bed", **held)

    with pytest.raises(IntegrityError), ctx.as_operator():
        Night.objects.create(source=source, date=TODAY, programme_key="2", unit="bed", **{**held, **numbers})


@pytest.mark.django_db
@pytest.mark.parametrize("numbers", [{"coded": 9}, {"handled": 9}, {"code_3a": 11, "other": -1}])
def test_the_database_holds_that_outcomes_add_up(numbers):
    with ctx.as_operator():
        source = Source.objects.create(name="A", kind="calls")

    with pytest.raises(IntegrityError), ctx.as_operator():
        IntakeDay.objects.create(
            source=source, date=TODAY, **{"handled": 12, "coded": 10, "code_3a": 10, **numbers}
        )


@pytest.mark.django_db
def test_a_programme_counted_in_rooms_from_now_on_is_not_counted_twice(page):
    imported(page, table(LINE), name="Ours")
    run = imported(page, table(LINE.replace("Beds", "Rooms")), name="Ours").run

    assert (run.added, run.updated) == (1, 0)
    assert Night.objects.values_list("unit", flat=True).get() == "room"


@pytest.mark.django_db
def test_a_corrected_row_updates_and_a_vanished_one_stays(page):
    imported(page, table(LINE, changed(date="2024-01-02")), name="Ours")
    run = imported(
        page, table(changed(taken="10", free="0"), changed(date="2024-01-03", taken="1")), name="Ours"
    ).run

    assert (run.added, run.updated, run.unchanged, run.left_out) == (0, 1, 0, 1)
    assert ReportLine.objects.filter(run_id=run.pk).get().line == 3
    assert list(Night.objects.order_by("date").values_list("unoccupied", flat=True)) == [0, 1]


def test_every_mapping_that_ships_is_whole():
    for name, mapping in mappings.shipped_mappings().items():
        assert mapped_csv.kind_of(mapping["columns"]), name
        assert len(mapping["title"]) == 2
        assert json.dumps(mapping)
