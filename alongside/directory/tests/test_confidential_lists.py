"""Lists with confidential rows, brought in together: nothing of these rows is read anywhere."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.agencies.roles import Role
from alongside.agencies.tests import cast
from alongside.directory.models import Entry, ImportRun
from alongside.directory.tests.test_import_pages import run_jobs
from alongside.directory.tests.test_serving import PLURALS
from tests import databases
from tests.addresses import addresses, filled
from tests.cases import case

LISTS = {
    "05-withheld-address-in-another-spelling/airs.xml": 2,
    "06-confidential-in-other-words/list.csv": 10,
    "25-redaction-that-points/list.csv": 3,
}
# Whole words: a token of a form is any letters.
HIDDEN = re.compile(r"\belm\b|\b(807\W{0,3})?555\W{0,2}0199\b|\bp9n\W{0,3}\d[a-z]\d\b", re.I)
POINTS = re.compile(r"\bmain st|\bsuite\b|\bp0l\b|\bp0l1y0\b|\[…\]", re.I)  # what the night house may not say
ONE = re.compile(r"/(entries|hsds/\w+)/[0-9a-f-]{36}")  # the page of one entry, or one record
LEAVES = {"exit", "account_logout"}


def brought_in(page):
    """Send each list, look at its preview, and import it; everything that was shown on the way."""
    shown = []
    for name in LISTS:
        upload = SimpleUploadedFile(name.replace("/", "-"), case(name).read_bytes())
        url = page.post(reverse("directory:imports"), {"upload": upload}).url
        shown.append(page.get(url).text)
        told = {}
        if name.endswith(".csv"):
            fields = json.loads(case(name).with_name("mapping.json").read_text())["columns"]
            heading = case(name).read_text().splitlines()[0].split(",")
            told = {f"column_{heading.index(column)}": field for field, column in fields.items()}
            told["save_as"] = name.split("/")[0]
        shown.append(page.post(url, told, follow=True).text)
        run_jobs()
        shown.append(page.get(url).text)
    return shown


def asked(client):
    """Every address that names nothing, and every one of the directory with each thing there is."""
    things = {
        "entry_id": Entry.objects.values_list("pk", flat=True),
        "run_id": ImportRun.objects.values_list("pk", flat=True),
        "kind": [*PLURALS, "contacts", "addresses", "phones", "schedules"],
    }
    for name, paths in addresses().items():
        for path in paths if name not in LEAVES else ():
            named = re.findall(r"<(?:\w+:)?(\w+)>", path)
            if not named:
                yield path
            elif len(named) == 1 and named[0] in things and path.startswith("/directory/"):
                yield from (filled(path, {named[0]: thing}) for thing in things[named[0]])
    found = [f"/directory/?words={words}" for words in ("house", "night+house", "stay", "main")]
    yield from [*found, *(each.replace("/?", "/list.csv?") for each in found)]
    for kind in PLURALS:
        yield f"/directory/hsds/{kind}?full=true&per_page=500"
        yield from (f"/directory/hsds/{kind}/{each['id']}" for each in records(client, kind))


def records(client, kind):
    """Every HSDS record of a kind that the API gives."""
    page = json.loads(client.get(f"/directory/hsds/{kind}?full=true&per_page=500").content)
    assert page["last_page"], "there are more than one page shows"
    return page["contents"]


def said(client, path):
    answer = client.get(path)
    return (answer.getvalue() if answer.streaming else answer.content).decode(errors="replace")


LEFT_OUT = pytest.mark.thorough(
    "every address for every role; the quick lane asks as two and looks in tables"
)
TWO = [Role.ADMINISTRATOR, Role.CASEWORKER]


@pytest.mark.costly("every address, export and record")
@pytest.mark.parametrize(
    "roles", [TWO, pytest.param([each for each in Role if each not in TWO], marks=LEFT_OUT)]
)
def test_nothing_of_a_confidential_row_is_read_by_anybody(page, maya, superuser, roles):
    shown = brought_in(page)

    assert [run.state for run in ImportRun.objects.all()] == ["done"] * 3
    assert Entry.objects.count() == sum(LISTS.values())
    assert not [text for text in shown if HIDDEN.search(text)]
    night = Entry.objects.get(name="Night house")
    elsewhere = cast.worker(cast.agency("Harbour"), "Noor")
    people = [cast.worker(maya.agency, f"Sam {role}", role=role) for role in roles] + [elsewhere]
    for worker in people:
        client = cast.sign_in(Client(), worker)
        clinic_told, night_told = False, set()
        for path in {*asked(client)}:
            text = said(client, path)
            assert not HIDDEN.search(text), (worker.role, path, HIDDEN.search(text))
            if ONE.search(path) and "Night house" in text:
                night_told.add(path)
                assert not POINTS.search(text), (worker.role, path, POINTS.search(text))
            clinic_told |= "40 Main Street" in text
        for word in ("elm", "8075550199", "P9N+1A1"):
            assert not ONE.search(said(client, f"/directory/?words={word}")), (worker.role, word)
        assert f"/directory/entries/{night.pk}" in night_told, worker.role
        assert len(night_told) >= 3, worker.role  # the page, and its records
        assert clinic_told, worker.role  # what is public is read by the same way
    for table, _full in superuser.execute(databases.TABLES).fetchall():
        for (row,) in superuser.execute(f"select row_to_json(t)::text from {table} t").fetchall():
            assert not HIDDEN.search(row), (table, row)
