"""A file is sent, looked at, imported by a job, and its report read; by whom.

And what a broken one leaves behind: nothing.
"""

import json
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.agencies.tests import cast
from alongside.kernel import ctx
from alongside.occupancy import commands, rules
from alongside.occupancy.models import ImportRun, IntakeDay, Mapping, Night, Source
from alongside.occupancy.tests.conftest import COLUMNS, HEADING, LINE, chosen, imported, run_jobs, sent, table

pytestmark = pytest.mark.django_db
WRONG = LINE.replace("9,1", "9,2").replace("01-01", "01-02")


def test_the_whole_way(page, maya):
    content = table(LINE, WRONG)
    url = sent(page, content, name="Our shelters").url
    look = page.get(url).text
    assert all(word in look for word in ("Harbour Light", "Taken", "left out and reported with its number"))
    assert not Night.objects.exists()

    page.post(url, chosen(content, save_as="Ours"))
    assert "hx-trigger" in page.get(url).text
    run_jobs()

    report, run = page.get(url).text, ImportRun.objects.get()
    assert (run.state, run.rows, run.added, run.left_out, run.progress) == ("done", 2, 1, 1, 100)
    assert all(
        word in report
        for word in ("1 row was left out", ">3<", "10 ≠ 9 + 2", "Correct one of the three numbers")
    )
    assert "hx-trigger" not in report
    assert Source.objects.get().agency_id == maya.agency_id


def test_what_the_columns_mean_is_kept_for_the_next_time(page):
    content = table(LINE)
    page.post(sent(page, content).url, chosen(content, save_as="Ours", dates="day"))

    again = page.get(sent(page, content).url)

    assert Mapping.objects.get().columns == {"columns": COLUMNS, "dates": "day"}
    assert '<option value="Ours" selected>' in again.text


def test_a_known_file_is_known_by_its_heading(page):
    from alongside.occupancy.formats.mappings import shipped_mappings

    for name, mapping in shipped_mappings().items():
        heading = ",".join(f'"{column}"' for column in ["LOCATION_ADDRESS", *mapping["columns"].values()])
        look = page.get(sent(page, f"{heading}\n".encode()).url).text

        assert f'<option value="{name}" selected>' in look
        assert ImportRun.objects.latest("begun_at").source_name == mapping["source"]


def test_an_address_is_neither_shown_nor_asked_about(page):
    look = page.get(sent(page, table(f"{LINE},77 Quiet Lane", heading=f"{HEADING},Street address")).url).text

    assert "77 Quiet Lane" not in look
    assert "column_10" not in look
    assert "Neither shown nor kept" in look


def test_the_file_is_kept_only_until_it_is_imported(page):
    content = table(LINE)
    url = sent(page, content).url
    kept = settings.STATE / "uploads" / ImportRun.objects.get().upload
    assert kept.stat().st_mode & 0o777 == 0o600

    page.post(url, chosen(content))
    run_jobs()

    assert not kept.exists()


def test_progress_is_a_fragment_for_htmx_and_a_link_for_everybody(page):
    url = sent(page, table(LINE)).url
    page.post(url, chosen(table(LINE)))

    fragment = page.get(url, headers={"HX-Request": "true"}).text

    assert fragment.strip().startswith("<section")
    assert "Look again" in fragment
    assert "<html" not in fragment


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (
            table(LINE, LINE.replace("01-01", "01-02"), LINE.replace("01-01", "01-03"), LINE) + b"too,many\n",
            "more or fewer columns",
        ),
        (table(LINE) + b'"never closed', "Close it"),
    ],
)
def test_a_broken_file_changes_nothing(page, broken, says):
    imported(page, table(LINE), name="Ours")
    before = list(Night.objects.values())
    url = sent(page, broken, name="Ours").url

    page.post(url, chosen(table(LINE)))
    run_jobs()

    assert says in page.get(url).text
    assert list(Night.objects.values()) == before
    assert ImportRun.objects.latest("begun_at").state in ("refused", "uploaded")


def test_a_mapping_that_does_not_fit_is_refused_as_a_whole(page):
    done = imported(page, table(LINE), "toronto")

    assert (done.run.state, done.run.left_out) == ("refused", 0)
    assert "isn&#x27;t in the file" in done.report
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"hello", "not a table"),
        (b"%PDF-1.4 \xff\xfe", "not a table"),
        (b"PK\x03\x04zip", "not a table"),
        (b'{"a": 1, "b": 2, "c": 3}', "not a table"),
        (b"<html><p>a,b,c", "not a table"),
        (b"a,b,c\x00", "text in UTF-8"),
        (b"a,a,b", "name the columns"),
    ],
)
def test_what_is_no_table_is_refused_at_the_door(page, content, says):
    answer = sent(page, content)

    assert answer.status_code == 422
    assert says in answer.text
    assert not ImportRun.objects.exists()


