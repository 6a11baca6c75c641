"""A list is sent, looked at, imported by a job, and its report read, with and without JavaScript."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.agencies.tests import cast
from alongside.directory import jobs
from alongside.directory.models import Entry, ImportRun, Mapping

LIST = (
    b'Number,Service Name,Town,Languages\n1,Open door,Kenora,"French, Cree"\n'
    b"2,,Kenora,\n3,Second door,Nowhereville,Martian\n"
)


def sent(page, content=LIST, name="list.csv", **more):
    return page.post(reverse("directory:imports"), {"upload": SimpleUploadedFile(name, content), **more})


def chosen(**more):
    return {"column_0": "key", "column_1": "name", "column_2": "community", "column_3": "languages", **more}


def run_jobs():
    """Run what was deferred, as the job process does: each once."""
    for job in ProcrastinateJob.objects.filter(status="todo"):
        if not ImportRun.objects.get(pk=job.args["run_id"]).over:
            jobs.import_list(**job.args)


def test_the_whole_way(page, maya):
    answer = sent(page, name="list.csv")
    run = ImportRun.objects.get()
    look = page.get(answer.url)
    assert all(word in look.text for word in ("Service Name", "Open door", "Second door"))
    assert not Entry.objects.exists()

    page.post(answer.url, chosen(save_as="Ours"))
    assert "hx-trigger" in page.get(answer.url).text
    run_jobs()

    report = page.get(answer.url).text
    run.refresh_from_db()
    assert (run.state, run.added, run.left_out) == ("done", 2, 1)
    assert set(Entry.objects.values_list("name", "agency_id")) == {
        ("Open door", maya.agency_id),
        ("Second door", maya.agency_id),
    }
    assert Entry.objects.get(name="Open door").languages == ["fr", "cr"]
    assert Mapping.objects.get().columns["columns"]["name"] == "Service Name"
    assert all(word in report for word in ("There is no name", "Nowhereville", "Martian"))
    assert "hx-trigger" not in report


def test_the_file_is_kept_only_until_it_is_imported(page):
    url = sent(page).url
    uploads = settings.STATE / "uploads"
    run = ImportRun.objects.get()
    assert (uploads / run.upload).stat().st_mode & 0o777 == 0o600
    assert len(run.upload) == 48

    page.post(url, chosen())
    run_jobs()

    assert not (uploads / run.upload).exists()


def test_progress_is_a_fragment_for_htmx_and_a_link_for_everybody(page):
    url = sent(page).url
    page.post(url, chosen())

    fragment = page.get(url, headers={"HX-Request": "true"}).text

    assert fragment.strip().startswith("<section")
    assert "Look again" in fragment
    assert "<html" not in fragment


def test_a_broken_file_is_refused_by_line_and_changes_nothing(page):
    url = sent(page, LIST + b"4,Fourth,Kenora,\n5,Fifth,Kenora,\n6,too,many,columns,here\n").url
    page.post(url, chosen())
    run_jobs()

    report = page.get(url).text
    assert not Entry.objects.exists()
    assert "more or fewer columns" in report
    assert ">7<" in report


def test_what_is_broken_at_the_top_is_said_before_anything_starts(page):
    look = page.get(sent(page, LIST + b"4,too,many,columns,here\n").url).text

    assert "Line 5." in look
    assert "Import it" not in look


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "empty"), (b"hello", "none of the kinds"), (b"%PDF-1.4 \xff\xfe", "none of the kinds")],
)
def test_a_file_of_no_kind_is_refused_at_the_door(page, content, says):
    answer = sent(page, content, "file.bin")

    assert answer.status_code == 422
    assert says in answer.text
    assert not ImportRun.objects.exists()


def test_columns_chosen_badly_are_asked_again_and_kept(page):
    url = sent(page).url

    answer = page.post(url, {"column_0": "key", "column_2": "key"})

    assert answer.status_code == 422
    assert "Choose a mapping" in answer.text
    assert "Another column already means this" in answer.text


def test_a_list_cannot_be_started_twice(page):
    url = sent(page).url
    page.post(url, chosen())

    page.post(url, chosen())

    assert ProcrastinateJob.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "same_agency", "imports", "theirs"),
    [
        ("administrator", True, 302, 200),
        ("caseworker", True, 422, 200),
        ("administrator", False, 302, 404),
        ("leader", True, 302, 200),
    ],
)
def test_who_may_import(client, page, maya, role, same_agency, imports, theirs):
    url = sent(page).url
    who = cast.worker(maya.agency if same_agency else cast.agency("Harbour"), "Noor", role=role)
    cast.sign_in(client, who)

    assert sent(client).status_code == imports
    assert client.get(url).status_code == theirs
