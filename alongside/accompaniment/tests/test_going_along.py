"""Somebody they chose goes along: asked, prepared, confirmed, there, and back out at their own pace."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.test import Client
from lxml import html

from alongside.accompaniment import commands, queries, rules
from alongside.accompaniment.forms import CardForm
from alongside.accompaniment.models import GOES_ON, MOVES, OF_THE_COMPANION, Accompaniment, Card, State
from alongside.accompaniment.tests.examples import chosen, companion, vouched
from alongside.appointments import commands as appointments
from alongside.appointments import queries as appointment_queries
from alongside.appointments.models import State as Booking
from alongside.appointments.rules import CannotInterpret
from alongside.consent import commands as consents
from alongside.files.forms import CalledForm
from alongside.files.tests import cast
from alongside.gaps.models import Gap
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from alongside.referrals.forms import IntroductionForm
from tests.browsing import fits, press
from tests.frozen import frozen
from tests.ground import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
@frozen
def there(live):
    """Maya keeps Jo's file, Sol and Kim go along and read none; Jo has an appointment today."""
    here = cast.agency("Riverside")
    maya = cast.worker(here, passphrase=cast.PASSPHRASE)
    file = cast.file(maya, "Jo")
    sol = companion(maya, passphrase=cast.PASSPHRASE)
    found = SimpleNamespace(
        maya=maya, priya=cast.worker(here, "Priya"), sol=sol, kim=companion(maya, "Kim"), file=file
    )
    found.appointment = booked(found, 3)
    return found


def booked(there, hours, file=None):
    starts = clock.now() + timedelta(hours=hours)
    with ctx.as_worker(there.maya.pk):
        return appointments.book(
            id=uuid7(),
            file_id=(file or there.file).id,
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            words={"alias": "The library", "where": "Side door"},
            by=there.maya,
            at=clock.now(),
        )


def state_of(there, made):
    with ctx.as_worker(there.maya.pk):
        return Accompaniment.objects.get(id=made.id).state


def go(there, made, *states, by=None):
    by = by or there.sol
    with ctx.as_worker(by.pk):
        for state in states:
            commands.move(accompaniment=made, to=state, by=by, at=clock.now())


def come_back(there, made, attendance="went", by=None):
    by = by or there.sol
    with ctx.as_worker(by.pk):
        commands.come_back(
            accompaniment=made, attendance=attendance, next_step="", next_time="", by=by, at=clock.now()
        )


@pytest.mark.parametrize("to", State)
@pytest.mark.parametrize("start", State)
def test_each_goes_only_where_the_moves_let_them(there, start, to):
    made = Accompaniment(id=uuid7(), file_id=there.file.id, appointment_id=uuid7(), state=start)

    for who, moves in ((there.maya, MOVES), (there.sol, OF_THE_COMPANION)):
        with ctx.as_worker(who.pk):
            if to in moves.get(start, ()):
                rules.check_can_move(made, to, who)
            else:
                with pytest.raises(rules.CannotMove):
                    rules.check_can_move(made, to, who)


def test_every_state_but_the_last_leads_on_and_whoever_goes_along_moves_no_further_than_anybody():
    assert set(MOVES) == set(State)
    assert [state for state in State if not MOVES[state]] == [State.CLOSED]
    assert all(ends <= MOVES[start] for start, ends in OF_THE_COMPANION.items())
    assert all(State.CALLED_OFF in MOVES[start] for start in GOES_ON if start != State.DECLINED)


def test_whoever_goes_along_reads_the_card_from_the_confirmation_on_until_the_day_after(there, superuser):
    made = chosen(there.maya, there.appointment, there.sol, "Only that I have a son.")
    page = f"/accompaniment/{made.id}/going"

    assert "Only that I have a son." in cast.words(cast.sign_in(Client(), there.sol).get(page))
    assert cast.sign_in(Client(), there.kim).get(page).status_code == 404
    assert cast.sign_in(Client(), there.maya).get(page).status_code == 404
    superuser.execute(
        "update accompaniment_accompaniment set from_at = from_at - interval '2 days',"
        " until_at = until_at - interval '2 days'"
    )
    assert cast.sign_in(Client(), there.sol).get(page).status_code == 404


def test_the_card_takes_whatever_it_is_filled_in_with():
    """A name and an introduction are written elsewhere; as long as they are there, they are here."""
    card = CardForm.base_fields

    assert card["called"].max_length >= CalledForm.base_fields["called"].max_length
    assert card["introduction"].max_length >= IntroductionForm.base_fields["words"].max_length


