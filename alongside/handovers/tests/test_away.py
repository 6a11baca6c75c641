"""Who is away: what is due meanwhile passes, by whoever hands things over; nothing else is looked at."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import psycopg
import pytest
from django.db import Error, transaction
from django.test import Client

from alongside.files import commands as files
from alongside.files.tests import cast
from alongside.handovers import commands, queries
from alongside.handovers.models import Absence
from alongside.handovers.tests.test_leaving import signed_in
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from tests import lanes
from tests.browsing import SCREENS, fits, press
from tests.frozen import frozen

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


@pytest.fixture
@frozen
def there():
    """Maya leads a file of which Noor is the backup; one thing is due today, one in a month."""
    here = cast.agency("Riverside")
    there = SimpleNamespace(
        **{name: cast.worker(here, name.title(), on=name == "maya") for name in ("maya", "noor", "sam")},
        leader=cast.worker(here, "Lee", "leader"),
        admin=cast.worker(here, "Ada", "administrator"),
        elsewhere=cast.worker(cast.agency("Harbour"), "Elo", "leader"),
    )
    maya, at = there.maya, clock.now()
    there.file = cast.file(maya, "Jo")
    with ctx.as_worker(maya.pk):
        files.choose_lead(file=there.file, lead_id=maya.pk, backup_id=there.noor.pk, by=maya, at=at)
        for words, days in (("Ring the school", 0), ("Look at the flat", 30)):
            plans.add_step(
                file_id=there.file.id,
                priority_id=None,
                words=words,
                worker_id=maya.pk,
                due_on=clock.today() + days * DAYS,
                by=maya,
                at=at,
            )
    return there


def as_(worker):
    return cast.sign_in(Client(), worker)


def away(client, worker, days=7):
    return client.post("/handovers/away", {"who": worker.pk, "back_on": clock.today() + days * DAYS})


def held(worker):
    return f"/handovers/held/{worker.pk}"


def test_what_is_due_while_somebody_is_ill_is_handed_over_and_nothing_else(there):
    leader = as_(there.leader)
    assert away(leader, there.maya).url == held(there.maya)
    assert "What Maya was to do waits" in cast.words(leader.get("/day"))

    page = cast.words(leader.get(held(there.maya)))
    assert page.count("Something was promised") == 1, "what is due later is not looked at"
    leader.post(held(there.maya), {str(there.file.id): str(there.noor.pk)})

    assert "Ring the school" in cast.words(as_(there.noor).get("/day"))
    with ctx.as_worker(there.noor.pk):
        there.file.refresh_from_db()
        assert there.file.lead_id == there.maya.pk, "whom the person chose stays"
    assert "What Maya was to do waits" not in cast.words(leader.get("/day"))
    assert "Look at the flat" in cast.words(as_(there.maya).get(f"/files/{there.file.id}"))


def test_their_backup_hears_of_it_and_hands_it_over_too(there):
    away(as_(there.leader), there.maya)
    noor = as_(there.noor)
    assert "What Maya was to do waits" in cast.words(noor.get("/day"))
    assert noor.post(held(there.maya), {str(there.file.id): str(there.noor.pk)}).status_code == 302
    assert "Ring the school" in cast.words(noor.get("/day"))
    assert as_(there.sam).get(held(there.maya)).status_code == 404


def test_a_leader_cannot_let_somebody_leave_who_is_away(there):
    away(as_(there.leader), there.maya)
    with ctx.as_worker(there.leader.pk):
        takers = {there.file.id: there.noor.pk}
        commands.hand_over_held(whose=there.maya, takers=takers, leaves=True, by=there.leader)
    with ctx.as_worker(there.noor.pk):
        there.file.refresh_from_db()
        assert (there.file.lead_id, there.file.next_lead_id) == (there.maya.pk, None)


def test_who_is_back_says_so_with_one_press_and_it_is_forgotten(there):
    away(as_(there.leader), there.maya)
    maya = as_(there.maya)
    assert "You are away, back on" in cast.words(maya.get("/day"))
    with ctx.as_worker(there.maya.pk):
        absence = Absence.objects.get()
    assert maya.post(f"/handovers/away/{absence.id}").url == "/day"

    assert "You are away" not in cast.words(maya.get("/day"))
    assert as_(there.leader).get(held(there.maya)).status_code == 404, "who is there is not looked through"
    with ctx.as_worker(there.maya.pk):
        assert not Absence.objects.exists()


def test_one_says_oneself_until_when_one_is_away(there):
    maya = as_(there.maya)
    sent = {"goes": "away", "back_on": clock.today() + 7 * DAYS, str(there.file.id): str(there.noor.pk)}
    maya.post("/handovers/mine", sent)
    assert "Ring the school" in cast.words(as_(there.noor).get("/day"))
    assert "Maya" in cast.words(as_(there.leader).get("/handovers/away"))
    with ctx.as_worker(there.maya.pk):
        due = [thing.due_on for thing in queries.held_by(there.maya, there.maya.pk).files[0].things]
    assert clock.today() + 30 * DAYS in due, "what is due later stays theirs"


def test_one_is_away_though_nobody_takes_over_yet_and_nobody_is_told_that_nothing_was_left(there):
    maya = as_(there.maya)
    sent = {"back_on": clock.today() + 7 * DAYS, str(there.file.id): ""}
    page = cast.words(maya.post("/handovers/mine", sent | {"goes": "away"}, follow=True))
    assert "Back on" in page
    assert "Nothing was left" not in page
    assert maya.post("/handovers/mine", sent | {"goes": "leaves"}).status_code == 422


def test_who_is_away_is_not_offered_to_take_over(there):
    leader = as_(there.leader)
    away(leader, there.noor)
    away(leader, there.maya)
    page = leader.get(held(there.maya))
    assert str(there.noor.pk) not in page.content.decode()
    assert str(there.sam.pk) in page.content.decode()


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_day_that_is_over_or_far_away_is_said_at_the_field(there, days):
    answer = away(as_(there.leader), there.maya, days)
    assert answer.status_code == 422
    assert "from tomorrow to a year from now" in cast.words(answer)
    with ctx.as_worker(there.leader.pk):
        assert not Absence.objects.exists()


def test_said_twice_the_last_stands_and_what_is_over_is_forgotten(there, superuser):
    leader = as_(there.leader)
    for days in (3, 9):
        away(leader, there.maya, days)
    away(leader, there.sam)
    superuser.execute(
        "update handovers_absence set back_on = current_date - 1 where worker_id = %s", [there.sam.pk]
    )
    away(leader, there.noor)
    with ctx.as_worker(there.leader.pk):
        kept = dict(Absence.objects.values_list("worker_id", "back_on"))
    assert kept == {there.maya.pk: clock.today() + 9 * DAYS, there.noor.pk: clock.today() + 7 * DAYS}


def test_only_whoever_hands_things_over_says_it_of_another(there):
    for worker in (there.noor, there.admin, there.elsewhere):
        answer = away(as_(worker), there.maya)
        assert answer.status_code in (404, 422)
    for by, whose in ((there.noor, there.maya), (there.elsewhere, there.maya), (there.admin, there.maya)):
        with ctx.as_worker(by.pk), pytest.raises((Error, psycopg.Error)), transaction.atomic():
            commands.say_away(whose=whose, back_on=clock.today() + DAYS, by=by, at=clock.now())
    away(as_(there.leader), there.maya)
    with ctx.as_worker(there.leader.pk):
        absence = Absence.objects.get()
    for worker in (there.noor, there.admin, there.elsewhere):
        assert as_(worker).post(f"/handovers/away/{absence.id}").status_code == 404
        with ctx.as_worker(worker.pk):
            assert Absence.objects.filter(id=absence.id).delete()[0] == 0


@pytest.mark.costly("a leader in a browser")
@lanes.variants(
    "language, javascript, width", product(("en", "fr"), (True, False), SCREENS), quick=[("fr", False, 320)]
)
def test_in_the_browser_a_leader_says_who_is_ill_and_hands_over_what_is_due(
    new_page, live, axe, there, language, javascript, width
):
    options = {"viewport": SCREENS[width], "java_script_enabled": javascript, "locale": f"{language}-CA"}
    page = signed_in(new_page, live, there.leader, **options)
    page.goto("/account/agency")
    press(page, "main a[href='/handovers/away']")
    press(page, "main form.sheet button.button")  # nothing chosen
    fits(page)
    page.select_option("select[name=who]", str(there.maya.pk))
    page.fill("input[name=back_on]", f"{clock.today() + 7 * DAYS:%Y-%m-%d}")
    press(page, "main form.sheet button.button")
    assert page.url.endswith(held(there.maya))
    fits(page)
    press(page, "main form button.button:not(.second)")
    page.goto("/handovers/away")
    assert "Maya" in page.locator("main ul").inner_text()
    fits(page)
    assert not javascript or axe(page) == []
