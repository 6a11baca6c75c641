"""What happened to a file and who looked: lists are lists, and no look pushes an act away."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accompaniment.tests.examples import chosen, companion
from alongside.appointments import commands as appointments
from alongside.beds.tests.conftest import offering
from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.plans import commands as plans
from alongside.referrals.tests import cast
from alongside.trail import actions
from alongside.trail.commands import note
from alongside.trail.models import Entry
from tests.browsing import fits, press
from tests.frozen import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there(db):
    """Maya's file with a name and a promise; a shelter was asked for it, and said yes."""
    here, shelter = cast.agency("Riverside"), cast.agency("North Shore", "community", "shelter")
    there = SimpleNamespace(
        maya=cast.worker(here, "Maya"),
        rosa=cast.worker(here, "Rosa", "privacy-officer"),
        ines=cast.worker(shelter, "Ines"),
    )
    there.file = cast.file(there.maya, "Wilhelmina")
    wish = cast.priority(there.file, there.maya)
    there.asked = cast.request(there.file, there.maya, shelter, wish)
    there.offering = offering(there.ines, name="Cedar rooms", stay="months")
    with ctx.as_worker(there.maya.pk):
        files.choose_lead(
            file=there.file, lead_id=there.maya.pk, backup_id=None, by=there.maya, at=clock.now()
        )
        plans.add_step(
            file_id=there.file.id,
            priority_id=wish.id,
            words="Ask.",
            worker_id=there.maya.pk,
            due_on=None,
            by=there.maya,
            at=clock.now(),
        )
    answer = cast.sign_in(Client(), there.ines).post(reverse("referrals:acceptance", args=[there.asked.id]))
    assert answer.status_code == 302
    return there


def booked(there):
    """An appointment of the file within the week."""
    at, starts = clock.now(), clock.now() + timedelta(hours=1)
    with ctx.as_worker(there.maya.pk):
        return appointments.book(
            id=uuid7(), file_id=there.file.id, starts_at=starts, ends_at=starts + timedelta(hours=1),
            words={"alias": "The library"}, by=there.maya, at=at,
        )  # fmt: skip


def gone_along(there):
    """Somebody goes along to it who reads no file, and looks at their day."""
    sol = companion(there.maya)
    chosen(there.maya, booked(there), sol)
    return cast.sign_in(Client(), sol).get("/day")


OPEN_LISTS = {
    "accompaniment.listed": lambda client, there: gone_along(there),
    "appointments.listed": lambda client, there: booked(there) and client.get("/appointments/"),
    "plans.promises_listed": lambda client, there: client.get("/day"),
    "plans.wishes_listed": lambda client, there: client.get("/requests/"),
    "files.found": lambda client, there: client.post("/files/search", {"words": "Wilhelmina"}),
    "beds.files_listed": lambda client, there: client.get(reverse("beds:join", args=[there.offering.pk])),
}


def test_every_list_is_tried():
    assert set(OPEN_LISTS) == actions.lists()


@pytest.mark.parametrize("action", OPEN_LISTS)
def test_a_list_is_on_the_trail_as_a_list_and_as_no_reading(there, action):
    def looks() -> list[str]:
        with ctx.as_worker(there.maya.pk):
            looked = Entry.objects.filter(file_id=there.file.id, action__in=actions.looks())
            return list(looked.order_by("at", "id").values_list("action", flat=True))

    before = looks()

    assert OPEN_LISTS[action](cast.sign_in(Client(), there.maya), there).status_code == 200

    assert set(looks()[len(before) :]) == {action}


def test_their_own_timeline_keeps_that_somebody_said_yes_however_many_looked(there):
    with ctx.as_worker(there.maya.pk):
        for code in sorted(actions.looks() - {"trail.sitting_ended"}):
            for _ in range(60):
                note(code, custodian_id=there.file.agency_id, file_id=there.file.id)
    client = cast.sign_in(Client(), there.maya)

    for address in (f"/files/{there.file.id}", f"/files/{there.file.id}/looks"):
        happened = [line["words"] for line in client.get(address).context["happened"]]
        assert "Somebody at North Shore (caseworker) said yes." in happened, address


@pytest.mark.costly("looks for acts and readings in a browser")
@pytest.mark.parametrize(("scripted", "language", "width"), [(True, "en", 1280), (False, "fr", 320)])
def test_the_privacy_officer_looks_for_one_thing_and_takes_it_along(
    signed_in, there, scripted, language, width
):
    page = signed_in(
        there.rosa,
        java_script_enabled=scripted,
        locale=f"{language}-CA",
        viewport={"width": width, "height": 800},
        accept_downloads=True,
    )
    page.goto(reverse("watch"))
    fits(page)
    page.click("main summary")
    page.select_option("select[name=action]", "referrals")
    page.fill("input[name=file]", there.file.handle.upper())
    press(page, "main form button")
    fits(page)
    told = {"en": "North Shore (caseworker) said yes.", "fr": "North Shore, intervention) a dit oui."}
    assert page.locator("tbody", has_text=told[language]).count() == 1
    assert page.locator("select[name=action]").input_value() == "referrals"

    with page.expect_download() as taken:
        page.locator("a[download]").click()

    table = taken.value.path().read_text("utf-8-sig")
    assert told[language] in table
    assert len(table.splitlines()) == 1 + page.locator("tbody tr").count()
