"""A colleague watches until whoever goes along is back: where they are is theirs alone, and then wiped."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.test import Client

from alongside.accompaniment import rules
from alongside.accompaniment.commands import check_ins as commands
from alongside.accompaniment.models import CheckIn, State
from alongside.accompaniment.queries import check_ins as queries
from alongside.accompaniment.tests.examples import chosen, companion
from alongside.accompaniment.tests.test_going_along import booked, come_back, go
from alongside.consent import commands as consents
from alongside.files.tests import cast
from alongside.kernel import clock, ctx
from alongside.kernel.ids import uuid7
from tests import databases, lanes
from tests.browsing import fits, press, sign_in
from tests.ground import acting

pytestmark = pytest.mark.django_db
PLACE = "12 Example Street"


@pytest.fixture
def there(live):
    """Sol goes along today; Kim, who goes along too, watches until tonight."""
    here = cast.agency("Riverside")
    maya = cast.worker(here, passphrase=cast.PASSPHRASE)
    found = SimpleNamespace(
        maya=maya,
        file=cast.file(maya, "Jo"),
        sol=companion(maya, passphrase=cast.PASSPHRASE),
        kim=companion(maya, "Kim", passphrase=cast.PASSPHRASE),
    )
    found.appointment = booked(found, 1)
    found.going = chosen(maya, found.appointment, found.sol)
    watch(found, found.kim)
    return found


def watch(there, who, hours=5):
    with ctx.as_worker(who.pk):
        commands.watch(until_at=clock.now() + timedelta(hours=hours), by=who, at=clock.now())


def check_in(there, hours=3, where=PLACE):
    with ctx.as_worker(there.sol.pk):
        commands.check_in(
            accompaniment=there.going,
            watcher_id=there.kim.pk,
            where=where,
            until_at=clock.now() + timedelta(hours=hours),
            by=there.sol,
            at=clock.now(),
        )
        return queries.open_check_in(there.sol, there.going)


def check_out(there, word=""):
    with ctx.as_worker(there.sol.pk):
        commands.check_out(accompaniment_id=there.going.id, word=word, by=there.sol, at=clock.now())


def kept(worker, row):
    with ctx.as_worker(worker.pk):
        return CheckIn.objects.filter(id=row.id).first()


def page(worker, path, sent=None):
    client = cast.sign_in(Client(), worker)
    return client.get(path) if sent is None else client.post(path, sent, follow=True)


def test_only_the_two_see_where_somebody_is(there):
    row = check_in(there)
    for who in (there.sol, there.kim):
        with ctx.as_worker(who.pk):
            assert queries.whereabouts(who, CheckIn.objects.get(id=row.id))[0] == PLACE
    assert kept(there.maya, row) is None
    assert PLACE in page(there.kim, f"/accompaniment/watch/{row.id}").content.decode()
    assert page(there.maya, f"/accompaniment/watch/{row.id}").status_code == 404


def test_of_a_file_that_is_to_be_destroyed_whoever_is_out_is_watched_on_and_nobody_checks_in(there):
    row = check_in(there)
    cast.shut(there.file, there.maya)

    assert PLACE in page(there.kim, f"/accompaniment/watch/{row.id}").content.decode()
    with ctx.as_worker(there.kim.pk), pytest.raises(rules.CannotWatch):
        commands.stop_watching(by=there.kim, at=clock.now())
    check_out(there)
    with pytest.raises(rules.CannotCheckIn):
        check_in(there)


def test_by_sql_nobody_checks_in_but_who_goes_with_whom_watches(there):
    columns = "file_id, id, agency_id, accompaniment_id, companion_id, watcher_id, words, checked_in_at"
    going, tries = there.going, {"watched": there.kim, "by nobody": there.maya, "by themselves": there.sol}
    for why, watcher in tries.items():
        values = [
            going.file_id,
            uuid7(),
            going.agency_id,
            going.id,
            there.sol.pk,
            watcher.pk,
            b"x",
            clock.now(),
        ]
        with acting(there.sol.pk) as cursor:
            statement = f"insert into accompaniment_checkin ({columns}) values ({', '.join(['%s'] * 8)})"
            if why == "watched":
                cursor.execute(statement, values)
                continue
            with pytest.raises(psycopg.Error):
                cursor.execute(statement, values)


def test_a_week_later_it_is_wiped_whoever_came_back(there, superuser):
    row = check_in(there)
    assert commands.wipe_check_ins() == 0
    with databases.without_triggers() as every:
        every.execute("update accompaniment_checkin set checked_in_at = now() - interval '8 days'")
    assert commands.wipe_check_ins() == 1
    assert kept(there.kim, row).words is None


def test_back_it_is_wiped(there):
    row = check_in(there)
    check_out(there)
    for who in (there.sol, there.kim):
        found = kept(who, row)
        assert found.words is None
        assert found.out_at


def test_whoever_watches_may_say_for_them_that_they_are_back(there):
    row = check_in(there)
    page(there.kim, f"/accompaniment/watch/{row.id}", {"over": "1"})
    assert kept(there.kim, row).words is None


@pytest.mark.parametrize("written", ["marmalade", "MARMALADE ", "Mármalade"])
def test_the_word_for_danger_looks_the_same_and_keeps_the_place(there, written):
    with ctx.as_worker(there.sol.pk):
        commands.keep_duress_word(word="Marmalade", by=there.sol, at=clock.now())
    row, answers = check_in(there), {}
    answers["danger"] = page(there.sol, f"/accompaniment/{there.going.id}/check-out", {"word": written})
    assert kept(there.kim, row).duress_at
    assert PLACE in page(there.kim, f"/accompaniment/watch/{row.id}").content.decode()
    assert "Look now" in page(there.kim, "/day").content.decode()
    check_in(there)
    answers["back"] = page(there.sol, f"/accompaniment/{there.going.id}/check-out", {"word": "kettle"})
    assert _seen(answers["danger"]) == _seen(answers["back"])


def _seen(answer):
    """What is on a page, but for what is of chance."""
    text = answer.content.decode()
    return [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]


@pytest.mark.parametrize("sent", ["....", "🫖🫖🫖🫖", "a - b"])
def test_a_word_of_which_nothing_is_left_is_no_word(there, sent):
    assert page(there.sol, "/accompaniment/watch/word", {"word": sent}).status_code == 422
    row = check_in(there)
    check_out(there)
    assert kept(there.kim, row).duress_at is None


def test_after_the_word_for_danger_the_watcher_reads_what_was_agreed_until_it_is_over(there):
    with ctx.as_worker(there.maya.pk):
        commands.keep_rules(
            minutes=10, ring="", instructions="Ring Ada first.", by=there.maya, at=clock.now()
        )
    with ctx.as_worker(there.sol.pk):
        commands.keep_duress_word(word="Marmalade", by=there.sol, at=clock.now())
    row = check_in(there)
    check_out(there, "marmalade")
    path = f"/accompaniment/watch/{row.id}"
    assert "Ring Ada first." in page(there.kim, path).content.decode()
    page(there.kim, path, {"over": "danger"})
    assert kept(there.kim, row).words is None
    assert "Ring Ada first." not in page(there.kim, path).content.decode()


def test_where_nothing_was_agreed_yet_the_pages_say_so_in_words(there):
    row = check_in(there)
    with ctx.as_worker(there.sol.pk):
        commands.keep_duress_word(word="Marmalade", by=there.sol, at=clock.now())
    check_out(there, "marmalade")
    danger = page(there.kim, f"/accompaniment/watch/{row.id}").content.decode()
    assert "Nothing is written down." in danger
    said = [danger, page(there.kim, "/accompaniment/watch").content.decode()]
    said.append(page(there.maya, "/accompaniment/watch/agreed").content.decode())
    assert not [text for text in said if "DatabaseDefault" in text or "To ring" in text]


def test_with_nobody_watching_it_is_not_offered_and_says_whom_to_ring(there):
    with ctx.as_worker(there.maya.pk):
        commands.keep_rules(
            minutes=10, ring="the desk, 555-0100", instructions="", by=there.maya, at=clock.now()
        )
    path = f"/accompaniment/{there.going.id}/going"
    assert "check-in" in page(there.sol, path).content.decode()
    with ctx.as_worker(there.kim.pk):
        commands.stop_watching(by=there.kim, at=clock.now())
    said = page(there.sol, path).content.decode()
    assert "check-in" not in said
    assert 'the desk, <a class="tel" href="tel:5550100">555-0100</a>' in said


def test_whoever_watches_does_so_until_then(there):
    with pytest.raises(rules.CannotCheckIn):
        check_in(there, hours=6)
    check_in(there)
    with ctx.as_worker(there.kim.pk), pytest.raises(rules.CannotWatch):
        commands.stop_watching(by=there.kim, at=clock.now())
    with pytest.raises(rules.CannotWatch):
        watch(there, there.kim, hours=1)
    watch(there, there.kim, hours=8)


def test_whom_they_don_t_want_watches_over_nobody_who_goes_along_with_them(there):
    row = check_in(there)
    with ctx.as_worker(there.maya.pk):
        consents.block(
            file_id=there.file.id,
            against=f"worker:{there.kim.pk}",
            item_id=None,
            by=there.maya,
            at=clock.now(),
        )
    assert kept(there.kim, row) is None
    said = page(there.sol, f"/accompaniment/{there.going.id}/going").content.decode()
    assert "any longer" in said
    check_out(there)
    with pytest.raises(rules.CannotCheckIn):
        check_in(there)


def test_the_page_asks_for_one_key_at_the_agreed_interval(there):
    row = check_in(there)
    path = f"/accompaniment/watch/{row.id}"
    assert 0 < int(page(there.kim, path)["Refresh"]) <= 60
    page(there.kim, path, {})
    assert kept(there.kim, row).seen_at
    with ctx.as_worker(there.kim.pk):
        (one,) = queries.watched_by(there.kim)
    assert one.look_at - kept(there.kim, row).seen_at == timedelta(minutes=30)


TRIES = {
    "whoever watches says where": ("kim", "words = '\\x01'"),
    "whoever watches says danger": ("kim", "out_at = now(), duress_at = now()"),
    "whoever goes along looks": ("sol", "seen_at = now()"),
    "back with the place kept": ("sol", "out_at = now()"),
    "out and nowhere": ("sol", "words = null"),
}


@pytest.mark.parametrize("what", TRIES)
def test_the_database_refuses_what_no_page_offers(there, what):
    who, change = TRIES[what]
    row = check_in(there)
    with acting(getattr(there, who).pk) as cursor, pytest.raises(psycopg.Error):
        cursor.execute(f"update accompaniment_checkin set {change} where id = %s", [row.id])


@pytest.mark.parametrize("column", ["watcher_id", "companion_id", "checked_in_at"])
def test_who_watches_whom_stays(there, column):
    row = check_in(there)
    with acting(there.sol.pk) as cursor, pytest.raises(psycopg.errors.InsufficientPrivilege):
        cursor.execute(f"update accompaniment_checkin set {column} = {column} where id = %s", [row.id])


def test_coming_back_from_the_appointment_leaves_the_check_out_to_be_pressed(there):
    row = check_in(there)
    go(there, there.going, State.UNDERWAY)
    come_back(there, there.going)
    assert kept(there.kim, row).out_at is None
    said = page(there.sol, f"/accompaniment/{there.going.id}/going").content.decode()
    assert "check-out" in said


@pytest.mark.costly("two people in a browser, from checking in to being back")
@lanes.variants(
    "language, javascript", [("en", True), ("en", False), ("fr", True), ("fr", False)], quick=[("fr", False)]
)
def test_from_checking_in_to_being_back_at_320(there, new_page, language, javascript):
    wide = {
        "viewport": {"width": 320, "height": 720},
        "locale": f"{language}-CA",
        "java_script_enabled": javascript,
    }
    sol, kim = new_page(**wide), new_page(**wide)
    sign_in(sol, there.sol)
    sol.goto(f"/accompaniment/{there.going.id}/going")
    fits(sol)
    press(sol, "main a[href$='/check-in']")
    sol.fill("input[name=where]", PLACE)
    sol.fill("input[name=until]", f"{clock.local(clock.now() + timedelta(hours=2)):%H:%M}")
    fits(sol)
    press(sol, "main form button.button")
    fits(sol)

    sign_in(kim, there.kim)
    press(kim, "main a[href*='/accompaniment/watch/0']")
    assert PLACE in kim.inner_text("main")
    fits(kim)
    press(kim, "main form button.wide")
    press(sol, "main form[action$='/check-out'] button")
    kim.reload()
    assert PLACE not in kim.inner_text("main")
