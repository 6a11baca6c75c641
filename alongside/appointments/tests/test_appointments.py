"""Appointments: still to come, moved at no cost, under their own name, with what has to be arranged."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import psycopg
import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from alongside.appointments import commands, queries, rules
from alongside.appointments.forms import AppointmentForm
from alongside.appointments.models import MOVES, SEARCH_MOVES, Appointment, AttendanceNote, Search, State
from alongside.consent import commands as consents
from alongside.files.tests import cast
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db
TORONTO = ZoneInfo("America/Toronto")


@pytest.fixture
@frozen
def there(live):
    """Maya and Priya at one desk, Noor at another; Jo has a file."""
    here, elsewhere = cast.agency("Riverside"), cast.agency("Hillcrest")
    maya = cast.worker(here, passphrase=cast.PASSPHRASE)
    return SimpleNamespace(
        maya=maya,
        priya=cast.worker(here, "Priya"),
        noor=cast.worker(elsewhere, "Noor"),
        file=cast.file(maya, "Jo"),
    )


def booked(there, hours=2, **words):
    at = clock.now()
    starts = at + timedelta(hours=hours)
    starts = starts.replace(second=0, microsecond=0) if hours > 1 else starts
    with ctx.as_worker(there.maya.pk):
        return commands.book(
            id=uuid7(),
            file_id=there.file.id,
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            words={"alias": "The library"} | words,
            by=there.maya,
            at=at,
        )


def typed(at, **said):
    on = clock.day(at)
    return {"day": str(on.day), "month": str(on.month), "hour": "10:30", "until": "11:30"} | said


def kept(there, model):
    with ctx.as_worker(there.maya.pk):
        return list(model.objects.filter(file_id=there.file.id))


def test_an_appointment_is_kept_once_under_their_own_name_for_it(there, superuser):
    client = cast.sign_in(Client(), there.maya)
    address = f"/appointments/of/{there.file.id}/new"
    (form,) = [f for f in html.fromstring(client.get(address).content).forms if "id" in f.fields]
    sends = typed(clock.now() + timedelta(days=3), alias="The library", id=form.fields["id"], travel="A taxi")

    pages = [client.post(address, sends, follow=True) for _ in range(2)]

    assert all("The library" in cast.words(page) for page in pages)
    (one,) = kept(there, Appointment)
    assert one.to_arrange == ["travel"]
    (words,) = superuser.execute("select words from appointments_appointment").fetchone()
    assert b"library" not in bytes(words)
    assert "The library" in cast.words(client.get(f"/files/{there.file.id}"))


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"until": "10:30"}, "end before it begins"),
        ({"until": "09:00"}, "end before it begins"),
        ({"hour": ""}, "when it begins"),
        ({"hour": "25:00"}, "a time there is"),
        ({"month": ""}, "both the day and the month"),
    ],
)
def test_a_time_that_cannot_be_is_told_at_its_field_and_keeps_what_was_typed(there, said, word):
    client = cast.sign_in(Client(), there.maya)
    sends = typed(clock.now() + timedelta(days=3), alias="The library") | said

    page = client.post(f"/appointments/of/{there.file.id}/new", sends)

    assert page.status_code == 422
    assert word in cast.words(page)
    assert b'value="The library"' in page.content
    assert kept(there, Appointment) == []


@time_machine.travel(datetime(2026, 11, 30, 17, 0, tzinfo=ZoneInfo("UTC")))
def test_a_time_of_today_that_is_over_is_no_time(live):
    form = AppointmentForm(typed(clock.now(), hour="11:59", until="13:00"))

    assert not form.is_valid()
    assert "over" in str(form.errors["hour"])


@pytest.mark.parametrize(
    ("now", "day", "hour", "until", "minutes"),
    [
        ((2026, 10, 30, 12), "1", "00:30", "03:30", 240),  # an hour comes twice that night
        ((2026, 10, 30, 12), "2", "00:30", "03:30", 180),
    ],
)
def test_across_the_clock_change_it_lasts_as_long_as_the_clocks_say(live, now, day, hour, until, minutes):
    with time_machine.travel(datetime(*now, tzinfo=TORONTO)):
        form = AppointmentForm({"day": day, "month": "11", "hour": hour, "until": until})
        assert form.is_valid(), form.errors

    assert form.cleaned_data["ends_at"] - form.cleaned_data["starts_at"] == timedelta(minutes=minutes)


@time_machine.travel(datetime(2027, 3, 10, 12, tzinfo=TORONTO))
def test_the_hour_that_the_clocks_leave_out_is_no_time(live):
    form = AppointmentForm({"day": "14", "month": "3", "hour": "02:30", "until": "04:00"})

    assert not form.is_valid()
    assert "clocks go forward" in str(form.errors["hour"])


@given(begins=st.integers(-300, 300), lasts=st.integers(-300, 300))
def test_only_what_is_to_come_and_ends_after_it_begins_can_be_booked(begins, lasts):
    at = clock.now()
    starts, ends = at + timedelta(minutes=begins), at + timedelta(minutes=begins + lasts)

    if begins > 0 and lasts > 0:
        rules.check_can_book(starts, ends, at)
    else:
        with pytest.raises(rules.CannotBook):
            rules.check_can_book(starts, ends, at)


@pytest.mark.parametrize(
    "attempt",
    [
        "update appointments_appointment set ends_at = starts_at",
        "update appointments_appointment set starts_at = now() - interval '1 hour'",
        "update appointments_appointment set timed_at = now() + interval '1 hour'",
        "update appointments_appointment set written_by = gen_random_uuid()",
        "update appointments_appointment set to_arrange = '{Jo}'",
        "update appointments_appointment set state = 'fulfilled'",
        "insert into appointments_attendancenote (file_id, id, agency_id, appointment_id, attendance,"
        " written_by, written_at) select file_id, gen_random_uuid(), agency_id, id, 'Jo wept', %(me)s, now()"
        " from appointments_appointment",
        "insert into appointments_attendancenote (file_id, id, agency_id, appointment_id, attendance,"
        " written_by, written_at) select file_id, gen_random_uuid(), agency_id, id, 'went', id, now()"
        " from appointments_appointment",
        "update appointments_interpreter set search = 'confirmed'",
        "update appointments_interpreter set worker_id = %(me)s",
    ],
)
def test_by_sql_the_database_refuses_what_the_page_forgot(there, attempt):
    one = booked(there)
    sought(there, one)

    with acting(there.maya.pk) as app, pytest.raises(psycopg.Error):
        app.execute(attempt, {"me": there.maya.pk})


@pytest.mark.parametrize("to", State)
@pytest.mark.parametrize("start", State)
def test_it_goes_only_where_its_moves_let_it(start, to):
    one = Appointment(id=uuid7(), state=start)

    if to in MOVES[start]:
        rules.check_can_move(one, to)
    else:
        with pytest.raises(rules.CannotChange):
            rules.check_can_move(one, to)


def test_called_off_costs_nothing_and_is_put_back(there):
    one, client = booked(there), cast.sign_in(Client(), there.maya)

    client.post(f"/appointments/{one.id}/state", {"to": "cancelled"})
    assert "costs nothing" in cast.words(client.get(f"/appointments/{one.id}"))
    assert (
        client.post(f"/appointments/{one.id}/words", typed(clock.now() + timedelta(days=9))).status_code
        == 409
    )

    client.post(f"/appointments/{one.id}/state", {"to": "booked"})
    assert "Call it off" in cast.words(client.get(f"/appointments/{one.id}"))


def test_saved_unchanged_nothing_changes_and_moved_it_says_so(there, superuser):
    one, client = booked(there, hours=50, where="18 Mill Street"), cast.sign_in(Client(), there.maya)
    address = f"/appointments/{one.id}/words"
    (form,) = [f for f in html.fromstring(client.get(address).content).forms if "alias" in f.fields]
    count = "select count(*) from trail_entry where action like 'appointments.%'"
    before = superuser.execute(count).fetchone()

    same = {name: value or "" for name, value in form.fields.items()}
    client.post(address, same)
    assert superuser.execute(count).fetchone() == before

    client.post(address, same | {"hour": "00:05", "until": "00:10"})
    assert superuser.execute("select action from trail_entry order by id desc limit 1").fetchone() == (
        "appointments.moved",
    )


def sought(there, one, **said):
    asked = {"language": "ase", "manner": "present", "source": "sign-service", "worker_id": None, "order": ""}
    with ctx.as_worker(there.maya.pk):
        return commands.seek_interpreter(appointment=one, **asked | said, by=there.maya, at=clock.now())


def test_conflicts_are_asked_before_any_name(there):
    one, client = booked(there), cast.sign_in(Client(), there.maya)
    sought(there, one)
    search = f"/appointments/{one.id}/interpreter/search"

    page = cast.words(client.get(f"/appointments/{one.id}"))
    assert "for about 60 minutes" in page
    assert client.post(search, {"to": "confirmed"}).status_code == 409
    client.post(search, {"to": "conflicts-asked"})
    client.post(search, {"to": "confirmed"})

    with ctx.as_worker(there.maya.pk):
        assert queries.interpreter_of(one).search == "confirmed"


def test_another_interpreter_is_asked_anew_whom_they_know(there):
    one = booked(there)
    found = sought(there, one)
    with ctx.as_worker(there.maya.pk):
        commands.move_search(interpreter=found, to=Search.CONFLICTS_ASKED, by=there.maya, at=clock.now())

    again = sought(there, one, source="agency", worker_id=there.priya.pk)

    assert (again.id, again.search, again.conflicts_asked_at) == (found.id, "sought", None)


@pytest.mark.parametrize("to", Search)
@pytest.mark.parametrize("start", Search)
def test_a_search_goes_only_where_its_moves_let_it(start, to):
    one = SimpleNamespace(search=start, appointment_id=uuid7())

    if to in SEARCH_MOVES[start]:
        rules.check_can_search(one, to)
    else:
        with pytest.raises(rules.CannotInterpret):
            rules.check_can_search(one, to)


def test_whoever_they_do_not_want_interprets_as_little_as_whoever_is_not_there(there):
    one, client = booked(there), cast.sign_in(Client(), there.maya)
    against = f"worker:{there.priya.pk}"
    with ctx.as_worker(there.maya.pk):
        consents.block(file_id=there.file.id, against=against, item_id=None, by=there.maya, at=clock.now())
    address = f"/appointments/{one.id}/interpreter"
    asks = {"language": "oj", "manner": "present", "source": "agency"}

    who = (there.priya.pk, there.noor.pk, uuid7())
    answers = [client.post(address, asks | {"worker": str(worker_id)}) for worker_id in who]

    assert "Priya" not in cast.words(client.get(address))
    assert [answer.status_code for answer in answers] == [422] * 3
    assert len({cast.words(answer) for answer in answers}) == 1


def test_nobody_found_and_turned_away_are_counted_with_nobody_in_them(there, superuser):
    one = booked(there, hours=0.001)
    found = sought(there, one)
    with ctx.as_worker(there.maya.pk):
        commands.move_search(interpreter=found, to=Search.NOT_FOUND, by=there.maya, at=clock.now())
        told = {"attendance": "turned-away", "next_step": "", "need": "dental"}
        commands.attend(appointment=one, **told, by=there.maya, at=clock.now())

    with ctx.as_worker(there.maya.pk):
        assert sorted(Gap.objects.values_list("need", "reason")) == [
            ("dental", "turned-away"),
            ("interpretation", "not-found"),
        ]


def test_turned_away_taken_back_and_said_again_is_counted_once(there):
    one, client = booked(there, hours=0.001), cast.sign_in(Client(), there.maya)
    address = f"/appointments/{one.id}/attendance"

    for _round in range(3):
        client.post(address, {"undo": "1"})
        client.post(address, {"attendance": "turned-away", "need": "dental"})

    with ctx.as_worker(there.maya.pk):
        assert Gap.objects.count() == 1


def test_the_note_is_attendance_and_a_next_step_and_can_hold_nothing_else(there):
    one, client = booked(there, hours=0.001), cast.sign_in(Client(), there.maya)
    address = f"/appointments/{one.id}/attendance"

    (form,) = [f for f in html.fromstring(client.get(address).content).forms if "attendance" in f.fields]
    asked = {name for name in form.fields if name not in ("csrfmiddlewaretoken", "draft_of", "version")}
    client.post(address, {"attendance": "went", "next_step": "Go again in May.", "words": "Jo wept."})

    assert asked == {"attendance", "next_step", "need"}
    assert len(kept(there, AttendanceNote)) == 1
    own = {field.attname for field in AttendanceNote._meta.concrete_fields}
    assert own - {"file_id", "id", "agency_id", "blocked_principals"} == {
        *("appointment_id", "attendance", "next_step", "written_by", "written_at")
    }
    assert "Go again in May." in cast.words(client.get(f"/appointments/{one.id}"))
    assert "wept" not in cast.words(client.get(f"/files/{there.file.id}"))


def test_how_it_went_is_said_on_its_day_and_taken_back_within_ten_minutes(there):
    later, client = booked(there, hours=40), cast.sign_in(Client(), there.maya)
    assert client.post(f"/appointments/{later.id}/attendance", {"attendance": "went"}).status_code == 409

    one = booked(there, hours=0.001)
    client.post(f"/appointments/{one.id}/attendance", {"attendance": "not-today"})
    client.post(f"/appointments/{one.id}/attendance", {"undo": "1"})
    assert kept(there, AttendanceNote) == []

    client.post(f"/appointments/{one.id}/attendance", {"attendance": "went"})
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        client = cast.sign_in(Client(), there.maya)
        assert client.post(f"/appointments/{one.id}/attendance", {"undo": "1"}).status_code == 409
    assert len(kept(there, AttendanceNote)) == 1


def test_not_today_leads_to_a_new_time_with_everything_written_coming_along(there):
    one, client = booked(there, hours=0.001, where="18 Mill Street"), cast.sign_in(Client(), there.maya)

    page = client.post(f"/appointments/{one.id}/attendance", {"attendance": "not-today"}, follow=True)
    assert b"18 Mill Street" in page.content
    client.post(
        f"/appointments/{one.id}/again", typed(clock.now() + timedelta(days=4), where="18 Mill Street")
    )

    new = next(each for each in kept(there, Appointment) if each.id != one.id)
    assert new.rebooked_from_id == one.id


def test_conditions_are_kept_only_if_they_wish_it(there):
    one, client = booked(there), cast.sign_in(Client(), there.maya)
    address = f"/appointments/{one.id}/court"

    assert client.post(address, {"conditions": "Not on Queen Street"}).status_code == 422
    client.post(address, {"conditions": "Not on Queen Street", "keep": "on"})
    assert "Queen Street" in cast.words(client.get(f"/appointments/{one.id}"))
    client.post(address, {"conditions": "", "options": "screen"})

    assert "Queen Street" not in cast.words(client.get(f"/appointments/{one.id}"))


def test_what_it_comes_from_has_to_be_of_the_same_file(there):
    client = cast.sign_in(Client(), there.maya)

    for name in ("priority_id", "referral_id"):
        for sent in (str(uuid7()), "1"):
            assert client.get(f"/appointments/of/{there.file.id}/new?{name}={sent}").status_code == 404


def test_my_day_and_week_have_what_one_keeps_in_sight_and_another_desk_has_nothing(there):
    booked(there, travel="", arrangements={"travel": "A taxi"})
    maya, noor = (cast.sign_in(Client(), who) for who in (there.maya, there.noor))

    for path in ("/day", "/appointments/"):
        assert "The library" in cast.words(maya.get(path))
        assert "Still to arrange" in cast.words(maya.get(path))
        assert "The library" not in cast.words(noor.get(path))


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ((2026, 10, 20), {"day": "5", "month": "11", "hour": "23:30", "until": ""}),  # ends the day after
        ((2026, 10, 20), {"day": "1", "month": "11", "hour": "01:30", "until": ""}),  # the clocks go back
        ((2026, 10, 20), {"day": "20", "month": "10", "hour": "12:00", "until": "13:00"}),
    ],
)
def test_words_are_changed_whenever_it_is_and_its_time_stays(there, superuser, today, said):
    client = cast.sign_in(Client(), there.maya)
    with time_machine.travel(datetime(*today, 11, 50, tzinfo=TORONTO), tick=False):
        made = client.post(f"/appointments/of/{there.file.id}/new", said | {"id": str(uuid7())})
        before = superuser.execute("select starts_at, ends_at from appointments_appointment").fetchall()
    with time_machine.travel(datetime(*today, 12, 10, tzinfo=TORONTO), tick=False):
        page = html.fromstring(client.get(f"{made['Location']}/words").content)
        (form,) = [form for form in page.forms if "data-draft" in form.attrib]
        kept = dict(form.form_values()) | {"where": "The other door"}
        changed = client.post(f"{made['Location']}/words", kept)

        assert changed.status_code == 302
        assert "The other door" in cast.words(client.get(made["Location"]))

    assert superuser.execute("select starts_at, ends_at from appointments_appointment").fetchall() == before


def test_an_interpreter_whom_they_do_not_want_any_more_is_not_confirmed(there):
    made = booked(there)
    client, address = cast.sign_in(Client(), there.maya), f"/appointments/{made.id}/interpreter"
    said = {"language": "fr", "manner": "present", "source": "agency", "worker": str(there.priya.pk)}
    client.post(address, said)
    with ctx.as_worker(there.maya.pk):
        against = f"worker:{there.priya.pk}"
        consents.block(file_id=there.file.id, against=against, item_id=None, by=there.maya, at=clock.now())

    answers = [client.post(f"{address}/search", {"to": to}) for to in ("conflicts-asked", "confirmed")]

    assert [answer.status_code for answer in answers] == [409, 409]
    with ctx.as_worker(there.maya.pk):
        assert queries.interpreter_of(made).search == Search.SOUGHT


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_week_at_the_end_of_all_days_is_this_week(there, day):
    assert cast.sign_in(Client(), there.maya).get(f"/appointments/?from={day}").status_code == 200