@pytest.mark.parametrize(
    ("states", "step"),
    [
        ([], "Ready"),
        ([State.UNDERWAY], "On the way"),
        ([State.UNDERWAY, State.INTRODUCED], "There"),
        ([State.UNDERWAY, State.LEFT], "There"),
    ],
)
def test_how_far_it_is_says_where_they_are(there, states, step):
    made = chosen(there.maya, there.appointment, there.sol, "Only that I have a son.")
    go(there, made, *states)

    page = html.fromstring(cast.sign_in(Client(), there.sol).get(f"/accompaniment/{made.id}/going").content)

    assert page.xpath("//ol[@class='steps']/li[@aria-current='step']/text()") == [step]


def test_before_it_is_confirmed_there_is_no_card_and_no_file_for_whoever_goes_along(there):
    with ctx.as_worker(there.maya.pk):
        made = commands.answer(
            appointment=there.appointment, state=State.ACCEPTED, by=there.maya, at=clock.now()
        )
        commands.choose(
            accompaniment=made, companion_id=there.sol.pk, backup_id=None, is_own=False,
            by=there.maya, at=clock.now(),
        )  # fmt: skip
    client = cast.sign_in(Client(), there.sol)

    page = cast.words(client.get(f"/accompaniment/{made.id}/going"))

    assert "Jo" not in page
    assert "Side door" not in page
    for path in (f"/files/{there.file.id}", f"/appointments/{there.appointment.id}"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "statement",
    [
        "select * from files_file",
        "select * from files_detail",
        "select * from appointments_appointment",
        "select * from plans_priority",
        "select * from accompaniment_card where shown_from is null",
    ],
)
def test_by_sql_whoever_goes_along_sees_the_card_and_nothing_of_the_file(there, statement):
    chosen(there.maya, there.appointment, there.sol)

    with acting(there.sol.pk) as app:
        assert app.execute(statement).fetchall() == []
        assert len(app.execute("select * from accompaniment_card").fetchall()) == 1


@pytest.mark.parametrize(
    "attempt",
    [
        "update accompaniment_accompaniment set companion_id = %(kim)s",
        "update accompaniment_accompaniment set until_at = until_at + interval '9 days'",
        "update accompaniment_accompaniment set state = 'closed'",
        "update accompaniment_accompaniment set met = ''",
        "update accompaniment_accompaniment set moved_by = %(kim)s",
        "insert into appointments_attendancenote (file_id, id, agency_id, appointment_id, attendance,"
        " written_by, written_at) select file_id, id, agency_id, appointment_id, 'went', %(sol)s, now()"
        " from accompaniment_accompaniment",
        "insert into gaps_gap (id, asking_agency_id, quarter, region, need, recommendation, reason, barriers,"
        " wait_band, workaround, staff_hours_band) select gen_random_uuid(), agency_id, '2026-Q4', 'north',"
        " '', '', 'turned-away', '{}', '', '', '' from accompaniment_accompaniment",
        "update accompaniment_companion set record_checked_on = now()",
    ],
)
def test_by_sql_whoever_goes_along_writes_only_how_far_it_is(there, attempt):
    chosen(there.maya, there.appointment, there.sol)

    with acting(there.sol.pk) as app, pytest.raises(psycopg.Error):
        app.execute(attempt, {"sol": there.sol.pk, "kim": there.kim.pk})


def test_nobody_goes_along_to_two_places_at_once_and_the_database_refuses_it_too(there):
    chosen(there.maya, there.appointment, there.sol)
    client = cast.sign_in(Client(), there.maya)
    other = booked(there, 3.5, cast.file(there.maya, "Kit"))
    with ctx.as_worker(there.maya.pk):
        made = commands.answer(appointment=other, state=State.ACCEPTED, by=there.maya, at=clock.now())

    answer = client.post(f"/accompaniment/{made.id}/companion", {"who": str(there.sol.pk)})

    assert answer.status_code == 409
    assert "somebody else at that time" in cast.words(answer)
    with acting(there.maya.pk) as app, pytest.raises(psycopg.errors.ExclusionViolation):
        app.execute(
            "update accompaniment_accompaniment set state = 'chosen', companion_id = %s where id = %s",
            [there.sol.pk, made.id],
        )


