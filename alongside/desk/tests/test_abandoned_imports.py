"""An import that nobody will carry out says so, and no uploaded file stays behind: in each that imports."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from alongside.agencies.tests import cast
from alongside.desk.tests.test_killed_jobs import AS_A_LIST, AS_COUNTS, COUNTS, LIST
from alongside.directory import commands as directory
from alongside.directory import jobs as lists
from alongside.directory.models import ImportRun as ListRun
from alongside.kernel import ctx, jobs
from alongside.kernel.imports import uploads
from alongside.occupancy import commands as occupancy
from alongside.occupancy import jobs as counts
from alongside.occupancy.models import ImportRun as CountsRun
from tests.databases import without_triggers

pytestmark = [pytest.mark.django_db, pytest.mark.every_postgresql]
LISTS = ("directory", LIST, AS_A_LIST, ListRun, directory, lists.import_list)
COUNTED = ("occupancy", COUNTS, AS_COUNTS, CountsRun, occupancy, counts.import_counts)


@pytest.fixture(params=[LISTS, COUNTED], ids=["lists", "counts"])
def kind(request):
    return request.param


@pytest.fixture
def maya(db):
    return cast.worker(cast.agency("Riverside"), "Maya", role="coordinator")


@pytest.fixture
def sent(client, maya, kind):
    """A file was sent, and is looked at: where."""
    upload = SimpleUploadedFile("sent.csv", kind[1])
    page = cast.sign_in(client, maya)
    return page.post(reverse(f"{kind[0]}:imports"), {"upload": upload, "name": "Ours"}).url


def page_of(client, sent):
    return client.get(sent).content.decode()


def kept(run):
    try:
        return bool(uploads.content_of(run.upload))
    except uploads.Broken:
        return False


def stands(kind, where):
    """Put an import where it can't go by itself."""
    with without_triggers() as superuser:
        superuser.execute(f"update {kind[0]}_importrun set {where}")


@pytest.mark.parametrize("change", ["left_at = now()", "role = 'caseworker'"])
def test_whoever_asked_has_left_or_may_not_any_more(client, superuser, maya, kind, sent, change):
    _, _, chosen, model, _, job = kind
    client.post(sent, chosen)
    superuser.execute(f"update agencies_worker set {change} where id = %s", [maya.pk])
    for deferred in ProcrastinateJob.objects.filter(status="todo"):
        job(**deferred.args)

    run = model.objects.get()
    assert (run.state, run.added, kept(run)) == ("refused", 0, False)
    other = cast.worker(maya.agency, "Noor", role="coordinator")
    said = page_of(cast.sign_in(client, other), sent)
    assert "may not import any more" in said
    assert "Send it again" in said


@pytest.mark.parametrize("where", ["waiting", "reading", "writing"])
def test_without_its_job_it_is_ended_and_with_it_left_alone(client, superuser, kind, sent, where):
    _, _, chosen, model, commands, _ = kind
    client.post(sent, chosen)
    stands(kind, f"state = '{where}'")

    assert commands.end_abandoned() == 0
    assert "goes on without you" in page_of(client, sent)
    superuser.execute("update procrastinate_jobs set status = 'failed'")
    assert commands.end_abandoned() == 1

    run = model.objects.get()
    assert (run.state, kept(run)) == ("refused", False)
    said = page_of(client, sent)
    assert "cut off in the middle" in said
    assert "goes on without you" not in said
    assert commands.end_abandoned() == 0


def test_one_that_was_cut_off_is_carried_out_from_the_start(client, kind, sent):
    _, _, chosen, model, _, job = kind
    client.post(sent, chosen)
    stands(kind, "state = 'writing', progress = 65")
    (deferred,) = ProcrastinateJob.objects.filter(status="todo")

    job(**deferred.args)

    run = model.objects.get()
    assert (run.state, run.left_out, kept(run)) == ("done", 0, False)


def test_a_file_nobody_began_to_import_goes_after_a_week(client, kind, sent):
    _, _, _, model, commands, _ = kind
    stands(kind, "begun_at = now() - interval '6 days'")
    assert commands.end_abandoned() == 0
    stands(kind, "begun_at = now() - interval '8 days'")
    assert commands.end_abandoned() == 1

    run = model.objects.get()
    assert (run.state, kept(run)) == ("refused", False)
    assert "Nobody began it within a week" in page_of(client, sent)


def test_one_at_the_machine_is_left_alone_for_an_hour(db, kind):
    _, _, _, model, commands, _ = kind
    with ctx.as_operator():
        model.objects.create(source_name="At the machine")
    stands(kind, "state = 'reading'")
    assert commands.end_abandoned() == 0
    stands(kind, "begun_at = now() - interval '2 hours'")

    assert commands.end_abandoned() == 1
    assert model.objects.get().state == "refused"


def test_a_file_that_no_import_names_is_swept_away_and_others_stay(kind, sent):
    run = kind[3].objects.get()
    orphan, young = uploads.keep([b"x"])[0], uploads.keep([b"x"])[0]
    old = time.time() - timedelta(hours=2).total_seconds()
    for name in (orphan, run.upload):
        os.utime(uploads._path(name), (old, old))

    jobs.sweep_uploads(0)

    assert not uploads._path(orphan).exists()
    assert uploads._path(young).exists()
    assert kept(run)
    uploads.forget(young)
