"""A worker's own calendar: “Busy” and the time, off by default, revoked with one press."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
import vobject
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.accompaniment import calendars
from alongside.accompaniment.calendars import Period
from alongside.accompaniment.models import CalendarFeed
from alongside.accompaniment.tests.examples import chosen, companion
from alongside.appointments import commands as appointments
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db
TORONTO = ZoneInfo("America/Toronto")
NAMED = ("Jo", "Riverside", "Maya", "Sol", "library", "door", "Alongside")


@pytest.fixture
@frozen
def there(live):
    """Maya keeps Jo's file; Sol goes along to an appointment of Jo's in three hours."""
    maya = cast.worker(cast.agency("Riverside"))
    file, sol = cast.file(maya, "Jo"), companion(maya)
    starts = (clock.now() + timedelta(hours=3)).replace(second=0, microsecond=0)
    with ctx.as_worker(maya.pk):
        booked = appointments.book(
            id=uuid7(), file_id=file.id, starts_at=starts, ends_at=starts + timedelta(hours=1),
            words={"alias": "The library", "where": "Side door"}, by=maya, at=clock.now(),
        )  # fmt: skip
    chosen(maya, booked, sol)
    return SimpleNamespace(maya=maya, sol=sol, starts=starts)


def turned_on(who):
    client = cast.sign_in(Client(), who)
    page = cast.words(client.post("/accompaniment/calendar"))
    return client, page[page.index("http") :].split()[0].split("testserver")[1]


def read(address):
    return vobject.readOne(Client().get(address).content.decode())


def test_it_is_off_until_it_is_turned_on_and_its_address_is_shown_once(there):
    client = cast.sign_in(Client(), there.sol)
    assert "It is off." in cast.words(client.get("/accompaniment/calendar"))

    client, address = turned_on(there.sol)

    assert address.endswith(".ics")
    assert ".ics" not in cast.words(client.get("/accompaniment/calendar"))


def test_whoever_goes_along_and_whoever_keeps_it_in_sight_are_busy_and_nothing_names_anybody(there):
    for who, minutes in ((there.sol, 30), (there.maya, 0)):
        _client, address = turned_on(who)
        (entry,) = read(address).vevent_list

        assert entry.dtstart.value == there.starts - timedelta(minutes=minutes)
        assert entry.dtend.value == there.starts + timedelta(minutes=60 + minutes)
        assert entry.summary.value == "Busy"
        text = Client().get(address).content.decode()
        assert not [name for name in NAMED if name.lower() in text.lower()]


def test_revoked_or_nobodys_it_is_an_empty_calendar_alike(there):
    client, address = turned_on(there.sol)
    client.post("/accompaniment/calendar", {"revoke": "1"})

    answers = [Client().get(path) for path in (address, "/calendar/nobodys.ics")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({answer.content for answer in answers}) == 1
    assert b"VEVENT" not in answers[0].content


def test_whoever_left_is_asked_no_more(there, superuser):
    _client, address = turned_on(there.sol)
    superuser.execute("update ctx.seat set active = false where worker = %s", [there.sol.pk])

    assert b"VEVENT" not in Client().get(address).content


def test_another_address_revokes_the_one_before(there):
    _client, first = turned_on(there.sol)
    _client, second = turned_on(there.sol)

    assert [b"VEVENT" in Client().get(path).content for path in (first, second)] == [False, True]


@pytest.mark.parametrize(
    "attempt",
    [
        "insert into accompaniment_calendarfeed (id, agency_id, worker_id, token_hash, made_at)"
        " select gen_random_uuid(), agency_id, %(maya)s, '\\x01', now() from accompaniment_companion limit 1",
        "update accompaniment_calendarfeed set revoked_at = null",
        "update accompaniment_calendarfeed set token_hash = '\\x01'",
        "delete from accompaniment_calendarfeed",
    ],
)
def test_by_sql_nobody_makes_an_address_for_another_or_takes_back_a_revocation(there, attempt):
    client, _address = turned_on(there.sol)
    client.post("/accompaniment/calendar", {"revoke": "1"})

    with acting(there.sol.pk) as app, pytest.raises(psycopg.Error):
        app.execute(attempt, {"maya": there.maya.pk})
    with acting(there.maya.pk) as app:
        assert app.execute("select * from accompaniment_calendarfeed").fetchall() == []
    assert CalendarFeed.objects.count() == 0, "and nobody signed in sees none"


@given(st.lists(st.tuples(st.integers(0, 3 * 24 * 60), st.integers(1, 600)), min_size=1, max_size=20))
def test_a_second_reader_reads_the_same_moments_across_the_november_clock_change(found):
    eve = datetime(2026, 10, 31, 12, 0, tzinfo=TORONTO).astimezone(UTC)
    periods = [
        Period(uuid4(), eve + timedelta(minutes=after), eve + timedelta(minutes=after + long))
        for after, long in found
    ]

    written = calendars.written(periods, b"key", eve).decode()

    read = {(entry.dtstart.value, entry.dtend.value) for entry in vobject.readOne(written).vevent_list}
    assert read == {(period.starts_at, period.ends_at) for period in periods}
    lines = {line.split(":")[0].split(";")[0] for line in written.split("\r\n") if line}
    assert lines == {
        *("BEGIN", "END", "PRODID", "VERSION", "METHOD"),
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP"),
    }


def test_an_entry_stays_the_same_when_its_time_moves_and_two_calendars_cannot_be_compared():
    id, at = uuid4(), datetime(2026, 12, 1, 15, 0, tzinfo=UTC)

    def uid(key, hours):
        moved = Period(id, at + timedelta(hours=hours), at + timedelta(hours=hours + 1))
        return vobject.readOne(calendars.written([moved], key, at).decode()).vevent.uid.value

    assert uid(b"one", 0) == uid(b"one", 5) != uid(b"two", 0)
    assert str(id) not in uid(b"one", 0)
