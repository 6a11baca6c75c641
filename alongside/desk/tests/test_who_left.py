"""Somebody who left is named as present nowhere, and what was theirs is seen to."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from alongside.files import commands as files
from alongside.kernel import clock, ctx
from alongside.plans import commands as plans
from alongside.referrals.tests import cast
from tests.frozen import frozen

GONE = "Priya Raman"
LEADS_AWAY = ("/exit", "/account/logout", "/language", "/static/")
# Pages of what was done: whoever did it is named there for good.
HISTORY = ("/watch", "/account/agency/left", "/account/agency/workers/")


@pytest.fixture
@frozen
def left(db):
    """A file that Priya leads, one that she backs up, and a step she promised; then she left."""
    here = cast.agency("Riverside")
    there = SimpleNamespace(
        maya=cast.worker(here, "Maya"),
        leader=cast.worker(here, "Lou", "leader"),
        administrator=cast.worker(here, "Ada", "administrator"),
    )
    priya = cast.worker(here, GONE)
    there.led, there.backed = cast.file(priya, "Jo"), cast.file(there.maya, "Sam")
    with ctx.as_worker(there.maya.pk):
        files.choose_lead(
            file=there.backed, lead_id=there.maya.pk, backup_id=priya.pk, by=there.maya, at=clock.now()
        )
    with ctx.as_worker(priya.pk):
        plans.add_step(
            file_id=there.backed.id,
            priority_id=None,
            words="Call the school",
            worker_id=priya.pk,
            due_on=None,
            by=priya,
            at=clock.now(),
        )
    there.priya = priya
    return there


@pytest.fixture
def gone(left, superuser):
    """The same, once her seat has ended."""
    superuser.execute("update agencies_worker set left_at = now() where id = %s", [left.priya.pk])
    return left


def walked(client, start):
    """Every page that links lead to, by its address."""
    seen, ahead = {}, [start]
    while ahead and len(seen) < 150:
        address = ahead.pop(0)
        if address in seen or address.startswith(LEADS_AWAY):
            continue
        answer = client.get(address, follow=True)
        seen[address] = answer.content.decode() if "html" in answer.get("Content-Type", "") else ""
        ahead += re.findall(r'href="(/[^"#]*)"', seen[address])
    return seen


@pytest.mark.parametrize("who", ["maya", "leader", "administrator"])
def test_no_page_names_who_left(gone, who):
    pages = walked(cast.sign_in(Client(), getattr(gone, who)), "/day")

    assert len(pages) > 5
    named = {at for at, page in pages.items() if GONE in page and not at.startswith(HISTORY)}
    # whoever passes on what waits is told whose it was
    assert named == ({"/day", "/", f"/handovers/held/{gone.priya.pk}"} if who == "leader" else set())


def test_the_file_says_that_nobody_leads_it_and_is_listed_to_be_handed_on(gone):
    client = cast.sign_in(Client(), gone.maya)

    page, day, listed = (
        client.get(at).content.decode() for at in (f"/files/{gone.led.id}", "/day", "/files/")
    )

    assert "nobody just now" in page
    unled = "".join(line for line in day.split("<li") if "has nobody who leads" in line)
    assert gone.led.handle in unled
    assert f"/files/{gone.led.id}/lead" in day
    assert gone.backed.handle not in unled
    assert "needs another worker" in listed


def test_what_they_promised_falls_to_the_lead(gone):
    day = cast.sign_in(Client(), gone.maya).get("/day").content.decode()

    assert "Call the school" in day


@pytest.mark.costly("a caseload changes hands, by the real commands")
def test_while_they_are_there_it_is_theirs(left):
    pages = walked(cast.sign_in(Client(), left.maya), "/day")

    assert GONE in pages["/files/"]
    assert GONE in pages[f"/files/{left.led.id}"]
    assert "has nobody who leads" not in pages["/day"]
    assert "Call the school" not in pages["/day"]