def test_whoever_they_do_not_want_is_missing_without_a_word(there):
    with ctx.as_worker(there.maya.pk):
        made = commands.answer(
            appointment=there.appointment, state=State.ACCEPTED, by=there.maya, at=clock.now()
        )
        against = f"worker:{there.kim.pk}"
        consents.block(file_id=there.file.id, against=against, item_id=None, by=there.maya, at=clock.now())
    client, address = cast.sign_in(Client(), there.maya), f"/accompaniment/{made.id}/companion"

    answers = [client.post(address, {"who": str(who)}) for who in (there.kim.pk, there.priya.pk, uuid7())]

    assert "Kim" not in cast.words(client.get(address))
    assert {answer.status_code for answer in answers} == {422}
    assert len({cast.words(answer) for answer in answers}) == 1


def test_a_block_set_later_ends_what_whoever_goes_along_sees_at_once_and_leads_to_another_choice(there):
    made = chosen(there.maya, there.appointment, there.sol)
    with ctx.as_worker(there.maya.pk):
        against = f"worker:{there.sol.pk}"
        consents.block(file_id=there.file.id, against=against, item_id=None, by=there.maya, at=clock.now())

    assert cast.sign_in(Client(), there.sol).get(f"/accompaniment/{made.id}/going").status_code == 404
    page = cast.sign_in(Client(), there.maya).get(f"/accompaniment/of/{there.appointment.id}")
    assert "choose again" in cast.words(page)


@pytest.mark.parametrize("lacking", ["record_checked_on", "trained_on", "conflicts_said_on", "is_free"])
def test_nobody_goes_along_unchecked_untrained_or_against_their_will(there, lacking, superuser):
    empty = "false" if lacking == "is_free" else "null"
    superuser.execute(f"update accompaniment_companion set {lacking} = {empty}")

    with ctx.as_worker(there.maya.pk):
        row = commands.answer(
            appointment=there.appointment, state=State.ACCEPTED, by=there.maya, at=clock.now()
        )
        assert queries.candidates(there.maya, there.file, row) == []


def test_nobody_vouches_for_themselves(there):
    with pytest.raises(rules.CannotGoAlong):
        vouched(there.maya, there.maya)


def test_whoever_falls_ill_says_so_without_a_reason_and_the_backup_comes_with_one_press(there):
    made = chosen(there.maya, there.appointment, there.sol)
    with ctx.as_worker(there.maya.pk):
        commands.cannot_come(accompaniment=made, by=there.maya, at=clock.now())
        commands.choose(
            accompaniment=made, companion_id=there.sol.pk, backup_id=there.kim.pk, is_own=False,
            by=there.maya, at=clock.now(),
        )  # fmt: skip
    cast.sign_in(Client(), there.sol).post(f"/accompaniment/{made.id}/state", {"to": "unavailable"})
    client = cast.sign_in(Client(), there.maya)

    assert "Nobody can go along" in cast.words(client.get("/day"))
    page = client.get(f"/accompaniment/of/{there.appointment.id}")
    assert "Kim comes, as they said" in cast.words(page)
    client.post(f"/accompaniment/{made.id}/companion", {"who": str(there.kim.pk)})

    assert state_of(there, made) == "chosen"
    with ctx.as_worker(there.maya.pk):
        assert Card.objects.get().approved_at is None, "another companion is said yes to anew"


def test_from_on_the_way_to_back_the_note_is_attendance_and_a_next_step(there):
    made = chosen(there.maya, there.appointment, there.sol)
    go(there, made, State.UNDERWAY, State.INTRODUCED, State.STEPPED_OUT, State.LEFT, State.UNDERWAY)
    client = cast.sign_in(Client(), there.sol)

    client.post(f"/accompaniment/{made.id}/back", {"attendance": "went", "next_step": "Again in May."})

    with ctx.as_worker(there.maya.pk):
        note = appointment_queries.note_of(there.appointment)
        assert (note.attendance, note.written_by) == ("went", there.sol.pk)
        assert appointment_queries.next_step_of(there.maya, note) == "Again in May."


def test_turned_away_is_a_gap_also_when_whoever_went_along_says_it(there):
    made = chosen(there.maya, there.appointment, there.sol)
    go(there, made, State.UNDERWAY)
    come_back(there, made, "turned-away")

    with ctx.as_worker(there.maya.pk):
        assert list(Gap.objects.values_list("reason", flat=True)) == ["turned-away"]


def test_what_was_noted_before_stands_and_coming_back_is_no_error(there):
    made = chosen(there.maya, there.appointment, there.sol)
    go(there, made, State.UNDERWAY)
    with ctx.as_worker(there.maya.pk):
        told = {"attendance": "not-today", "next_step": ""}
        appointments.attend(appointment=there.appointment, **told, by=there.maya, at=clock.now())

    come_back(there, made, "went")

    with ctx.as_worker(there.maya.pk):
        assert appointment_queries.note_of(there.appointment).attendance == "not-today"
    assert state_of(there, made) == "back"


