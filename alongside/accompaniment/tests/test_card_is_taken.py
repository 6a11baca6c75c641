"""Whoever can't come, or is not to, reads the card no longer; their calendar knows nothing of it either."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from alongside.accompaniment import commands
from alongside.accompaniment.commands import calendars
from alongside.accompaniment.models import State
from alongside.accompaniment.tests.examples import chosen
from alongside.accompaniment.tests.test_going_along import come_back, go, there  # noqa: F401 - a fixture
from alongside.appointments import commands as appointments
from alongside.consent import commands as consents
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from tests.ground import acting

pytestmark = pytest.mark.django_db
SAID = "Only that I have a son."


def cards_of(who):
    with acting(who.pk) as app:
        return app.execute("select count(*) from accompaniment_card").fetchone()[0]


@pytest.mark.parametrize("by", ["sol", "maya"])
def test_whoever_cant_come_reads_the_card_no_longer(there, by):
    made = chosen(there.maya, there.appointment, there.sol, SAID)
    assert cards_of(there.sol) == 1
    cast.sign_in(Client(), getattr(there, by)).post(
        f"/accompaniment/{made.id}/state", {"to": State.UNAVAILABLE}
    )

    page = cast.words(cast.sign_in(Client(), there.sol).get(f"/accompaniment/{made.id}/going"))

    assert "You said that you can’t" in page
    assert SAID not in page
    assert cards_of(there.sol) == 0


def test_closed_the_card_is_gone_as_it_is_said(there):
    made = chosen(there.maya, there.appointment, there.sol, SAID)
    go(there, made, State.UNDERWAY)
    come_back(there, made)
    client = cast.sign_in(Client(), there.sol)
    assert SAID in cast.words(client.get(f"/accompaniment/{made.id}/going"))

    client.post(f"/accompaniment/{made.id}/state", {"to": State.CLOSED})

    assert SAID not in cast.words(client.get(f"/accompaniment/{made.id}/going"))
    assert cards_of(there.sol) == 0


@pytest.mark.parametrize("hour", [9, 20, 22])
def test_moved_it_is_shown_until_the_day_after_by_the_clock_on_the_wall(there, superuser, hour):
    made = chosen(there.maya, there.appointment, there.sol, SAID)
    starts = clock.local(clock.now() + timedelta(days=2)).replace(
        hour=hour, minute=0, second=0, microsecond=0
    )
    with ctx.as_worker(there.maya.pk):
        appointments.change(
            appointment=there.appointment, starts_at=starts, ends_at=starts + timedelta(hours=1),
            words={"alias": "The library", "where": "Side door"}, at=clock.now(),
        )  # fmt: skip
        commands.confirm(accompaniment=made, by=there.maya, at=clock.now())

    (until,) = superuser.execute("select shown_until from accompaniment_card").fetchone()

    day = starts.date() + timedelta(days=1)
    assert clock.local(until).replace(tzinfo=None) == datetime.combine(day, datetime.max.time())


@pytest.mark.parametrize("who", ["sol", "priya"])
def test_what_is_kept_from_somebody_is_not_in_their_calendar(there, superuser, who):
    chosen(there.maya, there.appointment, there.sol, SAID)
    blocked = getattr(there, who)
    if who == "priya":
        superuser.execute("update appointments_appointment set worker_id = %s", [blocked.pk])
    with ctx.as_worker(blocked.pk):
        address = f"/calendar/{calendars.make_feed(by=blocked, at=clock.now())}.ics"
    assert b"VEVENT" in Client().get(address).content

    with ctx.as_worker(there.maya.pk):
        against = f"worker:{blocked.pk}"
        consents.block(file_id=there.file.id, against=against, item_id=None, by=there.maya, at=clock.now())

    assert b"VEVENT" not in Client().get(address).content
