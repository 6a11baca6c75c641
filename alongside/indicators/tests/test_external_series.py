"""What Toronto publishes of its central intake, worked out again from the raw file by other means."""

import csv
import io
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from alongside.agencies.tests import cast
from alongside.indicators.queries import external_series
from alongside.occupancy import commands
from tests.frozen import frozen

FILE = Path(settings.ROOT).parent / "shared" / "data" / "toronto" / "central_intake_2020_2022.csv"
pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def editor():
    return cast.worker(cast.agency("Riverside"), "Ed", "editor")


@pytest.fixture
def toronto(editor):
    if not FILE.exists():
        pytest.skip("the file of Toronto's central intake is not beside the project")
    return commands.import_file(
        content=FILE.read_bytes(), source_name="Toronto central intake", mapping="central-intake"
    )


def by_hand():
    """Half-year -> days, families without space, others without space, calls with a noted outcome.

    Only rows whose numbers agree.
    """
    found = defaultdict(lambda: [0, 0, 0, 0])
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            codes = {
                name.partition(" - ")[0]: int(value)
                for name, value in row.items()
                if name.startswith("Code ")
            }
            handled, coded = int(row["Total calls handled"]), int(row["Total calls coded"])
            if coded != sum(codes.values()) or coded > handled:
                continue
            day = date.fromisoformat(row["Date"])
            half = found[day.year, 1 + (day.month > 6)]
            for place, number in enumerate((1, codes["Code 3A"], codes["Code 3B"], coded)):
                half[place] += number
    return dict(found)


@pytest.mark.shared_data
def test_every_half_year_is_what_the_raw_file_says(toronto):
    series = external_series.calls_without_space()

    told = {
        (half.first.year, 1 if half.first.month == 1 else 2): [
            half.days,
            half.family,
            half.others,
            half.coded,
        ]
        for half in series.halves
    }
    assert told == by_hand()
    assert sum(half.days for half in series.halves) == toronto.added


@pytest.mark.shared_data
def test_the_page_and_the_file_say_the_same_with_definition_and_caveat(toronto, editor):
    client = cast.sign_in(Client(), editor)
    page = client.get("/numbers/outside").content.decode()
    rows = list(csv.reader(io.StringIO(client.get("/numbers/outside/calls.csv").content.decode("utf-8-sig"))))

    truth = by_hand()
    part, whole = sum(half[1] + half[2] for half in truth.values()), sum(half[3] for half in truth.values())
    assert f"{part:,} of {whole:,} calls to central intake ended with no space" in page
    assert "Calls, not people" in page
    assert [[int(cell) for cell in row[1:5]] for row in rows[1 : 1 + len(truth)]] == [
        truth[half] for half in sorted(truth)
    ]


def test_without_a_file_it_says_so(editor):
    client = cast.sign_in(Client(), editor)

    assert "Nobody has brought in the calls" in client.get("/numbers/outside").content.decode()
    assert client.get("/numbers/outside/calls.csv").status_code == 404