def test_the_card_goes_when_it_is_closed_or_its_day_is_over(there, superuser):
    made = chosen(there.maya, there.appointment, there.sol)
    another = chosen(there.maya, booked(there, 9), there.kim)
    go(there, made, State.UNDERWAY)
    come_back(there, made)
    with ctx.as_worker(there.sol.pk):
        commands.close(accompaniment=made, by=there.sol, at=clock.now())

    left = superuser.execute("select accompaniment_id from accompaniment_card").fetchall()
    assert left == [(another.id,)]
    assert commands.sweep_cards() == 0
    superuser.execute(
        "update accompaniment_accompaniment set from_at = from_at - interval '3 days',"
        " until_at = until_at - interval '3 days'"
    )
    superuser.execute("update accompaniment_card set approved_at = approved_at")  # its hour follows
    assert commands.sweep_cards() == 1


def test_a_new_time_is_confirmed_anew_and_called_off_it_frees_whoever_goes_along(there):
    made = chosen(there.maya, there.appointment, there.sol)
    starts = clock.now() + timedelta(hours=6)
    with ctx.as_worker(there.maya.pk):
        appointments.change(
            appointment=there.appointment, starts_at=starts, ends_at=starts + timedelta(hours=1),
            words={"alias": "The library"}, at=clock.now(),
        )  # fmt: skip
        assert Card.objects.get().shown_from is None
    assert state_of(there, made) == "prepared"

    with ctx.as_worker(there.maya.pk):
        appointments.move(appointment=there.appointment, to=Booking.CANCELLED)
    assert state_of(there, made) == "called-off"
    page = cast.sign_in(Client(), there.sol).get(f"/accompaniment/{made.id}/going")
    assert "You are free then." in cast.words(page)
    with ctx.as_worker(there.maya.pk):
        appointments.move(appointment=there.appointment, to=Booking.BOOKED)
    assert state_of(there, made) == "accepted"


def test_moved_into_another_going_along_whoever_was_chosen_cannot_come(there):
    chosen(there.maya, there.appointment, there.sol)
    later = booked(there, 9, cast.file(there.maya, "Kit"))
    made = chosen(there.maya, later, there.sol)
    with ctx.as_worker(there.maya.pk):
        appointments.change(
            appointment=later, starts_at=there.appointment.starts_at, ends_at=there.appointment.ends_at,
            words={"alias": "The library"}, at=clock.now(),
        )  # fmt: skip

    assert state_of(there, made) == "unavailable"


def test_somebody_of_their_own_is_asked_about_alone_and_has_no_name_here(there):
    client = cast.sign_in(Client(), there.maya)
    with ctx.as_worker(there.maya.pk):
        made = commands.answer(
            appointment=there.appointment, state=State.ACCEPTED, by=there.maya, at=clock.now()
        )
    address = f"/accompaniment/{made.id}/companion"

    assert client.post(address, {"who": "own"}).status_code == 422
    page = client.post(address, {"who": "own", "asked_alone": "on"}, follow=True)

    assert "A page for whoever comes along" in cast.words(page)
    assert "speaks for themselves" in cast.words(client.get("/accompaniment/own"))
    with ctx.as_worker(there.maya.pk):
        row = Accompaniment.objects.get()
        assert (row.is_own, row.companion_id) == (True, None)
        assert not Card.objects.exists()


def test_no_card_is_shown_that_they_did_not_say_yes_to(there):
    with ctx.as_worker(there.maya.pk):
        made = commands.answer(
            appointment=there.appointment, state=State.ACCEPTED, by=there.maya, at=clock.now()
        )
        commands.choose(
            accompaniment=made, companion_id=there.sol.pk, backup_id=None, is_own=False,
            by=there.maya, at=clock.now(),
        )  # fmt: skip
    client = cast.sign_in(Client(), there.maya)

    assert client.post(f"/accompaniment/{made.id}/card", {"met": "met", "said": "A son."}).status_code == 422
    answer = client.post(f"/accompaniment/{made.id}/confirmation")

    assert answer.status_code == 409
    assert "Read it to them first" in cast.words(answer)


