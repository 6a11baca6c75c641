"""What is kept of companions, places and calendars, twice at the same moment, is kept once."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.accompaniment.commands import availability, calendars
from alongside.accompaniment.tests.examples import vouched
from alongside.agencies.tests import cast
from alongside.kernel import clock
from alongside.kernel.ids import uuid7
from tests.at_once import twice_at_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["companion", "place", "calendarfeed"])
def test_kept_twice_at_once_it_is_kept_once(db, superuser, table):
    maya = cast.worker(cast.agency())
    tala = cast.worker(maya.agency, "Tala")
    number = uuid7()
    acts = {
        "companion": lambda: vouched(tala, maya),
        "place": lambda: availability.name_place(place_id=number, name="Zoo", by=maya),
        "calendarfeed": lambda: calendars.make_feed(by=maya, at=clock.now()),
    }

    twice_at_once(acts[table], maya)

    column = "revoked_at is null" if table == "calendarfeed" else "true"
    found = superuser.execute(f"select count(*) from accompaniment_{table} where {column}").fetchone()
    assert found == (1,)


def test_a_place_under_another_agencys_number_is_a_place_of_ones_own(db):
    maya, zed = (cast.worker(cast.agency(name)) for name in ("Riverside", "Elsewhere"))
    number = str(uuid7())
    for who in (maya, zed):
        client = cast.sign_in(Client(), who)

        answer = client.post("/accompaniment/places", {"id": number, "name": "Library"}, follow=True)

        assert answer.status_code == 200
