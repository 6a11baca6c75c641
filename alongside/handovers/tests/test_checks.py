"""Who said they would check on whom, and when: one tap, one press, and it hangs nowhere."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client

from alongside.files import commands as files
from alongside.files.tests import cast
from alongside.handovers.models import Check
from alongside.kernel import clock, ctx
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there():
    """Maya leads a file of which Noor is the backup."""
    here = cast.agency("Riverside")
    there = SimpleNamespace(
        **{name: cast.worker(here, name.title(), on=False) for name in ("maya", "noor", "sam")}
    )
    there.file = cast.file(there.maya, "Jo")
    with ctx.as_worker(there.maya.pk):
        files.choose_lead(
            file=there.file, lead_id=there.maya.pk, backup_id=there.noor.pk, by=there.maya, at=clock.now()
        )
    return there


def say(there, day, who=None):
    client = cast.sign_in(Client(), who or there.maya)
    return client, client.post(f"/handovers/checks/of/{there.file.id}", {"due_on": f"{day:%Y-%m-%d}"})


def kept(superuser):
    return superuser.execute("select due_on, done_at is not null from handovers_check").fetchall()


def test_it_is_said_with_one_tap_stands_on_the_day_and_is_done_with_one_press(there, superuser):
    client, answer = say(there, clock.today())
    assert answer.status_code == 302
    assert "Check on" in cast.words(client.get("/day"))
    with ctx.as_worker(there.maya.pk):
        check = Check.objects.get()

    client.post(f"/handovers/checks/{check.id}", {"from_day": "1"})

    assert kept(superuser) == [(clock.today(), True)]
    assert "Checked on" in cast.words(client.get("/day"))
    client.post(f"/handovers/checks/{check.id}", {"from_day": "1", "undo": "1"})
    assert kept(superuser) == [(clock.today(), False)]


def test_said_twice_it_is_said_once(there, superuser):
    for _ in range(2):
        say(there, clock.today())

    assert len(kept(superuser)) == 1


@pytest.mark.parametrize("days", [-1, 91, 4000])
def test_a_day_that_is_over_or_far_away_is_refused_in_words_and_kept(there, superuser, days):
    day = clock.today() + timedelta(days=days)
    _, answer = say(there, day)

    assert answer.status_code == 422
    assert "from today to 90 days" in cast.words(answer)
    assert kept(superuser) == []


@pytest.mark.parametrize("sent", ["", "tomorrow", "2026-02-30", "9" * 40])
def test_what_is_no_day_is_asked_again(there, superuser, sent):
    client = cast.sign_in(Client(), there.maya)
    answer = client.post(f"/handovers/checks/of/{there.file.id}", {"due_on": sent})

    assert answer.status_code == 422
    assert kept(superuser) == []


def test_once_the_day_is_over_the_backup_sees_it_too_and_does_it(there, superuser):
    say(there, clock.today())
    with time_machine.travel(clock.now() + timedelta(days=1)):
        noor = cast.sign_in(Client(), there.noor)
        assert "A colleague said they would" in cast.words(noor.get("/day"))
        sam = cast.sign_in(Client(), there.sam)
        assert "Check on" not in cast.words(sam.get("/day"))


def test_it_passes_with_what_its_worker_held(there, superuser):
    say(there, clock.today())
    superuser.execute("update agencies_worker set left_at = now() where id = %s", [there.maya.pk])
    noor = cast.sign_in(Client(), there.noor)
    assert "Somebody is to be checked on" in cast.words(noor.get(f"/handovers/held/{there.maya.pk}"))

    noor.post(f"/handovers/held/{there.maya.pk}", {str(there.file.id): str(there.noor.pk)})

    assert "Check on" in cast.words(noor.get("/day"))


def test_whoever_took_it_over_does_it_although_the_file_does_not_open_to_them(there, superuser):
    say(there, clock.today())
    cast.sign_in(Client(), there.maya).post(
        "/handovers/mine", {str(there.file.id): str(there.sam.pk), "goes": "leaves"}
    )
    with ctx.as_worker(there.sam.pk):
        check = Check.objects.get()
    sam = cast.sign_in(Client(), there.sam)
    assert sam.get(f"/files/{there.file.id}").status_code == 302

    assert sam.post(f"/handovers/checks/{check.id}", {"from_day": "1"}).status_code == 302

    assert kept(superuser) == [(clock.today(), True)]