@pytest.mark.costly("two people in a browser, from the question to stepping out")
@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
def test_from_would_you_like_somebody_to_ill_step_out_now_at_320(there, new_page, locale, scripted):
    wide = {"viewport": {"width": 320, "height": 720}, "locale": locale, "java_script_enabled": scripted}
    page = new_page(**wide)
    _sign_in(page, there.maya)
    page.goto(f"/appointments/{there.appointment.id}")
    press(page, f"main a[href='/accompaniment/of/{there.appointment.id}']")
    fits(page)
    press(page, "button[name=answer][value=accepted]")
    page.check(f"input[name=who][value='{there.sol.pk}']")
    press(page, "main form[data-draft] button.button")
    fits(page)
    page.check("input[name=met][value=waived]")
    page.fill("[name=signal]", "Did you bring the blue one?")
    page.check("input[name=approved]")
    press(page, "main form[data-draft] button.button")
    fits(page)
    press(page, "main form[action$='/confirmation'] button")
    fits(page)

    with ctx.as_worker(there.maya.pk):
        made = Accompaniment.objects.get()
    page = new_page(**wide)
    _sign_in(page, there.sol)
    page.goto(f"/accompaniment/{made.id}/going")
    assert "Did you bring the blue one?" in page.inner_text("main")
    for state in ("underway", "introduced", "stepped-out"):
        fits(page)
        press(page, f"button[name=to][value={state}]")

    assert state_of(there, made) == "stepped-out"


def _sign_in(page, who):
    page.goto("/account/sign-in/")
    page.fill("[name=login]", who.account.username)
    page.fill("[name=password]", cast.PASSPHRASE)
    page.press("[name=password]", "Enter")


def test_a_changed_place_is_read_to_them_again(there):
    made = chosen(there.maya, there.appointment, there.sol)
    with ctx.as_worker(there.maya.pk):
        appointments.change(
            appointment=there.appointment, starts_at=there.appointment.starts_at,
            ends_at=there.appointment.ends_at, words={"alias": "The library", "where": "North door"},
            at=clock.now(),
        )  # fmt: skip
        assert state_of(there, made) == "prepared"
        with pytest.raises(rules.CannotPrepare):
            commands.confirm(accompaniment=made, by=there.maya, at=clock.now())
        commands.prepare(
            accompaniment=made, words={}, warning="", met="met", seat="", by=there.maya, at=clock.now()
        )
        commands.confirm(accompaniment=made, by=there.maya, at=clock.now())
    page = cast.words(cast.sign_in(Client(), there.sol).get(f"/accompaniment/{made.id}/going"))
    assert "North door" in page


@pytest.mark.parametrize("first", ["interprets", "goes along"])
def test_who_interprets_goes_along_with_nobody(there, first):
    vouched(there.priya, there.maya)

    def interpret():
        appointments.seek_interpreter(
            appointment=there.appointment, language="fr", manner="present", source="agency",
            worker_id=there.priya.pk, order="", by=there.maya, at=clock.now(),
        )  # fmt: skip

    with ctx.as_worker(there.maya.pk):
        made = commands.answer(
            appointment=there.appointment, state=State.ACCEPTED, by=there.maya, at=clock.now()
        )
        choice = {"companion_id": there.priya.pk, "backup_id": None, "is_own": False}
        if first == "interprets":
            interpret()
            with pytest.raises(rules.CannotGoAlong):
                commands.choose(accompaniment=made, **choice, by=there.maya, at=clock.now())
        else:
            commands.choose(accompaniment=made, **choice, by=there.maya, at=clock.now())
            with pytest.raises(CannotInterpret):
                interpret()


def test_attendance_noted_at_the_desk_says_that_they_are_back(there):
    made = chosen(there.maya, there.appointment, there.sol)
    with ctx.as_worker(there.maya.pk):
        appointments.attend(
            appointment=there.appointment, attendance="went", next_step="", by=there.maya, at=clock.now()
        )
    assert state_of(there, made) == "back"


def test_whoever_comes_instead_gets_what_was_said_once_they_say_yes_to_it_again(there):
    made = chosen(there.maya, there.appointment, there.sol, "Only that I have a son.")
    with ctx.as_worker(there.sol.pk):
        commands.cannot_come(accompaniment=made, by=there.sol, at=clock.now())
    client = cast.sign_in(Client(), there.maya)
    client.post(f"/accompaniment/{made.id}/companion", {"who": str(there.kim.pk)})

    assert "Only that I have a son." in client.get(f"/accompaniment/{made.id}/card").content.decode()
    with ctx.as_worker(there.maya.pk), pytest.raises(rules.CannotPrepare):
        commands.confirm(accompaniment=made, by=there.maya, at=clock.now())
    for who in (there.sol, there.kim):
        with ctx.as_worker(who.pk):
            assert not Card.objects.exists()
