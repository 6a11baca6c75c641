"""Every job there is, its process killed in the middle: another one begins it again, and ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from alongside.accompaniment.commands import suggestions
from alongside.agencies.tests import cast
from alongside.directory.models import Entry
from alongside.directory.models import ImportRun as ListRun
from alongside.kernel import clock, ctx
from alongside.kernel.imports import uploads
from alongside.occupancy.models import ImportRun as CountsRun
from alongside.occupancy.models import Night
from config.state import ROOT
from tests import live

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20.0  # seconds
LIST = b"Number,Service Name,Town\n1,Open door,Kenora\n2,Second door,Kenora\n"
AS_A_LIST = {"column_0": "key", "column_1": "name", "column_2": "community"}
COUNTS = (
    b"Date,Programme,Sector,Model,Unit,Actual,Funded,Taken,Free,Out\n"
    b"2024-01-01,Harbour Light,Women,Emergency,Beds,10,12,9,1,2\n"
)
MEANINGS = ["date", "programme", "sector", "model", "unit", "actual", "funded", "occupied", "unoccupied"]
AS_COUNTS = {f"column_{n}": meaning for n, meaning in enumerate([*MEANINGS, "unavailable"])}
WAITING = "select count(*) from procrastinate_jobs where task_name = %s"
# What comes by itself: which table it waits at while it is killed.
BY_THEMSELVES = {
    "accompaniment.sweep_cards": "accompaniment_card",
    "accompaniment.wipe_check_ins": "accompaniment_checkin",
    "accompaniment.sweep_suggestions": "accompaniment_suggestionrun",
    "beds.sweep_names": "beds_request",
    "consent.end_lapsed": "consent_release",
    "directory.end_abandoned": "directory_importrun",
    "files.finish_destructions": "files_destruction",
    "fund.commit_due": "agencies_agency",
    "hub.close_days": "hub_waiting",
    "kernel.finish_effects": "kernel_effect",
    "kernel.sweep_uploads": "occupancy_importrun",
    "occupancy.end_abandoned": "occupancy_importrun",
    "trail.end_sittings": "ctx.sitting",
}


@contextmanager
def job_process() -> Iterator[subprocess.Popen[bytes]]:
    """The process of the jobs, on this worker's database."""
    command = [sys.executable, "-W", "ignore", "-m", "config.jobs"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=live.environment("jobs"), stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)


def wait_until(holds) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not come to that"
        time.sleep(0.05)


def ask(superuser, question, *given):
    return superuser.execute(question, given).fetchone()[0]


def jobs_of(superuser, task, status):
    words = "select count(*) from procrastinate_jobs where task_name = %s and status::text = %s"
    return ask(superuser, words, task, status)


def kill_midway(superuser, table, task, reached) -> None:
    """Have the job's process wait at a table, and kill it there; then let a minute go by."""
    with superuser.transaction():
        superuser.execute(f"lock table {table} in access exclusive mode")
        with job_process() as process:
            wait_until(reached)
            os.kill(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)
    assert jobs_of(superuser, task, "doing")
    a_minute_goes_by(superuser)


def a_minute_goes_by(superuser) -> None:
    superuser.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    come_by_itself("kernel.retry_stalled")


def come_by_itself(task) -> None:
    """Defer what comes every minute or hour, as its time has come; it may just have."""
    with suppress(AlreadyEnqueued):
        app.configure_task(task, queueing_lock=task).defer(timestamp=0)


def waits_at(superuser, table):
    """Whether somebody waits for the lock of a table."""
    words = "select exists (select 1 from pg_locks where relation = %s::regclass and not granted)"
    return lambda: ask(superuser, words, table)


