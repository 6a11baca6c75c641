"""Toronto's files, whole, through the real door.

And every figure worked out again from the raw file, by hand.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from django.urls import reverse

from alongside.occupancy import queries
from alongside.occupancy.display import figures
from alongside.occupancy.models import IntakeDay, Night, ReportLine, Source
from alongside.occupancy.tests.conftest import INTAKE, TORONTO, content_of, imported, raw

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared_data,
    pytest.mark.thorough(
        "whole files of Toronto, every figure worked out again; the quick lane brings in small ones"
    ),
]
UNITS = {"bed": ("BED", "BEDS"), "room": ("ROOM", "ROOMS")}
SECTORS = {"Women": "women", "Men": "men", "Mixed Adult": "mixed", "Youth": "youth", "Families": "families"}


def numbers(row, unit):
    """The five numbers of a raw row in one unit, as they stand in the file.

    Nothing if it isn't counted in it.
    """
    singular, plural = UNITS[unit]
    cells = [
        row[f"CAPACITY_ACTUAL_{singular}"],
        row[f"CAPACITY_FUNDING_{singular}"],
        *(row[f"{word}_{plural}"] for word in ("OCCUPIED", "UNOCCUPIED", "UNAVAILABLE")),
    ]
    return [int(cell) for cell in cells] if all(cells) else []


def holds(row):
    """Whether the numbers of a raw row agree with each other and none is below zero."""
    for actual, funded, occupied, unoccupied, unavailable in filter(
        None, (numbers(row, unit) for unit in UNITS)
    ):
        if (
            actual != occupied + unoccupied
            or funded != actual + unavailable
            or min(occupied, unoccupied, unavailable) < 0
        ):
            return False
    return True


@pytest.fixture
def toronto(page):
    return imported(page, content_of(*TORONTO), "toronto")


@pytest.fixture
def intake(page):
    return imported(page, content_of(*INTAKE), "central-intake")


def asked(**more):
    return queries.Asked(
        Source.objects.filter(kind="nights").first(), Source.objects.filter(kind="calls").first(), **more
    )


def test_the_whole_file_comes_in_and_what_contradicts_itself_is_refused_by_number(toronto):
    rows = raw(*TORONTO)
    wrong = {line for line, row in rows.items() if not holds(row)}

    assert (toronto.run.state, toronto.run.rows, toronto.run.left_out) == ("done", 8_042, len(wrong))
    assert set(ReportLine.objects.values_list("line", flat=True)) == wrong
    assert Counter(ReportLine.objects.values_list("code", flat=True)) == {
        "identity_funded": 474,
        "negative": 60,
    }
    assert toronto.run.added == Night.objects.count() == 8_042 - 534
    assert "534 rows were left out" in toronto.report


def test_every_row_that_holds_is_there_with_its_numbers(toronto):
    expected = {
        (
            row["PROGRAM_ID"],
            date.fromisoformat(row["OCCUPANCY_DATE"]),
            unit,
            SECTORS[row["SECTOR"]],
            row["PROGRAM_MODEL"].lower(),
            *numbers(row, unit),
        )
        for row in raw(*TORONTO).values()
        if holds(row)
        for unit in UNITS
        if numbers(row, unit)
    }

    columns = (
        "programme_key",
        "date",
        "unit",
        "sector",
        "model",
        "actual",
        "funded",
        "occupied",
        "unoccupied",
        "unavailable",
    )
    assert set(Night.objects.values_list(*columns)) == expected


def test_no_street_address_is_stored_anywhere(toronto, superuser):
    from psycopg import sql

    rows = raw(*TORONTO).values()
    places = {row["LOCATION_ADDRESS"].casefold() for row in rows if row["LOCATION_ADDRESS"]} | {
        row["LOCATION_POSTAL_CODE"].casefold() for row in rows if row["LOCATION_POSTAL_CODE"]
    }
    tables = superuser.execute(
        "select tablename from pg_tables where tablename like 'occupancy_%'"
    ).fetchall()

    kept = "\n".join(
        str(row).casefold()
        for (name,) in tables
        for row in superuser.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(name)))
    )
    assert len(places) > 100
    assert not [place for place in places if place in kept]
    assert "354 george" not in kept
    assert "69 fraser" not in kept


def test_coming_in_again_doubles_and_changes_nothing(toronto, page):
    before = set(Night.objects.values_list())

    again = imported(page, content_of(*TORONTO), "toronto").run

    assert (again.added, again.updated, again.unchanged, again.left_out) == (0, 0, 7_508, 534)
    assert set(Night.objects.values_list()) == before
    assert Source.objects.count() == 1


@pytest.mark.parametrize("emergency", [False, True])
def test_vacancy_by_sector_is_what_the_file_says(toronto, emergency):
    free, there = Counter(), Counter()
    for row in raw(*TORONTO).values():
        if holds(row) and (not emergency or row["PROGRAM_MODEL"] == "Emergency"):
            for unit in UNITS:
                if found := numbers(row, unit):
                    key = (row["OCCUPANCY_DATE"], SECTORS[row["SECTOR"]], unit)
                    free[key] += found[3]
                    there[key] += found[0]

    drawn = queries.by_sector(asked(emergency=emergency), "day")

    assert len(drawn) > 400
    assert {
        (str(row["at"]), row["sector"], row["unit"]): (row["unoccupied"], row["actual"]) for row in drawn
    } == {key: (free[key], there[key]) for key in there}


def test_the_finding_about_vacancy_is_worked_out_right(toronto):
    share = {}
    for name, sector in SECTORS.items():
        rows = [
            numbers(row, "bed")
            for row in raw(*TORONTO).values()
            if row["SECTOR"] == name and holds(row) and numbers(row, "bed")
        ]
        if rows:
            share[sector] = 100 * sum(found[3] for found in rows) / sum(found[0] for found in rows)
    low, high = min(share, key=share.get), max(share, key=share.get)

    finding = figures.vacancy(asked()).finding

    assert finding == (
        f"Of the beds for {said(low)}, {share[low]:.1f}\u00a0% were "
        f"free; of those for {said(high)}, {share[high]:.1f}\u00a0%"
    )


def said(sector):
    return "mixed adult" if sector == "mixed" else sector


def women_by_night():
    nights = defaultdict(lambda: [0, 0])
    for row in raw(*TORONTO).values():
        if row["SECTOR"] == "Women" and row["PROGRAM_MODEL"] == "Emergency" and holds(row):
            for unit in UNITS:
                if found := numbers(row, unit):
                    nights[row["OCCUPANCY_DATE"]][0] += found[2]
                    nights[row["OCCUPANCY_DATE"]][1] += found[0]
    return nights


def test_the_nights_with_nothing_for_women_are_those_of_the_file(toronto):
    nights = women_by_night()
    full = sum(taken == there for taken, there in nights.values())
    almost = sum(taken != there and 100 * taken >= 98 * there for taken, there in nights.values())

    figure = figures.women(asked())

    assert (len(nights), full + almost) == (60, 60)
    assert figure.finding == f"On {full} of 60 nights no emergency bed or room for women was free"
    assert (figure.picture["full"], figure.picture["almost"], figure.picture["rest"]) == (full, almost, 0)
    assert {(str(row[0]), row[3], row[2]) for row in figure.rows} == {
        (day, *pair) for day, pair in nights.items()
    }


def test_the_rows_left_out_do_not_touch_the_figure_about_women(toronto):
    left_out = [row for row in raw(*TORONTO).values() if not holds(row)]

    assert not [row for row in left_out if row["SECTOR"] == "Women"]


def outcomes(row):
    return sum(int(cell) for column, cell in row.items() if column.startswith("Code "))


def test_central_intake_comes_in_and_days_that_do_not_add_up_are_refused(intake):
    rows = raw(*INTAKE)
    wrong = {line for line, row in rows.items() if outcomes(row) != int(row["Total calls coded"])}

    assert (intake.run.state, intake.run.rows, intake.run.left_out, len(wrong)) == ("done", 789, 7, 7)
    assert set(ReportLine.objects.values_list("line", flat=True)) == wrong
    assert IntakeDay.objects.count() == 782


@pytest.mark.parametrize("grain", ["week", "month"])
def test_the_calls_that_ended_with_no_space_are_those_of_the_file(intake, grain):
    sums = defaultdict(lambda: [0, 0, 0])
    for row in raw(*INTAKE).values():
        if outcomes(row) == int(row["Total calls coded"]):
            day = date.fromisoformat(row["Date"])
            at = day.replace(day=1) if grain == "month" else day - timedelta(days=day.weekday())
            for place, column in enumerate(
                (
                    "Total calls coded",
                    "Code 3A - Shelter Space Unavailable - Family",
                    "Code 3B - Shelter Space Unavailable - Individuals/Couples",
                )
            ):
                sums[at][place] += int(row[column])

    drawn = queries.by_outcome(asked(), grain)

    assert {row["at"]: [row["coded"], row["family"], row["others"]] for row in drawn} == dict(sums)
    part, whole = (
        sum(family + others for _, family, others in sums.values()),
        sum(coded for coded, _, _ in sums.values()),
    )
    assert (
        figures.calls(asked()).finding
        == f"{part:,} of {whole:,} calls ended with no space: {100 * part / whole:.1f}\u00a0%"
    )


def test_the_page_shows_all_three_and_stays_small_and_quick(
    toronto, intake, page, django_assert_max_num_queries
):
    with django_assert_max_num_queries(24):
        answer = page.get(reverse("occupancy:figures"))

    assert all(f'id="figure-{code}"' in answer.text for code in ("vacancy", "women", "calls"))
    assert len(answer.content) < 100_000