def test_columns_chosen_badly_are_asked_again_and_kept(page):
    url = sent(page, table(LINE)).url

    answer = page.post(
        url,
        {
            "column_0": "date",
            "column_1": "programme",
            "column_5": "actual",
            "column_6": "actual",
            "dates": "month",
        },
    )
    few = page.post(url, {"column_0": "date", "column_1": "programme"})

    assert (answer.status_code, few.status_code) == (422, 422)
    assert "Another column already means this" in answer.text
    assert '<option value="month" selected>' in answer.text
    assert "two of: places there, taken, free" in few.text


def test_an_import_cannot_be_started_twice(page):
    url = sent(page, table(LINE)).url

    for _ in range(2):
        page.post(url, chosen(table(LINE)))

    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "same_agency", "imports", "theirs"),
    [
        ("administrator", True, 302, 200),
        ("leader", True, 302, 200),
        ("coordinator", True, 302, 200),
        ("caseworker", True, 422, 200),
        ("privacy-officer", True, 422, 200),
        ("administrator", False, 302, 404),
    ],
)
def test_who_may_import(client, page, maya, role, same_agency, imports, theirs):
    url = sent(page, table(LINE)).url
    cast.sign_in(
        client, cast.worker(maya.agency if same_agency else cast.agency("Harbour"), "Noor", role=role)
    )

    assert sent(client, table(LINE)).status_code == imports
    assert client.get(url).status_code == theirs


def test_whose_role_does_not_import_cannot_start_one_either(client, page, maya):
    url = sent(page, table(LINE)).url
    cast.sign_in(client, cast.worker(maya.agency, "Noor", role="caseworker"))

    answer = client.post(url, chosen(table(LINE)))

    assert answer.status_code == 409
    assert not ProcrastinateJob.objects.exists()


def test_each_command_checks_the_role_itself(page, maya):
    sent(page, table(LINE))
    run, noor = ImportRun.objects.get(), cast.worker(maya.agency, "Noor", role="caseworker")

    for command, told in (
        (commands.receive, {"upload": SimpleUploadedFile("a.csv", table(LINE)), "name": ""}),
        (commands.begin, {"run": run, "mapping": "toronto"}),
        (commands.make_mapping, {"name": "Ours", "columns": COLUMNS}),
    ):
        with ctx.as_worker(noor.pk), pytest.raises(rules.CannotImport):
            command(by=noor, **told)


# --- whoever runs this machine ------------------------------------------------------------------------------


def console(*arguments):
    out = StringIO()
    call_command("occupancy_import", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_operator_imports_with_a_mapping_of_their_own(db, tmp_path):
    (tmp_path / "counts.csv").write_bytes(table(LINE, WRONG))
    (tmp_path / "ours.json").write_text(json.dumps({"columns": COLUMNS}))

    told = console(tmp_path / "counts.csv", "--as", tmp_path / "ours.json", "--source", "Ours")

    assert "line 3: Actual (10 ≠ 9 + 2)" in told
    assert "2 rows read: 1 added, 0 updated, 0 unchanged; 1 rows left out." in told
    assert (Source.objects.get().name, Source.objects.get().agency_id) == ("Ours", None)


@pytest.mark.parametrize(
    ("content", "mapping", "says"),
    [
        (table(LINE), "nothing", "Say how to read it"),
        (table(LINE), "", "Say how to read it"),
        (b"", "toronto", "Nothing was imported"),
        (b"", "", "empty"),
        (table(LINE), "central-intake", "Nothing was imported"),
        (None, "", "can't be read"),
    ],
)
def test_the_operator_is_told_what_is_wrong(db, tmp_path, content, mapping, says):
    if content is not None:
        (tmp_path / "counts.csv").write_bytes(content)

    with pytest.raises(CommandError, match=says):
        console(tmp_path / "counts.csv", "--as", mapping)

    assert not Night.objects.exists()


def test_the_invented_city_is_the_same_every_time(db):
    first = commands.invent(until=date(2026, 11, 21))
    again = commands.invent(until=date(2026, 11, 21))

    assert [(run.state, run.added, run.left_out) for run in first] == [("done", 56 * 7, 0), ("done", 56, 0)]
    assert [(run.added, run.updated) for run in again] == [(0, 0), (0, 0)]
    assert IntakeDay.objects.count() == 56