@pytest.mark.costly("starts and kills the process of the jobs")
@pytest.mark.parametrize(
    ("address", "content", "chosen", "task", "runs", "table", "written"),
    [
        ("directory", LIST, AS_A_LIST, "directory.import_list", ListRun, "directory_entry", (Entry, 2)),
        ("occupancy", COUNTS, AS_COUNTS, "occupancy.import_counts", CountsRun, "occupancy_night", (Night, 1)),
    ],
    ids=["list", "counts"],
)
def test_an_import_whose_process_is_killed_is_begun_again_and_done(
    client, superuser, address, content, chosen, task, runs, table, written
):
    page = cast.sign_in(client, cast.worker(cast.agency("Riverside"), "Maya", role="coordinator"))
    upload = SimpleUploadedFile("sent.csv", content)
    sent = page.post(reverse(f"{address}:imports"), {"upload": upload, "name": "Ours"}).url
    page.post(sent, chosen)

    kill_midway(superuser, table, task, waits_at(superuser, table))
    run = runs.objects.get()
    assert run.state == "writing"
    assert "it goes on without you" in page.get(sent).content.decode()
    assert uploads.content_of(run.upload) == content

    with job_process():
        wait_until(lambda: runs.objects.get().over)
        wait_until(lambda: ask(superuser, "select count(*) from kernel_effect") == 0)
    assert runs.objects.get().state == "done"
    assert written[0].objects.count() == written[1]
    with pytest.raises(uploads.Broken):
        uploads.content_of(run.upload)
    assert jobs_of(superuser, task, "doing") == 0


@pytest.mark.costly("starts and kills the process of the jobs")
def test_one_that_is_cut_off_again_and_again_stops_and_its_page_says_so(client, superuser):
    page = cast.sign_in(client, cast.worker(cast.agency("Riverside"), "Maya", role="coordinator"))
    sent = page.post(
        reverse("directory:imports"), {"upload": SimpleUploadedFile("sent.csv", LIST), "name": "Ours"}
    ).url
    page.post(sent, AS_A_LIST)
    task = "directory.import_list"
    superuser.execute("update procrastinate_jobs set attempts = 2 where task_name = %s", [task])
    kill_midway(superuser, "directory_entry", task, waits_at(superuser, "directory_entry"))

    with job_process():
        wait_until(lambda: jobs_of(superuser, task, "doing") == 0)
        come_by_itself("directory.end_abandoned")
        wait_until(lambda: ListRun.objects.get().over)

    said = page.get(sent).content.decode()
    assert "cut off in the middle" in said
    assert "Send it again" in said
    assert "goes on without you" not in said
    assert not Entry.objects.exists()


@pytest.mark.costly("starts and kills the process of the jobs")
@pytest.mark.parametrize(("task", "table"), BY_THEMSELVES.items())
def test_what_comes_by_itself_comes_again(superuser, task, table):
    come_by_itself(task)
    kill_midway(superuser, table, task, waits_at(superuser, table))

    come_by_itself(task)
    with job_process():
        wait_until(lambda: ask(superuser, WAITING, task) == 0)


@pytest.mark.thorough("makes the whole district first")
def test_the_demonstration_goes_on_being_told(superuser):
    from alongside.desk import commands

    commands.make()
    app.configure_task("desk.tell_voices").defer()
    kill_midway(superuser, "evidence_study", "desk.tell_voices", waits_at(superuser, "evidence_study"))

    with job_process():
        wait_until(lambda: ask(superuser, "select count(*) from briefs_brief") > 0)


@pytest.mark.costly("starts and kills the process of the jobs")
def test_who_could_come_is_looked_up_again_when_its_process_is_killed(superuser):
    maya, task = cast.worker(cast.agency("Riverside")), "accompaniment.suggest"
    with ctx.as_worker(maya.pk):
        suggestions.look_up(first=clock.today(), days=7, by=maya, at=clock.now())
    table = "accompaniment_suggestionrun"
    kill_midway(superuser, table, task, waits_at(superuser, table))

    with job_process():
        wait_until(lambda: ask(superuser, f"select count(*) from {table} where is_over") == 1)


def test_every_job_was_killed():
    autodiscover_modules("jobs")
    tried = {
        "accompaniment.suggest",
        "directory.import_list",
        "occupancy.import_counts",
        "desk.tell_voices",
        *BY_THEMSELVES,
    }
    ours = {name for name in app.tasks if "builtin" not in name}

    assert ours - tried == {"kernel.retry_stalled"}  # what begins them again: it comes again by itself
