"""What the tests of occupancy share.

Somebody signed in, a file sent and imported as the pages do it, and Toronto's files as they lie.
"""

import csv
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.agencies.tests import cast
from alongside.directory.tests.conftest import data
from alongside.occupancy import jobs
from alongside.occupancy.models import ImportRun
from tests.frozen import frozen

HEADING = "Date,Programme,Sector,Model,Unit,Actual,Funded,Taken,Free,Out"
LINE = "2024-01-01,Harbour Light,Women,Emergency,Beds,10,12,9,1,2"
COLUMNS = {
    "date": "Date",
    "programme": "Programme",
    "sector": "Sector",
    "model": "Model",
    "unit": "Unit",
    "actual": "Actual",
    "funded": "Funded",
    "occupied": "Taken",
    "unoccupied": "Free",
    "unavailable": "Out",
}
TORONTO, INTAKE = ("toronto", "occupancy_2024_01_02.csv"), ("toronto", "central_intake_2020_2022.csv")


@pytest.fixture
@frozen
def maya(db):
    return cast.worker(cast.agency("Riverside"), "Maya", role="coordinator")


@pytest.fixture
def page(client, maya):
    return cast.sign_in(client, maya)


def table(*lines, heading=HEADING):
    """A file with these lines."""
    return "\n".join([heading, *lines, ""]).encode()


def sent(page, content, name="counts.csv", **more):
    """Send a file and return the answer."""
    return page.post(reverse("occupancy:imports"), {"upload": SimpleUploadedFile(name, content), **more})


def chosen(content, columns=COLUMNS, **more):
    """The choices of the form for a file's columns."""
    heading = next(csv.reader([content.decode().splitlines()[0]]))
    return {f"column_{heading.index(column)}": meaning for meaning, column in columns.items()} | more


def run_jobs():
    """Run what was deferred, as the job process does."""
    for job in ProcrastinateJob.objects.filter(status="todo", task_name="occupancy.import_counts"):
        if ImportRun.objects.get(pk=job.args["run_id"]).state == "waiting":
            jobs.import_counts(**job.args)


def imported(page, content, columns=COLUMNS, **more):
    """Send a file, choose what its columns mean, have it imported.

    Return the finished import and the page of its report.
    """
    url = sent(page, content, **more).url
    page.post(url, {"mapping": columns} if isinstance(columns, str) else chosen(content, columns))
    run = ImportRun.objects.latest("begun_at")
    jobs.import_counts(run_id=str(run.pk))
    run.refresh_from_db()
    return SimpleNamespace(run=run, url=url, report=page.get(url).text)


def raw(*parts):
    """Toronto's rows as they are, by the line they stand on."""
    with data(*parts).open(encoding="utf-8-sig", newline="") as file:
        return dict(enumerate(csv.DictReader(file), start=2))


def content_of(*parts):
    """The bytes of one of Toronto's files."""
    return data(*parts).read_bytes()
